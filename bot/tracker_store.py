"""Rasa's conversations in the project's own database.

Rasa's SQL store breaks on SQLAlchemy 2, blocks the event loop, and on a database error goes on with an empty
conversation (shared rasa-notes, "Production" 6). This one appends events, reads off the loop, and is loud on errors.
It remembers conversations between turns (``bot.tracker_memory``) and asks the database each time whether it still is
so: another Rasa may have had the conversation meanwhile, or it may have been erased.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Engine, TextClause, func, select, text

from bot.settings import settings
from bot.tracker_memory import TrackerMemory, event_dict
from connectors.database import engine_for, off_loop, reading, writing
from connectors.group_commit import committed
from connectors.tracker import TrackerEvent

_just_read: ContextVar[str | None] = ContextVar("just_read", default=None)


@contextmanager
def just_read(sender_id: str) -> Iterator[None]:
    """For whoever has just retrieved the conversation and still holds its lock: within the block it is not looked up again."""
    token = _just_read.set(sender_id)
    try:
        yield
    finally:
        _just_read.reset(token)


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
        kept = self._memory.get(tracker.sender_id)
        self._memory.forget(tracker.sender_id)
        have = len(kept.events) if kept is not None else await off_loop(count, self._engine, tracker.sender_id)
        fresh = [event_dict(event) for event in list(tracker.events)[have:]]
        await committed(append, self._engine, tracker.sender_id, fresh, have)
        self._memory.keep(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it stands; None where there is none. Raises SQLAlchemy's errors."""
        tracker = self._memory.get(sender_id)
        if tracker is not None and _just_read.get() == sender_id:
            return tracker
        have = len(tracker.events) if tracker is not None else 0
        stored, added = await off_loop(load, self._engine, sender_id, have)
        if stored < have:  # erased meanwhile, and perhaps begun anew
            self._memory.forget(sender_id)
            tracker = None
            stored, added = await off_loop(load, self._engine, sender_id, 0)
        if not stored:
            return None
        if tracker is None:
            tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for event in map(Event.from_parameters, added):
            if event is not None:
                tracker.update(event, self.domain)
        if added:
            self._memory.keep(tracker)
        return tracker

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        return await off_loop(senders, self._engine)


def count(engine: Engine, sender: str) -> int:
    """How many events of the conversation are stored."""
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(TrackerEvent).where(TrackerEvent.sender == sender)) or 0


def append(engine: Engine, sender: str, events: Sequence[dict[str, Any]], have: int) -> None:
    """Store events behind the ``have`` that are there. Raises ``IntegrityError`` where there are more by now."""
    if not events:
        return
    values: dict[str, Any] = {"sender": sender}
    for place, event in enumerate(events):
        values[f"seq_{place}"] = have + place
        values[f"data_{place}"] = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    with writing(engine) as session:
        session.execute(_insert(len(events)), values)


@lru_cache(maxsize=64)
def _insert(count: int) -> TextClause:
    """One statement for so many events: between one statement and the next, a busy Rasa keeps all other writers waiting."""
    rows = ", ".join(f"(:sender, :seq_{place}, :data_{place})" for place in range(count))
    return text(f"INSERT INTO {TrackerEvent.__tablename__} (sender, seq, data) VALUES {rows}")  # noqa: S608 - numbers only


def load(engine: Engine, sender: str, after: int) -> tuple[int, list[dict[str, Any]]]:
    """How many events are stored, and those behind the first ``after``, oldest first; all of one moment."""
    with reading(engine) as session:
        # The last one that the caller has comes along: without it nobody could tell "nothing new" from "erased".
        found = select(TrackerEvent.seq, TrackerEvent.data).where(TrackerEvent.sender == sender, TrackerEvent.seq >= after - 1)
        rows = session.execute(found.order_by(TrackerEvent.seq)).all()
        return (rows[-1].seq + 1 if rows else 0), [json.loads(row.data) for row in rows if row.seq >= after]


def senders(engine: Engine) -> list[str]:
    """Ids of all conversations."""
    with reading(engine) as session:
        return list(session.scalars(select(TrackerEvent.sender).distinct()))
