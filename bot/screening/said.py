"""What messages before a screening already answer: of the company itself, of the situation, of whom it wants to hire.

"vi er 12 ansatte og vil ansætte 3 ingeniører fra Indien" has answered three questions (how many, what it is about,
whom they need). What is taken here is told back and never asked, so only what is plainly said is taken.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN
from bot.language.fold import fold
from bot.screening.criteria import bare
from bot.screening.packages import without_names
from bot.screening.reading import chosen, in_years
from bot.svar import extract
from bot.svar.udtraek import opportunistic

_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
# "vil ansætte 3 ingeniører", "mangler to kokke fra næste måned": a wish, and whom it is for.
_HIRES = re.compile(
    r"\b(?:vil|skal|onsker|planlagger|har brug for|mangler|soger)(?: (?:vi|jeg|gerne|nu|snart|lige|at|ogsa))*"
    r" (?:ansatte|rekruttere|hyre)(?: \w+){2,}"
)
# "vi er 9": a number of people where nothing else is counted in so short a sentence.
_WE_ARE = re.compile(
    r"^(?:(?:ja|nej|jo|og|men|hov|i dag) )*vi er (?:(?:kun|ca|cirka|omkring|nu|lige nu) )*\w+(?: (?:stykker|i alt|her))?$"
)
MOST = 5000  # texts kept in memory: what fifty long conversations hold against each new message of theirs
_read: WeakKeyDictionary[Library, OrderedDict[tuple[Any, ...], tuple[tuple[str, Any], ...]]] = WeakKeyDictionary()
_CATCH_ALL = frozenset({"andet", "ingen"})


def said(text: str, wanted: Iterable[str], library: Library) -> dict[str, Any]:
    """Slot to value for those of ``wanted`` that one message answers.

    Of choices only a single one counts, and only where the answer is about this matter (not about the company, which
    ``opportunistic`` reads): of several permits a first message seldom names all, so those are asked.
    """
    slots = list(wanted)
    found = dict(opportunistic(text, slots))
    if found.get("beliggenhed") == "udenfor" and (whole := extract("beliggenhed", text)) != "udenfor":
        found.pop("beliggenhed")  # "flytter fra Lyngby til Sydhavnen": all places of the text count together
        if whole is not None:
            found["beliggenhed"] = whole
    for slot in slots:
        question = library.spoergsmaal.get(slot)
        if question is None or slot in found:
            continue
        if slot == "ansatte" and _WE_ARE.match(bare(text)) and (many := extract("ansatte", text)) is not None:
            found[slot] = many
        if question.type == "valg" and not question.om_firmaet:
            picked = chosen(question, text)
            if len(picked) == 1 and str(picked[0]) not in _CATCH_ALL:
                found[slot] = picked[0]
        elif question.type == "aar":
            value = in_years(question, text, bare_number=False)
            if value is not None:
                found[slot] = value
        elif slot == "behov":
            hires = next((sentence.strip() for sentence in _SENTENCE.split(text) if _HIRES.search(fold(sentence))), None)
            if hires:
                found[slot] = hires
    return found


def remembered(text: str, wanted: tuple[str, ...], library: Library) -> tuple[tuple[str, Any], ...]:
    """The items of ``said`` for the text without the names of packages, read once: everything that was said before is held
    against each new message."""
    kept = _read.setdefault(library, OrderedDict())
    today = datetime.now(KOEBENHAVN).date()
    if kept and next(reversed(kept))[2] != today:
        kept.clear()
    key = text, wanted, today  # "for tre år siden" is another year next year
    found = kept.pop(key, None)
    if found is None:
        found = tuple(said(without_names(text, library), wanted, library).items())
    kept[key] = found
    if len(kept) > MOST:
        kept.popitem(last=False)
    return found


_SELF = re.compile(r"\b(?:jeg hedder|mit navn er|navnet er)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:nummer|nr|tlf|telefon|mobil|ring)\w*\b", re.IGNORECASE)
_MATTER = re.compile(
    r"\b(?:om|angående|ang|vedrørende|vedr)\.?\s+((?:min|mit|mine|vores|en|et|at|noget med)\s[^.!?\n]{4,})", re.IGNORECASE
)


def told_of_self(texts: Iterable[str], library: Library) -> dict[str, Any]:
    """Name, phone, e-mail and CVR that the business has told in passing, only where it says what they are."""
    found: dict[str, Any] = {}
    for text in texts:
        found.update(opportunistic(text, ["email", "cvr"]))
        if _NUMBER.search(text) and (phone := extract("telefon", text)) is not None:
            found["telefon"] = phone
        named = _SELF.search(text)
        if named and (name := extract("navn", re.split(r"[,.!?]| og ", text[named.end() :])[0])) is not None:
            found["navn"] = name
    return found


def matter_of(text: str) -> str | None:
    """What a wish for a person is about, where it says so: "tale med nogen om min regning"."""
    match = _MATTER.search(text)
    return match.group(1).strip() if match else None
