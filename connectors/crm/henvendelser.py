"""Make a henvendelse, read it, and change it: the only way to the tables of ``connectors.crm.models``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot.language.sagsnummer import find_nummer
from connectors.crm import tid
from connectors.crm.ejer import ejers_enhed
from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.crm.historik import TAVSE, linje
from connectors.crm.kontaktoplysning import samme_kontakt
from connectors.crm.models import STATUSSER, Henvendelse
from connectors.crm.nummer import naeste_nummer
from connectors.crm.opbyg import opbyg
from connectors.crm.tilknytning import knyt
from connectors.crm.udkast import HenvendelseUdkast
from connectors.crm.visning import vis
from connectors.database import reading, writing

AENDRES = ("status", "team", "ejer", "key_account_manager", "svarfrist", "survey")


@dataclass(frozen=True)
class Kvittering:
    """What the maker of a case may tell: ``ny`` is False when the key had been used and nothing was made now."""

    number: str
    team: str
    status: str
    svarfrist: dt.datetime
    oprettet: dt.datetime
    version: int
    ny: bool


@dataclass(frozen=True)
class Status:
    """What a business may hear of its own case; times in UTC. ``aftaler``: what is agreed and not yet done, with its time.
    ``ejer_enhed``: the owner's unit, where it isn't ``team``."""

    number: str
    status: str
    svarfrist: dt.datetime
    team: str
    ejer: str | None
    aftaler: tuple[tuple[str, dt.datetime | None], ...] = ()
    ejer_enhed: str | None = None


def opret(
    engine: Engine,
    udkast: HenvendelseUdkast,
    svarfrist: dt.datetime,
    nu: dt.datetime,
    hvem: str = "bot",
    *,
    mere: Callable[[Session, Henvendelse], None] | None = None,
) -> Kvittering:
    """Make the case, linked to its company's record, once for each ``udkast.noegle``: whoever comes second, also at the
    same moment from another process, gets the first one's number. ``mere`` does in the same transaction what else belongs
    to a new case. Raises ``ValueError`` on a time without zone, ``NumreOpbrugt``, and what ``mere`` raises."""
    try:
        with writing(engine) as session:
            row = _by_key(session, udkast.noegle)
            if row is not None:
                return _kvittering(row, ny=False)
            row = opbyg(udkast, naeste_nummer(session, nu), tid.med_zone(svarfrist), nu, hvem)
            knyt(session, row, nu)
            session.add(row)
            session.flush()
            if mere is not None:
                mere(session, row)
                session.flush()
            return _kvittering(row, ny=True)
    except IntegrityError:
        # Another process made it between our look and our write; the number we took went back with the transaction.
        with reading(engine) as session:
            row = _by_key(session, udkast.noegle)
            if row is None:
                raise
            return _kvittering(row, ny=False)


def som_json(engine: Engine, number: str) -> dict[str, Any] | None:
    """The case in the contract's shape (times in Copenhagen's offset), or None. ``number`` in any spelling."""
    with reading(engine) as session:
        row = _by_number(session, number)
        return None if row is None else vis(row)


def version(engine: Engine, number: str) -> int | None:
    """The case's version, to be handed back with a change; None for an unknown number."""
    with reading(engine) as session:
        row = _by_number(session, number)
        return None if row is None else row.version


def status(engine: Engine, number: str, kontaktoplysning: str) -> Status | None:
    """State and deadline, if the e-mail address or phone number is the case's own. None for a wrong pair and for an
    unknown number alike, so that nobody learns which numbers exist."""
    with reading(engine) as session:
        return status_i(session, number, kontaktoplysning)


def status_i(session: Session, number: str, kontaktoplysning: str) -> Status | None:
    """As ``status``, in a transaction that is under way."""
    row = _by_number(session, number)
    if row is None or row.kontakt is None:
        return None
    if not samme_kontakt(kontaktoplysning, row.kontakt.email, row.kontakt.telefon):
        return None
    aftaler = tuple((aftale.tekst, aftale.frist) for aftale in row.aftaler if aftale.udfoert is None)
    unit = ejers_enhed(row) if row.ejer else row.team
    return Status(row.nummer, row.status, row.svarfrist, row.team, row.ejer, aftaler, unit if unit != row.team else None)


