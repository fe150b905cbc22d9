"""What each unit must do in a case where several act. The case's owner is the one coordinator of them all."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.crm import henvendelser
from connectors.crm.historik import linje
from connectors.crm.models import Delopgave, Henvendelse
from connectors.crm.sagsgang import AFSLUTTET, kraev_aaben
from connectors.crm.svarfrist import deadline
from connectors.crm.tid import med_zone
from connectors.database import writing

STATUSSER = ("ny", "i gang", AFSLUTTET)


def tilfoej(
    engine: Engine,
    library: Library,
    number: str,
    version: int,
    hvem: str,
    enhed: str,
    nu: dt.datetime,
    *,
    ydelse: str | None = None,
    frist: dt.datetime | None = None,
) -> int:
    """Give ``enhed`` a part of a case that is still at ``version``. ``frist``: the unit's own reply deadline where None.
    Returns the case's version.

    Raises ``UkendtHenvendelse``, ``ForaeldetVersion``, and ``ValueError`` on an unknown unit or service, a time that has
    passed, what the unit has open already, and a closed case.
    """
    if enhed not in library.enheder:
        raise ValueError(f"{enhed!r} er ikke en enhed; vælg {', '.join(sorted(library.enheder))}")
    if ydelse is not None and ydelse not in library.ydelser:
        raise ValueError(f"{ydelse!r} er ikke en ydelse i kataloget")
    _fremtidig(frist, nu)
    with writing(engine) as session:
        row = henvendelser.laas(session, number, version)
        kraev_aaben(row)
        if any((task.enhed, task.ydelse) == (enhed, ydelse) and task.status != AFSLUTTET for task in row.delopgaver):
            raise ValueError(f"{library.enheder[enhed].navn} har allerede den delopgave")
        row.delopgaver.append(Delopgave(enhed=enhed, ydelse=ydelse, frist=frist or deadline(enhed, nu, library), status="ny"))
        row.historik.append(linje(hvem, _navn(enhed), None, "ny", nu))
        henvendelser.roer_ved(session, row, nu)
        return row.version


def saet_status(engine: Engine, number: str, version: int, hvem: str, delopgave_id: int, status: str, nu: dt.datetime) -> int:
    """Set a delopgave's status, one of ``STATUSSER``. Returns the case's version; errors as in ``tilfoej``."""
    if status not in STATUSSER:
        raise ValueError(f"{status!r} er ikke en status for en delopgave; vælg {', '.join(STATUSSER)}")
    return _saet(engine, number, version, hvem, delopgave_id, "status", status, nu)


def saet_frist(
    engine: Engine, number: str, version: int, hvem: str, delopgave_id: int, frist: dt.datetime, nu: dt.datetime
) -> int:
    """Set a delopgave's deadline. Returns the case's version; errors as in ``tilfoej``."""
    med_zone(frist)
    return _saet(engine, number, version, hvem, delopgave_id, "frist", frist, nu)


def _saet(
    engine: Engine, number: str, version: int, hvem: str, delopgave_id: int, felt: str, til: str | dt.datetime, nu: dt.datetime
) -> int:
    with writing(engine) as session:
        row = henvendelser.laas(session, number, version)
        kraev_aaben(row)
        task = _find(row, delopgave_id)
        fra = getattr(task, felt)
        if fra == til:
            return row.version
        if felt == "frist":
            _fremtidig(til if isinstance(til, dt.datetime) else None, nu)
        setattr(task, felt, til)
        row.historik.append(linje(hvem, _navn(task.enhed, "" if felt == "status" else felt), fra, til, nu))
        henvendelser.roer_ved(session, row, nu)
        return row.version


def _find(row: Henvendelse, delopgave_id: int) -> Delopgave:
    for task in row.delopgaver:
        if task.id == delopgave_id:
            return task
    raise ValueError(f"der er ingen delopgave med nummer {delopgave_id} i {row.nummer}")


def _navn(enhed: str, felt: str = "") -> str:
    tail = f", {felt}" if felt else ""
    return f"delopgave {enhed}"[: 60 - len(tail)] + tail


def _fremtidig(frist: dt.datetime | None, nu: dt.datetime) -> None:
    if frist is not None and med_zone(frist) <= nu:
        raise ValueError("delopgavens frist skal ligge efter nu")
