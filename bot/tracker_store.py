"""Rasa's conversations in the project's own database.

Rasa's SQL store breaks on SQLAlchemy 2, blocks the event loop, and on a database error goes on with an empty
conversation (shared rasa-notes, "Production" 6). This one appends events, reads off the loop, and is loud on errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Engine, insert, select

from bot.settings import settings
from connectors.database import engine_for, off_loop, reading, writing
from connectors.tracker import TrackerEvent


class ErhvervTrackerStore(TrackerStore):  # type: ignore[misc]
    """Append-only events by conversation. ``host`` and other settings of ``endpoints.yml`` are not used."""

    def __init__(
        self, domain: Domain | None = None, host: str | None = None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        self._engine: Engine = engine_for(settings().database)
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet. Raises SQLAlchemy's errors."""
        await self.stream_events(tracker)
        await off_loop(append, self._engine, tracker.sender_id, [event.as_dict() for event in tracker.events])

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it stands; None where there is none. Raises SQLAlchemy's errors."""
        stored = await off_loop(load, self._engine, sender_id)
        if not stored:
            return None
        events = [event for data in stored if (event := Event.from_parameters(data)) is not None]
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        return await off_loop(senders, self._engine)


def append(engine: Engine, sender: str, events: list[dict[str, Any]]) -> int:
    """Store the events after those stored already; returns how many were new."""
    with writing(engine) as session:
        have = len(session.scalars(select(TrackerEvent.seq).where(TrackerEvent.sender == sender)).all())
        fresh = [
            {"sender": sender, "seq": number, "data": json.dumps(event, ensure_ascii=False, separators=(",", ":"))}
            for number, event in enumerate(events)
            if number >= have
        ]
        if fresh:
            session.execute(insert(TrackerEvent), fresh)
        return len(fresh)


def load(engine: Engine, sender: str) -> list[dict[str, Any]]:
    """The stored events of a conversation, oldest first."""
    with reading(engine) as session:
        rows = session.scalars(select(TrackerEvent.data).where(TrackerEvent.sender == sender).order_by(TrackerEvent.seq))
        return [json.loads(data) for data in rows]


def senders(engine: Engine) -> list[str]:
    """Ids of all conversations."""
    with reading(engine) as session:
        return list(session.scalars(select(TrackerEvent.sender).distinct()))
