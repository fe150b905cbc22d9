"""The model: fitted, added to, taken from, stored."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.linear import LinearModel, fit
from tests.nlu.small import LINES, SKADEDYR, TEXTS


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return fit(LINES, {label: f"d-{label}" for label in TEXTS})


def best(model: LinearModel, text: str) -> str:
    return model.labels[int(np.argmax(model.scores(text)))]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("vi vil have borde ude på fortovet", "ydelse/udeservering"),
        ("borde pa fortoved", "ydelse/udeservering"),
        ("skal vi have bevilling til øl", "ydelse/alkoholbevilling"),
        ("alkohol bevilling", "ydelse/alkoholbevilling"),
        ("må jeg tale med et rigtigt menneske", "menneske"),
        ("hvordan bliver vejret i morgen", "udenfor"),
    ],
)
def test_it_tells_them_apart(model: LinearModel, text: str, label: str) -> None:
    assert best(model, text) == label


def test_labels_and_digests_belong_together(model: LinearModel) -> None:
    assert model.labels == tuple(sorted(TEXTS))
    assert model.digests == tuple(f"d-{label}" for label in sorted(TEXTS))
    assert model.rows.shape[0] == len(LINES)


def test_a_new_label_with_ten_lines_is_found_and_the_others_stay(model: LinearModel) -> None:
    grown = model.with_label("ydelse/skadedyr", "ny", SKADEDYR)
    assert best(grown, "vi har set en rotte i gården") == "ydelse/skadedyr"
    assert best(grown, "mus i vores køkken") == "ydelse/skadedyr"
    assert best(grown, "borde på fortovet") == "ydelse/udeservering"
    assert dict(zip(grown.labels, grown.digests, strict=True))["ydelse/skadedyr"] == "ny"
    assert "ydelse/skadedyr" not in model.labels, "the model that was there is left as it was"


def test_a_word_that_only_the_new_label_has_is_learnt(model: LinearModel) -> None:
    grown = model.with_label("ydelse/xylofon", "ny", ["xylofon", "en xylofon tak", "xylofoner", "min xylofon"])
    assert best(grown, "xylofonen") == "ydelse/xylofon"


def test_a_label_learnt_again_takes_the_new_lines_only(model: LinearModel) -> None:
    again = model.with_label("ydelse/udeservering", "ny", SKADEDYR)
    assert len(again.labels) == len(model.labels)
    assert best(again, "rotter i baggården") == "ydelse/udeservering"
    assert again.rows.shape[0] == model.rows.shape[0]


def test_without_a_label(model: LinearModel) -> None:
    less = model.without_label("menneske")
    assert less.labels == tuple(label for label in model.labels if label != "menneske")
    assert len(less.digests) == less.weights.shape[1] == less.bias.shape[0] == len(less.labels)
    assert less.rows.shape[0] == len(LINES) - len(TEXTS["menneske"])
    kept = [model.labels.index(label) for label in less.labels]
    assert np.allclose(less.scores("borde ude"), model.scores("borde ude")[kept])
    assert set(less.row_labels) == set(range(len(less.labels)))
    assert less.without_label("findes ikke") is less


def test_taken_out_and_put_back_it_is_found_again(model: LinearModel) -> None:
    label = "ydelse/alkoholbevilling"
    assert best(model.without_label(label).with_label(label, "x", TEXTS[label]), "bevilling til øl") == label


def test_stored_and_read_it_scores_the_same(model: LinearModel, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    model.save(path)
    read = LinearModel.load(path)
    assert (read.labels, read.digests) == (model.labels, model.digests)
    for text in ("borde på fortovet", "noget helt andet", ""):
        assert np.allclose(read.scores(text), model.scores(text), atol=0.05)
    assert [best(read, text) for text, _ in LINES] == [best(model, text) for text, _ in LINES]
    grown = read.with_label("ydelse/skadedyr", "ny", SKADEDYR)
    assert best(grown, "rotter i baggården") == "ydelse/skadedyr", "what is stored is enough to go on learning"


def test_there_is_no_pickle_in_the_file(model: LinearModel, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    model.save(path)
    with zipfile.ZipFile(path) as stored:
        for name in stored.namelist():
            head = stored.read(name)
            assert head.startswith(b"\x93NUMPY"), name
            assert b"'descr': '|O'" not in head[:200], name


def test_a_file_with_a_pickle_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ond.npz"
    with path.open("wb") as file:
        np.savez(file, names=np.array([{"labels": []}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        LinearModel.load(path)
    other = tmp_path / "ond.pkl"
    other.write_bytes(pickle.dumps({"labels": []}))
    with pytest.raises(ValueError, match="pickle"):
        LinearModel.load(other)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="findes-ikke"):
        LinearModel.load(tmp_path / "findes-ikke.npz")


def test_one_label_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="mindst to"):
        fit([("a", "x"), ("b", "x")], {})


def test_a_text_without_any_known_feature_still_gets_scores(model: LinearModel) -> None:
    for text in ("", "🍕", "жжж"):
        assert np.isfinite(model.scores(text)).all()
