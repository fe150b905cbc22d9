"""What staff may do to a case's fields, and what follows from it: deadlines, the questionnaire, and telling the business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm import henvendelser, orientering
from connectors.crm.ejer import Ejer
from connectors.crm.models import STATUSSER, UDFALD, Henvendelse
from connectors.crm.svarfrist import deadline
from connectors.crm.tid import med_zone
from connectors.database import writing
from connectors.survey import invitation

AFSLUTTET = "afsluttet"
VENTER = "afventer virksomheden"
FELTER = ("status", "team", "ejer", "svarfrist", "udfald", "key_account_manager")


class AabneDelopgaver(ValueError):
    """The case can't be closed yet: ``enheder`` (ids) have not finished what they must do in it."""

    def __init__(self, enheder: list[str]) -> None:
        count = "én delopgave" if len(enheder) == 1 else f"{len(enheder)} delopgaver"
        super().__init__(
            f"{count} er ikke afsluttet ({', '.join(enheder)}); vælg at afslutte sagen alligevel, hvis det er meningen"
        )
        self.enheder = enheder


class SagErAfsluttet(ValueError):
    """A closed case takes notes and can be reopened, and nothing else."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} er afsluttet; genåbn sagen først, eller skriv en note")


def aendr(
    engine: Engine,
    library: Library,
    number: str,
    version: int | None,
    hvem: str,
    felter: Mapping[str, Any],
    nu: dt.datetime,
    *,
    orienter: bool = True,
    trods_delopgaver: bool = False,
) -> int:
    """Change fields of ``FELTER`` of a case that is still at ``version`` (None: as it is now), with all that follows, in
    one transaction.

    ``ejer`` is an ``Ejer`` or None. A new team has its own reply deadline, unless ``svarfrist`` says otherwise; a case
    reopened after its deadline, or gone on with after it when the business has answered, gets a new one too; a new deadline
    is warned of anew. Closing needs an ``udfald`` of ``models.UDFALD``, and ``trods_delopgaver`` where delopgaver are open;
    it sends the questionnaire. With ``orienter`` the business is told.

    Returns:
        The case's version now; the same where nothing differed.

    Raises:
        UkendtHenvendelse, ForaeldetVersion: nothing is changed.
        ValueError: what can't be, in Danish; ``SagErAfsluttet`` and ``AabneDelopgaver`` are such. Nothing is changed.
    """
    with writing(engine) as session:
        row = henvendelser.laas(session, number, version)
        return aendr_i(session, row, library, hvem, felter, nu, orienter=orienter, trods_delopgaver=trods_delopgaver)


def aendr_i(
    session: Session,
    row: Henvendelse,
    library: Library,
    hvem: str,
    felter: Mapping[str, Any],
    nu: dt.datetime,
    *,
    orienter: bool = True,
    trods_delopgaver: bool = False,
) -> int:
    """As ``aendr``, of a case that the caller has taken with ``henvendelser.laas``, in a transaction that is under way."""
    wanted = _differing(row, felter, library, nu)
    if wanted:
        _closed_or_open(row, wanted, trods_delopgaver=trods_delopgaver)
        changes = henvendelser.aendr_i(session, row, {**wanted, **_following(row, wanted, library, nu)}, hvem, nu)
        if orienter:
            orientering.om_aendring(session, row, changes, library, nu)
        if wanted.get("status") == AFSLUTTET:
            invitation.udsted(session, row, library, nu)
        session.flush()
    return row.version


def kraev_aaben(row: Henvendelse) -> None:
    """Raises ``SagErAfsluttet`` on a closed case."""
    if row.status == AFSLUTTET:
        raise SagErAfsluttet(row.nummer)


def _differing(row: Henvendelse, felter: Mapping[str, Any], library: Library, nu: dt.datetime) -> dict[str, Any]:
    """The columns that would be set to something else than they hold."""
    if unknown := [felt for felt in felter if felt not in FELTER]:
        raise ValueError(f"feltet {unknown[0]} kan ikke ændres her")
    columns = dict(felter)
    if "ejer" in felter:
        ejer: Ejer | None = felter["ejer"]
        columns |= {"ejer": ejer and ejer.navn, "ejer_id": ejer and ejer.id}
    wanted = {felt: til for felt, til in columns.items() if getattr(row, felt) != til}
    for felt, til in wanted.items():
        _sensible(felt, til, library, nu)
    return wanted


def _sensible(felt: str, til: Any, library: Library, nu: dt.datetime) -> None:
    if felt == "status" and til not in STATUSSER:
        raise ValueError(f"{til!r} er ikke en status; vælg {', '.join(STATUSSER)}")
    if felt == "team" and til not in library.enheder:
        raise ValueError(f"{til!r} er ikke en enhed; vælg {', '.join(sorted(library.enheder))}")
    if felt == "udfald" and til is not None and til not in UDFALD:
        raise ValueError(f"{til!r} er ikke et udfald; vælg {', '.join(UDFALD)}")
    if felt == "svarfrist" and (til is None or med_zone(til) <= nu):
        raise ValueError("svarfristen skal ligge efter nu")


def _closed_or_open(row: Henvendelse, wanted: Mapping[str, Any], *, trods_delopgaver: bool) -> None:
    status = wanted.get("status", row.status)
    if row.status == AFSLUTTET == status:
        raise SagErAfsluttet(row.nummer)
    if status != AFSLUTTET:
        if wanted.get("udfald") is not None:
            raise ValueError("et udfald hører til en sag, der afsluttes; sæt status til afsluttet")
        return
    if wanted.get("udfald") is None:
        raise ValueError(f"sagen kan ikke afsluttes uden et udfald; vælg {', '.join(UDFALD)}")
    waiting = [task.enhed for task in row.delopgaver if task.status != AFSLUTTET]
    if waiting and not trods_delopgaver:
        raise AabneDelopgaver(waiting)


def _following(row: Henvendelse, wanted: Mapping[str, Any], library: Library, nu: dt.datetime) -> dict[str, Any]:
    """What else changes when ``wanted`` does."""
    follows: dict[str, Any] = {}
    if wanted.get("status") == AFSLUTTET:
        return {"afsluttet": nu}
    reopened = row.status == AFSLUTTET
    if reopened:
        follows |= {"udfald": None, "afsluttet": None}
    # a deadline that passed while the business was waited for was not ours to keep
    resumed = reopened or (row.status == VENTER and "status" in wanted)
    if "svarfrist" not in wanted and ("team" in wanted or (resumed and row.svarfrist <= nu)):
        follows["svarfrist"] = deadline(wanted.get("team", row.team), nu, library)
    if "svarfrist" in wanted or "svarfrist" in follows:
        follows |= {"varslet": None, "eskaleret": None}
    return follows
