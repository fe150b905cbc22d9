"""The grown catalogue is a good one, and the grown model has the shapes of a trained one. Nothing is timed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import katalog, opfundet
from bot.knowledge import Library, load_library
from bot.knowledge.schema.ydelse import Ydelse
from bot.nlu import ranker
from bot.nlu.corpus import by_label, knowledge_lines
from bot.nlu.linear import LinearModel, fit
from bot.settings import ROOT
from tests.nlu.small import LINES, TEXTS

EXTRA = 5


@pytest.fixture(scope="module")
def real() -> Library:
    return load_library(ROOT / "knowledge")[0]


@pytest.fixture(scope="module")
def folder(real: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opfundet.write(tmp_path_factory.mktemp("katalog") / "knowledge", len(real.ydelser) + EXTRA)


@pytest.fixture(scope="module")
def lines(folder: Path) -> dict[str, list[str]]:
    return by_label(knowledge_lines(load_library(folder)[0]))


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return fit(LINES, {label: f"d-{label}" for label in TEXTS})


def invented(library: Library) -> list[str]:
    return [ident for ident in library.ydelser if ident.startswith(opfundet.MARK)]


def test_the_invented_services_make_no_problem(folder: Path, real: Library) -> None:
    library, problems, _ = load_library(folder)
    assert problems == load_library(ROOT / "knowledge")[1]
    assert len(library.ydelser) == len(real.ydelser) + EXTRA
    assert len(invented(library)) == EXTRA
    assert set(real.ydelser) < set(library.ydelser)


def test_they_are_of_real_ones_shapes_and_say_that_they_are_invented(folder: Path, real: Library) -> None:
    library, _, _ = load_library(folder)
    for ident, shape in zip(sorted(invented(library)), _by_path(real)[:EXTRA], strict=True):
        made = library.ydelser[ident]
        assert made.navn.startswith("Prøveydelse ")
        assert made.kort.startswith("Opfundet")
        assert (len(made.synonymer), len(made.eksempler), len(made.svar)) == (
            len(shape.synonymer),
            len(shape.eksempler),
            len(shape.svar),
        )
        assert not set(made.synonymer) & set(shape.synonymer)
        assert all(svar.tekst.startswith("Opfundet") for svar in made.svar.values())


def test_as_few_as_there_are_is_a_copy(tmp_path: Path, real: Library) -> None:
    library, _, _ = load_library(opfundet.write(tmp_path / "knowledge", 3))
    assert library.version == real.version


def test_names_differ_and_so_do_things() -> None:
    keys = ("forvaltning", "enhed", "ydelsesomraade", "servicetype", "kanaler", "stand")
    shape: dict[str, object] = {**dict.fromkeys(keys), "eksempler": []}
    names = {opfundet.invented(number, shape)["navn"] for number in range(10_000)}
    assert len(names) == 10_000
    assert (
        len({opfundet.thing(number, place) for number in range(500) for place in range(opfundet.PLACES)}) == 500 * opfundet.PLACES
    )


def test_the_grown_model_has_the_right_shapes(model: LinearModel, lines: dict[str, list[str]]) -> None:
    made = {label: texts for label, texts in lines.items() if label.startswith(f"ydelse/{opfundet.MARK}")}
    grown = opfundet.grown(model, made)
    assert grown.labels == (*model.labels, *made)
    assert len(grown.digests) == len(grown.bias) == len(grown.labels)
    assert grown.weights.shape == (len(grown.columns), len(grown.labels))
    assert grown.weights.dtype == grown.idf.dtype == grown.bias.dtype == np.float32
    assert grown.columns.dtype == grown.row_labels.dtype == np.int32
    assert len(grown.idf) == len(grown.columns) and (np.diff(grown.columns) > 0).all()
    assert grown.rows.shape == (model.rows.shape[0] + sum(map(len, made.values())), model.rows.shape[1])
    assert np.bincount(grown.row_labels)[len(model.labels) :].tolist() == [len(texts) for texts in made.values()]


def test_it_scores_what_it_scored_and_can_learn(model: LinearModel, lines: dict[str, list[str]]) -> None:
    grown = opfundet.grown(model, lines)
    text = TEXTS["ydelse/udeservering"][0]  # words that the model knows
    scores = grown.scores(text)
    assert scores.shape == (len(grown.labels),) and np.isfinite(scores).all()
    assert int(np.argmax(scores[: len(model.labels)])) == int(np.argmax(model.scores(text)))
    learnt = grown.with_label("ydelse/ny", "ny", ["en helt ny ydelse", "noget nyt"])
    assert learnt.labels[-1] == "ydelse/ny"


def test_the_ranker_takes_it_for_up_to_date(model: LinearModel, folder: Path) -> None:
    library, _, _ = load_library(folder)
    data = ROOT / "data"
    bare = model
    for label in TEXTS:  # fitted on other lines than the catalogue's
        bare = bare.without_label(label)
    grown = opfundet.grown(bare, ranker.lines_of(data, library))
    understood = ranker.Ranker(grown, library, data)
    assert understood._state[0] is grown
    understood.understand("vi vil have en flad grøn mosepude")


def test_what_was_not_measured_is_a_dash() -> None:
    row = {key: 1.5 for key, _, _ in katalog.COLUMNS}
    without = {key: value for key, value in row.items() if key != "learn_s"}
    text = katalog.table([row, without])
    assert "| ny ydelse lært, s | 1,50 | – |" in text
    assert "forståelsen er det ikke" in text


def _by_path(library: Library) -> list[Ydelse]:
    """The services in the order of their files, as they are taken for models."""
    paths = sorted((ROOT / "knowledge" / "ydelser").glob("*/*.yml"))
    return [library.ydelser[path.stem] for path in paths]
