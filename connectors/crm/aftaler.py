"""What has been agreed with a business: with a time when it is due, and done or not."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from connectors.crm import henvendelser, orientering
from connectors.crm.artikler import rens
from connectors.crm.historik import linje
from connectors.crm.models import Aftale, Henvendelse
from connectors.crm.sagsgang import kraev_aaben
from connectors.crm.tid import med_zone
from connectors.database import writing

LONGEST = 1_000


def tilfoej(
    engine: Engine,
    library: Library,
    number: str,
    version: int,
    hvem: str,
    tekst: str,
    frist: dt.datetime | None,
    nu: dt.datetime,
    *,
    ejer: str | None = None,
    orienter: bool = True,
) -> int:
    """Add an agreement to a case that is still at ``version``; with ``orienter`` the business hears of it. ``ejer`` is
    the name of who keeps it. Returns the case's version.

    Raises ``UkendtHenvendelse``, ``ForaeldetVersion``, and ``ValueError`` on an empty or too long text, a time that has
    passed, and a closed case.
    """
    kept = _tekst(tekst)
    _fremtidig(frist, nu)
    with writing(engine) as session:
        row = _aaben(session, number, version)
        aftale = Aftale(tekst=kept, frist=frist, ejer=ejer or None)
        row.aftaler.append(aftale)
        row.historik.append(linje(hvem, _navn(row, aftale), None, _stand(aftale), nu))
        return _gem(session, row, None, aftale, library if orienter else None, nu)


def aendr(
    engine: Engine,
    library: Library,
    number: str,
    version: int,
    hvem: str,
    aftale_id: int,
    tekst: str,
    frist: dt.datetime | None,
    nu: dt.datetime,
    *,
    ejer: str | None = None,
    orienter: bool = True,
) -> int:
    """Change an agreement; otherwise as ``tilfoej``. What does not differ is no change and nobody is told."""
    kept = _tekst(tekst)
    with writing(engine) as session:
        row = _aaben(session, number, version)
        aftale = _find(row, aftale_id)
        if frist != aftale.frist:
            _fremtidig(frist, nu)
        before = _kopi(aftale)
        navn, stand = _navn(row, aftale), _stand(aftale)
        aftale.tekst, aftale.frist, aftale.ejer = kept, frist, ejer or None
        if (aftale.tekst, aftale.frist, aftale.ejer) == (before.tekst, before.frist, before.ejer):
            return row.version
        if aftale.tekst != before.tekst:
            row.historik.append(linje(hvem, f"{navn}, tekst", None, "ændret", nu))
        if aftale.frist != before.frist:
            row.historik.append(linje(hvem, navn, stand, _stand(aftale), nu))
        if aftale.ejer != before.ejer:
            row.historik.append(linje(hvem, f"{navn}, ansvarlig", before.ejer, aftale.ejer, nu))
        told = (aftale.tekst, aftale.frist) != (before.tekst, before.frist)
        return _gem(session, row, before, aftale, library if orienter and told else None, nu)


def udfoer(
    engine: Engine,
    library: Library,
    number: str,
    version: int,
    hvem: str,
    aftale_id: int,
    nu: dt.datetime,
    *,
    udfoert: bool = True,
    orienter: bool = True,
) -> int:
    """Mark an agreement as done at ``nu``, or (``udfoert`` False) as not done after all; otherwise as ``tilfoej``."""
    with writing(engine) as session:
        row = _aaben(session, number, version)
        aftale = _find(row, aftale_id)
        if (aftale.udfoert is not None) == udfoert:
            return row.version
        before, stand = _kopi(aftale), _stand(aftale)
        aftale.udfoert = nu if udfoert else None
        row.historik.append(linje(hvem, _navn(row, aftale), stand, _stand(aftale), nu))
        return _gem(session, row, before, aftale, library if orienter else None, nu)


def _tekst(tekst: str) -> str:
    kept = rens(tekst)
    if not kept:
        raise ValueError("aftalen er tom; skriv, hvad der er aftalt")
    if len(kept) > LONGEST:
        raise ValueError(f"aftalen er på {len(kept)} tegn; der er plads til {LONGEST}")
    return kept


def _fremtidig(frist: dt.datetime | None, nu: dt.datetime) -> None:
    if frist is not None and med_zone(frist) <= nu:
        raise ValueError("aftalens tidspunkt skal ligge efter nu")


def _aaben(session: Session, number: str, version: int) -> Henvendelse:
    row = henvendelser.laas(session, number, version)
    kraev_aaben(row)
    return row


def _find(row: Henvendelse, aftale_id: int) -> Aftale:
    for aftale in row.aftaler:
        if aftale.id == aftale_id:
            return aftale
    raise ValueError(f"der er ingen aftale med nummer {aftale_id} i {row.nummer}")


def _navn(row: Henvendelse, aftale: Aftale) -> str:
    """How the history calls it: by its place, for its text may have to be erased one day."""
    return f"aftale {row.aftaler.index(aftale) + 1}"


def _stand(aftale: Aftale) -> str:
    if aftale.udfoert is not None:
        return f"udført {dansk_dato(aftale.udfoert)}"
    return f"åben, senest {dansk_dato(aftale.frist)}" if aftale.frist is not None else "åben, uden frist"


def _kopi(aftale: Aftale) -> Aftale:
    return Aftale(tekst=aftale.tekst, frist=aftale.frist, ejer=aftale.ejer, udfoert=aftale.udfoert)


def _gem(
    session: Session, row: Henvendelse, before: Aftale | None, aftale: Aftale, library: Library | None, nu: dt.datetime
) -> int:
    henvendelser.roer_ved(session, row, nu)
    if library is not None:
        orientering.om_aendring(session, row, {"aftale": (before, aftale)}, library, nu)
    session.flush()
    return row.version
