"""Watches over those who wait and those who talk, so that nobody waits in vain.

An owner whose browser has been gone too long loses the conversation to the queue; a colleague or unit that doesn't take
what was handed to it loses it to the whole front; where nobody takes it in time, or nobody is there any more, the bot has
it again and asks for contact data. Everything is reckoned from the database, so any gateway may do it, and twice is once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, null, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.database import reading, writing
from connectors.desk.models import Medarbejder
from connectors.website import koe, tilstede
from connectors.website.gentag import hver_for_sig
from connectors.website.messages import append
from connectors.website.models import Besked, Samtale
from connectors.website.overtagelse import forlad_knap
from connectors.website.tilstand import change

QUOTED = 3  # of what was written while waiting, the latest, for the contact form
VAEK, TIL_FRONT, UDLOEBET = "vaek", "til_front", "udloebet"


@dataclass(frozen=True)
class Graenser:
    """Seconds: ``vaek`` without a sign of life until somebody counts as gone, ``koe`` in one queue at most.

    ``fra``: when this gateway started. No browser could give a sign of life while it was down, so each gets ``vaek``
    seconds from then on to come back.
    """

    vaek: float
    koe: float
    fra: dt.datetime | None = None

    def frist(self, now: dt.datetime) -> bool:
        """Whether they still have time to come back after the start."""
        return self.fra is not None and (now - self.fra).total_seconds() < self.vaek


@dataclass(frozen=True)
class Haendelse:
    """What was done to a conversation: one of ``metrics.HAENDELSER``, or None where it only moved within the queue."""

    samtale_id: str
    hvad: str | None


def se_efter(engine: Engine, library: Library, graenser: Graenser, now: dt.datetime) -> list[Haendelse]:
    """One round. Returns what was done, in order; mostly nothing, and then it only reads. A conversation on which it fails
    keeps no other back; the first error is raised at the end."""
    done: list[Haendelse] = []

    def en(samtale_id: str) -> None:
        with writing(engine) as session:
            samtale = session.scalar(select(Samtale).where(Samtale.id == samtale_id).with_for_update())
            # it may have been taken, or have ended, since it was found
            due = forfalden(session, samtale, graenser, now) if samtale is not None else None
            if samtale is not None and due is not None:
                _flyt(session, samtale, due, library, graenser, now)
                done.append(Haendelse(samtale_id, None if due == TIL_FRONT else due))

    try:
        hver_for_sig(en, _forfaldne(engine, graenser, now))
    finally:
        done += [Haendelse(samtale_id, None) for samtale_id in _fortael_pladser(engine, library, now)]
    return done


def forfalden(session: Session, samtale: Samtale, graenser: Graenser, now: dt.datetime) -> str | None:
    """What the conversation is due for: ``VAEK``, ``TIL_FRONT``, ``UDLOEBET`` or nothing."""
    if samtale.state == "menneske" and samtale.medarbejder_id is not None:
        seen = samtale.medarbejder_set
        gone = seen is None or (now - seen).total_seconds() >= graenser.vaek
        return VAEK if gone and not graenser.frist(now) else None
    if samtale.state != "venter" or samtale.koe_siden is None:
        return None
    waited = (now - samtale.koe_siden).total_seconds()
    directed = samtale.koe_enhed is not None or samtale.koe_til_id is not None
    # one that a person has had before waits a while for that one to come back, or for the one it was handed to
    patient = directed or (samtale.venter_siden is not None and samtale.venter_siden < samtale.koe_siden)
    if waited < graenser.koe:
        if patient and waited < graenser.vaek:
            return None
        there = tilstede.er_nogen(session, now, graenser.vaek, enhed=samtale.koe_enhed, til_id=samtale.koe_til_id)
        if there or graenser.frist(now):
            return None
    return TIL_FRONT if directed and tilstede.er_nogen(session, now, graenser.vaek) else UDLOEBET


def _forfaldne(engine: Engine, graenser: Graenser, now: dt.datetime) -> list[str]:
    with reading(engine) as session:
        rows = session.scalars(
            select(Samtale).where(Samtale.state.in_(("venter", "menneske"))).order_by(Samtale.venter_siden, Samtale.id)
        )
        return [row.id for row in rows.all() if forfalden(session, row, graenser, now)]


def _flyt(session: Session, samtale: Samtale, due: str, library: Library, graenser: Graenser, now: dt.datetime) -> None:
    if due == UDLOEBET:
        there = tilstede.er_nogen(session, now, graenser.vaek)
        text = library.text("overtagelse", "udloebet" if there else "ingen_tilbage")
        kommando: dict[str, Any] = {"intent": "menneske", "uden_koe": True, "skrevet": _skrevet(session, samtale)}
        change(session, samtale, "bot", text, now, kommando=kommando)
        return
    if due == VAEK:
        owner = session.get(Medarbejder, samtale.medarbejder_id)
        place = koe.stil_i_koe(session, samtale, now, enhed=samtale.koe_enhed, til_id=samtale.koe_til_id)
        text = library.text("overtagelse", "vaek", fornavn=owner.fornavn if owner else "", plads=place)
    else:
        place = koe.stil_i_koe(session, samtale, now)
        text = library.text("overtagelse", "videre_udloebet", plads=place)
    append(session, samtale.id, [koe.fortael(text, place, forlad_knap(library))], now)


def _skrevet(session: Session, samtale: Samtale) -> list[str]:
    """What the business has typed since it asked for a person: it is not asked for again."""
    typed = (
        select(Besked.text)
        .where(Besked.samtale_id == samtale.id, Besked.sender == "user", Besked.knap.is_(null()))
        .where(Besked.created >= samtale.venter_siden)
        .order_by(Besked.seq.desc())
        .limit(QUOTED)
    )
    return list(session.scalars(typed))[::-1]


def _fortael_pladser(engine: Engine, library: Library, now: dt.datetime) -> list[str]:
    """Tell those who have come nearer to the head of the front's queue; nobody is told that they have been overtaken."""
    general = select(Samtale.id, Samtale.koe_plads).where(
        Samtale.state == "venter", Samtale.koe_enhed.is_(None), Samtale.koe_til_id.is_(None)
    )
    with reading(engine) as session:
        rows = session.execute(general.order_by(Samtale.venter_siden, Samtale.id)).all()
    told = []
    for place, (samtale_id, before) in enumerate(rows, start=1):
        if before is None or place < before:
            with writing(engine) as session:
                samtale = session.scalar(select(Samtale).where(Samtale.id == samtale_id).with_for_update())
                if samtale is None or samtale.state != "venter" or samtale.koe_plads != before:
                    continue
                samtale.koe_plads = koe.plads(session, samtale)
                session.flush()
                text = library.text("overtagelse", "plads", plads=samtale.koe_plads)
                append(session, samtale_id, [koe.fortael(text, samtale.koe_plads, forlad_knap(library))], now)
                told.append(samtale_id)
    return told
