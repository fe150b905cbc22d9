"""Which parts of a sentence speak of now, of before and of what is to come.

Asked how many they are, people also tell how many they were and will be; only now counts (target groups: "What a
company will be soon is not what it is").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Tid = Literal["nu", "før", "senere", "måske senere", "måske før"]

_STOPS = frozenset(". ; ! ?".split())
_SPLITS = frozenset({"men", "dog", "mens", "fordi", "efter", "imidlertid", "hvorefter"})
_MONTHS = r"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_FUTURE = re.compile(
    r"\b(?:vil|skal|skulle|mangler|soger|regner|planlagger|planen|forventer|forventes|haber|onsker|"
    r"overvejer|udvider|at ansatte|have ansat|har brug"
    r"|behov for|bruge|kommer der|der kommer|kommer til|starter (?:pa|til|den|om|snart)|begynder|"
    r"tiltrader|pa vej|naste (?:ar|maned|uge|sommer|forar|efterar|vinter|gang)"
    r"|om (?:en|et|to|tre|fire|fem|seks|nogle|fa|kort|\d+|et par|et halvt|halvandet) ?(?:par |halvt "
    r")?(?:ar|maned|maneder|uger|uge|tid|dage)"
    r"|til (?:sommer|vinter|efterar|efteraret|forar|foraret|jul|nytar|naste|"
    + _MONTHS
    + r")|pa sigt|i fremtiden|senere|snart|forhabentlig|forhabentligt|med tiden"
    r"|inden (?:for|lange|ar|sommer|jul)|i lobet af|drommer|kunne tanke|ville|gerne)\b"
)
_FUTURE_MAYBE = re.compile(r"\b(?:bliver|ansatter)\b")
_PAST = re.compile(
    r"\b(?:var|plejede|sidste ar|i fjor|forrige|tidligere|oprindelig|oprindeligt|engang|startede|begyndte|"
    r"havde|dengang|for (?:en|et|to|tre|fire|fem|\d+|nogle|mange)(?: par)? (?:ar|maneder|uger|maned) "
    r"siden"
    r"|stoppet|fyret|fyrede|opsagt|sagt op|afskediget|mistet|mistede|rejst|pa pension|fratradt|forladt)\b"
)
_PAST_MAYBE = re.compile(r"\b(?:har varet|har haft)\b")
_NOW = re.compile(
    r"\b(?:nu|i dag|idag|p ?\. ?t|pt|for tiden|i ojeblikket|lige nu|er|har|aktuelt|pa nuvarende|tilbage|"
    r"stadig|stadigvak|fortsat|indtil videre)\b"
)
_STRONG_NOW = re.compile(r"\b(?:nu|i dag|idag|pt|for tiden|i ojeblikket|aktuelt|tilbage|indtil videre)\b|p \. t")
_LEAD = re.compile(
    r"^(?:(?:vi|jeg|der|som|sa|nu|gerne|maske|desuden|derudover|ogsa) ){0,2}(?:vil|skal|mangler|soger|"
    r"regner|planlagger|forventer|haber|onsker|overvejer|udvider|har|er|var|bliver|ansatter"
    r"|naste|om|til|nu|i dag|pa sigt|snart|senere|drommer|leder|kunne|begyndte|startede|havde|kommer|sidste ar|inden|heraf)\b"
)


@dataclass(frozen=True)
class Led:
    """Part of a sentence: ``tokens[start:end]`` and the time it speaks of."""

    start: int
    end: int
    tid: Tid


def split(tokens: Sequence[str], numbered: Sequence[int]) -> list[Led]:
    """Cut tokens into parts with their time.

    Args:
        tokens: folded tokens.
        numbered: where amounts start: an enumeration goes on in the time of its beginning ("vil ansætte 2 kokke, 3 tjenere").
    """
    cuts = [0]
    for place, token in enumerate(tokens):
        rest = " ".join(tokens[place + 1 : place + 6])
        if token in _STOPS and not _abbreviation(tokens, place):
            cuts.append(place + 1)
        elif (
            token in _SPLITS
            or token == ","
            or (token == "og" and (place + 1 in numbered or _LEAD.search(rest)))
            or (token == "nu" and place)
        ):
            cuts.append(place)
    cuts.append(len(tokens))
    leds: list[Led] = []
    for start, end in pairwise(cuts):
        if end <= start:
            continue
        own = _time(" ".join(tokens[start:end]))
        if own is None:
            before = leds[-1] if leds else None
            goes_on = (
                before is not None and tokens[start] in (",", "og") and any(before.start <= n < before.end for n in numbered)
            )
            own = before.tid if before is not None and goes_on else "nu"
        leds.append(Led(start, end, own))
    return leds


def _abbreviation(tokens: Sequence[str], place: int) -> bool:
    return place > 0 and tokens[place - 1] in {
        "ca",
        "inkl",
        "ekskl",
        "min",
        "max",
        "maks",
        "p",
        "t",
        "pt",
        "evt",
        "bl",
        "stk",
        "pers",
        "nr",
        "kl",
        "el",
        "dvs",
    }


def _time(text: str) -> Tid | None:
    if _STRONG_NOW.search(text) and not re.search(r"\b(?:vil|skal|regner|forventer|om et|om en|naste)\b", text):
        return "nu"
    if _PAST.search(text):
        return "før"
    if _FUTURE.search(text):
        return "senere"
    if _PAST_MAYBE.search(text):
        return "måske før"
    if _FUTURE_MAYBE.search(text):
        return "måske senere"
    return "nu" if _NOW.search(text) else None
