"""Text to sparse numbers: folded character n-grams inside word bounds, and lemma 1-2-grams.

The set was chosen by measurement (docs/forstaaelse.md): character n-grams carry typos, compounds and missing æøå;
lemmas carry the words themselves. Hashing keeps it stateless, so that a service added while the bot runs needs no
new vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import HashingVectorizer

from bot.language.fold import fold
from bot.language.pipeline import lemmas

N_FEATURES = 2**18
CHAR_MIN, CHAR_MAX = 2, 5


def tokens(text: str) -> Iterator[str]:
    """Every feature of a text, by name: ``c`` characters, ``w`` a lemma, ``b`` two lemmas in a row."""
    folded = fold(text)
    for word in folded.split(" "):
        padded = f" {word} "
        for size in range(CHAR_MIN, CHAR_MAX + 1):
            if size >= len(padded):
                yield "c" + padded
                break
            for start in range(len(padded) - size + 1):
                yield "c" + padded[start : start + size]
    stems = [fold(stem) for stem in lemmas(text)]
    for stem in stems:
        yield "w" + stem
    for first, second in pairwise(stems):
        yield f"b{first} {second}"


@lru_cache(maxsize=1)
def _hasher() -> HashingVectorizer:
    return HashingVectorizer(
        analyzer=lambda text: list(tokens(text)), n_features=N_FEATURES, alternate_sign=False, norm=None, dtype=np.float32
    )


def counts(texts: Sequence[str]) -> sp.csr_matrix:
    """Raw feature counts, one row a text, ``N_FEATURES`` columns, with 1 + log(count)."""
    matrix = sp.csr_matrix(_hasher().transform(list(texts)))
    matrix.data = 1 + np.log(matrix.data)
    return matrix
