"""A message from the bot, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_TITLE = 80  # characters on a button; a longer service name is cut at a word


@dataclass(frozen=True)
class Button:
    """A button and the payload that comes back when it is pressed; the gateway hides the payload from the browser."""

    title: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """One message: plain text, buttons, and typed data (contract, "A message")."""

    text: str
    buttons: tuple[Button, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The shape that goes through Rasa to the gateway."""
        return {
            "text": self.text,
            "buttons": [{"title": _title(button.title), "payload": dict(button.payload)} for button in self.buttons],
            "data": dict(self.data),
        }


def _title(title: str) -> str:
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"
