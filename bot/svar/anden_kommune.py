"""Whether a text speaks of a place in another Danish municipality, and of none in Copenhagen."""

from __future__ import annotations

import re

from bot.language.fold import fold
from bot.svar.steder import COPENHAGEN, DOMESTIC, DOUBTFUL

_WORD = re.compile(r"[a-z]+")
_LONGEST = 3
MIN_LETTERS = 4  # shorter names ("ry", "als") are words too often


def in_another_municipality(text: str) -> bool:
    """True for "vores salon i Aarhus", False for "vi flytter fra Aarhus til Valby" and for places abroad."""
    words = _WORD.findall(fold(text))
    names = {" ".join(words[start : start + size]) for size in range(1, _LONGEST + 1) for start in range(len(words) - size + 1)}
    outside = {name for name in names & (DOMESTIC - DOUBTFUL) if len(name) >= MIN_LETTERS}
    return bool(outside) and not names & COPENHAGEN
