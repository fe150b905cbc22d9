"""Fictitious staff, and the editors' files, for the tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT


@dataclass(frozen=True)
class Seer:
    """A member of staff as the rules of the record see one."""

    id: int = 1
    roller: frozenset[str] = frozenset({"front"})
    enheder: frozenset[str] = frozenset({"frontfunktion"})


@lru_cache(maxsize=1)
def library() -> Library:
    """The editors' files as they stand in the repository."""
    return load_library(ROOT / "knowledge")[0]
