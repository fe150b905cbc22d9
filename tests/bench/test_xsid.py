"""Reading the benchmark, naming its intents for Rasa, counting what was right; nothing is trained but a handful of lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bench import xsid
from bot.nlu.evaluation import Share

CONLL = """\
# id = 1
# text-en = Is the ferry late?
# text = Er færgen forsinket?
# intent = faerge/status
1\tEr\tfaerge/status\tO
2\tfærgen\tfaerge/status\tB-faerge
3\tforsinket\tfaerge/status\tO
4\t?\tfaerge/status\tO

# id = 2
# text-en = play # intent = nothing
# text = spil # text = noget\x85muntert
# intent = SpilMusik
1\tspil\tSpilMusik\tO
"""


class Fake:
    """Thinks that whatever speaks of a ferry is about ferries."""

    labels = ("SpilMusik", "faerge/status")

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        return np.array([0.5, float("færge" in text)], np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (xsid.LEARN, xsid.JUDGE):
        (tmp_path / name).write_text(CONLL, encoding="utf-8")
    return tmp_path


def test_text_and_intent_are_read_from_the_comments(folder: Path) -> None:
    assert xsid.read(folder / xsid.LEARN) == [
        ("Er færgen forsinket?", "faerge/status"),
        ("spil # text = noget\x85muntert", "SpilMusik"),
    ]


def test_where_the_benchmark_is_not_there_nothing_is_measured(tmp_path: Path) -> None:
    said: list[str] = []
    assert xsid.scores(tmp_path, tmp_path / "ingen", said.append) == {}
    assert len(said) == 1


def test_a_model_is_judged_by_its_best_label() -> None:
    judge = [("færgen", "faerge/status"), ("en færgesang", "SpilMusik"), ("spil", "SpilMusik")]
    assert xsid.of_model(Fake(), judge) == Share(2, 3)


def test_ours_is_fitted_by_the_products_own_recipe() -> None:
    learn = [("hvornår går færgen", "faerge/status"), ("er færgen forsinket", "faerge/status"), ("færge i dag", "faerge/status")]
    learn += [("spil en sang", "SpilMusik"), ("spil noget musik", "SpilMusik"), ("sæt musik på", "SpilMusik")]
    assert xsid.of_ours(learn, [("går færgen", "faerge/status"), ("noget musik", "SpilMusik")]) == Share(2, 2)


def test_an_answer_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        xsid.share([("a", "x"), ("b", "y")], ["x"])


def test_names_are_safe_for_rasa_and_no_two_alike() -> None:
    names = xsid.safe_names(["alarm/set", "alarm_set", "vejr", "alarm/set", "alarm_set_"])
    assert set(names) == {"alarm/set", "alarm_set", "vejr", "alarm_set_"}
    assert len(set(names.values())) == 4
    assert names["vejr"] == "vejr"
    assert not any("/" in name for name in names.values())


@pytest.mark.parametrize(
    ("intent", "ranking", "best"),
    [
        ("vejr", [["vejr", 0.9], ["alarm", 0.1]], "vejr"),
        ("nlu_fallback", [["nlu_fallback", 0.8], ["alarm", 0.4], ["vejr", 0.3]], "alarm"),
        ("vejr", [], "vejr"),
    ],
)
def test_the_fallback_is_passed_over(intent: str, ranking: list[list[object]], best: str) -> None:
    assert xsid.best({"intent": intent, "ranking": ranking}) == best


def test_the_table_names_the_systems() -> None:
    assert "| vores | 2/3 = 0.667" in xsid.table({"vores": Share(2, 3)})
