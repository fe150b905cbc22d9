"""Whether an editor's condition holds for what is known: yes, no, or not to be settled.

Shapes of conditions: ``bot.knowledge.schema.betingelse``. Rule: the decision table in the shared
``kilde/maalgrupper.md``; what can't be settled ("40 to 60 employees" against "50 or more") goes to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.knowledge.schema.betingelse import Besvaret, Flere, Interval, Naevner
from bot.language.fold import fold

Facts = Mapping[str, Any]  # slot -> value; a missing or None value is "not known"


def holds(condition: Any, facts: Facts) -> bool | None:
    """True, False, or None where the answers don't settle it. No condition always holds."""
    if condition is None:
        return True
    if isinstance(condition, list):
        return _any([_all(part, facts) for part in condition])
    return _all(condition, facts)


def mentions(text: Any, stems: Sequence[str], *, whole: bool = False) -> bool:
    """Whether a free text speaks of one of the stems: a word that begins with it, or several words in a row.

    ``whole``: the word must also end where the stem does.
    """
    if not isinstance(text, str):
        return False
    padded = f" {bare(text)} "
    end = " " if whole else ""
    return any(f" {word}{end}" in padded for stem in stems if (word := kendt(stem)))


@lru_cache(maxsize=64)  # one message is read by many; then it is soon forgotten
def bare(text: str) -> str:
    """Folded words with single blanks between them and nothing else."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


kendt = lru_cache(maxsize=20_000)(bare.__wrapped__)
"""As ``bare``, for words of the editors' files, which are held against every message. Never for what people write."""


def _all(condition: Mapping[str, Any], facts: Facts) -> bool | None:
    results = [_one(test, facts.get(slot)) for slot, test in condition.items()]
    if False in results:
        return False
    return None if None in results else True


def _any(results: list[bool | None]) -> bool | None:
    if True in results:
        return True
    return None if None in results else False


def _one(test: Any, value: Any) -> bool | None:
    if isinstance(test, Besvaret):
        return test.besvaret is (value not in (None, "ved_ikke", []))
    if isinstance(test, Naevner):
        return mentions(" ".join(value) if isinstance(value, list) else value, test.naevner)
    if value is None or value == "ved_ikke":
        return None
    if isinstance(test, Interval):
        return _within(test, value)
    if isinstance(test, Flere):
        return len(value) >= test.mindst_valgt if isinstance(value, list) else None
    if isinstance(test, bool):
        return value is test if isinstance(value, bool) else None
    wanted = {fold(str(option)) for option in (test if isinstance(test, list) else [test])}
    if isinstance(value, list):
        return any(fold(str(item)) in wanted for item in value)
    return fold(str(value)) in wanted


def _within(test: Interval, value: Any) -> bool | None:
    low, high = value if isinstance(value, list | tuple) else (value, value)
    if not isinstance(low, int | float | None) or not isinstance(high, int | float | None):
        return None
    low_number = float("-inf") if low is None else low
    high_number = float("inf") if high is None else high
    least = float("-inf") if test.mindst is None else test.mindst
    most = float("inf") if test.hoejst is None else test.hoejst
    if low_number >= least and high_number <= most:
        return True
    return False if high_number < least or low_number > most else None
