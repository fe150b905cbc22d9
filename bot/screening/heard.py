"""One message inside a screening, as Rasa understood it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heard:
    """``knap`` is the payload of a pressed button (the server issued it), else None;
    ``id`` is the service that the text seems to be about."""

    text: str
    intent: str
    confidence: float = 0.0
    knap: Mapping[str, Any] | None = None
    id: str | None = None
