"""Reading an answer to one question: buttons' other words first, then the extractor of its type."""

from __future__ import annotations

import re
from typing import Any

from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.language.sagsnummer import find_nummer
from bot.screening.criteria import bare, kendt
from bot.svar import extract, talord
from bot.svar.stadie import alder

# Only these words may follow "ved ikke": what comes after them otherwise is an answer ("ved ikke, noget med regnskab").
_FILLER = (
    r"(?: (?:rigtig|rigtigt|helt|endnu|lige|nu|pa|staende|fod|desvarre|arlig|arligt|talt|egentlig|sa|meget|hvad|hvor|hvornar|"
    r"hvilke|hvilken|mange|langt|om|det|den|vi|jeg|der|er|bliver|har|skal|skulle|vil|svare|svarer|skrive|sige|selv|men|sorry|"
    r"beklager|tror|for|tiden|i|dag|ojeblikket|pracis|pracist|med|sikkerhed|tak|spring|over|bare|videre|nej))*"
)
_DONT_KNOW = re.compile(
    r"^(?:(?:det|ja|tja|ah|oh|hm+|puh|nej|altsa|arh) )*"
    r"(?:(?:(?:jeg|vi|man) )?(?:ved|aner|veed)"
    r"(?: (?:jeg|vi|man|det|godt|desvarre|sgu|altsa|virkelig|faktisk|heller|endnu|slet))* (?:ikke|ik|ikk)"
    r"|ingen anelse|ingen ide|det vides ikke|usikker|pas|har glemt|husker (?:(?:jeg|vi|det) )*(?:ikke|ik))" + _FILLER + "$"
)
_SKIP = re.compile(
    r"^(?:(?:nej|tak|nej tak|ok|okay|bare|lad os) )*(?:spring(?: (?:det|den|bare|dette))*(?: over)?|skip(?: (?:det|den))?|"
    r"(?:ga |kom )?videre|naste)(?: (?:tak|sporgsmal|sporgsmalet|bare|venligst|til|naste|den|det|her))*$"
    r"|^det vil (?:jeg|vi) (?:helst |gerne )?(?:ikke|undlade at|lade vare med at) (?:sige|svare|oplyse)\b.{0,15}$"
)
_HAVE_NONE = re.compile(
    r"^(?:(?:nej|det|den) )*(?:nej|nope|niks|har (?:jeg |vi )?(?:ikke|ingen|intet)|(?:jeg|vi) har (?:ikke|ingen|intet)|"
    r"ingen|intet|ikke endnu)\b.{0,40}$"
)
_NOT = frozenset({"ikke", "ingen", "intet", "uden", "hverken", "undtagen"})
_TURN = frozenset({"men", "kun", "bare", "og", "dog"})  # what stands before these says nothing of what follows
_SHORT = 3  # letters up to which a choice's name counts only as a whole word ("bar" is not in "bare")
_NO_NAME = re.compile(
    r"^(?:ja|jo|ok|okay|nej|tak|jeg vil (?:ikke|helst ikke)|det vil jeg ikke)(?: tak)?$"
    r"|^(?:(?:ja|nej|men|og) )*vi er (?:\w+ )?\d"
)
_EXTRACTED = {"ansatte", "ja_nej", "cvr", "telefon", "email", "stadie", "beliggenhed"}


def says_unknown(text: str) -> bool:
    """Whether a short text says "ved ikke", "aner det ikke", "pas"."""
    return bool(_DONT_KNOW.search(bare(text)))


def wants_skip(text: str) -> bool:
    """Whether a short text asks to pass over the question."""
    return bool(_SKIP.search(bare(text)))


def has_none(text: str) -> bool:
    """Whether a text says that there is no such thing ("har vi ikke endnu"), as an answer to CVR, phone or e-mail."""
    return bool(_HAVE_NONE.search(bare(text)))


def read(question: Spoergsmaal, text: str) -> Any:
    """The value in an answer, or None. A choice question gives the choice's value, a multiple one a list of them."""
    if question.type == "flervalg":
        return chosen(question, text) or None
    if question.type in _EXTRACTED:
        value = extract(question.type, text)
        if value is not None:
            return value
    if question.type in ("valg", "aar", *_EXTRACTED) and (named := _named(question, text)):
        return min(named)[2]
    if question.type == "aar":
        value = in_years(question, text, bare_number=True)
        if value is not None:
            return value
    if question.type == "sagsnummer":
        return find_nummer(text)
    if question.type == "kontakt":
        return extract("email", text) or extract("telefon", text)
    if question.type in ("tekst", "branche"):  # a button's own words are its answer; all else is kept as it is written
        same = [option.vaerdi for option in question.valg if bare(text) in map(kendt, (option.titel, *option.ogsaa))]
        return same[0] if same else extract("behov", text)
    if question.type == "navn" and not _NO_NAME.search(bare(text)):
        text = re.split(r"\s+(?:og|,)\s+(?:min|mit|mail|tlf)\b|,", text)[0]
        return extract("virksomhed" if question.id == "virksomhed" else "navn", text)
    return None


def in_years(question: Spoergsmaal, text: str, *, bare_number: bool) -> Any:
    """The choice whose span of years holds the age told in a text; a bare number counts only as an answer."""
    age = alder(text)
    if age is None and bare_number:
        age = talord.value(text)
    if age is None or age < 0:
        return None
    for option in question.valg:
        if (option.fra is None or age >= option.fra) and (option.til is None or age < option.til):
            return option.vaerdi
    return None


def chosen(question: Spoergsmaal, text: str) -> list[Any]:
    """Values of the choices that a text names, by title, by another word for it, or by number ("2", "1 og 3").

    What is said not to be wanted ("ingen alkohol, men borde ude") is not among them.
    """
    return [value for _, _, value in sorted(_named(question, text), key=lambda hit: hit[1])]


def _named(question: Spoergsmaal, text: str) -> list[tuple[int, int, Any]]:
    """Place in the text, place among the choices, and value of each choice named."""
    folded = f" {bare(text)} "
    numbers = [int(number) for number in re.findall(r"\b\d{1,2}\b", folded)]
    counted = any(char.isdigit() for option in question.valg for char in option.titel)
    if (
        numbers
        and not counted
        and re.fullmatch(r"(?:[\d\s,.&+]|og)+", text.lower())
        and max(numbers) <= len(question.valg)
        and min(numbers)
    ):
        return [(place, number - 1, question.valg[number - 1].vaerdi) for place, number in enumerate(numbers)]
    hits = []
    for index, option in enumerate(question.valg):
        places = [place for name in (option.titel, *option.ogsaa) if (place := _place(folded, kendt(name))) is not None]
        if places:
            hits.append((min(places), index, option.vaerdi))
    return hits


def _place(folded: str, name: str) -> int | None:
    """Where a name stands, as the beginning of a word, without a "not" before it."""
    wanted = f" {name} " if len(name) <= _SHORT else f" {name}"
    start = folded.find(wanted) if name else -1
    while start >= 0:
        if not _negated(folded[:start].split()[-3:]):
            return start
        start = folded.find(wanted, start + 1)
    return None


def _negated(before: list[str]) -> bool:
    for word in reversed(before):
        if word in _NOT:
            return True
        if word in _TURN:
            return False
    return False
