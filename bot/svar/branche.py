"""A trade told in free text, mapped to the editors' short list (``knowledge/brancher.yml``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

import simplemma

from bot.language.fold import fold
from bot.svar.talord import distance
from bot.svar.tokens import prepared, split

_FIRM_TAILS = (
    "firmaet",
    "firma",
    "virksomhed",
    "virksomheden",
    "butikken",
    "butik",
    "forretning",
    "forretningen",
    "branchen",
    "klinik",
    "bureau",
    "mester",
    "kompagni",
    "service",
    "selskab",
)


class HasWords(Protocol):
    """What ``Emne`` of ``bot.knowledge.schema.spoergsmaal`` gives: an id and words."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def ord(self) -> list[str]:
        """Words that people use."""


def map_branche(text: str, emner: Iterable[HasWords]) -> str | None:
    """The id of the industry that a text speaks of, or None.

    The word that stands first in the text decides, of words in one place the longest; whole words come before beginnings
    and endings of compounds ("sushirestaurant", "frisørsalonen"), these before typing errors.
    """
    tokens = [token for token in split(prepared(text)) if token[0].isalnum()]
    if not tokens:
        return None
    words = _words(tuple((emne.id, tuple(emne.ord)) for emne in emner))
    return _whole(tokens, words) or _compound(tokens, words) or _misspelt(tokens, words)


@lru_cache(maxsize=8)
def _words(emner: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for identity, words in emner:
        for word in words:
            found.setdefault(" ".join(token for token in split(fold(word)) if token[0].isalnum()), identity)
    found.pop("", None)
    return found


def _forms(word: str) -> list[str]:
    """A word and what it may be an inflection of ("caféer", "frisørsalonen", "tandlægernes")."""
    endings = ("ernes", "erne", "enes", "ene", "ens", "ets", "ers", "en", "et", "er", "ne", "e", "n", "t", "r", "s")
    return [word, *(word.removesuffix(end) for end in endings if word.endswith(end) and len(word) - len(end) >= 4)]


def _whole(tokens: Sequence[str], words: dict[str, str]) -> str | None:
    for place in range(len(tokens)):
        for length in range(min(4, len(tokens) - place), 0, -1):
            name = " ".join(tokens[place : place + length])
            for form in _forms(name):
                if form in words:
                    return words[form]
    return None


def _compound(tokens: Sequence[str], words: dict[str, str]) -> str | None:
    for token in tokens:
        if len(token) < 6:
            continue
        stem = next(
            (token.removesuffix(tail) for tail in _FIRM_TAILS if token.endswith(tail) and len(token) > len(tail) + 2), token
        )
        best: tuple[int, str] | None = None
        for word, identity in words.items():
            if len(word) < 4:
                continue
            # the head of a Danish compound stands last: "vinbar" is a bar
            fit = next((len(word) * 2 for form in _forms(token) if form.endswith(word) and len(word) >= 4), 0) or (
                len(word) if stem.startswith(word) and len(word) >= 5 else 0
            )
            if fit and (best is None or fit > best[0]):
                best = (fit, identity)
        if best:
            return best[1]
    return None


def _misspelt(tokens: Sequence[str], words: dict[str, str]) -> str | None:
    for token in tokens:
        if not 5 <= len(token) <= 24 or simplemma.is_known(token, lang="da"):
            continue
        allowed = 2 if len(token) >= 9 else 1
        for word, identity in words.items():
            if (
                len(word) >= 5
                and word[0] == token[0]
                and abs(len(word) - len(token)) <= allowed
                and distance(token, word) <= allowed
            ):
                return identity
    return None
