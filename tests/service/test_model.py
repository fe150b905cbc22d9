from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.service import model
from bot.service.problem import StartProblem
from bot.settings import ROOT

MAKES = """
import pathlib, sys
print("Starting to train component 'X'")
pathlib.Path(sys.argv[1], "erhverv.tar.gz").write_text({!r})
"""


def trainer(content: str = "ny") -> tuple[str, ...]:
    return (sys.executable, "-c", MAKES.format(content))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (
        "config.yml",
        "domain.yml",
        "data/nlu/a.yml",
        "data/stories/regler.yml",
        "bot/nlu/del.py",
        "bot/language/ord.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def train(root: Path, *command: str) -> list[str]:
    said: list[str] = []
    model.train(root, command=command or trainer(), say=said.append)
    return said


def test_no_model_is_stale_and_a_trained_one_is_not(root: Path) -> None:
    assert model.is_stale(root)
    said = train(root)
    assert not model.is_stale(root)
    assert (root / "models/erhverv.tar.gz").read_text() == "ny"
    assert said[0].startswith("Træner sprogmodellen")
    assert "trænet på" in said[-1]


@pytest.mark.parametrize(
    "name", ["config.yml", "domain.yml", "data/nlu/a.yml", "data/stories/ny.yml", "bot/nlu/del.py", "bot/language/ord.py"]
)
def test_a_changed_or_new_source_makes_it_stale(root: Path, name: str) -> None:
    train(root)
    (root / name).write_text("ændret")
    assert model.is_stale(root)


def test_a_source_renamed_or_gone_makes_it_stale(root: Path) -> None:
    train(root)
    (root / "data/nlu/a.yml").rename(root / "data/nlu/b.yml")
    assert model.is_stale(root)
    (root / "data/nlu/b.yml").unlink()
    assert model.is_stale(root)


@pytest.mark.parametrize(
    "name", ["knowledge/tekster/a.yml", "data/nlu/.a.yml.swp", "bot/nlu/__pycache__/del.pyc", "bot/settings.py"]
)
def test_other_files_do_not(root: Path, name: str) -> None:
    train(root)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("ændret")
    assert not model.is_stale(root)


def test_touching_without_changing_does_not(root: Path) -> None:
    train(root)
    os.utime(root / "config.yml", (1, 1))
    assert not model.is_stale(root)


def test_a_failed_training_keeps_the_old_model_and_says_why(root: Path) -> None:
    train(root, *trainer("gammel"))
    (root / "config.yml").write_text("forkert")
    with pytest.raises(StartProblem, match=r"mislykkedes.*traening\.log.*ukendt komponent") as problem:
        train(root, sys.executable, "-c", "import sys; sys.exit('ukendt komponent')")
    assert "\n" not in str(problem.value)
    assert (root / "models/erhverv.tar.gz").read_text() == "gammel"
    assert model.is_stale(root)
    assert not list((root / "models").glob(".ny-*"))


def test_a_full_disk_is_one_clear_line(root: Path) -> None:
    with pytest.raises(StartProblem, match="Disken blev fuld"):
        train(root, sys.executable, "-c", "import sys; sys.exit('OSError: [Errno 28] No space left on device')")


def test_a_training_that_makes_nothing_is_an_error(root: Path) -> None:
    with pytest.raises(StartProblem, match="ingen sprogmodel"):
        train(root, sys.executable, "-c", "")


def test_a_missing_source_is_named(root: Path) -> None:
    (root / "domain.yml").unlink()
    with pytest.raises(StartProblem, match=r"domain\.yml mangler"):
        train(root)


def test_what_a_killed_training_left_is_cleared(root: Path) -> None:
    (root / "models/.ny-rest").mkdir(parents=True)
    train(root)
    assert not (root / "models/.ny-rest").exists()


def test_a_second_process_waits_and_does_not_train_again(root: Path) -> None:
    slow = "import sys, time, pathlib; time.sleep(1.5); pathlib.Path(sys.argv[1], 'erhverv.tar.gz').write_text('ny')"
    code = (
        "import sys; from pathlib import Path; from bot.service import model\n"
        f"model.train(Path(sys.argv[1]), command=(sys.executable, '-c', {slow!r}), only_if_stale=True)"
    )
    command = [sys.executable, "-c", code, str(root)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = "".join(process.communicate(timeout=60)[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said.count("Træner sprogmodellen") == 1
    assert said.count("venter på det") == 1


def test_only_if_stale_leaves_a_fresh_model_alone(root: Path) -> None:
    train(root, *trainer("første"))
    model.train(root, command=trainer("anden"), say=lambda _: None, only_if_stale=True)
    assert (root / "models/erhverv.tar.gz").read_text() == "første"
