"""``opgavekatalog.yml`` and ``svarskabeloner.yml``: what an editor may get wrong is told with its line."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge import Library, Problem, load_library
from bot.settings import ROOT, settings
from tests.knowledge.tiny import edit

OPGAVER, SVAR = "opgavekatalog.yml", "svarskabeloner.yml"
SOURCE = ROOT.parent / "shared" / "kilde" / "ydelser.csv"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings().knowledge, tmp_path / "knowledge"))


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (OPGAVER, "raadgivning-1-1", "raadgivning-11", "ydelsen 'raadgivning-11' findes ikke"),
        (OPGAVER, "ydelse: mangfoldighed-vaekst", "ydelse: raadgivning-1-1", "ydelsen 'raadgivning-1-1' har to undtagelser"),
        (
            OPGAVER,
            "niveau: team",
            "niveau: backoffice",
            "niveauet kan ikke være 'backoffice': ydelsens enhed 'team-opstart-vaekst' er et team",
        ),
        (
            OPGAVER,
            "niveau: team",
            "niveau: hurtig",
            "'undtagelser nr. 1.niveau' må kun være 'straks', 'team' eller 'backoffice'",
        ),
        (OPGAVER, "mindst: 80", "mindst: 120", "'straks.informationsandel_mindst' må højst være 100"),
        (OPGAVER, "  uklart:", "  ukalrt:", "'forklaringer.ukalrt' er ikke en kendt nøgle her; er den stavet rigtigt?"),
        (
            OPGAVER,
            "{pakke} passer",
            "{pakken} passer",
            "'forklaringer.pakke' må ikke indeholde {pakken}; her kan bruges: {pakke}, {enhed}",
        ),
        (
            SVAR,
            "{fornavn} fra",
            "{navn} fra",
            "'skabeloner nr. 1.tekst' må ikke indeholde {navn}; her kan bruges: {fornavn}, {virksomhed}, {nummer}, {frist}",
        ),
        (SVAR, "id: tak", "id: velkommen", "id 'velkommen' står to gange"),
        (SVAR, 'titel: "Sig tak og farvel"', 'titel: ""', "'skabeloner nr. 9.titel' er tom"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(copy: Path, name: str, old: str, new: str, message: str) -> None:
    before = (copy / name).read_text(encoding="utf-8")
    edit(copy, name, old, new)
    line = before[: before.index(old)].count("\n") + 1
    assert Problem(name, line, message) in [replace(problem, blocking=True, fatal=True) for problem in load_library(copy)[1]]


def test_a_broken_file_never_replaces_a_good_one(copy: Path) -> None:
    good = load_library(copy)[2]
    edit(copy, OPGAVER, "mindst: 80", "mindst: mange")
    edit(copy, SVAR, "{fornavn} fra", "{hvem} fra")
    library, problems, _ = load_library(copy, good)
    assert [problem.path for problem in problems] == [OPGAVER, SVAR]
    assert library.opgaverne.straks.informationsandel_mindst == 80
    assert "{fornavn}" in library.skabeloner[0].tekst


def test_without_the_file_nothing_is_guessed() -> None:
    with pytest.raises(LookupError, match=r"opgavekatalog\.yml"):
        _ = Library().opgaverne


@pytest.mark.skipif(not SOURCE.exists(), reason="the source beside the project is only where it was built")
def test_the_copy_of_the_figures_is_the_sources() -> None:
    copied = csv.DictReader((Path(__file__).parent / "fakta.csv").read_text(encoding="utf-8").splitlines())
    source = csv.DictReader(SOURCE.read_text(encoding="utf-8").splitlines())
    assert {row["id"]: row["informationsandel_pct"] for row in copied} == {
        row["id"]: row["informationsandel_pct"] for row in source
    }
