"""User name and password: who gets in, the lock-out after wrong ones, and changing one's password."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from connectors.database import reading, writing
from connectors.desk import kodeord, revision, sessioner
from connectors.desk.adgang import som_bruger
from connectors.desk.medarbejdere import Ugyldig
from connectors.desk.models import Medarbejder
from connectors.desk.settings import DeskSettings

UDEN_KODE = "Du logger ind gennem kommunen og har ingen adgangskode her."
FORKERT = "Den nuværende adgangskode er forkert."
UAENDRET = "Den nye adgangskode er den samme som den gamle."
LONGEST_LOCKOUT = dt.timedelta(hours=24)


class Afvist(Enum):
    """Why nobody got in. ``FORKERT`` is all that is said of a wrong name, a wrong password and a lock-out."""

    FORKERT = "forkert"
    KUN_LOKALT = "kun_lokalt"


@dataclass(frozen=True)
class Inde:
    """Somebody got in: ``token`` is the cookie's value."""

    medarbejder: Medarbejder
    token: str


def log_ind(
    engine: Engine, brugernavn: str, kode: str, *, lokalt: bool, settings: DeskSettings, nu: dt.datetime
) -> Inde | Afvist:
    """Try a user name and a password. ``lokalt``: whether the browser is on this very machine, as demo log-ins demand."""
    with reading(engine) as session:
        row = session.scalars(select(Medarbejder).where(Medarbejder.brugernavn == brugernavn.strip().casefold())).first()
    if row is not None and row.demo and not lokalt:
        return Afvist.KUN_LOKALT
    forsoeg = 0 if row is None or not row.aktiv or row.adgangskode is None else tael(engine, row, settings, nu)
    if row is None or row.adgangskode is None or not forsoeg:
        kodeord.passer(None, kode)
        return Afvist.FORKERT
    if not kodeord.passer(row.adgangskode, kode):
        handling = "lukket ude" if forsoeg >= settings.login_attempts else "forkert adgangskode"
        revision.skriv(engine, None, handling, "medarbejder", row.brugernavn, {"forsøg": forsoeg}, nu)
        return Afvist.FORKERT
    values: dict[str, Any] = {"fejl": 0, "laast_til": None}
    if kodeord.foraeldet(row.adgangskode):
        values["adgangskode"] = kodeord.hash_af(kode)
    with writing(engine) as session:
        return Inde(row, aabn(session, row, settings, nu)) if _uaendret(session, row, values) else Afvist.FORKERT


def aabn(session: Session, row: Medarbejder, settings: DeskSettings, nu: dt.datetime) -> str:
    """A fresh log-in for ``row``, noted in the audit log. Returns the cookie's value."""
    revision.skriv(session, som_bruger(row, ""), "logget ind", "medarbejder", row.brugernavn, nu=nu)
    return sessioner.opret(session, row.id, settings, nu)


def tael(engine: Engine, row: Medarbejder, settings: DeskSettings, nu: dt.datetime) -> int:
    """Count an attempt before its password is looked at, so that no crowd of attempts at once gets more than one by one.

    Returns:
        How many there have been in a row; 0 while the person is locked out, for such attempts do not count.
    """
    free = or_(Medarbejder.laast_til.is_(None), Medarbejder.laast_til <= nu)
    own = update(Medarbejder).where(Medarbejder.id == row.id)
    with writing(engine) as session:
        forsoeg = session.scalar(own.where(free).values(fejl=Medarbejder.fejl + 1).returning(Medarbejder.fejl))
        if forsoeg is None:
            return 0
        if forsoeg >= settings.login_attempts:
            session.execute(own.values(laast_til=nu + lukket_i(forsoeg, settings)))
    return forsoeg


def _uaendret(session: Session, row: Medarbejder, values: dict[str, Any]) -> bool:
    """Store ``values`` if the password is still the one that was looked at, and the person still let in: an administrator
    may have changed either while it was."""
    still = Medarbejder.id == row.id, Medarbejder.adgangskode == row.adgangskode, Medarbejder.aktiv.is_(True)
    return session.scalar(update(Medarbejder).where(*still).values(**values).returning(Medarbejder.id)) is not None


def lukket_i(fejl: int, settings: DeskSettings) -> dt.timedelta:
    """How long a person is locked out after ``fejl`` wrong passwords in a row: doubled at each beyond the limit."""
    doublings = min(fejl - settings.login_attempts, 20)
    return min(dt.timedelta(minutes=settings.lockout_minutes) * (1 << doublings), LONGEST_LOCKOUT)


def skift_kode(engine: Engine, medarbejder_id: int, gammel: str, ny: str, settings: DeskSettings, nu: dt.datetime) -> str:
    """Change one's own password, which ends every log-in. Returns the cookie of a fresh one.

    A wrong old password counts towards the lock-out, so that nobody can guess it from an open browser.

    Raises:
        Ugyldig: and nothing is changed.
    """
    with reading(engine) as session:
        row = session.get_one(Medarbejder, medarbejder_id)
    if row.adgangskode is None:
        raise Ugyldig({"gammel": UDEN_KODE})
    if fejl := kodeord.mangler(ny, row.brugernavn) or (UAENDRET if ny == gammel else None):
        raise Ugyldig({"ny": fejl})  # before the old one is looked at: who looks for a good one is not locked out by it
    if not tael(engine, row, settings, nu) or not kodeord.passer(row.adgangskode, gammel):
        raise Ugyldig({"gammel": FORKERT})
    values = {"adgangskode": kodeord.hash_af(ny), "skal_skifte": False, "fejl": 0, "laast_til": None}
    with writing(engine) as session:
        if not _uaendret(session, row, values):
            raise Ugyldig({"gammel": FORKERT})
        sessioner.luk_alle(session, row.id)
        revision.skriv(session, som_bruger(row, ""), "skiftet adgangskode", "medarbejder", row.brugernavn, nu=nu)
        return sessioner.opret(session, row.id, settings, nu)
