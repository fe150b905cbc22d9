"""Text to sparse numbers: folded character n-grams inside word bounds, and lemma 1-2-grams.

The set was chosen by measurement (docs/forstaaelse.md): character n-grams carry typos, compounds and missing æøå;
lemmas carry the words themselves. Hashing keeps it stateless, so that a service added while the bot runs needs no
new vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.utils import murmurhash3_32

from bot.language.fold import fold
from bot.language.pipeline import lemmas

N_FEATURES = 2**18


@dataclass(frozen=True)
class Recipe:
    """Which features a text becomes: sizes of the character n-grams (none where ``char_max`` is 0), lemmas, folding of æøå.

    The defaults are those in use; ``bot.nlu.ablation`` measures the others.
    """

    char_min: int = 2
    char_max: int = 5
    lemmas: bool = True
    folded: bool = True


IN_USE = Recipe()


def tokens(text: str, recipe: Recipe = IN_USE) -> Iterator[str]:
    """Every feature of a text, by name: ``c`` characters, ``w`` a lemma, ``b`` two lemmas in a row."""
    spelt = fold if recipe.folded else _unfolded
    for word in spelt(text).split(" "):
        yield from _parts(word, recipe)
    if recipe.lemmas:
        yield from _stems([spelt(stem) for stem in lemmas(text)])


def _parts(word: str, recipe: Recipe) -> Iterator[str]:
    padded = f" {word} "
    for size in range(recipe.char_min, recipe.char_max + 1):
        if size >= len(padded):
            yield "c" + padded
            break
        for start in range(len(padded) - size + 1):
            yield "c" + padded[start : start + size]


def _stems(stems: Sequence[str]) -> Iterator[str]:
    for stem in stems:
        yield "w" + stem
    for first, second in pairwise(stems):
        yield f"b{first} {second}"


def counts(texts: Sequence[str], recipe: Recipe = IN_USE) -> sp.csr_matrix:
    """Raw feature counts, one row a text, ``N_FEATURES`` columns, with 1 + log(count)."""
    matrix = sp.csr_matrix(_hasher(recipe).transform(list(texts)))
    matrix.data = 1 + np.log(matrix.data)
    return matrix


def counted(text: str, recipe: Recipe = IN_USE) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """The same for one text, as numbers of features (sorted) and their values: without a matrix, which for so little costs
    more than what is in it."""
    # As sklearn.feature_extraction._hash hashes; tests/nlu/test_features.py holds one against the other.
    spelt = fold if recipe.folded else _unfolded
    hashed = [number for word in spelt(text).split(" ") for number in _word(word, recipe)]
    if recipe.lemmas:
        hashed += map(_number, _stems([spelt(stem) for stem in lemmas(text)]))
    numbers, times = np.unique(np.array(hashed, np.int32), return_counts=True)
    return numbers, (1 + np.log(times)).astype(np.float32)


@lru_cache(maxsize=20_000)  # most words of a message have been in others
def _word(word: str, recipe: Recipe) -> tuple[int, ...]:
    return tuple(map(_number, _parts(word, recipe)))


@lru_cache(maxsize=50_000)
def _number(token: str) -> int:
    return int(abs(murmurhash3_32(token)) % N_FEATURES)


def _unfolded(text: str) -> str:
    return " ".join(text.lower().split())


@cache
def _hasher(recipe: Recipe) -> HashingVectorizer:
    return HashingVectorizer(
        analyzer=lambda text: list(tokens(text, recipe)), n_features=N_FEATURES, alternate_sign=False, norm=None, dtype=np.float32
    )
