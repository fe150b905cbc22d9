"""An editor's condition in words, for drawings: "Antal i virksomheden er 5-15 og Vækstprojekt: Ja"."""

from __future__ import annotations

from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.betingelse import Besvaret, Flere, Interval, Naevner
from bot.language.fold import fold

SHOWN = 4  # of the words that a free text may mention


def told(condition: Any, library: Library) -> str:
    """The condition in words; empty where there is none."""
    if condition is None:
        return ""
    parts = condition if isinstance(condition, list) else [condition]
    both, either = f" {library.text('tegning', 'og')} ", f" {library.text('tegning', 'eller')} "
    return either.join(both.join(_one(slot, test, library) for slot, test in part.items()) for part in parts)


def _one(slot: str, test: Any, library: Library) -> str:
    question = library.spoergsmaal.get(slot)
    what = question.opsummering if question else slot
    if isinstance(test, Besvaret):
        return library.text("tegning", "besvaret" if test.besvaret else "ubesvaret", hvad=what)
    if isinstance(test, Naevner):
        words = ", ".join(test.naevner[:SHOWN]) + (" …" if len(test.naevner) > SHOWN else "")
        return library.text("tegning", "naevner", hvad=what, ord=words)
    if isinstance(test, Flere):
        return library.text("tegning", "flere", hvad=what, antal=test.mindst_valgt)
    if isinstance(test, Interval):
        return _interval(what, test, library)
    answers = [_title(slot, value, library) for value in (test if isinstance(test, list) else [test])]
    return library.text("tegning", "svar", hvad=what, svar=f" {library.text('tegning', 'eller')} ".join(answers))


def _interval(what: str, test: Interval, library: Library) -> str:
    least = "" if test.mindst is None else f"{test.mindst:g}"
    most = "" if test.hoejst is None else f"{test.hoejst:g}"
    if least and most:
        return library.text("tegning", "mellem", hvad=what, mindst=least, hoejst=most)
    if least:
        return library.text("tegning", "mindst", hvad=what, mindst=least)
    return library.text("tegning", "hoejst", hvad=what, hoejst=most)


def _title(slot: str, value: Any, library: Library) -> str:
    question = library.spoergsmaal.get(slot)
    for option in question.valg if question else []:
        if fold(str(option.vaerdi)) == fold(str(value)):
            return option.titel
    return library.text("tegning", "ja" if value else "nej") if isinstance(value, bool) else str(value)
