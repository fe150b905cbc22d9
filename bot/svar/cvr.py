"""A CVR number where one was asked for: 8 digits that pass the check of the Central Business Register.

The check is python-stdnum's. 9 % of phone numbers pass it (shared notes on Danish), so what is labelled as something
else is never taken; nor is an 8-digit number a CVR where none was asked for (``bot.svar.udtraek``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from stdnum.dk import cvr as register

Afslag = Literal["for_kort", "forkert_ciffer"]

_RUN = re.compile(r"(?<![\w])(?:DK[\s.:-]*)?\d(?:[\s.\-/–_]{0,2}\d)*(?!\w)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[A-Za-z])(?=\d{8}\b)")
_OTHER_LABEL = re.compile(
    r"(?:tlf|telefon\w*|mobil\w*|tel|phone|ring(?:\s+(?:på|til|til mig på))?|p-?\s?n(?:umme)?r\w*|"
    r"p-?nummer\w*|cpr\w*|konto\w*|reg|ean|gln|ordre\w*|sags?\w*|faktura\w*|mobilepay|personnummer)"
    r"[\s.:#-]*(?:nr|nummer(?:et)?|no)?[\s.:#-]*(?:er|på)?[\s.:#-]*$",
    re.IGNORECASE,
)
_OWN_LABEL = re.compile(r"(?:cvr|se)(?:[\s-]*(?:nr|nummer(?:et)?|no))?[\s.:#=-]*(?:er|på)?[\s.:#-]*$", re.IGNORECASE)


def cvr(text: str) -> str | None:
    """The 8 digits of the CVR number in a text, or None: none there, or the check digit is wrong."""
    valid = [digits for digits, _ in _candidates(text) if len(digits) == 8 and register.is_valid(digits)]
    labelled = [digits for digits, label in _candidates(text) if label and len(digits) == 8]
    if labelled:
        return labelled[0] if register.is_valid(labelled[0]) else None
    return valid[0] if valid else None


def labelled(text: str) -> str | None:
    """The CVR number only where it is said to be one ("cvr 97225249", "DK97225249"): for texts where none was asked for."""
    found = [digits for digits, label in _candidates(text) if label and len(digits) == 8]
    return found[0] if found and register.is_valid(found[0]) else None


def refusal(text: str) -> Afslag | None:
    """Why a number in a text is no CVR number: too short, or a wrong check digit (or too many digits).

    None where it is one, or no number is there.
    """
    if cvr(text) is not None:
        return None
    found = _candidates(text)
    if any(len(digits) == 8 for digits, _ in found):
        return "forkert_ciffer"
    lengths = [len(digits) for digits, label in found if len(digits) >= 4 or label]
    if not lengths:
        return None
    return "for_kort" if max(lengths) < 8 else "forkert_ciffer"


def _candidates(text: str) -> list[tuple[str, bool]]:
    """Runs of digits that nothing says are something else, and whether each is labelled as CVR."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
    text = _GLUED.sub(" ", text)
    found: list[tuple[str, bool]] = []
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 40) : run.start()]
        if _OTHER_LABEL.search(before) or before.endswith(("+", "@")) or text[run.end() : run.end() + 1] == "@":
            continue
        label = (
            bool(_OWN_LABEL.search(before))
            or run.group()[:2].upper() == "DK"
            or bool(re.search(r"\bDK[\s.:-]*$", before, re.IGNORECASE))
        )
        found += [(digits, label) for digits in _eights(run.group())]
    return found


def _eights(run: str) -> list[str]:
    """The number of a run, or, in a run of several numbers ("97225249 20417703"), each of its numbers of 8 digits."""
    digits = re.sub(r"\D", "", run)
    if len(digits) <= 8:
        return [digits]
    parts = [part for part in re.split(r"\s+|/", re.sub(r"^DK\W*", "", run, flags=re.IGNORECASE)) if part]
    plain = [re.sub(r"\D", "", part) for part in parts]
    eights = [part for part in plain if len(part) == 8]
    return eights or [digits]
