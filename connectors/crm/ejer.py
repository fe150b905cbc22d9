"""Who has a case, or a company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ejer:
    """A member of staff: id, and the name that a business may hear."""

    id: int
    navn: str
