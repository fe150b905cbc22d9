"""What an action knows: the library in force, the database, and the message it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from sqlalchemy import Engine

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.settings import settings
from connectors.database import engine_for

UNDERSTANDING = "forstaaelse"
# Actions that Rasa runs by itself between a message and the answer; any other means that the message has been answered.
BEGINNINGS = {"action_start_pakke", "action_menneske", "action_sag"}
_PLUMBING = {"action_listen", "action_extract_slots", "screening_form", "validate_screening_form", "action_session_start"}


def engine() -> Engine:
    """The database."""
    return engine_for(settings().database)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Context:
    """One turn: the tracker read into plain values."""

    tracker: Tracker
    library: Library

    @property
    def conversation(self) -> str:
        """The conversation's id."""
        return str(self.tracker.sender_id)

    @property
    def message(self) -> Mapping[str, Any]:
        """The latest message's parse data."""
        latest: Mapping[str, Any] = self.tracker.latest_message or {}
        return latest

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the gateway sent beside the text: ``seq``, ``knap``."""
        found: Mapping[str, Any] = self.message.get("metadata") or {}
        return found

    @property
    def knap(self) -> Mapping[str, Any] | None:
        """The payload of a pressed button, or None for typed text."""
        return self.metadata.get("knap")

    @property
    def text(self) -> str:
        """The typed text; empty for a button."""
        return "" if self.knap is not None else str(self.message.get("text") or "")

    @property
    def understanding(self) -> Mapping[str, Any]:
        """Kind, id and candidates of the typed text (``bot.nlu.classifier``)."""
        found: Mapping[str, Any] = self.message.get(UNDERSTANDING) or {}
        return found

    @property
    def intent(self) -> str:
        """Rasa's intent of the message."""
        return str((self.message.get("intent") or {}).get("name") or "")

    @property
    def confidence(self) -> float:
        """Rasa's confidence in the intent."""
        return float((self.message.get("intent") or {}).get("confidence") or 0)

    def chosen_id(self) -> str | None:
        """The catalogue id meant: the button's, else the classifier's."""
        found = self.knap.get("id") if self.knap is not None else self.understanding.get("id")
        return str(found) if found is not None else None

    def forloeb(self) -> Forloeb | None:
        """The screening under way."""
        return Forloeb.from_json(self.tracker.get_slot("forloeb"))

    def firma(self) -> dict[str, Any]:
        """What is known of the company and its contact from earlier in the conversation."""
        return dict(self.tracker.get_slot("firma") or {})

    def company(self) -> dict[str, Any]:
        """What is known of the company itself, by slot."""
        asked = self.library.spoergsmaal
        return {slot: value for slot, value in self.firma().items() if slot in asked and asked[slot].om_firmaet}

    def contact(self) -> dict[str, Any]:
        """Contact data given earlier in the conversation."""
        firma = self.firma()
        return {slot: firma[slot] for slot in ("navn", "telefon", "email") if firma.get(slot) is not None}

    def emne(self) -> dict[str, Any]:
        """What was last spoken of: ``{"kind", "id"}``."""
        return dict(self.tracker.get_slot("emne") or {})

    def heard(self) -> Heard:
        """The message as the screening engine takes it."""
        about = self.understanding.get("id") if self.knap is None and self.intent == "ydelse" else None
        return Heard(self.text, self.intent, self.confidence, self.knap, about)

    def hours_since_last(self) -> float:
        """Hours between the message before this one and this one; 0 for the first."""
        times = [float(event["timestamp"]) for event in self.tracker.events if event.get("event") == "user"]
        return (times[-1] - times[-2]) / 3600 if len(times) > 1 else 0.0

    def typed_texts(self) -> list[str]:
        """Everything the business has typed in this conversation, oldest first."""
        return [
            str(event.get("text") or "")
            for event in self.tracker.events
            if event.get("event") == "user" and not (event.get("metadata") or {}).get("knap")
        ]

    def begun_now(self) -> bool:
        """Whether what the form asks about was begun in this turn."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return False
            if event.get("event") == "action" and event.get("name") in BEGINNINGS:
                return True
        return False

    def already_answered(self) -> bool:
        """Whether another action has run since the message: Rasa comes back to the form from an interruption."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return False
            if event.get("event") == "action" and event.get("name") not in _PLUMBING:
                return True
        return True
