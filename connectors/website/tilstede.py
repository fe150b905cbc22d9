"""Who of the staff is there: they want chats, and a browser of theirs has given a sign of life just now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.settings import settings
from connectors.database import reading, writing
from connectors.desk.models import Medarbejder
from connectors.website.hvem import TAGER
from connectors.website.models import Samtale


@dataclass(frozen=True)
class Kollega:
    """Somebody who may be given a chat; ``tilstede``: would see it now."""

    id: int
    navn: str
    fornavn: str
    enheder: frozenset[str]
    tilstede: bool


def saet(engine: Engine, medarbejder_id: int, tager_chat: bool, now: dt.datetime) -> None:
    """They want chats from now on, or no more; pressing the button is a sign of life too."""
    with writing(engine) as session:
        session.execute(update(Medarbejder).where(Medarbejder.id == medarbejder_id).values(tager_chat=tager_chat, set=now))


def livstegn(engine: Engine, samtale_ids: Iterable[str] | None, medarbejder_id: int, now: dt.datetime) -> None:
    """A browser of theirs is alive: it keeps them present, and keeps ``samtale_ids`` (None: all they have) theirs.

    Their other tabs may be gone: any one is enough.
    """
    with writing(engine) as session:
        session.execute(update(Medarbejder).where(Medarbejder.id == medarbejder_id).values(set=now))
        theirs = update(Samtale).where(Samtale.state == "menneske", Samtale.medarbejder_id == medarbejder_id)
        if samtale_ids is not None:
            theirs = theirs.where(Samtale.id.in_(list(samtale_ids)))
        session.execute(theirs.values(medarbejder_set=now))


def nogen(engine: Engine, enhed: str | None, now: dt.datetime, vaek: float | None = None) -> bool:
    """Whether anybody would see a conversation come: in the front function, or in ``enhed``.

    Args:
        vaek: seconds without a sign of life after which somebody counts as gone; the setting where None.
    """
    with reading(engine) as session:
        return er_nogen(session, now, vaek, enhed=enhed)


def er_nogen(
    session: Session, now: dt.datetime, vaek: float | None = None, *, enhed: str | None = None, til_id: int | None = None
) -> bool:
    """As ``nogen``, within a transaction; with ``til_id``, whether just that one is there."""
    there = [row for row in session.scalars(select(Medarbejder).where(Medarbejder.aktiv)) if _er_her(row, now, vaek)]
    if til_id is not None:
        return any(row.id == til_id for row in there)
    if enhed is not None:
        return any(enhed in row.enheder for row in there)
    return any("front" in row.roller for row in there)


def kolleger(engine: Engine, now: dt.datetime, vaek: float | None = None) -> list[Kollega]:
    """Everybody who may be given a chat: those who are there first, then by name."""
    with reading(engine) as session:
        rows = [row for row in session.scalars(select(Medarbejder).where(Medarbejder.aktiv)) if kan_tage(row)]
    found = [Kollega(row.id, row.navn, row.fornavn, frozenset(row.enheder), _er_her(row, now, vaek)) for row in rows]
    return sorted(found, key=lambda one: (not one.tilstede, one.navn))


def kan_tage(row: Medarbejder) -> bool:
    """Whether they may talk with a business at all."""
    return row.aktiv and bool(TAGER & set(row.roller))


def _er_her(row: Medarbejder, now: dt.datetime, vaek: float | None) -> bool:
    seconds = settings().agent_away_seconds if vaek is None else vaek
    return kan_tage(row) and row.tager_chat and row.set is not None and row.set > now - dt.timedelta(seconds=seconds)
