"""Rasa's conversations in the project's own database.

Rasa's SQL store breaks on SQLAlchemy 2, blocks the event loop, and on a database error goes on with an empty
conversation (shared rasa-notes, "Production" 6). This one appends events, reads off the loop, and is loud on errors.
It remembers conversations between turns (``bot.tracker_memory``) and asks each time whether it still is so: another Rasa
may have had the conversation meanwhile, or it may have been erased.

A gateway says with its message how the conversation stands in the database, and keeps what the turn adds to it together
with the answer (``turn``): then Rasa itself neither reads nor writes. Whoever else talks to Rasa, such as ``rasa shell``,
has its conversation stored here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Engine, func, select

from bot.quick_json import dumps
from bot.settings import settings
from bot.tracker_memory import TrackerMemory, fork, listed
from connectors.database import engine_for, off_loop, reading, writing
from connectors.tracker import NewEvents, TrackerEvent, append_in, mark


@dataclass
class Turn:
    """A message whose answer somebody else stores. ``mark``: of the conversation as it is stored. ``new``: what the turn
    has added to it, once it is over."""

    sender: str
    mark: str
    have: int = 0
    new: NewEvents | None = None


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def turn(sender: str, mark: str) -> Iterator[Turn]:
    """Within the block this conversation is not stored, but told: for whoever holds its lock and has it stored."""
    new = Turn(sender, mark)
    token = _turn.set(new)
    try:
        yield new
    finally:
        _turn.reset(token)


class ErhvervTrackerStore(TrackerStore):  # type: ignore[misc]
    """Append-only events by conversation. ``host`` and other settings of ``endpoints.yml`` are not used."""

    def __init__(
        self, domain: Domain | None = None, host: str | None = None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        self._engine: Engine = engine_for(settings().database)
        self._memory = TrackerMemory()
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet. Raises SQLAlchemy's errors, such as an ``IntegrityError`` where
        another process has added to the conversation since it was retrieved; then nothing is stored."""
        await self.stream_events(tracker)
        told = _told(tracker.sender_id)
        if told is not None:
            told.new = NewEvents(told.have, _stored(tracker, told.have))
            if told.new.events:
                self._memory.keep(tracker, mark(len(tracker.events) - 1, told.new.events[-1]))
            return
        kept = self._memory.take(tracker.sender_id)
        have = kept.events if kept is not None else await off_loop(count, self._engine, tracker.sender_id)
        new = NewEvents(have, _stored(tracker, have))
        await off_loop(append, self._engine, tracker.sender_id, new)
        if new.events:
            self._memory.keep(fork(tracker), mark(len(tracker.events) - 1, new.events[-1]))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it stands; None where there is none. Raises SQLAlchemy's errors."""
        told = _told(sender_id)
        if told is not None:
            kept = self._memory.take(sender_id)  # a turn that fails leaves nothing here, and the next one reads
            if kept is not None and kept.mark == told.mark:
                tracker = kept.tracker
            else:
                tracker = await self._read(sender_id) if told.mark else None
            told.have = len(tracker.events) if tracker is not None else 0
            return tracker
        kept = self._memory.get(sender_id)
        if kept is None:
            return await self._read(sender_id)
        # The last one that is known comes along: without it nobody could tell "nothing new" from "erased".
        stored = await off_loop(load, self._engine, sender_id, kept.events - 1)
        if not stored or mark(kept.events - 1, stored[0]) != kept.mark:  # erased, and perhaps begun anew
            self._memory.forget(sender_id)
            return await self._read(sender_id)
        return self._with(fork(kept.tracker), stored[1:])

    async def _read(self, sender_id: str) -> DialogueStateTracker | None:
        stored = await off_loop(load, self._engine, sender_id, 0)
        return self._with(DialogueStateTracker(sender_id, self.domain.slots), stored) if stored else None

    def _with(self, tracker: DialogueStateTracker, added: Sequence[str]) -> DialogueStateTracker:
        for event in map(Event.from_parameters, map(json.loads, added)):
            if event is not None:
                tracker.update(event, self.domain)
        if added and _told(tracker.sender_id) is None:
            self._memory.keep(fork(tracker), mark(len(tracker.events) - 1, added[-1]))
        return tracker

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        return await off_loop(senders, self._engine)


def _told(sender_id: str) -> Turn | None:
    under_way = _turn.get()
    return under_way if under_way is not None and under_way.sender == sender_id else None


def _stored(tracker: DialogueStateTracker, have: int) -> list[str]:
    return [dumps(event) for event in listed(tracker)[0][have:]]


def count(engine: Engine, sender: str) -> int:
    """How many events of the conversation are stored."""
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(TrackerEvent).where(TrackerEvent.sender == sender)) or 0


def append(engine: Engine, sender: str, new: NewEvents) -> None:
    """Store events. Raises ``IntegrityError`` where there are more than ``new.have`` by now."""
    with writing(engine) as session:
        append_in(session.connection(), sender, new)


def load(engine: Engine, sender: str, first: int) -> list[str]:
    """The events from number ``first`` on, oldest first."""
    with reading(engine) as session:
        found = select(TrackerEvent.data).where(TrackerEvent.sender == sender, TrackerEvent.seq >= first)
        return list(session.scalars(found.order_by(TrackerEvent.seq)))


def senders(engine: Engine) -> list[str]:
    """Ids of all conversations."""
    with reading(engine) as session:
        return list(session.scalars(select(TrackerEvent.sender).distinct()))
