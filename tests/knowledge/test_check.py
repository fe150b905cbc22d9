"""``erhverv check``: every error as ``path:line: message``, exit 1 on any."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import settings
from tests.knowledge.tiny import ALKOHOL, UDE, edit, make, write


def run(*paths: Path | str) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, paths)])


def lines(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make(tmp_path / "kopi")


def test_the_projects_own_files_are_in_order() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "Alle filer er i orden.\n")


def test_a_copied_folder_in_order(folder: Path) -> None:
    assert run(folder).exit_code == 0


def test_a_copied_folder_with_errors_ends_with_1_and_tells_each(folder: Path) -> None:
    edit(folder, UDE, "navn:", "nvan:")
    edit(folder, ALKOHOL, "TMF", "TFM")
    result = run("kopi")
    assert result.exit_code == 1
    assert {line.split(":")[0] for line in lines(result)} == {f"kopi/{UDE}", f"kopi/{ALKOHOL}"}
    assert f"kopi/{UDE}:2: 'nvan' er ikke en kendt nøgle her; er den stavet rigtigt?" in lines(result)
    assert f"kopi/{ALKOHOL}:6: 'forvaltning' må kun være 'BIF', 'KES', 'TMF', 'KFF' eller 'ØKF'" in lines(result)


def test_a_file_tells_only_its_own_errors_checked_against_all_the_rest(folder: Path) -> None:
    edit(folder, UDE, "enhed: tmf-byliv", "enhed: findes-ikke")
    edit(folder, ALKOHOL, "TMF", "TFM")
    result = run(folder / UDE)
    assert result.exit_code == 1
    assert lines(result) == [f"kopi/{UDE}:7: enheden 'findes-ikke' findes ikke"]
    assert run(folder / "kommune.yml").exit_code == 0


def test_a_folder_inside_and_several_paths(folder: Path) -> None:
    edit(folder, UDE, "TMF", "TFM")
    edit(folder, ALKOHOL, "TMF", "TFM")
    assert {line.split(":")[0] for line in lines(run(folder / "ydelser/5-byens-rum"))} == {f"kopi/{UDE}"}
    both = run(folder / "ydelser/5-byens-rum", folder / ALKOHOL, folder / UDE)
    assert [line.split(":")[0] for line in lines(both)] == [f"kopi/{UDE}", f"kopi/{ALKOHOL}"]


def test_the_folder_above_a_knowledge_folder_means_that_one(tmp_path: Path) -> None:
    make(tmp_path / "knowledge")
    edit(tmp_path / "knowledge", UDE, "TMF", "TFM")
    assert run(tmp_path).exit_code == 1


def test_a_path_that_is_not_there_is_an_error_and_hides_no_other(folder: Path) -> None:
    edit(folder, UDE, "TMF", "TFM")
    result = run(folder / "findes-ikke.yml", folder / UDE)
    assert result.exit_code == 1
    assert lines(result)[0] == "kopi/findes-ikke.yml:1: findes ikke"
    assert any(line.startswith(f"kopi/{UDE}:6: ") for line in lines(result))


def test_a_file_outside_any_knowledge_folder_is_never_said_to_be_in_order(tmp_path: Path) -> None:
    write(tmp_path, "loes.yml", "navn: x\n")
    result = run(tmp_path / "loes.yml")
    assert result.exit_code == 1
    assert "ligger ikke i en knowledge-mappe" in result.stdout


def test_a_break_in_a_copy_of_the_real_catalogue_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(settings().knowledge, copy)
    edit(copy, ALKOHOL, "naeste_skridt:", "naste_skridt:")
    result = run(copy / ALKOHOL)
    assert result.exit_code == 1
    assert any("'naste_skridt' er ikke en kendt nøgle" in line for line in lines(result))
