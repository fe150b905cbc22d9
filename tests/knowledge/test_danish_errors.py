"""pydantic's findings as one Danish sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import load_library
from tests.knowledge.tiny import PAKKE, UDE, edit, make


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "message"),
    [
        (UDE, "navn:", "nvan:", 2, "'nvan' er ikke en kendt nøgle her; er den stavet rigtigt?"),
        (UDE, "navn:", "Navn:", 2, "'Navn' er ikke en kendt nøgle her; er den stavet rigtigt?"),
        (UDE, "navn:", "nvan:", 1, "'navn' mangler"),
        (UDE, '"Udeservering"', '"  "', 2, "'navn' er tom"),
        (UDE, '"Udeservering"', "123", 2, "'navn' skal være en tekst; sæt anførselstegn om"),
        (UDE, "TMF", "TFM", 6, "'forvaltning' må kun være 'BIF', 'KES', 'TMF', 'KFF' eller 'ØKF'"),
        (
            UDE,
            "[myndighed]",
            "[myndighed, hygge]",
            9,
            "'servicetype nr. 2' må kun være 'information', 'vejledning' eller 'myndighed'",
        ),
        (UDE, "[myndighed]", "[]", 9, "'servicetype' skal have mindst 1"),
        (UDE, "2014-07", "sommer", 13, "'stand' har en forkert form"),
        (
            UDE,
            "stand:",
            "selvbetjening: måske\nstand:",
            13,
            "'selvbetjening' skal være true eller false eller må kun være 'ukendt'",
        ),
        (UDE, "stand:", "tal: {aarsvaerk: to, kilde: x}\nstand:", 13, "'tal.aarsvaerk' skal være et tal"),
        (
            UDE,
            "stand:",
            "tal: {informationsandel_pct: 5.5, kilde: x}\nstand:",
            13,
            "'tal.informationsandel_pct' skal være et helt tal",
        ),
        (
            UDE,
            "stand:",
            "tal: {informationsandel_pct: 500, kilde: x}\nstand:",
            13,
            "'tal.informationsandel_pct' må højst være 100",
        ),
        (
            PAKKE,
            "udfald: passer_ikke",
            "udfald: måske",
            13,
            "'kriterier nr. 1.udfald' må kun være 'passer', 'passer_ikke' eller 'person'",
        ),
        ("kommune.yml", '"16:00"', '"kl. 16"', 7, "'svarfrist_klokken' skal være et klokkeslæt som 16:00"),
        ("kommune.yml", '"24-12"', '"31-02"', 8, "'lukkedage.faste nr. 1' skal være dag og måned, som 24-12"),
        ("kommune.yml", "2026-12-28", "jul", 8, "'lukkedage.dage nr. 1' skal være en dato (ÅÅÅÅ-MM-DD)"),
        ("aabningstider.yml", "mandag", "måndag", 3, "'dage.måndag' må kun være 'mandag', 'tirsdag'"),
        ("aabningstider.yml", 'til: "17:00"', 'til: "09:00"', 5, "'dage.torsdag nr. 1' skal have et 'til' (09:00), der er se"),
        ("aabningstider.yml", 'fra: "12:30"', 'fra: "11:30"', 3, "'dage.mandag' har tider, som overlapper: 09:00-12:00 og 11:30"),
        ("aabningstider.yml", '"17:00"', '"24:00"', 5, "'dage.torsdag nr. 1.til' skal være et klokkeslæt som 16:00"),
        ("aabningstider.yml", "2026-12-23", "23/12", 7, "'undtagelser nr. 1.dato' skal være en dato (ÅÅÅÅ-MM-DD)"),
        ("aabningstider.yml", "2027-01-04", "2026-12-23", 6, "'undtagelser' har datoen 2026-12-23 to gange"),
        ("aabningstider.yml", ", grund: kort dag", "", 7, "'undtagelser nr. 1.grund' mangler"),
        ("kommune.yml", "arbejdsdage: 2", "arbejdsdage: 0", 5, "'svarfrister.tmf-byliv.arbejdsdage' skal være mindst 1"),
    ],
)
def test_an_error_is_told_with_its_line(tmp_path: Path, name: str, old: str, new: str, line: int, message: str) -> None:
    folder = make(tmp_path)
    edit(folder, name, old, new)
    _, problems, _ = load_library(folder)
    told = [(problem.path, problem.line, problem.message) for problem in problems]
    assert any(path == name and at == line and text.startswith(message) for path, at, text in told), told


@pytest.mark.parametrize(
    "condition", ["{stadie: {mindts: 5}}", "{stadie: {mindst: x}}", "stadie", "{Stadie: x}", "[{stadie: 5}]"]
)
def test_a_condition_that_fits_no_shape_is_told_once(tmp_path: Path, condition: str) -> None:
    folder = make(tmp_path)
    edit(folder, PAKKE, "{stadie: idé}", condition)
    _, problems, _ = load_library(folder)
    assert len(problems) == 1
    assert (problems[0].path, problems[0].line) == (PAKKE, 12)
    assert "kan ikke forstås som en betingelse" in problems[0].message
