"""Where a text mentions people at work: by number ("tre på deltid") or by who they are ("mig og min mand")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.svar import antal
from bot.svar.antal import Antal
from bot.svar.personord import ALONE, KIN, MANY, NOTHING, PARTNERS, POSSESSIVES, SINGLES, is_person, is_unit

Art = Literal["stærk", "bar", "svag", "del", "selv", "slægt", "makker", "ukendt", "nul", "alene"]

CONNECTORS = frozenset("og plus + & samt med foruden udover , desuden sa pluss ekskl eksklusive eksklusiv uden".split())
_STOPS = frozenset(
    ". , ; : ! ? ( ) / - + & = og plus samt men eller er var har som der nar hvis for fordi sa vi jeg "
    "lige nu inkl inklusive ekskl heraf "
    "hvoraf deraf pt p i pa hos ude inde til med ved fra ud udover foruden uden eksklusiv eksklusive "
    "ekskl indtil endnu maske hver tror vil vel cirka ca ikke alt ialt "
    "tilsammen totalt total af om lidt dog allerede bestande fordelt bare kun selv de det naste sidste forrige".split()
)
_CONDITIONS = frozenset(
    "deltid fuldtid halvtid timebasis timelon kontoret lageret kontor lager gulvet vagter kontrakt timer".split()
)
_OTHER_MIG = frozenset("for hos til af om pa fra kontakt ring giv lad send ser sig sporg skriv".split())


@dataclass(frozen=True)
class Naevnt:
    """People mentioned in ``tokens[start:end]``; None is an open end."""

    low: float | None
    high: float | None
    start: int
    end: int
    art: Art

    @property
    def numeric(self) -> bool:
        """Whether it is said by a number."""
        return self.art in ("stærk", "bar", "svag", "del")


def find(tokens: Sequence[str]) -> list[Naevnt]:
    """Every mention of people at work in folded tokens, in order."""
    found = [one for amount in antal.find(tokens) if (one := _by_number(tokens, amount)) is not None]
    taken = {place for one in found for place in range(one.start, one.end)}
    numeric = bool(found)
    for place, token in enumerate(tokens):
        if place in taken:
            continue
        one = _self(tokens, place) or _relation(tokens, place, taken, numeric) or _nobody(tokens, place)
        if one is None and token in MANY and any(is_person(word) for word in tokens[place + 1 : place + 3]):
            one = Naevnt(2, None, place, place + 2, "ukendt")
        if one is None and (token in ALONE or token.endswith(("enkeltmandsvirksomhed", "enmandsfirma", "enmandsvirksomhed"))):
            one = Naevnt(1, 1, place, place + 1, "alene")
        if one is None and token == "selvstandig" and {"uden", "ingen"} & set(tokens):
            one = Naevnt(1, 1, place, place + 1, "alene")
        if one is not None:
            found.append(one)
            taken.update(range(one.start, one.end))
    return sorted(found, key=lambda one: one.start)


def _by_number(tokens: Sequence[str], amount: Antal) -> Naevnt | None:
    if max(amount.low or 0, amount.high or 0) > 200_000:
        return None
    art, end = _what_is_counted(tokens, amount.end)
    if amount.artikel and tokens[amount.end : amount.end + 1] and tokens[amount.end] in MANY:
        return None  # "en masse løse"
    if art is None:
        return None
    if amount.artikel and art != "stærk" and not _article_counts(tokens, amount, art):
        return None
    if amount.artikel and art == "svag":
        art = "stærk"  # "en enkelt"
    before = " ".join(tokens[max(0, amount.start - 4) : amount.start])
    if art in ("bar", "svag") and re.search(
        r"\b(?:vi er|er vi|i er|vi bliver|os|vi|vi var|de er|ansat)(?: (?:nu|i dag|kun|bare|ca|cirka|vel|nok|"
        r"jo|en|pt|over|under|godt|omkring|lige|ogsa|allerede|stadig))*$",
        before,
    ):
        art = "stærk"
    return Naevnt(amount.low, amount.high, amount.start, end, art)


def _what_is_counted(tokens: Sequence[str], place: int) -> tuple[Art | None, int]:
    """How surely what follows a number says that it counts people, and where the mention ends; None: it counts other things."""

    def at(step: int) -> str:
        return tokens[place + step] if place + step < len(tokens) else ""

    if at(0) in ("-", "'") and (is_person(at(1)) or at(1) in ("er", "mands")):
        return "stærk", place + 2
    if at(0) in ("-", "/") and is_unit(at(1)):
        return None, place
    if at(0) == "af" and at(1) in ("os", "dem", "disse", "vores", "de", "mine"):
        return "del", place + 2
    if at(0) in ("er", "arbejder") and at(1) not in ("vi", "jeg", "nu", "antallet", "tallet", "svaret", "det", "der") and at(1):
        return "del", place + 1
    for step in range(3):
        word = at(step)
        if is_unit(word):
            return None, place
        if is_person(word):
            end = place + step + 1
            return "stærk", end + 1 if is_person(at(step + 1)) else end
        if (word == "pa" and at(step + 1) in _CONDITIONS) or (
            word == "i" and at(step + 1) in ("praktik", "lare", "flexjob", "fleksjob")
        ):
            return "stærk", place + step + 2
        if not word or word in _STOPS or not word[0].isalpha():
            return ("bar" if step == 0 else "svag"), place + step
    return "svag", place + 1


def _article_counts(tokens: Sequence[str], amount: Antal, art: Art) -> bool:
    """Whether a plain "en" is a number: alone ("kun en") or added ("mig og en")."""
    following = tokens[amount.end] if amount.end < len(tokens) else ""
    before = tokens[amount.start - 1] if amount.start else ""
    if following == "enkelt" or (following == "til" and before in CONNECTORS):
        return True
    if art == "svag":
        return False
    return (not following or following in (".", ",", "!", "og", "plus", "+")) and before in (
        "",
        "og",
        "plus",
        "+",
        "kun",
        "bare",
        "har",
        "samt",
        "er",
        "&",
    )


def _self(tokens: Sequence[str], place: int) -> Naevnt | None:
    """The speaker, where counted: "kun mig", "mig og to ansatte", "min kone og jeg"; not "hos mig", "jeg har tre"."""
    token = tokens[place]
    before = tokens[place - 1] if place else ""
    end = place + 2 if tokens[place + 1 : place + 2] == ["selv"] else place + 1
    after = list(tokens[end : end + 3])
    if token in ("mig", "undertegnede", "mig'"):
        return None if before in _OTHER_MIG else Naevnt(1, 1, place, end, "selv")
    if token != "jeg":
        return None
    if after and after[0] in ("og", "plus", "+", "&", "samt", ",", "med") and len(after) > 1 and _starts_people(after[1:]):
        return Naevnt(1, 1, place, end, "selv")
    if before in ("og", "plus", "+", "&", "samt") and place >= 2:
        earlier = tokens[place - 2]
        related = earlier in KIN or earlier in PARTNERS or earlier in SINGLES
        if related or not after or not after[0].isalnum() or after[0] in ("og", "plus", "samt"):
            return Naevnt(1, 1, place, end, "selv")
    if before in ("kun", "bare") and (not after or not after[0].isalpha()):
        return Naevnt(1, 1, place, end, "selv")
    return None


def _starts_people(after: Sequence[str]) -> bool:
    first = after[0]
    second = after[1] if len(after) > 1 else ""
    if first in POSSESSIVES or first in ("mine", "vores"):
        return second in KIN or second in PARTNERS or second in SINGLES or is_person(second) or not second
    return first in KIN or first in PARTNERS or first in SINGLES or bool(antal.find(list(after[:1]))) or first in MANY


def _relation(tokens: Sequence[str], place: int, taken: set[int], numeric: bool) -> Naevnt | None:
    """One person by relation or trade: "min kone", "kompagnonen", "og lærlingen"."""
    token = tokens[place]
    kin = token in KIN or token in PARTNERS
    if not (kin or token in SINGLES):
        return None
    start = place
    while (
        start > 0
        and start > place - 3
        and (tokens[start - 1] in POSSESSIVES or tokens[start - 1] in ("store", "lille", "nye", "ny", "gamle", "unge"))
    ):
        start -= 1
    possessed = start < place and tokens[start] in POSSESSIVES
    before = tokens[start - 1] if start else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    joined = before in CONNECTORS or after in CONNECTORS
    definite = token.endswith("en") and token not in ("en",)
    if not (possessed or before in CONNECTORS or (definite and joined)):
        return None
    if numeric and (not joined or after in ("er", "har", "siger") or (token in SINGLES and before not in CONNECTORS)):
        return None
    if start - 1 in taken and before not in CONNECTORS:
        return None
    return Naevnt(1, 1, start, place + 1, "makker" if kin else "slægt")


def _nobody(tokens: Sequence[str], place: int) -> Naevnt | None:
    """ "ingen endnu", "ikke nogen", "uden ansatte"."""
    token = tokens[place]
    after = list(tokens[place + 1 : place + 4])
    if token in ("ingen", "inge", "ingenting", "intet", "ignen"):
        return None if after and (after[0] in NOTHING or after[0] in ("af", "ved")) else Naevnt(0, 0, place, place + 1, "nul")
    if token == "ikke" and ("nogen" in after or "nogle" in after or after[:1] == ["ansatte"] or after[:2] == ["en", "eneste"]):
        return None if any(word in NOTHING for word in tokens[place + 1 : place + 5]) else Naevnt(0, 0, place, place + 3, "nul")
    if token == "uden" and after[:1] in (["ansatte"], ["medarbejdere"], ["personale"]):
        return Naevnt(0, 0, place, place + 2, "nul")
    return None
