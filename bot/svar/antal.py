"""Amounts in a text: numbers, ranges ("5-6", "mellem ti og tolv") and open ends ("over hundrede", "højst 10").

Choices where Danish leaves it open: "over N", "mere end N" and "mindst N" are [N, None] as the contract has it for
"over hundrede"; "under N" and "færre end N" are [None, N-1]; "højst N" and "op til N" are [None, N]; "ca.", "godt",
"knap", "omkring" are N itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.svar import talord
from bot.svar.personord import is_person

_FILL = r"(?: (?:en|et|ca|cirka|de|omkring|vel|pa|nok|lige|\.|maske))*$"
_BEFORE = (
    (
        "højst",
        re.compile(
            r"(?:\b(?:ikke (?:over|mere end|mer end|flere end|storre end)|hojst|hojest|maks|max|maksimum|"
            r"maksimalt|maximum|maximalt|op til)|< =|≤)" + _FILL
        ),
    ),
    ("mindst", re.compile(r"(?:\b(?:ikke (?:under|farre end|mindre end)|mindst|minimum|minimalt|min|fra og med)|> =|≥)" + _FILL)),
    ("over", re.compile(r"(?:(?<!ud )\b(?:over|mere end|mer end|flere end|storre end)|>)" + _FILL)),
    ("under", re.compile(r"(?:\b(?:under|farre end|mindre end)|<)" + _FILL)),
)
_AFTER_UP = re.compile(r"^(?:og (?:opefter|opad|op|derover|mere|flere|over)|eller (?:flere|mere|derover|over|opefter))\b")
_AFTER_DOWN = re.compile(r"^(?:og (?:nedefter|nedad|derunder|under)|eller (?:farre|mindre|derunder|under))\b")
_BETWEEN = {
    ("-",),
    ("til",),
    ("eller",),
    ("/",),
    ("a",),
    ("-", "-"),
    ("eller", "maske"),
    (",", "maske"),
    ("maske",),
    ("el", "."),
    ("/", "eller"),
}
_LIST = {(), (",",)}


@dataclass(frozen=True)
class Antal:
    """An amount in ``tokens[start:end]``; None is an open end. ``artikel``: a plain "en" or "et". ``fra``: after "fra"."""

    low: float | None
    high: float | None
    start: int
    end: int
    artikel: bool = False
    fra: bool = False


def find(tokens: Sequence[str]) -> list[Antal]:
    """Every amount among folded tokens, in order."""
    numbers = talord.find(tokens)
    found: list[Antal] = []
    place = 0
    while place < len(numbers):
        last = place
        if numbers[place].artikel and place + 1 < len(numbers) and numbers[place + 1].start == numbers[place].end:
            place += 1  # "en fem-seks stykker": the article is no number
            continue
        while last + 1 < len(numbers) and _joined(tokens, numbers[last], numbers[last + 1], numbers[place]):
            last += 1
        found.append(_amount(tokens, numbers[place], numbers[last]))
        place = last + 1
    return found


def _joined(tokens: Sequence[str], left: talord.Tal, right: talord.Tal, first: talord.Tal) -> bool:
    between = tuple(tokens[left.end : right.start])
    if right.artikel or right.low <= left.high:
        return False
    if between in _BETWEEN:
        return True
    if between in _LIST:
        # "to tre stykker" and "to, tre stykker" are ranges; "12, 13" only where nothing is counted in between
        return right.low == left.high + 1 and right.end < len(tokens) and is_person(tokens[right.end])
    return between == ("og",) and first is left and "mellem" in " ".join(tokens[max(0, left.start - 3) : left.start])


def _amount(tokens: Sequence[str], left: talord.Tal, right: talord.Tal) -> Antal:
    low: float | None = left.low
    high: float | None = right.high
    end = right.end
    before = " ".join(tokens[max(0, left.start - 6) : left.start])
    after = " ".join(tokens[right.end : right.end + 4])
    fra = tokens[left.start - 1] == "fra" if left.start else False
    kind = next((name for name, pattern in _BEFORE if pattern.search(before)), "")
    if left.start and tokens[left.start - 1] == "flere" and tokens[left.start] in ("hundrede", "tusind", "tusinde"):
        return Antal(2 * left.low, None, left.start - 1, end)
    if kind == "mindst" and before.endswith("min") and left.artikel:
        kind = ""
    if left is right:
        if kind == "højst":
            low = None
        elif kind in ("mindst", "over"):
            high = None
        elif kind == "under":
            low, high = None, max(right.high - 1, 0)
    if low is not None and high is not None and left is right:
        opened = _open_after(tokens, right.end, after)
        if opened:
            end += opened[1]
            low, high = (low, None) if opened[0] == "op" else (None, high)
    return Antal(low, high, left.start, end, left.artikel and left is right, fra)


def _open_after(tokens: Sequence[str], place: int, after: str) -> tuple[str, int] | None:
    """Whether an open end follows ("20+", "20 eller flere"), and in how many tokens."""
    if _AFTER_UP.search(after):
        return "op", 2
    if _AFTER_DOWN.search(after):
        return "ned", 2
    if tokens[place : place + 1] in (["+"], ["plus"]):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if following == "-" or following == "/":
            return None
        if not following or (not following[0].isalnum() and following != "§") or is_person(following):
            return "op", 1
    return None
