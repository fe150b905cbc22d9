"""What staff see above a conversation: who it is, what they have answered and asked about; read from what the bot remembers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, null, select
from sqlalchemy.orm import Session

from bot.dialog.case_text import COMPANY, CONTACT, main_content
from bot.knowledge.library import Library
from bot.screening.forloeb import Forloeb
from bot.screening.steps import next_step
from bot.screening.values import spoken
from connectors.database import reading
from connectors.tracker import TrackerEvent
from connectors.website.models import Besked

LAST = 3  # of the business's own messages
SLOTS = ("forloeb", "firma")
_OWN_DATA = ("cvr", *COMPANY)
_REACHED_BY = ("navn", "telefon", "email")

Row = tuple[str, str]  # what it is, as the files name it; and the answer in words


@dataclass(frozen=True)
class Resume:
    """``virksomhed``, ``kontakt`` and ``svar``: rows to show. ``pakke``: name of the package last screened for, ``mangler``
    the question that it stopped at. ``ydelser``: names of the services told of or chosen. ``sidste``: what the business
    typed last, oldest first. ``hovedindhold``: the summary in prose, where there is a recommendation. ``sag``: number of
    the case that this conversation made last."""

    virksomhed: tuple[Row, ...] = ()
    kontakt: tuple[Row, ...] = ()
    svar: tuple[Row, ...] = ()
    pakke: str | None = None
    mangler: str | None = None
    ydelser: tuple[str, ...] = ()
    sidste: tuple[str, ...] = ()
    hovedindhold: str | None = None
    sag: str | None = None


def resume(engine: Engine, samtale_id: str, library: Library) -> Resume:
    """The summary of a conversation; empty where nothing is known. Rasa need not run."""
    with reading(engine) as session:
        firma, state = remembered(session, samtale_id)
        told = _told_of(session, samtale_id)
        last = _typed(session, samtale_id)
    known = {**firma, **(state.svar if state else {})}
    services = dict.fromkeys([*(state.valgte if state else ()), *((state.emne,) if state and state.emne else ()), *told])
    pakke = library.servicepakker.get(state.pakke or "") if state else None
    step = next_step(state, library) if state else None
    asked = library.spoergsmaal.get(step.asks) if step else None
    rest = [slot for slot in (state.svar if state else ()) if slot not in (*COMPANY, *CONTACT)]
    return Resume(
        virksomhed=_rows(_OWN_DATA, known, library),
        kontakt=_rows(_REACHED_BY, known, library),
        svar=_rows(rest, known, library),
        pakke=pakke.navn if pakke else None,
        mangler=asked.opsummering if asked else None,
        ydelser=tuple(library.ydelser[ident].navn for ident in services if ident in library.ydelser),
        sidste=tuple(last),
        # before there is a recommendation the summary would tell a verdict that is none
        hovedindhold=main_content(state, library) if state is not None and state.vist is not None else None,
        sag=str(firma["sag"]) if firma.get("sag") else None,
    )


def remembered(session: Session, samtale_id: str) -> tuple[Mapping[str, Any], Forloeb | None]:
    """What the bot knows of the company and its contact, by slot (and ``sag``, the case it has made), and the screening or
    wish for a person that is under way, or was last."""
    slots = _slots(session, samtale_id)
    firma: Mapping[str, Any] = slots.get("firma") or {}
    running = (slots.get("forloeb"), firma.get("stoppet"), firma.get("sidste"))
    return firma, next((found for raw in running if (found := _read(raw))), None)


def _rows(slots: Any, known: Mapping[str, Any], library: Library) -> tuple[Row, ...]:
    return tuple(
        (library.spoergsmaal[slot].opsummering, spoken(slot, known[slot], library))
        for slot in slots
        if slot in library.spoergsmaal and known.get(slot) is not None
    )


def _read(raw: Any) -> Forloeb | None:
    state = Forloeb.from_json(raw)
    return state if state is not None and state.slags != "sag" else None


def _slots(session: Session, samtale_id: str) -> dict[str, Any]:
    """The last values of ``SLOTS`` in Rasa's own record of the conversation."""
    events = session.scalars(
        select(TrackerEvent.data)
        .where(TrackerEvent.sender == samtale_id, TrackerEvent.data.like('{"event":"slot"%'))
        .order_by(TrackerEvent.seq.desc())
    )
    found: dict[str, Any] = {}
    for data in events:
        event = json.loads(data)
        if event["name"] in SLOTS:
            found.setdefault(event["name"], event["value"])
        if len(found) == len(SLOTS):
            break
    return found


def _told_of(session: Session, samtale_id: str) -> list[str]:
    """Ids of the services that the bot has told of, in order."""
    rows = session.scalars(
        select(Besked.data).where(Besked.samtale_id == samtale_id, Besked.sender == "bot").order_by(Besked.seq)
    )
    return [str(data["id"]) for data in rows if data.get("type") == "ydelse" and data.get("id")]


def _typed(session: Session, samtale_id: str) -> list[str]:
    typed = select(Besked.text).where(Besked.samtale_id == samtale_id, Besked.sender == "user", Besked.knap.is_(null()))
    return list(session.scalars(typed.order_by(Besked.seq.desc()).limit(LAST)))[::-1]
