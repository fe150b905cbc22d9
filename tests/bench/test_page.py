"""The page of measurements: only what has been measured, each part kept until it is measured anew, goals told as they are."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from bench import goals, page
from bench.__main__ import hurried
from bot.nlu.evaluation import Share

SPEED: dict[str, Any] = {
    "maskine": "prøve", "dato": "i dag", "runder": 1, "beskeder": 10, "rasaer": 2,
    "maalt": {
        "vores": {"per_s": [170.0], "p50_1_ms": [8.0], "pss_mb": [900.0]},
        "vores, én af hver": {"per_s": [160.0], "pss_mb": [600.0]},
        "standard": {"per_s": [20.0, 22.0, 18.0], "p50_1_ms": [64.0], "pss_mb": [800.0]},
        "gulv": {"per_s": [500.0], "p50_1_ms": [3.0]},
    },
}  # fmt: skip


def test_a_part_is_kept_until_it_is_measured_again(tmp_path: Path) -> None:
    page.keep(tmp_path, "fart", SPEED)
    page.keep(tmp_path, "xsid", {"maskine": "prøve", "dato": "før", "ret": {"vores": {"hits": 3, "of": 4}}})
    page.keep(tmp_path, "xsid", {"maskine": "prøve", "dato": "nu", "ret": {"vores": {"hits": 4, "of": 4}}})
    written = (tmp_path / page.PAGE).read_text(encoding="utf-8")
    assert "4/4" in written and "3/4" not in written and "170,0" in written
    assert set(json.loads((tmp_path / page.FILE).read_text(encoding="utf-8"))) == {"fart", "xsid"}


def test_what_has_not_been_measured_is_not_on_the_page() -> None:
    written = page.render({"fart": SPEED})
    assert "## Mål og fart" in written and "## Forståelse" not in written and "## Et voksende katalog" not in written


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("beskeder i sekundet", ["mindst 8,00", "8,50", "nået"]),
        ("p50 ved én samtale", ["højst 0,25", "0,125", "nået"]),
        ("p50 ved én samtale mod gulvet", ["højst 2,00", "2,67", "**ikke nået**"]),
        ("hukommelse, samme opsætning", ["højst 1,00", "1,12", "**ikke nået**"]),
        ("hukommelse, én af hver", ["højst 0,70", "0,75", "**ikke nået**"]),
    ],
)
def test_a_goal_is_told_as_it_came_out(goal: str, told: list[str]) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in goals.table(SPEED["maalt"], {}, {}).splitlines()]
    assert next(row for row in rows if row[0] == goal)[1:] == told


def test_with_one_rasa_ours_is_one_of_each() -> None:
    one = {name: found for name, found in SPEED["maalt"].items() if name != "vores, én af hver"}
    row = next(line for line in goals.table(one, {}, {}).splitlines() if line.startswith("| hukommelse, én af hver"))
    assert row == "| hukommelse, én af hver | højst 0,70 | 1,12 | **ikke nået** |"
    assert "Vores kører med 1 Rasa." in page.render({"fart": {**SPEED, "rasaer": 1, "maalt": one}})


@pytest.mark.parametrize(("last", "reached"), [(15.0, "nået"), (15.2, "**ikke nået**")])
def test_the_last_turn_is_held_against_the_first(last: float, reached: str) -> None:
    written = goals.table({}, {"vores": {20: 10.0, 200: 99.0, 380: last}}, {})
    assert written.splitlines()[-1].endswith(f"| {reached} |")


@pytest.mark.parametrize(("ours", "reached"), [(94, "nået"), (90, "**ikke nået**"), (89, "**ikke nået**")])
def test_ours_is_to_understand_more_than_the_best_of_the_others(ours: int, reached: str) -> None:
    scores = {name: {"top1": Share(hits, 100)} for name, hits in {"vores": ours, "standard": 90, "buerokratt": 70}.items()}
    assert goals.table({}, {}, scores).splitlines()[-1].endswith(f"| {reached} |")


def test_a_run_on_models_trained_in_a_hurry_says_so(tmp_path: Path) -> None:
    page.keep(tmp_path, "fart", {**SPEED, "hastetraenet": {"epoker": 1, "dato": "i går", "traening": {"standard": [5000.0]}}})
    written = (tmp_path / page.PAGE).read_text(encoding="utf-8")
    assert "`--epoker 1`" in written and "fra dengang, i går" in written
    assert "--epoker" not in page.render({"fart": {**SPEED, "hastetraenet": None}})


@pytest.mark.parametrize("before", [None, {"epoker": 5, "dato": "før", "traening": {"standard": [4000.0]}}])
def test_the_time_of_the_whole_training_is_carried_on(tmp_path: Path, before: dict[str, Any] | None) -> None:
    maalt = {"vores": {"train_s": [25.0]}, "standard": {"train_s": [5000.0]}}
    page.keep(tmp_path, "fart", {**SPEED, "hastetraenet": before, "maalt": maalt})
    options = argparse.Namespace(epoker=1, ud=tmp_path)
    expected = before or {"dato": "i dag", "traening": {"standard": [5000.0]}}
    assert hurried(options) == {**expected, "epoker": 1}
    assert hurried(argparse.Namespace(epoker=None, ud=tmp_path)) is None
