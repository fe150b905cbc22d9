"""A text as folded tokens: words, numbers, signs. What every reader of answers starts from."""

import re
import unicodedata
from functools import lru_cache

from bot.language.fold import fold

_ONE = re.compile(r"\b[eE][éÉ]?[éÉ][nNtT]\b|\b[éÉ][nNtT]\b")
_HALF = re.compile(r"(\d)(?:\s?½|\s1/2\b)")
_DASH = re.compile(r"[‐‑‒–—―−]")
_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:[. ']\d{3})+)(?![\d])(?![.,]\d)")
_DECIMAL = re.compile(r"(?<![\d.,])(\d{1,6}),(\d{1,2})(?!\d)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|[^\w\s]|_")


@lru_cache(maxsize=256)  # one message is read by many, whole and by sentences; then it is soon forgotten
def prepared(text: str) -> str:
    """The text folded, with numbers in one way of writing: "1.200" as 1200, "17½" and "17,5" as 17.5, "én" as 1."""
    text = _DASH.sub("-", unicodedata.normalize("NFC", text))
    text = _HALF.sub(r"\1.5", text).replace("½", " 0.5 ")
    text = fold(_ONE.sub("1", text))
    text = _THOUSANDS.sub(lambda match: match.group(1) + re.sub(r"\D", "", match.group(2)), text)
    return _DECIMAL.sub(r"\1.\2", text)


def split(text: str) -> list[str]:
    """The tokens of a prepared text; each sign is a token of its own."""
    return _TOKEN.findall(text)
