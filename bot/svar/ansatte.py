"""How many work in the company now, from an answer in the customer's own words.

Owners, part-timers and apprentices count (contract, ``extract``); people who were or will be there do not (decision
table of the target groups). Choices where Danish leaves it open, beside those of ``bot.svar.antal``: "et par" is 2,
"en håndfuld" 5, part of a person rounds up ("17½" → 18, for whoever works part-time is one person); "jeg har 3 ansatte"
is 3, "mig og 3 ansatte" is 4; freelancers, volunteers and outside advisers are no employees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from bot.svar import ansatte_naevnt, antal, tidsled
from bot.svar.ansatte_maske import mask, names
from bot.svar.ansatte_naevnt import Naevnt
from bot.svar.personord import KIN, PARTNERS
from bot.svar.tokens import prepared, split

Ansatte = int | list[int | None]

_TOTAL = re.compile(r"\b(?:i alt|ialt|tilsammen|sammenlagt|totalt|total|samlet|alle sammen|sammen taget)\b|=")
_NOT_TO_TOTAL = frozenset({",", ":", "og", "plus", "(", "."})
_SUB = frozenset(
    "inkl inklusive inkluderet inklusiv heraf hvoraf deraf iberegnet deriblandt nemlig bestande fordelt bestar hvor".split()
)
_INCLUDED = frozenset({"inkluderet", "iberegnet", "medregnet", "indregnet", "inklusive", "medtalt"})
_LINKS = frozenset(
    {
        "og",
        "plus",
        "+",
        "&",
        "samt",
        "(",
        "i",
        "pa",
        "hos",
        "ude",
        "inde",
        "foruden",
        "udover",
        "ekskl",
        "eksklusive",
        "eksklusiv",
        "uden",
    }
)
_GENERAL = frozenset("ansatte ansat medarbejdere personer mand stykker mennesker folk stk pers hoveder".split())
_CORRECTION = frozenset("nej rettere undskyld fejl ups hov".split())
_GROWN = frozenset("vokset gat skaret faldet steget kommet reduceret udvidet nede oppe gik voksede".split())
_NOT_YET = re.compile(r"\b(?:ikke endnu|endnu ikke|ikke ansat|ikke (?:rigtig )?startet)\b")


def ansatte(text: str) -> Ansatte | None:
    """The number of employees, a range ``[min, max]`` with None for an open end, or None where none is told."""
    folded = prepared(names(text))
    if re.match(r"^\s*-\s?\d", folded):
        return None
    tokens = split(mask(folded))
    mentions = _now(tokens, ansatte_naevnt.find(tokens))
    if not mentions:
        return 0 if _NOT_YET.search(folded) and not antal.find(tokens) else None
    mentions = _corrected(tokens, mentions)
    mentions = _relevant(tokens, _total(tokens, mentions))
    mentions = _whole(tokens, mentions)
    if (
        mentions
        and re.search(r"\bjeg har\b", folded)
        and all(PARTNERS.union(KIN) & set(tokens[one.start : one.end]) for one in mentions)
    ):
        mentions = [*mentions, Naevnt(1, 1, len(tokens), len(tokens), "selv")]  # "jeg har en kompagnon" are two
    return _sum(mentions)


def _now(tokens: Sequence[str], mentions: list[Naevnt]) -> list[Naevnt]:
    """What is said of the present, or of nearly that where there is nothing else."""
    mentions = [_growth(tokens, one) for one in mentions]
    leds = tidsled.split(tokens, [one.start for one in mentions])
    times = [next((led.tid for led in leds if led.start <= one.start < led.end), "nu") for one in mentions]
    now = [one for one, time in zip(mentions, times, strict=True) if time == "nu" or _started_growth(tokens, one)]
    if now:
        return now
    maybe = [one for one, time in zip(mentions, times, strict=True) if time.startswith("måske")]
    if maybe:
        return maybe
    later = [one for one, time in zip(mentions, times, strict=True) if time == "senere"]
    return later if any(one.art in ("selv", "alene") for one in later) else []


def _started_growth(tokens: Sequence[str], one: Naevnt) -> bool:
    """Whether it stands after "fra", so that growth starts from it: it is the present whatever the clause speaks of."""
    return (
        one.low == one.high and tokens[max(0, one.start - 1) : one.start] == ["fra"] and "til" in tokens[one.start : one.end + 2]
    )


def _growth(tokens: Sequence[str], one: Naevnt) -> Naevnt:
    """ "vokset fra 3 til 10" is 10, "fra 3 til 10 næste år" is 3; without a time it stays a range."""
    inside = tokens[one.start : one.end]
    if tokens[max(0, one.start - 1) : one.start] != ["fra"] or "til" not in inside or one.low is None or one.high is None:
        return one
    if _GROWN & set(tokens[max(0, one.start - 6) : one.start]) and "skal" not in tokens and "vil" not in tokens:
        return Naevnt(one.high, one.high, one.start, one.end, one.art)
    later = tidsled.split(tokens, [one.start])
    if any(led.tid == "senere" for led in later if led.start <= one.start < led.end):
        return Naevnt(one.low, one.low, one.start, one.end, one.art)
    return one


def _corrected(tokens: Sequence[str], mentions: list[Naevnt]) -> list[Naevnt]:
    """ "12, nej 15" and "ikke 12, 15" mean 15."""
    kept = mentions
    for left, right in pairwise(mentions):
        if _CORRECTION & set(tokens[left.end : right.start]):
            kept = [one for one in kept if one.start >= right.start]
    if len(kept) > 1:
        kept = [
            one
            for one in kept
            if not (one.numeric and one.high is not None and one.low and tokens[one.start - 1 : one.start] == ["ikke"])
        ] or kept
    return kept


def _total(tokens: Sequence[str], mentions: list[Naevnt]) -> list[Naevnt]:
    """Where a total is named as such ("i alt 8", "12 i alt", "2+3=5"), that alone."""
    numbers = [one for one in mentions if one.numeric]
    marker = _TOTAL.search(" ".join(tokens))
    if not marker or len(numbers) < 2:
        return mentions
    place = " ".join(tokens)[: marker.end()].count(" ") + 1
    behind = [one for one in numbers if one.start >= place and not _NOT_TO_TOTAL & set(tokens[place : one.start])]
    return behind[:1] or [max((one for one in numbers if one.end <= place), key=lambda one: one.end, default=numbers[0])]


def _relevant(tokens: Sequence[str], mentions: list[Naevnt]) -> list[Naevnt]:
    """Drop what repeats, divides or has nothing to do with the count."""
    sure = [one for one in mentions if one.art not in ("svag", "ukendt", "alene", "nul", "del")]
    strong = [one for one in mentions if one.art == "stærk"]
    kept: list[Naevnt] = []
    for one in mentions:
        before = tokens[one.start - 1] if one.start else ""
        after = tokens[one.end] if one.end < len(tokens) else ""
        if one.art == "svag" and sure:
            continue
        linked = before in ansatte_naevnt.CONNECTORS or after in _LINKS
        if one.art == "bar" and strong and not linked and not _open(one):
            continue
        if one.art == "selv" and after in _INCLUDED and any(other.numeric for other in mentions):
            continue
        if one.art == "alene" and len([other for other in mentions if other.art not in ("alene", "nul")]) > 0:
            continue
        if one.numeric and before == "begge" and len(mentions) > 1:
            continue
        if one.art == "selv" and before == "med" and any(other.numeric for other in mentions):
            continue
        kept.append(one)
    whole = [one for one in kept if one.art != "del"]
    if whole and len(whole) < len(kept) and whole[0].start < kept[[k.art for k in kept].index("del")].start:
        kept = whole
    if kept and all(one.art in ("svag", "ukendt") for one in kept):
        return []
    return kept


def _open(one: Naevnt) -> bool:
    return one.low is None or one.high is None


def _whole(tokens: Sequence[str], mentions: list[Naevnt]) -> list[Naevnt]:
    """Where a total and its parts are told, the total."""
    if len(mentions) < 2:
        return mentions
    text = list(tokens)
    for place in range(len(text)):
        before = [one for one in mentions if one.end <= place]
        after = [one for one in mentions if one.start > place]
        token = text[place]
        if token in ("altsa", "dvs", "sa") and before and after and after[0].numeric and after[0].start <= place + 5:
            return [after[0]] if (after[0].low or 0) >= sum(one.low or 0 for one in before) else before
        if token in _SUB and after:
            if not before:
                rest = [one for one in after if one.numeric]
                return rest[:1] or mentions
            return before
        if token in (":", "(") and before and before[0].numeric and after and not _adds(text, place + 1):
            return before
    first = mentions[0]
    rest = mentions[1:]
    general = (
        first.art == "bar"
        or tokens[first.end - 1] in _GENERAL
        or tokens[first.end - 1].isdigit()
        or tokens[max(0, first.start - 1)] in ("er", "vi")
    )
    if (
        first.numeric
        and general
        and "og" not in tokens[first.end : rest[0].start]
        and len(rest) >= 2
        and first.low == sum(one.low or 0 for one in rest)
    ):
        return [first]
    return mentions


def _adds(tokens: Sequence[str], place: int) -> bool:
    return tokens[place : place + 1] != [] and tokens[place] in ("plus", "+", "og", "ud", "udover", "foruden", "samt", "&")


def _sum(mentions: list[Naevnt]) -> Ansatte | None:
    if not mentions:
        return None
    if len(mentions) == 2 and mentions[0].high is None and mentions[1].low is None:
        low, high = mentions[0].low, mentions[1].high
    elif len(mentions) == 2 and mentions[0].low is None and mentions[1].high is None:
        low, high = mentions[1].low, mentions[0].high
    else:
        low = None if any(one.low is None for one in mentions) else sum(one.low or 0 for one in mentions)
        high = None if any(one.high is None for one in mentions) else sum(one.high or 0 for one in mentions)
    bottom = None if low is None else math.ceil(low)
    top = None if high is None else math.ceil(high)
    if bottom is not None and bottom == top:
        return bottom
    return None if bottom is None and top is None else [bottom, top]
