"""Danish numbers in words and digits.

text2num reads the regular numerals rightly ("tooghalvfjerds", "to hundrede og fem", "tusind og et") and refuses what
is no number; what it does not know is here: dusin, snes, par, "halvanden", older and bank forms, typing errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import simplemma
from text_to_num import text2num

from bot.svar.tokens import prepared, split

_UNITS = "en to tre fire fem seks syv otte ni".split()
_TEENS = "ti elleve tolv tretten fjorten femten seksten sytten atten nitten".split()
_TENS = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "halvtreds": 50,
    "tres": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
}
_ALIAS = {
    "treds": "tres",
    "tresindstyve": "tres",
    "firsindstyve": "firs",
    "halvtredsindstyve": "halvtreds",
    "fyrretyve": "fyrre",
    "halvfjerdsindstyve": "halvfjerds",
    "halvfemsindstyve": "halvfems",
    "hundred": "hundrede",
    "hundre": "hundrede",
    "tusinde": "tusind",
    "tusin": "tusind",
    "firti": "fyrre",
    "femti": "halvtreds",
    "seksti": "tres",
    "syvti": "halvfjerds",
    "otti": "firs",
    "niti": "halvfems",
    "fir": "fire",
    "sex": "seks",
    "syvende": "",
    "tyv": "",
    "trede": "",
}
_GROUPS = {"dusin": 12, "dusiner": 12, "snes": 20, "snese": 20, "hundrede": 100, "tusind": 1000}
_BIG = {"hundrede": 100, "tusind": 1000}
_SIZES = {"god", "godt", "lille", "stor", "stort", "lidt", "ca", "knap", "knapt"}
_LONGEST = 8


@dataclass(frozen=True)
class Tal:
    """A number in a list of tokens: ``tokens[start:end]``. ``artikel``: it is a plain "en" or "et"."""

    low: float
    high: float
    start: int
    end: int
    artikel: bool = False


@lru_cache(maxsize=1)
def _numerals() -> frozenset[str]:
    """Every numeral up to 99, and the big ones, by itself: what a typing error may be a slip of."""
    compounds = [f"{unit}og{ten}" for unit in _UNITS for ten in _TENS]
    return frozenset([*_UNITS, *_TEENS, *_TENS, *compounds, "hundrede", "tusind", "dusin", "halvanden"])


@lru_cache(maxsize=10_000)
def numeral(word: str) -> str:
    """The numeral meant by a folded word, typing errors mended; "" where it is none.

    A word of the language is never taken for a typing error ("firma" is not "firs").
    """
    if word in _ALIAS:
        return _ALIAS[word]
    if word in _numerals() or word in ("et", "nul", "halvandet"):
        return word
    if _single(word) is not None:
        return word
    if not 4 <= len(word) <= 20 or not word.isalpha() or simplemma.is_known(word, lang="da"):
        return ""
    allowed = 2 if len(word) >= 10 else 1
    alike = [known for known in _numerals() if len(known) >= 3 and known[0] == word[0] and abs(len(known) - len(word)) <= allowed]
    steps, best = min(((distance(word, known), known) for known in alike), default=(allowed + 1, ""))
    return best if steps <= allowed else ""


def find(tokens: Sequence[str]) -> list[Tal]:
    """Every number among folded tokens (``bot.svar.tokens``), longest reading first, without overlap."""
    found: list[Tal] = []
    place = 0
    while place < len(tokens):
        tal = _special(tokens, place) or _digits(tokens, place) or _words(tokens, place)
        if tal is None:
            place += 1
        else:
            found.append(tal)
            place = tal.end
    return found


def value(text: str) -> float | None:
    """The number that a whole text is, else None: "tooghalvfjerds" → 72, "et par og tyve" → 22."""
    tokens = split(prepared(text))
    found = find(tokens)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(tokens) and found[0].low == found[0].high:
        return found[0].low
    return None


def _special(tokens: Sequence[str], place: int) -> Tal | None:
    """Dozens, scores, pairs, one and a half."""

    def at(step: int) -> str:
        return tokens[place + step] if place + step < len(tokens) else ""

    step, count = 0, 1.0
    if at(0) in ("et", "en"):
        step = 1
    elif (
        numeral(at(0))
        and numeral(at(0)) not in _BIG
        and _single(numeral(at(0))) is not None
        and at(1) in ("dusin", "snese", "snes")
    ):
        step, count = 1, float(_single(numeral(at(0))) or 0)
    if step and at(step) in _SIZES:
        step += 1
    if at(step) in ("halv", "halvt"):
        step, count = step + 1, count / 2
        if at(step) not in _GROUPS:
            return None
    first = at(step)
    if first in ("dusin", "dusiner", "snes", "snese") or (count < 1 and first in _GROUPS):
        amount = count * _GROUPS[first]
        return Tal(amount, amount, place, place + step + 1)
    if first == "handfuld":
        return Tal(5, 5, place, place + step + 1)
    if (first == "par" and step) or (first == "par" and place == 0):
        return _pair(tokens, place, place + step + 1)
    if numeral(first) in ("halvanden", "halvandet") and step == 0:
        big = _BIG.get(numeral(at(1)), 1)
        return Tal(1.5 * big, 1.5 * big, place, place + (2 if big > 1 else 1))
    if first in ("nogle", "nogen") and step == 0:
        step = 2 if at(1) == "fa" else 1
        ten = _TENS.get(numeral(at(step + 1)))
        return Tal(ten + 1, ten + 9, place, place + step + 2) if at(step) == "og" and ten else None
    return None


def _pair(tokens: Sequence[str], start: int, after: int) -> Tal:
    rest = list(tokens[after : after + 2])
    ten = _TENS.get(numeral(rest[1])) if len(rest) == 2 and rest[0] == "og" else None
    if ten:
        return Tal(ten + 2, ten + 2, start, after + 2)
    big = _BIG.get(numeral(rest[0])) if rest else None
    return Tal(2 * big, 2 * big, start, after + 1) if big else Tal(2, 2, start, after)


def _digits(tokens: Sequence[str], place: int) -> Tal | None:
    if not tokens[place][0].isdigit():
        return None
    amount = float(tokens[place]) if len(tokens[place]) <= 12 else float("inf")
    end = place + 1
    if end < len(tokens) and tokens[end].isalpha() and numeral(tokens[end]) in _BIG:
        amount, end = amount * _BIG[numeral(tokens[end])], end + 1
    return Tal(amount, amount, place, end)


def _words(tokens: Sequence[str], place: int) -> Tal | None:
    mended: list[str] = []
    for token in tokens[place : place + _LONGEST]:
        word = token if token == "og" and mended else (numeral(token) if token.isalpha() else "")
        if not word:
            break
        mended.append(word)
    for length in range(len(mended), 0, -1):
        if mended[length - 1] == "og":
            continue
        amount = _read(mended[:length])
        if amount is not None:
            half = list(tokens[place + length : place + length + 3])
            if half[:2] == ["en", "halv"] or half == ["og", "en", "halv"]:
                return Tal(amount + 0.5, amount + 0.5, place, place + length + (2 if half[0] == "en" else 3))
            return Tal(amount, amount, place, place + length, artikel=tokens[place] in ("en", "et") and length == 1)
    return None


def _read(words: Sequence[str]) -> float | None:
    if len(words) == 1:
        return _single(words[0])
    try:
        return float(text2num(" ".join(words), "da"))
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def _single(word: str) -> float | None:
    try:
        return float(text2num(word, "da")) if word.isalpha() else None
    except ValueError:
        return None


def distance(left: str, right: str) -> int:
    """Edit distance with a swap of neighbours as one error (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, two in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != two))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == two:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
