"""Answers as a person would say them: in the summary, and in the case."""

from __future__ import annotations

from typing import Any

from bot.knowledge.library import Library


def spoken(slot: str, value: Any, library: Library) -> str:
    """One answer in words. A choice is told by its button's title, a range as "5-15", an open one as "over 100"."""
    asked = library.spoergsmaal.get(slot)
    if isinstance(value, list | tuple) and slot != "ansatte":
        return ", ".join(spoken(slot, item, library) for item in value)
    if asked is not None:
        for option in asked.valg:
            if type(option.vaerdi) is type(value) and option.vaerdi == value and asked.type != "ansatte":
                return option.titel
    if slot == "ansatte":
        return _employees(value, library)
    if isinstance(value, bool):
        return library.text("screening", "ja" if value else "nej")
    if slot == "telefon" and isinstance(value, str) and len(value) == 8:
        return " ".join(value[place : place + 2] for place in range(0, 8, 2))
    if slot == "cvr" and isinstance(value, str):
        return " ".join(value[place : place + 2] for place in range(0, 8, 2))
    return str(value)


def _employees(value: Any, library: Library) -> str:
    if not isinstance(value, list | tuple):
        return str(value)
    low, high = value
    if high is None:
        return library.text("screening", "mindst", antal=low)
    if low is None:
        return library.text("screening", "hoejst", antal=high)
    return f"{low}-{high}"
