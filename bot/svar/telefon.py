"""A phone number: Danish as 8 digits, foreign as E.164. Read by Google's phonenumbers."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

_LABEL_WORD = re.compile(
    r"\b(?:cvr|cpr|ean|se|p|konto|faktura|ordre|sags?)(?:[\s-]*(?:nr|nummer(?:et)?))?[\s.:#-]*(?:er)?[\s.:#-]*(?:DK)?[\s-]*$",
    re.IGNORECASE,
)
_CPR = re.compile(r"\b\d{6}[\s-]\d{4}\b|(?<!\d)\d{10}(?!\d)")
_LETTER_O = re.compile(r"(?<=\d)[oO](?=[\d\s])")
_EIGHT = re.compile(r"(?<![\d+])(?:\d[ ./\-–]{0,2}){7}\d(?!\d)")


def telefon(text: str) -> str | None:
    """The first phone number in a text: 8 digits without +45, or E.164 for a foreign one; None where there is none.

    A number that is labelled as something else (CVR, CPR, …) is not taken.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
    text = _LETTER_O.sub("0", text)
    text = re.sub(r"\(\s*0\s*\)", "", re.sub(r"(?<!\d)00(?=[1-9]\d)", "+", text))
    text = re.sub(r"\+\s+(?=\d)", "+", re.sub(r"\(\s*(\+\d{1,3})\s*\)", r"\1 ", text))
    for match in phonenumbers.PhoneNumberMatcher(text, "DK", leniency=phonenumbers.Leniency.VALID):
        if not _LABEL_WORD.search(text[: match.start]) and not _is_cpr(text, match.start, match.end):
            return _written(match.number)
    for run in _EIGHT.finditer(text):
        digits = re.sub(r"\D", "", run.group())
        if not _LABEL_WORD.search(text[: run.start()]) and not _is_cpr(text, run.start(), run.end()) and _danish(digits):
            return digits
    glued = re.search(r"(?<!\d)\+?45(\d{8})(?!\d)", re.sub(r"[ .\-/]", "", text))
    return glued.group(1) if glued and _danish(glued.group(1)) and not _LABEL_WORD.search(text[: text.find("45")]) else None


def _written(number: phonenumbers.PhoneNumber) -> str:
    if number.country_code == 45:
        return str(number.national_number)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _danish(digits: str) -> bool:
    return bool(phonenumbers.is_valid_number(phonenumbers.PhoneNumber(country_code=45, national_number=int(digits))))


def _is_cpr(text: str, start: int, end: int) -> bool:
    return any(
        cpr.start() < end and start < cpr.end()
        for cpr in _CPR.finditer(text)
        if text[max(0, cpr.start() - 1)] != "+" and not text[cpr.start() : cpr.end()].startswith("45")
    )
