"""The chats on the desk's first list: those that wait for a person, and those that one has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from bot.knowledge.library import Library
from connectors.crm.models import Henvendelse
from connectors.database import reading
from connectors.website import koe
from connectors.website.hvem import Hvem
from connectors.website.models import Besked, Samtale


@dataclass(frozen=True)
class Chat:
    """A conversation: ``siden`` when it began to wait (UTC), ``minutter`` that it has waited, ``for_hvem`` whom it waits for
    ("" for anybody in the front), ``sidste`` the business's last words, ``number`` of the case it has led to."""

    id: str
    siden: dt.datetime
    minutter: int
    plads: int
    for_hvem: str
    sidste: str
    number: str | None = None
    ulaeste: int = 0


def venter(engine: Engine, hvem: Hvem, library: Library, nu: dt.datetime) -> list[Chat]:
    """What ``hvem`` may take from the queue, the longest waiting first."""
    found = []
    numbers: dict[str, str] = {}
    waiting = koe.venteliste(engine, hvem)
    if waiting:
        with reading(engine) as session:
            rows = session.execute(
                select(Henvendelse.samtale, Henvendelse.nummer)
                .where(Henvendelse.samtale.in_([one.samtale_id for one in waiting]))
                .order_by(Henvendelse.id)
            )
            numbers = {samtale: number for samtale, number in rows if samtale}
    for one in waiting:
        unit = library.enheder.get(one.koe_enhed or "")
        target = "dig" if one.koe_til_id == hvem.id else "en kollega" if one.koe_til_id else unit.navn if unit else ""
        found.append(
            Chat(
                one.samtale_id, one.venter_siden, _minutter(one.venter_siden, nu), one.plads, target, one.sidste,
                numbers.get(one.samtale_id),
            )
        )  # fmt: skip
    return found


def mine(engine: Engine, medarbejder_id: int, nu: dt.datetime) -> list[Chat]:
    """The conversations that the member of staff has now, with how much the business has written since they last read."""
    held = Samtale.state == "menneske", Samtale.medarbejder_id == medarbejder_id
    with reading(engine) as session:
        found = []
        for row in session.scalars(select(Samtale).where(*held).order_by(Samtale.venter_siden, Samtale.id)):
            theirs = Besked.samtale_id == row.id, Besked.sender == "user"
            last = session.scalar(select(Besked.text).where(*theirs).order_by(Besked.seq.desc()).limit(1))
            unread = session.scalar(select(func.count()).select_from(Besked).where(*theirs, Besked.seq > row.agent_read_seq))
            since = row.venter_siden or row.active
            number = session.scalar(
                select(Henvendelse.nummer).where(Henvendelse.samtale == row.id).order_by(Henvendelse.id.desc()).limit(1)
            )
            found.append(Chat(row.id, since, _minutter(since, nu), 0, "", last or "", number, unread or 0))
        return found


def antal_mine(engine: Engine, medarbejder_id: int) -> int:
    """How many conversations the member of staff has now."""
    held = Samtale.state == "menneske", Samtale.medarbejder_id == medarbejder_id
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Samtale).where(*held)) or 0


def _minutter(siden: dt.datetime, nu: dt.datetime) -> int:
    return max(0, int((nu - siden).total_seconds() // 60))
