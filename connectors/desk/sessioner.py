"""Log-ins that are open: made, found, kept alive, ended. Of a cookie only its SHA-256 is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from connectors.database import reading, writing
from connectors.desk.models import DeskSession, Medarbejder
from connectors.desk.settings import DeskSettings
from connectors.website.tokens import new_token, token_hash

TOUCH = dt.timedelta(minutes=1)  # how exactly the last use is noted


@dataclass(frozen=True)
class Fundet:
    """An open log-in and whose it is."""

    session: DeskSession
    medarbejder: Medarbejder


def opret(session: Session, medarbejder_id: int, settings: DeskSettings, nu: dt.datetime) -> str:
    """A fresh log-in. Returns the cookie's value, known to nobody but the browser; sweeps out what has ended."""
    session.execute(delete(DeskSession).where(DeskSession.udloeber <= nu))
    token = new_token()
    session.add(
        DeskSession(
            token_hash=token_hash(token),
            medarbejder_id=medarbejder_id,
            csrf=secrets.token_urlsafe(32),
            beskeder=[],
            oprettet=nu,
            brugt=nu,
            udloeber=nu + dt.timedelta(hours=settings.session_hours),
        )
    )
    return token


def find(engine: Engine, token: str, settings: DeskSettings, nu: dt.datetime, *, brugt: bool = True) -> Fundet | None:
    """The log-in that ``token`` opens; None when it has ended, or its person is no longer active.

    Args:
        brugt: note that it has been used. Not for what a page does by itself, which is no sign that anybody sits there.
    """
    idle = dt.timedelta(minutes=settings.session_idle_minutes)
    with reading(engine) as session:
        row = session.execute(
            select(DeskSession, Medarbejder)
            .join(Medarbejder, Medarbejder.id == DeskSession.medarbejder_id)
            .where(
                DeskSession.token_hash == token_hash(token),
                DeskSession.udloeber > nu,
                DeskSession.brugt > nu - idle,
                Medarbejder.aktiv.is_(True),
            )
        ).first()
    if row is None:
        return None
    found, medarbejder = row
    if brugt and found.brugt <= nu - TOUCH:
        with writing(engine) as session:
            session.execute(update(DeskSession).where(DeskSession.token_hash == found.token_hash).values(brugt=nu))
    return Fundet(found, medarbejder)


def luk(engine: Engine, token: str) -> None:
    """Log out: the cookie opens nothing any more."""
    with writing(engine) as session:
        session.execute(delete(DeskSession).where(DeskSession.token_hash == token_hash(token)))


def luk_alle(session: Session, medarbejder_id: int) -> None:
    """Log a person out everywhere, in the caller's transaction."""
    session.execute(delete(DeskSession).where(DeskSession.medarbejder_id == medarbejder_id))


def laeg_besked(engine: Engine, session_id: str, slags: str, tekst: str) -> None:
    """Queue what the next page is to tell; ``session_id`` is the log-in's ``token_hash``."""
    with writing(engine) as session:
        row = session.get(DeskSession, session_id, with_for_update=True)
        if row is not None:
            row.beskeder = [*row.beskeder, {"slags": slags, "tekst": tekst}]


def tag_beskeder(engine: Engine, session_id: str) -> list[dict[str, Any]]:
    """What is queued, which is then no longer queued."""
    with writing(engine) as session:
        row = session.get(DeskSession, session_id, with_for_update=True)
        if row is None:
            return []
        found, row.beskeder = row.beskeder, []
        return found
