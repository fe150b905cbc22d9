"""Conditions that can never hold are errors, for they fail in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import load_library
from tests.knowledge.tiny import PAKKE, edit, make


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("{stadie: idé}", "{stadie: ide}", None, None),  # folded, it is the same word
        (
            "{stadie: idé}",
            "{stadie: [idé, etablert]}",
            12,
            "svaret 'etablert' findes ikke blandt valgene i spoergsmaal/stadie.yml",
        ),
        ("{stadie: idé}", "{stadie: true}", 12, "'stadie' kan ikke besvares med ja eller nej"),
        ("{stadie: idé}", "{stadie: {mindst: 5}}", 12, "'stadie' er ikke et tal"),
        ("{stadie: idé}", "{ansatte: {mindst: 5}}", 12, "pakken spørger ikke om 'ansatte'"),
        ("  - slot: stadie", "  - slot: stadie\n  - slot: stadie", 11, "spørgsmålet 'stadie' stilles to gange"),
        ("giver: Borde ude.}", "giver: Borde ude., naar: {stadie: x}}", 18, "svaret 'x' findes ikke blandt valgene"),
        ("{stadie: idé}", "{findes_ikke: idé}", 12, "spørgsmålet 'findes_ikke' findes ikke"),
    ],
)
def test_a_condition_that_can_never_hold(tmp_path: Path, old: str, new: str, line: int | None, message: str | None) -> None:
    folder = make(tmp_path)
    edit(folder, PAKKE, old, new)
    _, problems, _ = load_library(folder)
    if message is None:
        assert problems == []
    else:
        assert any((p.path, p.line) == (PAKKE, line) and p.message.startswith(message) for p in problems), problems


def test_what_is_known_of_the_company_may_be_asked_for_in_a_condition(tmp_path: Path) -> None:
    folder = make(tmp_path)
    edit(folder, "spoergsmaal/ansatte.yml", "opsummering: Antal", "opsummering: Antal\nom_firmaet: true")
    edit(folder, PAKKE, "{stadie: idé}", "{ansatte: {mindst: 5}}")
    assert load_library(folder)[1] == []


def test_such_an_error_keeps_the_last_good_package_and_else_the_package_itself(tmp_path: Path) -> None:
    folder = make(tmp_path)
    good = load_library(folder)[2]
    edit(folder, PAKKE, "{stadie: idé}", "{stadie: etablert}")
    assert load_library(folder, good)[0].servicepakker["cafepakke"].kriterier[0].naar == {"stadie": "idé"}
    assert "cafepakke" in load_library(folder)[0].servicepakker
