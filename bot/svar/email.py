"""An e-mail address, also as people write it to keep it from robots. Checked by email-validator, without DNS."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

_AT = r"(?:\s*@\s*|\s*[(\[{]\s*(?:a|at|snabel-?\s?a|@|alfa)\s*[)\]}]\s*|\s+(?:snabel-?\s?a|alfakrøl)\s+)"
_DOT = r"(?:\s*\.\s*|\s*[(\[{]\s*(?:dot|punktum|prik|\.)\s*[)\]}]\s*|\s+(?:punktum|prik|dot)\s+)"
_WORD = r"[\wæøåÆØÅ!#$%&'*+/=?^`{|}~-]+"
_PLAIN = re.compile(rf"{_WORD}(?:\.{_WORD})*@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_SPOKEN = re.compile(
    rf"(?P<local>{_WORD}(?:(?:\.|\s+(?:punktum|prik|dot|bindestreg|underscore|"
    rf"streg)\s+){_WORD})*)(?P<at>{_AT})(?P<domain>[\w-]+(?:{_DOT}[\w-]+)+)",
    re.IGNORECASE,
)
_SPACED = re.compile(rf"(?P<local>{_WORD}(?:\s?\.\s?{_WORD})*)\s*@\s*(?P<domain>[\w-]+(?:\s?\.\s?[\w-]+)+)", re.IGNORECASE)
_SPELT = re.compile(
    rf"(?P<local>{_WORD}(?:\s+(?:dot|punktum|prik)\s+{_WORD})*)\s+(?:at|snabel "
    rf"a)\s+(?P<domain>[\w-]+(?:\s+(?:dot|punktum|prik)\s+[\w-]+)+)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(@[\w-]+),\s?(dk|com|net|org|eu|se|de|nu)\b", re.IGNORECASE)
_SIGNS = {"punktum": ".", "prik": ".", "dot": ".", "bindestreg": "-", "underscore": "_", "streg": "-"}


def email(text: str) -> str | None:
    """The first valid e-mail address in a text, in lower case; None where there is none."""
    text = unicodedata.normalize("NFKC", text).replace("mailto:", " ")
    text = _COMMA.sub(r"\1.\2", text)
    text = re.sub(r"[<>\"“”„»«,;:|]", " ", text)
    for match in _PLAIN.finditer(text):
        found = _valid(match.group())
        if found:
            return found
    for pattern in (_SPACED, _SPOKEN, _SPELT):
        for match in pattern.finditer(text):
            found = _valid(_compact(match.group("local")) + "@" + _compact(match.group("domain")))
            if found:
                return found
    return None


def _compact(part: str) -> str:
    """A part of an address without brackets and spaces, spelt-out signs as signs."""
    part = re.sub(r"[(\[{]\s*(\w+|\.)\s*[)\]}]", r" \1 ", part)
    words = [_SIGNS.get(word.lower(), word) for word in part.split()]
    return "".join(words)


def _valid(address: str) -> str | None:
    """The address in lower case if a server could have it; the ending of a sentence is not part of it."""
    address = address.strip(".-_'*!?")
    try:
        checked = validate_email(address, check_deliverability=False)
    except (EmailNotValidError, ValueError):
        return None
    return checked.normalized.lower()
