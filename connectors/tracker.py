"""Rasa's events as they are stored: made by ``bot.tracker_store``, deleted with their conversation.

A conversation's new events come with the answer and are stored with it (``connectors.website.answers``): what the bot
remembers is what the business has been answered, whatever process is killed in between.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, Integer, String, Text, TextClause, text
from sqlalchemy.orm import Mapped, mapped_column

from connectors.database import Base


class TrackerEvent(Base):
    """One event of one conversation; ``data`` is Rasa's own JSON of it."""

    __tablename__ = "tracker_event"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    data: Mapped[str] = mapped_column(Text, nullable=False)


@dataclass(frozen=True)
class NewEvents:
    """What a turn has added to a conversation: ``events`` as they are stored, behind the first ``have``."""

    have: int
    events: Sequence[str]


def mark(seq: int | None, last: str | None) -> str:
    """What tells one state of a conversation from any other: the number of its last event, and the event itself, which
    holds its own time. Empty for a conversation of which nothing is stored."""
    return "" if seq is None or last is None else f"{seq + 1}:{zlib.crc32(last.encode()):08x}"


def append_in(connection: Connection, sender: str, new: NewEvents) -> None:
    """Store events, within a transaction. Raises ``IntegrityError`` where there are more than ``new.have`` by now."""
    if not new.events:
        return
    values: dict[str, object] = {"sender": sender}
    for place, event in enumerate(new.events):
        values[f"seq_{place}"], values[f"data_{place}"] = new.have + place, event
    connection.execute(_insert(len(new.events)), values)


@lru_cache(maxsize=64)
def _insert(count: int) -> TextClause:
    """One statement for so many events: one a row cost three times as much."""
    rows = ", ".join(f"(:sender, :seq_{place}, :data_{place})" for place in range(count))
    return text(f"INSERT INTO {TrackerEvent.__tablename__} (sender, seq, data) VALUES {rows}")  # noqa: S608 - numbers only
