"""The whole folder: every error of every file in one run, and what is in force when some are broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge import Library, load_library
from bot.settings import settings
from tests.knowledge.tiny import ALKOHOL, FILES, PAKKE, PROEVE, UDE, YDELSE, edit, make, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "knowledge")


def test_the_small_catalogue_is_in_order(folder: Path) -> None:
    library, problems, texts = load_library(folder)
    assert problems == []
    assert set(library.ydelser) == {"udeservering", "alkoholbevilling"}
    assert set(texts) == set(FILES)


def test_every_error_of_every_file_in_one_run(folder: Path) -> None:
    edit(folder, UDE, "navn:", "nvan:")
    edit(folder, UDE, "TMF", "TFM")
    edit(folder, ALKOHOL, "enhed: tmf-byliv", "enhed: findes-ikke")
    edit(folder, PAKKE, "{id: udeservering", "{id: udeservring")
    edit(folder, "kommune.yml", "maaneder: 12", "maaneder: tolv")
    write(folder, "tekster/tom.yml", "")
    write(folder, "tekster/navn.yml", "emne: andet\ntekster: {x: y}\n")
    (folder / "proever/alkoholbevilling.yml").unlink()
    _, problems, _ = load_library(folder)
    told = {(problem.path, problem.line, problem.message) for problem in problems}
    assert told == {
        (UDE, 1, "'navn' mangler"),
        (UDE, 2, "'nvan' er ikke en kendt nøgle her; er den stavet rigtigt?"),
        (UDE, 6, "'forvaltning' må kun være 'BIF', 'KES', 'TMF', 'KFF' eller 'ØKF'"),
        (ALKOHOL, 7, "enheden 'findes-ikke' findes ikke"),
        (ALKOHOL, 1, "prøvefilen proever/alkoholbevilling.yml mangler eller er tom"),
        (PAKKE, 18, "ydelsen 'udeservring' findes ikke"),
        ("kommune.yml", 9, "'opbevaring.maaneder' skal være et helt tal"),
        ("tekster/tom.yml", 1, "filen er tom"),
        ("tekster/navn.yml", 1, "filen hedder 'navn', men id er 'andet'"),
        # Nothing of svaere-par.yml, which names a service whose own file is broken: that is told of that file.
    }
    assert problems == sorted(problems)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "ydelser/5-byens-rum/bord.yml",
            YDELSE.format(id="stol", navn="Stol", part="5.1"),
            "filen hedder 'bord', men id er 'stol'",
        ),
        (
            "ydelser/6-bevillinger/bord.yml",
            YDELSE.format(id="bord", navn="Bord", part="5.1"),
            "ligger ikke i mappen for hovedområde 5",
        ),
        ("ydelser/bord.yml", YDELSE.format(id="bord", navn="Bord", part="5.1"), "ligger ikke i mappen for hovedområde 5"),
        ("ydelser/5-byens-rum/bord.yml", YDELSE.format(id="bord", navn="Bord", part="5.9"), "ydelsesområdet '5.9' findes ikke"),
        ("ydelser/6-byens-rum/udeservering.yml", FILES[UDE], "id 'udeservering' bruges også i"),
        ("hjemmestrik/bord.yml", "a: 1\n", "ligger ikke i en kendt mappe"),
        ("bord.yml", "a: 1\n", "ligger ikke i en kendt mappe"),
        ("ydelser/5-byens-rum/bord.yaml", "a: 1\n", "filen skal ende på .yml"),
        ("ydelser/5-byens-rum/bord.yml.txt", "a: 1\n", "filen skal ende på .yml"),
        ("ydelser/5-byens-rum/bord.YML", "a: 1\n", "filen skal ende på .yml"),
        ("ydelser/5-byens-rum/bord", "a: 1\n", "filen skal ende på .yml"),
        ("proever/bord.yml", PROEVE.format(id="bord"), "ydelsen 'bord' findes ikke"),
        ("enheder/bord.yml", "id: bord\n", "'navn' mangler"),
    ],
)
def test_what_is_wrong_with_a_new_file(folder: Path, name: str, text: str, message: str) -> None:
    write(folder, name, text)
    _, problems, _ = load_library(folder)
    assert any(problem.path == name and problem.message.startswith(message) for problem in problems), problems


def test_a_service_without_a_test_file_is_told_but_used(folder: Path) -> None:
    write(folder, "ydelser/5-byens-rum/bord.yml", YDELSE.format(id="bord", navn="Bord", part="5.1"))
    library, problems, _ = load_library(folder)
    assert [(problem.message, problem.blocking) for problem in problems] == [
        ("prøvefilen proever/bord.yml mangler eller er tom", False)
    ]
    assert "bord" in library.ydelser


def test_a_service_that_names_a_package_must_be_in_it(folder: Path) -> None:
    edit(folder, ALKOHOL, "stand:", "pakker: [cafepakke, ukendtpakke]\nstand:")
    _, problems, _ = load_library(folder)
    assert {(p.line, p.message) for p in problems} == {
        (13, "pakken 'cafepakke' indeholder ikke ydelsen"),
        (13, "servicepakken 'ukendtpakke' findes ikke"),
    }


def test_a_file_that_is_not_utf8_is_told(folder: Path) -> None:
    (folder / UDE).write_bytes("navn: på".encode("latin-1"))
    library, problems, _ = load_library(folder)
    assert any(problem.path == UDE and "UTF-8" in problem.message for problem in problems)
    assert "alkoholbevilling" in library.ydelser


def test_hidden_files_copies_and_notes_are_left_alone(folder: Path) -> None:
    for name in (
        ".DS_Store",
        "ydelser/.udeservering.yml.swp",
        "ydelser/udeservering.yml~",
        "LÆSMIG.md",
        "ydelser/.x.yml",
        ".git/config",
    ):
        write(folder, name, "hvad som helst")
    assert load_library(folder)[1] == []


def test_a_broken_file_keeps_its_last_good_version(folder: Path) -> None:
    good = load_library(folder)[2]
    edit(folder, UDE, "navn:", "nvan:")
    edit(folder, ALKOHOL, "Det er en ydelse.", "Det er en ændret ydelse.")
    library, problems, texts = load_library(folder, good)
    assert library.ydelser["udeservering"].navn == "Udeservering"
    assert library.ydelser["alkoholbevilling"].kort == "Det er en ændret ydelse."
    assert {problem.path for problem in problems} == {UDE}
    assert texts[UDE] == good[UDE]


def test_a_broken_reference_keeps_the_last_good_version_too(folder: Path) -> None:
    good = load_library(folder)[2]
    edit(folder, UDE, "kort:", "beslaegtede: [findes-ikke]\nkort:")
    library, problems, _ = load_library(folder, good)
    assert library.ydelser["udeservering"].beslaegtede == []
    assert [problem.message for problem in problems] == ["ydelsen 'findes-ikke' findes ikke"]


def test_a_reference_that_the_new_version_of_another_file_breaks_keeps_both_usable(folder: Path) -> None:
    """The package drops a question that its new rule needs: the old package stays whole, not half of each."""
    good = load_library(folder)[2]
    edit(folder, PAKKE, "slot: stadie", "slot: findes_ikke")
    library, problems, _ = load_library(folder, good)
    assert library.servicepakker["cafepakke"].spoergsmaal[0].slot == "stadie"
    assert {problem.path for problem in problems} == {PAKKE}


def test_without_a_good_version_a_service_is_used_without_the_broken_link(folder: Path) -> None:
    edit(folder, UDE, "kort:", "beslaegtede: [findes-ikke]\nkort:")
    library, _, _ = load_library(folder)
    assert "udeservering" in library.ydelser


@pytest.mark.parametrize("name", sorted(FILES))
def test_on_a_fresh_machine_one_broken_file_never_empties_the_catalogue(folder: Path, name: str) -> None:
    (folder / name).write_text("id: [", encoding="utf-8")
    library, problems, _ = load_library(folder)
    assert any(problem.path == name for problem in problems)
    lost = {"udeservering", "alkoholbevilling"} - set(library.ydelser)
    assert lost == ({Path(name).stem} if name.startswith("ydelser/") else set())
    assert (library.kommune is None) == (name == "kommune.yml")


def test_on_a_fresh_machine_the_real_catalogue_survives_any_broken_file_of_a_kind(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(settings().knowledge, folder)
    for name in (
        "enheder/bif.yml",
        "omraader/2.yml",
        "eksterne/vaeksthus.yml",
        "servicepakker/hr-pakke.yml",
        "spoergsmaal/udland.yml",
    ):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text("x: y: z", encoding="utf-8")
        library, _, _ = load_library(folder)
        assert len(library.ydelser) == 96, name
        assert len(library.servicepakker) == 7 - (Path(name).stem in ("hr-pakke", "udland")), name
        (folder / name).write_text(text, encoding="utf-8")


def test_an_error_is_told_of_its_own_file_and_not_of_those_that_refer_to_it(folder: Path) -> None:
    for name in FILES:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text("id: [", encoding="utf-8")
        others = [problem for problem in load_library(folder)[1] if problem.path != name]
        allowed = {PAKKE: "spørgsmålet 'stadie' har en fejl i sin egen fil"} if name == "spoergsmaal/stadie.yml" else {}
        assert {problem.path: problem.message for problem in others} == allowed, name
        (folder / name).write_text(text, encoding="utf-8")


def test_the_version_changes_with_any_file_and_with_nothing_else(folder: Path) -> None:
    first = load_library(folder)[0].version
    assert load_library(folder)[0].version == first
    edit(folder, "tekster/proeve.yml", "Hej", "Goddag")
    assert load_library(folder)[0].version != first


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_library(tmp_path / "findes-ikke")


def test_text_fills_in_values(folder: Path) -> None:
    library, _, _ = load_library(folder)
    assert library.text("proeve", "hilsen", navn="Aske") == "Hej Aske"
    with pytest.raises(KeyError):
        library.text("proeve", "findes ikke")


def test_kommunen_says_when_it_is_missing() -> None:
    with pytest.raises(LookupError, match=r"kommune\.yml"):
        _ = Library().kommunen
