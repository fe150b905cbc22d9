"""Reading an answer to one question: buttons' other words first, then the extractor of its type."""

from __future__ import annotations

import re
from typing import Any

from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.language.sagsnummer import find_nummer
from bot.screening.criteria import bare
from bot.svar import extract

_DONT_KNOW = re.compile(
    r"^(?:det |ja det |ah |oh |hmm )*(?:(?:jeg |vi )?(?:ved|aner|veed) (?:jeg |vi )?(?:det )?(?:ikke|ik|endnu ikke)|aner det ikke|ingen anelse|"
    r"ingen ide(?: om det)?|det vides ikke|usikker|pas|husker (?:jeg |det )*ikke)\b.{0,25}$"
)
_SKIP = re.compile(
    r"^(?:spring (?:det |den |bare )?over|spring|skip|videre|naste|nej tak spring over|det vil jeg (?:helst )?ikke (?:sige|svare(?: pa)?|oplyse))\b.{0,15}$"
)
_HAVE_NONE = re.compile(
    r"^(?:nej|nope|niks|har (?:jeg |vi )?(?:ikke|ingen|intet)|(?:jeg|vi) har (?:ikke|ingen|intet)|ingen|intet|ikke endnu)\b.{0,40}$"
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
    if question.valg:
        picked = chosen(question, text)
        if picked and (question.type in ("valg", *_EXTRACTED) or len(text.split()) <= 4):
            return picked[0]
    if question.type == "sagsnummer":
        return find_nummer(text)
    if question.type == "kontakt":
        return extract("email", text) or extract("telefon", text)
    if question.type in ("tekst", "branche"):
        return extract("behov", text)
    if question.type == "navn":
        return extract("virksomhed" if question.id == "virksomhed" else "navn", text)
    return None


def chosen(question: Spoergsmaal, text: str) -> list[Any]:
    """Values of the choices that a text names, by title, by another word for it, or by number ("2", "1 og 3")."""
    folded = f" {bare(text)} "
    numbers = [int(number) for number in re.findall(r"\b\d{1,2}\b", folded)]
    if numbers and re.fullmatch(r"[\d ,og]+", folded.strip()) and all(1 <= number <= len(question.valg) for number in numbers):
        return [question.valg[number - 1].vaerdi for number in numbers]
    return [
        option.vaerdi
        for option in question.valg
        if any(f" {bare(name)}" in folded for name in (option.titel, *option.ogsaa) if bare(name))
    ]
