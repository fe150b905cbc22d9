"""Yes, no and "don't know" in the ways Danes say them.

Read in this order: what is no answer (a question back), doubt at the beginning, a beginning yes or no ("ja, men ikke
endnu" is yes), yes by way of a "not" ("ikke noget problem"), then any "not", then yes. In a long sentence only its
beginning is believed. "formentlig" and "sandsynligvis" count as yes, "hvis det er gratis" as don't know.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.svar.ja_nej_ord import (
    DOUBT,
    FILLER,
    NO,
    NO_ANSWER,
    NO_WORDS,
    OPENINGS,
    QUESTION_START,
    STRONG_DOUBT,
    YES,
    YES_DESPITE_NOT,
    YES_WORDS,
)
from bot.svar.tokens import prepared, split

JaNej = bool | Literal["ved_ikke"]

_SIGNS: tuple[tuple[str, JaNej], ...] = (("👍👌✅✔☑🙌💯", True), ("👎❌🚫✖⛔🙅", False), ("🤷🤔", "ved_ikke"))
_SHORT = 8
_BEGINNING = 6
# "nå" folds to the same as "næ", but says nothing
_NAA = re.compile(r"\b(?:nå+h?|naa+h?)\b[\s,]*", re.IGNORECASE)
_YES_BUT_DOUBT = re.compile(
    r"^(?:det |altsa |eller |og |men |det er |jeg |vi )*(?:maske|muligvis|nej$|ved (?:\w+ )?ikke|ved "
    r"(?:jeg|vi) (?:\w+ )?ikke|kommer an|aner)\b"
)
_YES_BUT_NO = re.compile(
    r"^(?:men )?(?:det |det er |jeg )?(?:tror (?:jeg )?ikke|nej|helst ikke|ellers tak|vil jeg (?:da )?helst ikke)\b"
)


def ja_nej(text: str) -> JaNej | None:
    """True, False, "ved_ikke", or None where there is no answer in the text."""
    folded = prepared(_NAA.sub(" ", text))
    words = [token for token in split(folded) if token[0].isalpha()]
    while len(words) > 1 and words[0] in OPENINGS:
        words = words[1:]
    if not words:
        return _signs(text)
    line = " ".join(words)
    if NO_ANSWER.search(folded) or QUESTION_START.search(line):
        return None
    if folded.endswith("?") and words[0] not in YES_WORDS | NO_WORDS:
        return True if YES_DESPITE_NOT.search(line) and len(words) <= 3 else None
    short = len(words) <= _SHORT
    beginning = line if short else " ".join(words[:_BEGINNING])
    if words[0] in YES_WORDS and (
        len(words) == 1 or words[0] not in ("godt", "klar", "sikkert", "klart", "bestemt", "absolut", "rigtigt", "fint", "gerne")
    ):
        return _after_yes(" ".join(words[1:_BEGINNING]))
    if words[0] in NO_WORDS:
        return "ved_ikke" if re.match(r"(?:maske|eller ja|og ja|det ved|ja$)", " ".join(words[1:])) else False
    if YES_DESPITE_NOT.search(beginning):
        return True
    doubt = DOUBT.search(beginning)
    if doubt and (not _answered(beginning[: doubt.start()]) or doubt.group() in STRONG_DOUBT):
        return "ved_ikke"
    if NO.search(beginning if not short else line):
        return False
    if YES.search(beginning) if short else YES.match(beginning):
        return True
    if short and any(word in YES_WORDS for word in words) and all(word in YES_WORDS or word in FILLER for word in words):
        return True
    if short and words[-1] in YES_WORDS - {"godt", "klar", "klart"} and len(words) <= 5:
        return True
    return _signs(text)


def _answered(before: str) -> bool:
    """Whether a yes or no stands before the doubt ("gerne, hvis det …")."""
    return any(word in YES_WORDS or word in NO_WORDS for word in before.split())


def _after_yes(rest: str) -> JaNej:
    """What a beginning "ja" comes to: "ja, måske" is doubt, "jo, det tror jeg ikke" is no."""
    if _YES_BUT_DOUBT.search(rest) or re.match(r"(?:og|eller) nej\b", rest):
        return "ved_ikke"
    return not _YES_BUT_NO.search(rest)


def _signs(text: str) -> JaNej | None:
    return next((value for signs, value in _SIGNS if any(sign in text for sign in signs)), None)