def aendr(engine: Engine, number: str, felter: Mapping[str, Any], hvem: str, version: int, nu: dt.datetime | None = None) -> int:
    """Set fields of ``AENDRES``, if the case is still at ``version``, and write each change into the history, in one
    transaction. Returns the new version (the same if nothing differed). Raises ``ForaeldetVersion``,
    ``UkendtHenvendelse``, ``ValueError`` on an unknown field or status; then nothing is changed."""
    _check(felter)
    with writing(engine) as session:
        row = laas(session, number, version)
        aendr_i(session, row, felter, hvem, nu or tid.nu())
        return row.version


def find(session: Session, number: str) -> Henvendelse:
    """The case, to be read; ``number`` in any spelling. Raises ``UkendtHenvendelse``."""
    row = _by_number(session, number)
    if row is None:
        raise UkendtHenvendelse(number)
    return row


def laas(session: Session, number: str, version: int | None = None) -> Henvendelse:
    """The case, kept from anybody else's change until the transaction ends; where ``version`` is given, only if the
    case is still at it. Raises ``UkendtHenvendelse``, ``ForaeldetVersion``."""
    nummer = find_nummer(number)
    held = select(Henvendelse).where(Henvendelse.nummer == nummer).with_for_update().execution_options(populate_existing=True)
    row = None if nummer is None else session.scalars(held).one_or_none()
    if row is None:
        raise UkendtHenvendelse(number)
    if version is not None and row.version != version:
        af, naar = (row.historik[-1].hvem, row.historik[-1].tid) if row.historik else (None, None)
        raise ForaeldetVersion(row.nummer, row.version, row.status, af, naar)
    return row


def aendr_i(
    session: Session, row: Henvendelse, felter: Mapping[str, Any], hvem: str, nu: dt.datetime
) -> dict[str, tuple[Any, Any]]:
    """Set columns of ``row`` and write a line of history for each that differs (``historik.TAVSE`` have none). Returns
    ``{column: (old, new)}``; what does not differ is no change. The caller has taken the case with ``laas``."""
    changes = {felt: (getattr(row, felt), til) for felt, til in felter.items() if getattr(row, felt) != til}
    for felt, (fra, til) in changes.items():
        setattr(row, felt, til)
        if felt not in TAVSE:
            row.historik.append(linje(hvem, felt, fra, til, nu))
    if changes:
        roer_ved(session, row, nu)
    return changes


def roer_ved(session: Session, row: Henvendelse, nu: dt.datetime) -> None:
    """Count a change of the case, also where it stands in another table: a version on, and ``aendret``."""
    row.aendret = nu
    flag_modified(row, "aendret")  # two changes in one instant are still two versions
    session.flush()


def tilfoej_historik(
    engine: Engine, number: str, hvem: str, felt: str, fra: str | None, til: str | None, nu: dt.datetime | None = None
) -> None:
    """Append a line to the case's history. Raises ``UkendtHenvendelse``."""
    with writing(engine) as session:
        row = find(session, number)
        line = linje(hvem, felt, fra, til, nu)
        line.henvendelse_id = row.id
        session.add(line)


def _check(felter: Mapping[str, Any]) -> None:
    for felt, til in felter.items():
        if felt not in AENDRES:
            raise ValueError(f"feltet {felt} kan ikke ændres her")
        if felt == "status" and til not in STATUSSER:
            raise ValueError(f"{til!r} er ikke en status; vælg {', '.join(STATUSSER)}")
        if felt == "svarfrist":
            tid.med_zone(til)
        if felt in ("team", "survey") and not til:
            raise ValueError(f"{felt} må ikke være tom")


def _by_key(session: Session, noegle: str) -> Henvendelse | None:
    return session.scalars(select(Henvendelse).where(Henvendelse.noegle == noegle)).one_or_none()


def _by_number(session: Session, number: str) -> Henvendelse | None:
    nummer = find_nummer(number)
    return None if nummer is None else session.scalars(select(Henvendelse).where(Henvendelse.nummer == nummer)).one_or_none()


def _kvittering(row: Henvendelse, *, ny: bool) -> Kvittering:
    return Kvittering(row.nummer, row.team, row.status, row.svarfrist, row.oprettet, row.version, ny)
