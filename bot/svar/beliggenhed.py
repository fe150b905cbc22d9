"""Where a company lies: ``københavn``, ``udenfor``, or ``filial`` (elsewhere, with a branch, a project or plans here).

The municipality alone is Copenhagen (decision table of the target groups). Where several places are told, the one the
company lies in decides; customers here are no branch, and where a person lives is not where the company is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import simplemma

from bot.svar.personord import is_person, is_unit
from bot.svar.steder import COPENHAGEN, DOUBTFUL, OUTSIDE, STREETS, SUBURBS, WIDE, by_postal_code
from bot.svar.talord import distance
from bot.svar.tokens import prepared, split

Beliggenhed = Literal["københavn", "udenfor", "filial"]

_LONGEST = 4
_BRANCH = re.compile(
    r"\b(?:afdeling\w*|filial\w*|(?!vakst)\w*projekt\w*|byggeri\w*|byggeplads\w*|opgave\w*|underafdeling|"
    r"satellit\w*|showroom|pop ?up\w*|arrangement\w*|event\w*|udvid\w*|ekspander\w*|bygger|bygge|arbejder|"
    r"salgskontor|lager|datterselskab|restaurant nr|butik nr|ogsa en|ogsa et|flagskibsbutik|festival\w*|"
    r"entreprise\w*|planer|planlagger|satser)\b"
)
_MOVE = re.compile(
    r"\b(?:flytter(?! ind)|flytte(?! ind)|rykker|rykke|vil til|skal til|pa vej til|hen til|over til|ind til|flytning|"
    r"udvider|udvide|ekspander\w*|etablere os|etablerer os|relokere|komme til)\b(?!.*\bfra\b)"
)
_MAIN = re.compile(r"\b(?:hoved\w*|moder\w*|base|baseret|hjemmehorende|registreret|hjemsted|cvr adresse|adresse)\b")
_PRIVATE = re.compile(
    r"\b(?:jeg bor|vi bor|bopal|privat|privatadresse|bor selv|min lejlighed|kommer oprindelig\w*|fodt|opvokset)\b"
)
_CUSTOMERS = re.compile(r"\b(?:kunder\w*|leverer|leverandor\w*|salger|kundekreds|gaster|konkurrent\w*|pendler)\b")
_NEAR = re.compile(
    r"\b(?:uden ?for|udenfor|nar|tat pa|ikke langt fra|ved siden af|nord for|syd for|vest for|"
    r"ost for|tat ved|i narheden af|naromrade\w*|omegnen af|omkring|km fra|kilometer fra|minutter fra|"
    r"kore fra|lige ved|stor)$"
)
_NOT = re.compile(r"\bikke(?: \w+)?(?: i| pa| fra)?$")
_OUT = re.compile(
    r"\b(?:uden ?for (?:byen|kommunen|kommunegransen|bygransen)|en anden (?:by|kommune)|andet sted i "
    r"landet|andetsteds|et andet sted|(?:ikke|slet ikke) (?:i|fra) (?:kommunen|byen)|i udlandet|udenbys)\b"
)
_IN = re.compile(r"\b(?:inden ?for (?:kommunen|kommunegransen|bygransen)|her i (?:byen|kommunen)|i jeres kommune|i kommunen)\b")
_MOVED = re.compile(r"\b(?:er (?:lige |netop |nu )*flyttet|flyttede|har (?:lige |netop )*flyttet)\b")


@dataclass(frozen=True)
class Sted:
    """A place named in ``tokens[start:end]`` and the words before it, back to the place before."""

    inside: bool
    start: int
    end: int
    name: str
    before: str


def beliggenhed(text: str) -> Beliggenhed | None:
    """Where the company lies, or None where no place is told."""
    folded = prepared(text)
    return judged(places(split(folded)), folded)


def judged(found: list[Sted], folded: str) -> Beliggenhed | None:
    """What named places of a prepared text come to."""
    kept = _settled([_negated(place) for place in found], split(folded))
    inside = [place for place in kept if place.inside]
    outside = [place for place in kept if not place.inside]
    out = bool(outside) or bool(_OUT.search(folded))
    if not inside and not _IN.search(folded):
        return "udenfor" if out else None
    if not inside:
        return "københavn"
    if not out:
        moved = bool(_MOVED.search(folded))
        return "filial" if not moved and all(_elsewhere(place) for place in inside) else "københavn"
    if _MOVED.search(folded) and kept[-1].before.endswith("til"):
        return "københavn" if kept[-1].inside else "udenfor"
    return _of_both(inside, outside)


def _of_both(inside: list[Sted], outside: list[Sted]) -> Beliggenhed:
    first = inside[0]
    if all(_CUSTOMERS.search(place.before) for place in inside):
        return "udenfor"
    if _MAIN.search(first.before) or not outside:
        return "københavn" if _MAIN.search(first.before) else "filial"
    if any(_MOVE.search(place.before) for place in outside) and not _elsewhere(first):
        return "københavn"
    if first.start < outside[0].start and not _elsewhere(first) and not _MAIN.search(outside[0].before):
        return "københavn"
    if (
        any(_BRANCH.search(place.before) for place in outside)
        and not _elsewhere(first)
        and not any(_MAIN.search(place.before) for place in outside)
    ):
        return "københavn"
    return "filial"


def _elsewhere(place: Sted) -> bool:
    """Whether the company is only coming here, or only has a branch or a project here."""
    return bool(_BRANCH.search(place.before) or _MOVE.search(place.before))


def _negated(place: Sted) -> Sted | None:
    """ "ikke i København" and "nord for København" are elsewhere; "ikke på Frederiksberg" says nothing."""
    if _NOT.search(place.before):
        return Sted(False, place.start, place.end, place.name, place.before) if place.inside else None
    if place.inside and _NEAR.search(place.before):
        return Sted(False, place.start, place.end, place.name, place.before)
    return place


def _settled(found: list[Sted | None], tokens: Sequence[str]) -> list[Sted]:
    """Drop wide names beside nearer ones, and where a person lives beside where the company is."""
    named = [place for place in found if place is not None]
    named = [place for place in named if not _PRIVATE.search(place.before)] or named
    kept: list[Sted] = []
    for place in named:
        beside = [
            other
            for other in named
            if other is not place and other.name in SUBURBS and other.inside != place.inside and _adjoining(tokens, place, other)
        ]
        if place.name in WIDE and beside:
            continue
        kept.append(place)
    return kept


def _adjoining(tokens: Sequence[str], one: Sted, other: Sted) -> bool:
    """Whether two places are told as one address: "Frederiksberg, København", "Kastrup på Amager", "2770 Kastrup"."""
    left, right = (one, other) if one.start < other.start else (other, one)
    between = tokens[left.end : right.start]
    return len(between) <= 2 and all(token in (",", "i", "pa", "/", "-", "(", ".", "ved", "del", "af") for token in between)


def places(tokens: Sequence[str]) -> list[Sted]:
    """Every place named in folded tokens, in order."""
    found: list[Sted] = []
    place = 0
    last = 0
    while place < len(tokens):
        hit = _named(tokens, place) or _coded(tokens, place)
        if hit is None:
            place += 1
            continue
        inside, length, name = hit
        found.append(
            Sted(
                inside,
                place,
                place + length,
                name,
                " ".join(token for token in tokens[max(last, place - 9) : place] if token not in (",", ".")),
            )
        )
        place += length
        last = place
    return found


def _named(tokens: Sequence[str], place: int) -> tuple[bool, int, str] | None:
    if not tokens[place][0].isalpha():
        return None
    for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
        part = list(tokens[place : place + length])
        if length > 1 and part[1] == "-" and length > 2:
            part = [token for token in part if token != "-"]
        name = " ".join(part)
        known = _known(name) if length > 1 else _one_word(tokens, place)
        if known is not None:
            return known[0], length, known[1]
    return None


def _known(name: str) -> tuple[bool, str] | None:
    for form in (name, name.removesuffix("s")):
        if form in COPENHAGEN:
            return True, form
        if form in OUTSIDE:
            return False, form
    return None


def _one_word(tokens: Sequence[str], place: int) -> tuple[bool, str] | None:
    word = tokens[place]
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    known = _known(word)
    if after in STREETS:
        return None
    if known is None:
        return _misspelt(word)
    on = known[0] or known[1] in ("mors", "als", "aro", "mon")
    if known[1] in DOUBTFUL and not (
        before in ("i", "fra", "til", "") or (before == "pa" and on) or after == "kommune" or before.isdigit()
    ):
        return None
    if known[1] in DOUBTFUL and not before and len(tokens) > 3 and after != "kommune":
        return None
    return known


@lru_cache(maxsize=10_000)
def _misspelt(word: str) -> tuple[bool, str] | None:
    """The place that a word is a slip of; never for a word of the language or a street's name."""
    if (
        not 5 <= len(word) <= 20
        or simplemma.is_known(word, lang="da")
        or word.endswith(("gade", "vej", "vejen", "gaden", "alle", "strade"))
    ):
        return None
    allowed = 2 if len(word) >= 10 else 1
    best: tuple[int, str, bool] | None = None
    for inside, names in ((True, COPENHAGEN - {"hovedstaden"}), (False, OUTSIDE)):
        for name in names:
            swapped = len(name) == 5 and sorted(name) == sorted(word)
            if (len(name) < 6 and not swapped) or " " in name or name[0] != word[0] or abs(len(name) - len(word)) > allowed:
                continue
            steps = distance(word, name)
            if steps <= allowed and (best is None or (steps, name) < best[:2]):
                best = (steps, name, inside)
    return (best[2], best[1]) if best else None


def _coded(tokens: Sequence[str], place: int) -> tuple[bool, int, str] | None:
    """A postal code: four digits that are no year ("siden 1962") and count nothing ("1000 m2")."""
    token = tokens[place]
    if not (len(token) == 4 and token.isdecimal()):
        return None
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if (
        before in ("siden", "ar", "aret", "anno", "ca", "+", ".", "-", "nr", "tlf")
        and not (before == "-" and tokens[place - 2 : place - 1] == ["dk"])
        and before != "."
    ):
        return None
    if before in ("i", "fra") and 1900 <= int(token) <= 2050 and not after[:1].isalpha():
        return None
    if is_unit(after) or is_person(after) or after in ("§", "%", "-"):
        return None
    if (before.isdecimal() and len(before) >= 4) or (after.isdecimal() and len(after) >= 4):
        return None
    where = by_postal_code(int(token))
    return None if where is None else (where == "københavn", 1, token)
