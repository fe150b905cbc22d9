"""The ranker keeps in step with ``knowledge/``: a new service is found at once, one that is gone is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import load_library
from bot.nlu import ranker
from bot.nlu.linear import LinearModel
from tests.knowledge.tiny import ALKOHOL, UDE, edit
from tests.nlu.small import SKADEDYR, data, drop_in, knowledge, nlu_file


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return knowledge(tmp_path / "knowledge"), data(tmp_path / "data")


@pytest.fixture
def trained(folders: tuple[Path, Path]) -> LinearModel:
    return ranker.train(folders[1], load_library(folders[0])[0])


def best(found: ranker.Ranker, text: str) -> tuple[str, str | None]:
    """The likeliest meaning, whether or not it is acted on: so small a corpus is seldom sure."""
    first = found.understand(text).candidates[0]
    return first.kind, first.id


def test_it_learns_from_both_folders(folders: tuple[Path, Path], trained: LinearModel) -> None:
    assert set(trained.labels) == {
        "ydelse/udeservering", "ydelse/alkoholbevilling", "menneske", "udenfor", "pakke/cafepakke", "omraade/5", "omraade/6",
    }  # fmt: skip
    found = ranker.Ranker(trained, load_library(folders[0])[0], folders[1])
    assert best(found, "stole og borde ude på fortovet") == ("ydelse", "udeservering")


def test_phrasings_of_what_is_not_in_the_catalogue_are_left_out(folders: tuple[Path, Path]) -> None:
    nlu_file(folders[1], "ydelse/nedlagt", ["noget gammelt"])
    assert "ydelse/nedlagt" not in ranker.lines_of(folders[1], load_library(folders[0])[0])


def test_a_service_dropped_in_is_found_without_training(folders: tuple[Path, Path], trained: LinearModel) -> None:
    found = ranker.Ranker(trained, load_library(folders[0])[0], folders[1])
    assert best(found, "vi har rotter i kælderen") != ("ydelse", "skadedyr")
    drop_in(folders[0], "skadedyr", "Skadedyr", SKADEDYR)
    found.follow(load_library(folders[0])[0])
    assert best(found, "vi har rotter i kælderen") == ("ydelse", "skadedyr")
    assert best(found, "mus i vores køkken") == ("ydelse", "skadedyr")
    assert best(found, "borde på fortovet") == ("ydelse", "udeservering")


def test_one_dropped_in_before_the_start_is_found_too(folders: tuple[Path, Path], trained: LinearModel) -> None:
    drop_in(folders[0], "skadedyr", "Skadedyr", SKADEDYR)
    assert best(ranker.Ranker(trained, load_library(folders[0])[0], folders[1]), "rotter i kælderen") == ("ydelse", "skadedyr")


def test_a_removed_service_is_never_the_answer(folders: tuple[Path, Path], trained: LinearModel) -> None:
    found = ranker.Ranker(trained, load_library(folders[0])[0], folders[1])
    (folders[0] / ALKOHOL).unlink()
    (folders[0] / "proever/alkoholbevilling.yml").unlink()
    found.follow(load_library(folders[0])[0])
    understood = found.understand("alkoholbevilling")
    assert "alkoholbevilling" not in {candidate.id for candidate in understood.candidates} | {understood.id}


def test_a_new_phrasing_of_an_old_service_is_learnt(folders: tuple[Path, Path], trained: LinearModel) -> None:
    found = ranker.Ranker(trained, load_library(folders[0])[0], folders[1])
    edit(folders[0], UDE, "eksempler:", 'eksempler:\n  - "xylofoner på gaden"\n  - "xylofon og trommer"\n  - "xylofonen ude"')
    found.follow(load_library(folders[0])[0])
    assert best(found, "min xylofon") == ("ydelse", "udeservering")


def test_what_has_not_changed_is_not_learnt_again(
    folders: tuple[Path, Path], trained: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> LinearModel:
        raise AssertionError("lært igen uden grund")

    library = load_library(folders[0])[0]
    monkeypatch.setattr(LinearModel, "with_label", never)
    ranker.Ranker(trained, library, folders[1]).follow(library)


def test_a_name_alone_is_its_service(folders: tuple[Path, Path], trained: LinearModel) -> None:
    found = ranker.Ranker(trained, load_library(folders[0])[0], folders[1])
    understood = found.understand("  Udeservering! ")
    assert (understood.kind, understood.id) == ("ydelse", "udeservering")


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "-", "\u0000"])
def test_a_message_without_a_word_is_unclear(folders: tuple[Path, Path], trained: LinearModel, text: str) -> None:
    understood = ranker.Ranker(trained, load_library(folders[0])[0], folders[1]).understand(text)
    assert (understood.kind, understood.id, understood.candidates) == ("uklart", None, ())


def test_candidates_are_at_most_five_and_best_first(folders: tuple[Path, Path], trained: LinearModel) -> None:
    found = ranker.Ranker(trained, load_library(folders[0])[0], folders[1]).understand("øl på fortovet og en medarbejder")
    scores = [candidate.score for candidate in found.candidates]
    assert 1 <= len(scores) <= 5
    assert scores[0] == max(scores)
    assert found.as_dict().keys() == {"text", "kind", "id", "confidence", "candidates"}
