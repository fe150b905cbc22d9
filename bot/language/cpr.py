"""CPR numbers (Danish personal identity numbers) masked in every spelling, before anything is stored, logged or passed on.

A number counts as a CPR number when its first six digits are a date (day 1-31, or 61-91 for a replacement number).
The check digit is not looked at: numbers without a valid one have been issued since 2007. What is masked once too
often costs a question; what is masked once too seldom is a breach. So doubt means masking, save for what businesses
must be able to write: a labelled P-nummer, phone numbers, CVR, EAN and case numbers, dates with a time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

MASK = "[CPR]"

_DASHES = "-−˗⁃~_ー"
_DOTS = ".·•․。∙"
_SLASHES = "/⁄∕\\|"

_GAP = r"[ .\-/]{0,5}"
_SAID_GAP = r"[ ,.]{0,3}(?:(?:og|med|hvor) )?(?:(?:de|mine) )?sidste (?:fire|4)(?: cifre| tal| numre)?(?: er)?[ :]{0,2}"
_MAIN_GAP = rf"(?:[ .\-/,:;()*+=#'\"]{{0,5}}| ?(?:bindestreg|tankestreg|streg|minus) ?|{_SAID_GAP})"
_DATE = rf"(?P<d>\d\d)(?P<s1>{_GAP})(?P<m>\d\d)(?P<s2>{_GAP})"
_LAST = rf"(?P<s3>{_MAIN_GAP})(?P<a>\d\d)(?P<s4>{_GAP})(?P<b>\d\d)(?!\d)"
_LONG_YEAR = re.compile(_DATE + r"(?P<y>(?:19|20)\d\d)" + _LAST)
_SHORT_YEAR = re.compile(_DATE + r"(?P<y>\d\d)" + _LAST)
_SPACED = re.compile(r"\d(?:[ .\-/,]{1,3}\d){9}(?![ .\-/]{0,3}\d)")
_NO_ZEROS = re.compile(r"(?P<d>\d{1,2})[ .\-/]{1,3}(?P<m>\d{1,2})[ .\-/]{1,3}(?:19|20)?\d\d ?- ?\d{4}(?!\d)")
_NO_FIRST_ZERO = re.compile(r"(?P<d>\d)(?P<m>\d\d)\d\d ?- ?\d{4}(?!\d)")
_ANY_TEN = re.compile(r"(?!\d{8}\D)\d(?:[ .\-/,:()]{0,3}\d){9}(?!\d)")
_PLAIN_TEN = re.compile(r"\d(?: ?\d){9}(?!\d)")

_P_WORD = r"(?<![a-zæøå])(?:p[ .\-]{0,2}(?:nr|numre|nummer|enhed)|produktions?-?(?:enhed|nummer|nr))[a-zæøå]*"
_CPR_WORD = r"(?:cpr|person-?n(?:umme)?r|fødselsn(?:umme)?r)[a-zæøå]*"
_FILLER = r"[ :.=#(/\-]*(?:[a-zæøå]+[ :.=#(/\-]+){0,4}$"
_P_BEFORE = re.compile(_P_WORD + _FILLER)
_CPR_FILLER = r"[ :.=#(/\-]*(?:(?!cvr|tlf|telefon|mobil|ean|gln)[a-zæøå]+[ :.=#(/\-]+){0,4}$"
_CPR_BEFORE = re.compile(_CPR_WORD + r"[\-.]?(?:n(?:umme)?r[a-zæøå]*)?" + _CPR_FILLER)
_P_AFTER = re.compile(rf"[ ,(]*(?:(?:er|=)? ?(?:vores|vort|mit|det|virksomhedens)? ?){_P_WORD}(?![ :.=#]*(?:er )?\d)")
_LIST_JOINT = re.compile(r"(?:[ ,;/&]+|[ ,]*(?:og|samt)[ ]+)$")
_CASE = re.compile(r"kbh[ \-]?\d{4}[ \-]\d{1,6}(?!\d)")
_LABEL_REACH = 60


@dataclass(frozen=True)
class _View:
    """The text as the patterns see it: ASCII digits and separators, lower case, nothing invisible.

    ``where[i]`` is the place in the original text of character ``i``.
    """

    text: str
    where: list[int]


def mask(text: str) -> tuple[str, int]:
    """Replace every CPR number in ``text``.

    Returns:
        The text with ``[CPR]`` for each number, and how many there were. Unchanged where there is none.
    """
    view = _view(text)
    spans = _find(view.text)
    if not spans:
        return text, 0
    parts: list[str] = []
    kept = 0
    for start, end in spans:
        parts += [text[kept : view.where[start]], MASK]
        kept = view.where[end - 1] + 1
    return "".join(parts) + text[kept:], len(spans)


def _view(text: str) -> _View:
    seen: list[str] = []
    where: list[int] = []
    for index, char in enumerate(text):
        plain = _plain(char)
        if plain:
            seen.append(plain)
            where.append(index)
    return _View("".join(seen), where)


def _plain(char: str) -> str:
    """One character, or none where it is invisible (zero width, soft hyphen, combining)."""
    if char.isascii() and char.isalnum():
        return char.lower()
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Pd" or char in _DASHES:
        return "-"
    if char in _DOTS:
        return "."
    if char in _SLASHES:
        return "/"
    if char.isspace() or category in ("Zs", "Cc"):
        return " "
    lowered = unicodedata.normalize("NFKC", char).lower()
    return lowered if len(lowered) == 1 else char


def _find(view: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    protected = [match.span() for match in _CASE.finditer(view)]
    position = 0
    last_p_end = -1
    while position < len(view):
        if not view[position].isdigit() or (position and view[position - 1].isdigit()):
            position += 1
            continue
        inside = next((end for start, end in protected if start <= position < end), None)
        if inside is not None:
            position = inside
            continue
        number = _protected_number(view, position, last_p_end)
        if number:
            position = last_p_end = number
            continue
        end = _cpr_at(view, position)
        if end:
            spans.append((position, end))
            position = end
        else:
            position += 1
    return spans


def _cpr_at(view: str, start: int) -> int | None:
    """End of the CPR number that begins at ``start``, if one does."""
    before = view[max(0, start - _LABEL_REACH) : start]
    if _CPR_BEFORE.search(before) and (labelled := _ANY_TEN.match(view, start)):
        return labelled.end()
    for pattern in (_LONG_YEAR, _SHORT_YEAR):
        match = pattern.match(view, start)
        if match and _is_date(match["d"], match["m"]) and _fits(match, view):
            return match.end()
    spaced = _SPACED.match(view, start)
    if spaced and not _continues(view, start, spaced.end()):
        digits = re.sub(r"\D", "", spaced.group())
        if _is_date(digits[:2], digits[2:4]):
            return spaced.end()
    for pattern in (_NO_ZEROS, _NO_FIRST_ZERO):
        match = pattern.match(view, start)
        if match and _is_date(match["d"], match["m"]):
            return match.end()
    return None


def _is_date(day: str, month: str) -> bool:
    return (1 <= int(day) <= 31 or 61 <= int(day) <= 91) and 1 <= int(month) <= 12


def _fits(match: re.Match[str], view: str) -> bool:
    """Rule out what only looks like one: a date with a time, two phone numbers in pairs, an 8-digit number and a postcode."""
    date_gap, main, inner = match["s1"] + match["s2"], match["s3"], match["s4"]
    if inner and (len(match["y"]) == 4 or (inner.strip() and inner != main) or _continues(view, *match.span())):
        return False
    return not (len(match["y"]) == 4 and not date_gap and main and "-" not in main)


def _continues(view: str, start: int, end: int) -> bool:
    """Whether the digits run on, over a separator, before or after the span."""
    before, after = view[max(0, start - 3) : start], view[end : end + 3]
    return bool(re.search(r"\d[ .\-/]{1,2}$", before) or re.match(r"[ .\-/]{1,2}\d", after))


def _protected_number(view: str, start: int, last_p_end: int) -> int | None:
    """End of a number at ``start`` that is something else by its label or its country code, if it is one."""
    if view[start - 1 : start] == "+" and (phone := _foreign_phone(view, start)):
        return phone
    number = _PLAIN_TEN.match(view, start)
    if not number or view[start] == "0":
        return None
    before = view[max(0, start - _LABEL_REACH) : start]
    label, cpr = _last(_P_BEFORE, before), _last(_CPR_BEFORE, before)
    listed = last_p_end >= 0 and view.startswith("10", start) and _LIST_JOINT.fullmatch(view[last_p_end:start])
    if label > cpr or listed or (cpr < 0 and _P_AFTER.match(view, number.end())):
        return number.end()
    return None


def _last(pattern: re.Pattern[str], before: str) -> int:
    """Where the label that reaches up to the number begins, nearest to the number; -1 where none does."""
    found = -1
    position = 0
    while (match := pattern.search(before, position)) is not None:
        found = match.start()
        position = match.start() + 1
    return found


def _foreign_phone(view: str, start: int) -> int | None:
    run = re.match(r"\d(?:[ \-]?\d){7,14}(?!\d)", view[start : start + 40])
    if not run:
        return None
    try:
        number = phonenumbers.parse("+" + re.sub(r"\D", "", run.group()))
    except phonenumbers.NumberParseException:
        return None
    return start + run.end() if phonenumbers.is_valid_number(number) else None
