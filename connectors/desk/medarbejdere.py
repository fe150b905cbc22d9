"""Staff as administrators keep them: made, altered, given a one-time password, unlocked, deactivated.

Each function is one transaction with its line in the audit log. A member of staff is never deleted: cases and the audit
log name them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from connectors.database import reading, writing
from connectors.desk import kodeord, revision, sessioner
from connectors.desk.adgang import Bruger
from connectors.desk.models import Medarbejder

OPTAGET = "Brugernavnet er taget."
SIDSTE = "Det er den sidste administrator. Giv en anden rollen først."


class Ugyldig(ValueError):
    """What can't be stored: ``fejl`` says why in Danish, by field."""

    def __init__(self, fejl: Mapping[str, str]) -> None:
        super().__init__("; ".join(fejl.values()))
        self.fejl = dict(fejl)


class Foraeldet(Exception):
    """Another administrator changed the person since the page was made."""


class Ukendt(LookupError):
    """There is no such member of staff."""


@dataclass(frozen=True)
class Oplysninger:
    """What an administrator writes of a person; checked by ``skema``."""

    navn: str
    fornavn: str
    email: str | None
    roller: tuple[str, ...]
    enheder: tuple[str, ...]


def alle(engine: Engine) -> list[Medarbejder]:
    """Everybody, the active first, by name."""
    with reading(engine) as session:
        return list(session.scalars(select(Medarbejder).order_by(Medarbejder.aktiv.desc(), Medarbejder.navn, Medarbejder.id)))


def hent(engine: Engine, medarbejder_id: int) -> Medarbejder:
    """One person. Raises ``Ukendt``."""
    with reading(engine) as session:
        row = session.get(Medarbejder, medarbejder_id)
    if row is None:
        raise Ukendt
    return row


def opret(
    engine: Engine, brugernavn: str, felter: Oplysninger, admin: Bruger | None, nu: dt.datetime, *, demo: bool = False
) -> tuple[int, str]:
    """A new person. Returns the id and the one-time password, which nothing else remembers.

    Raises:
        Ugyldig: where the user name is taken.
    """
    kode = kodeord.engangskode()
    row = Medarbejder(
        brugernavn=brugernavn, adgangskode=kodeord.hash_af(kode), skal_skifte=not demo, demo=demo, oprettet=nu, **vars(felter)
    )
    row.roller, row.enheder = list(felter.roller), list(felter.enheder)
    try:
        with writing(engine) as session:
            session.add(row)
            session.flush()
            revision.skriv(session, admin, "oprettet", "medarbejder", brugernavn, {"roller": list(felter.roller)}, nu)
    except IntegrityError:
        raise Ugyldig({"brugernavn": OPTAGET}) from None
    return row.id, kode


def ret(engine: Engine, medarbejder_id: int, version: int, felter: Oplysninger, admin: Bruger, nu: dt.datetime) -> list[str]:
    """Alter a person; what they may do changes with their next click. Returns the names of the fields changed.

    Raises:
        Ukendt, Foraeldet, Ugyldig: and nothing is changed.
    """
    with writing(engine) as session:
        row = _laas(session, medarbejder_id, version)
        if "admin" in row.roller and "admin" not in felter.roller:
            _ikke_sidste(session, row)
        new: dict[str, Any] = {**vars(felter), "roller": list(felter.roller), "enheder": list(felter.enheder)}
        changed = [felt for felt, value in new.items() if getattr(row, felt) != value]
        for felt in changed:
            setattr(row, felt, new[felt])
        if changed:
            row.version += 1
            details = {"felter": changed} | ({"roller": new["roller"]} if "roller" in changed else {})
            revision.skriv(session, admin, "ændret", "medarbejder", row.brugernavn, details, nu)
    return changed


def saet_aktiv(engine: Engine, medarbejder_id: int, version: int, aktiv: bool, admin: Bruger | None, nu: dt.datetime) -> None:
    """Let a person in again, or keep them out and log them out everywhere.

    Raises:
        Ukendt, Foraeldet, Ugyldig: and nothing is changed.
    """
    with writing(engine) as session:
        row = _laas(session, medarbejder_id, version)
        if not aktiv:
            if admin and row.aktiv and "admin" in row.roller:
                _ikke_sidste(session, row)
            sessioner.luk_alle(session, row.id)
        row.aktiv, row.tager_chat, row.version = aktiv, row.tager_chat and aktiv, row.version + 1
        revision.skriv(session, admin, "åbnet" if aktiv else "lukket", "medarbejder", row.brugernavn, nu=nu)


def nulstil(engine: Engine, medarbejder_id: int, version: int, admin: Bruger | None, nu: dt.datetime) -> str:
    """A one-time password in place of the old one; logs the person out everywhere and ends a lock-out. Returns it.

    Raises:
        Ukendt, Foraeldet: and nothing is changed.
    """
    kode = kodeord.engangskode()
    hashed = kodeord.hash_af(kode)
    with writing(engine) as session:
        row = _laas(session, medarbejder_id, version)
        row.adgangskode, row.skal_skifte, row.fejl, row.laast_til = hashed, not row.demo, 0, None
        row.version += 1
        sessioner.luk_alle(session, row.id)
        revision.skriv(session, admin, "ny engangskode", "medarbejder", row.brugernavn, nu=nu)
    return kode


def laas_op(engine: Engine, medarbejder_id: int, admin: Bruger, nu: dt.datetime) -> None:
    """End a lock-out. Raises ``Ukendt``."""
    with writing(engine) as session:
        row = session.get(Medarbejder, medarbejder_id, with_for_update=True)
        if row is None:
            raise Ukendt
        row.fejl, row.laast_til = 0, None
        revision.skriv(session, admin, "låst op", "medarbejder", row.brugernavn, nu=nu)


def luk_overalt(engine: Engine, bruger: Bruger, nu: dt.datetime) -> None:
    """Log a person out everywhere, at their own wish."""
    with writing(engine) as session:
        sessioner.luk_alle(session, bruger.id)
        revision.skriv(session, bruger, "logget ud alle steder", "medarbejder", bruger.brugernavn, nu=nu)


def _laas(session: Session, medarbejder_id: int, version: int) -> Medarbejder:
    """The person, for a change. All rows are locked, in one order: two administrators who give up the role at once come
    one after the other, and the second sees what the first did."""
    session.scalars(select(Medarbejder.id).order_by(Medarbejder.id).with_for_update()).all()
    row = session.get(Medarbejder, medarbejder_id)
    if row is None:
        raise Ukendt
    if row.version != version:
        raise Foraeldet
    return row


def _ikke_sidste(session: Session, row: Medarbejder) -> None:
    """Refuse to take the last administrator away; fictitious people do not count beside a real one."""
    active = session.scalars(select(Medarbejder).where(Medarbejder.aktiv.is_(True)))
    if not any(other.id != row.id and "admin" in other.roller and (row.demo or not other.demo) for other in active):
        raise Ugyldig({"roller": SIDSTE})
