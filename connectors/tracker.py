"""Rasa's events as they are stored: written by ``bot.tracker_store``, deleted with their conversation."""

from __future__ import annotations

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connectors.database import Base


class TrackerEvent(Base):
    """One event of one conversation; ``data`` is Rasa's own JSON of it."""

    __tablename__ = "tracker_event"

    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    data: Mapped[str] = mapped_column(Text, nullable=False)
