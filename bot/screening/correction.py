"""Correcting an earlier answer, at any time: "nej vent, vi er 12", "det er Valby", "ret mit telefonnummer"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.knowledge.library import Library
from bot.language.fold import fold
from bot.screening.criteria import bare
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.screening.reading import read
from bot.svar.udtraek import opportunistic

_MARKS = re.compile(
    r"\b(?:ret(?:telse|te)?|forkert|vent|ups|hov|mente|andring|fejl|tog fejl|ikke \w+ men|faktisk|jeg skrev|"
    r"skulle have (?:varet|skrevet)|alligevel)\b|^nej[, ]"
)
_CHANGE = re.compile(r"\b(?:ændrer?|aendrer?)\b", re.IGNORECASE)  # folded, it would be the word for "others"
_STRONG = re.compile(r"\b(?:vent|ups|hov|mente|forkert|rettelse|jeg skrev|skulle have (?:varet|skrevet))\b")
_EXCEPTION = re.compile(r"\b(?:men|bortset fra|undtagen|dog|pa nar|lige med undtagelse|med undtagelse)\b")
# Types whose answers can be told from a sentence about something else.
_READABLE = {"valg", "flervalg", "ansatte", "beliggenhed", "stadie", "cvr", "telefon", "email"}
# What people call an answer when they want it changed; the longest name that stands in the text is meant.
CONTACT = ("telefon", "email", "cvr", "navn", "virksomhed")
_IS = re.compile(r"\b(?:er|hedder|skal være|staves|skal hedde)\s+(?!forkert|galt|ikke|stavet|skrevet)(.{2,})$", re.IGNORECASE)
_NAMES = {
    "ansatte": ("antal", "ansat", "medarbejder", "hvor mange"),
    "beliggenhed": ("sted", "adresse", "beliggenhed", "kommune", "placering", "hvor vi ligger"),
    "telefon": ("telefon", "nummer", "mobil", "tlf"),
    "email": ("mail", "e-mail", "email"),
    "cvr": ("cvr", "cvr-nummer"),
    "navn": ("navn", "mit navn"),
    "virksomhed": ("virksomhedens", "firmanavn", "firmaets", "virksomheden hedder", "firmaet hedder"),
    "branche": ("branche",),
    "stadie": ("stadie", "hvor langt"),
    "behov": ("behov", "hjælp til"),
    "planer": ("plan",),
    "projekt": ("projekt",),
    "tidsplan": ("tidsplan", "hvornår", "dato", "tidspunkt"),
}
_SMALL_WORDS = frozenset(
    {"eller", "dette", "skal", "ske", "det", "vil", "have", "falde", "plads", "med", "til", "der", "din", "dit"}
)


def corrects(heard: Heard) -> bool:
    """Whether a message sounds like a correction of something said earlier."""
    return (heard.intent == "ret" and heard.confidence >= 0.5) or bool(
        _MARKS.search(fold(heard.text)) or _CHANGE.search(heard.text)
    )


def plainly_corrects(heard: Heard) -> bool:
    """Whether a message can be nothing but a correction, though it begins with "nej"."""
    return bool(_STRONG.search(fold(heard.text)))


def has_exception(text: str) -> bool:
    """Whether a yes goes on with "men", "bortset fra": then it is no yes to all of it."""
    return bool(_EXCEPTION.search(bare(text)))


def corrected_values(state: Forloeb, heard: Heard, library: Library, *, sure: bool = False) -> Mapping[str, Any]:
    """Values for questions answered before, read out of a correction, also those that say the same again.

    ``sure``: it is known to be a correction, whatever its words.
    """
    answered = [slot for slot in state.svar if slot != state.asks]
    if not answered or not (sure or corrects(heard)):
        return {}
    found: dict[str, Any] = dict(opportunistic(heard.text, answered))
    for clause in re.split(r",| og | men ", heard.text):  # a number in one clause is not added to that of another
        found.update({slot: value for slot, value in opportunistic(clause, answered).items() if slot == "ansatte"})
    if sure or plainly_corrects(heard):
        for slot in answered:
            asked = library.spoergsmaal.get(slot)
            if slot in found or asked is None:
                continue
            value = read(asked, heard.text) if asked.type in _READABLE else None
            if value is not None:
                found[slot] = value
    return found


def new_value(slot: str, text: str, library: Library) -> Any:
    """The answer that a correction gives with the name of the question: "telefonen skal være 30 12 34 56"."""
    asked = library.spoergsmaal.get(slot)
    if asked is None:
        return None
    if asked.type in _READABLE:
        return read(asked, text)
    told = _IS.search(text)
    return read(asked, told.group(1)) if told else None


def named_slot(state: Forloeb, heard: Heard, library: Library) -> str | None:
    """The answered question that a correction names without giving the new answer ("jeg vil rette mit cvr")."""
    text = f" {bare(heard.text)}"
    best: tuple[int, str | None] = (0, None)
    for slot in dict.fromkeys((*state.svar, *state.sprunget, *CONTACT)):
        for name in map(bare, _names(slot, library)):
            if len(name) > best[0] and f" {name}" in text:
                best = len(name), slot
    return best[1]


def _names(slot: str, library: Library) -> tuple[str, ...]:
    if slot in _NAMES:
        return _NAMES[slot]
    question = library.spoergsmaal.get(slot)
    words = bare(question.opsummering if question else slot).split()
    return tuple(word for word in words if len(word) > 2 and word not in _SMALL_WORDS)
