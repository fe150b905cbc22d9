"""Text to features: the ways in which one thing is typed share most of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.nlu.features import IN_USE, N_FEATURES, Recipe, counted, counts, tokens
from bot.settings import ROOT


def alike(one: str, other: str) -> float:
    """Cosine of two texts' features."""
    matrix = counts([one, other])
    norms = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    return float((matrix[0] @ matrix[1].T).toarray()[0, 0] / (norms[0] * norms[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gravetilladelse på Nørrebro", "gravetilladelse paa Noerrebro"),
        ("løntilskud", "lontilskud"),
        ("ØL OG VIN", "øl og vin"),
        ("må  jeg\tdet", "må jeg det"),
        ("café", "cafe"),
        ("u\u0308bung", "übung"),
    ],
)
def test_ways_to_write_the_letters_are_the_same(one: str, other: str) -> None:
    characters = [{token for token in tokens(text) if token[0] == "c"} for text in (one, other)]
    assert characters[0] == characters[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alkoholbevilling", "alkoholbeviling"),
        ("udeservering", "udeserverring"),
        ("stillads på fortovet", "stilads på fortovet"),
        ("erhvervsparkering", "erhvervs parkering"),
    ],
)
def test_a_typo_or_a_split_compound_stays_near(one: str, other: str) -> None:
    assert alike(one, other) > 0.5
    assert alike(one, other) > alike(one, "rotter i baggården") + 0.3


def test_forms_of_a_word_share_their_lemma() -> None:
    assert {token for token in tokens("bordene") if token[0] == "w"} == {token for token in tokens("borde") if token[0] == "w"}


def test_what_the_features_are() -> None:
    found = list(tokens("øl ude"))
    assert "c ol " in found
    assert "cude" in found
    assert "c ude " in found
    assert "wol" in found
    assert "bol ude" in found
    assert list(tokens("")) == ["c  "] or all(token.strip() for token in tokens(""))


def test_counts_are_dampened_and_of_one_width() -> None:
    matrix = counts(["øl", "øl øl øl øl"])
    assert matrix.shape == (2, N_FEATURES)
    assert 1 < matrix[1].max() < 4
    assert matrix[0].max() == 1


def test_nothing_and_nonsense_are_no_error() -> None:
    assert counts(["", " ", "🍕", "\u0000", "١٢٣", "<script>", "a" * 5000]).shape == (7, N_FEATURES)


@pytest.mark.parametrize("recipe", [IN_USE, Recipe(char_max=0), Recipe(lemmas=False), Recipe(folded=False)])
def test_one_text_is_counted_as_in_a_matrix(recipe: Recipe) -> None:
    lines = (ROOT / "data" / "validering" / "spoergsmaal.jsonl").read_text(encoding="utf-8").splitlines()
    texts = ["", "  ", "ja ja ja", "ÆØÅ æøå 🙂", *(json.loads(line)["text"] for line in lines)]
    for text, row in zip(texts, counts(texts, recipe), strict=True):
        numbers, values = counted(text, recipe)
        order = np.argsort(row.indices)
        assert numbers.tolist() == row.indices[order].tolist()
        np.testing.assert_allclose(values, row.data[order], rtol=1e-6)
