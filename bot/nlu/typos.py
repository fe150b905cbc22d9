"""Texts spoilt on purpose, the same way each time, to measure how well they are understood nevertheless."""

from __future__ import annotations

import random

SHARE = 0.3  # of the words with at least three letters
LETTERS = "abcdefghijklmnoprstuvyæøå"
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "a", "Æ": "Ae", "Ø": "Oe", "Å": "A"})


def disturbed(text: str, seed: str) -> str:
    """``text`` with one letter left out, swapped, doubled or another in about ``SHARE`` of its words; same seed, same typos.

    A word's first letter is left as it is.
    """
    rng = random.Random(seed)  # noqa: S311 (no secret)
    words = text.split(" ")
    return " ".join(_typo(word, rng) if len(word) > 2 and rng.random() < SHARE else word for word in words)


def without_danish_letters(text: str) -> str:
    """``text`` as typed without æ, ø and å: "ae", "oe" and "a"."""
    return text.translate(_DANISH)


def _typo(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    kind = rng.choice(("left out", "swapped", "doubled", "other"))
    if kind == "left out":
        return word[:place] + word[place + 1 :]
    if kind == "swapped" and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "doubled":
        return word[:place] + word[place] + word[place:]
    return word[:place] + rng.choice(LETTERS) + word[place + 1 :]
