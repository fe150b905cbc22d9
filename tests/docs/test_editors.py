"""What editors are told to copy works as it stands, and every folder that they keep is told of."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from bot.knowledge import load_library
from bot.settings import ROOT
from tests.docs.pages import text

PAGE = text("redaktoer.md")
TEMPLATES: dict[str, str] = dict(re.findall(r"```yaml\n# (knowledge/\S+)\n(.*?)```", PAGE, flags=re.DOTALL))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge"))


def test_the_templates_are_there() -> None:
    assert {name.split("/")[1] for name in TEMPLATES} == {"ydelser", "proever", "servicepakker"}


def test_the_templates_can_be_copied_as_they_stand(copy: Path) -> None:
    before = load_library(copy)[1]
    for name, block in TEMPLATES.items():
        assert not (copy.parent / name).exists(), f"{name} findes allerede; skabelonen ville overskrive den"
        (copy.parent / name).write_text(block, encoding="utf-8")
    library, problems, _ = load_library(copy)
    assert problems == before
    for name, block in TEMPLATES.items():
        ident = yaml.safe_load(block).get("id")
        assert ident is None or ident in library.ydelser or ident in library.servicepakker, name


def test_the_questions_for_trying_are_no_examples() -> None:
    said = {name: yaml.safe_load(block) for name, block in TEMPLATES.items()}
    examples = {line for value in said.values() for line in value.get("eksempler", ())}
    assert not examples & {line for value in said.values() for line in value.get("spoergsmaal", ()) if isinstance(line, str)}


@pytest.mark.parametrize("entry", sorted(path.name for path in (ROOT / "knowledge").iterdir() if not path.name.startswith(".")))
def test_each_folder_and_file_of_knowledge_is_told_of(entry: str) -> None:
    if entry not in ("brancher.yml", "svaere-par.yml"):  # the builders keep these two
        assert re.search(rf"`{re.escape(entry)}/?`", PAGE), f"{entry} mangler i docs/redaktoer.md"


def test_the_errors_shown_are_those_that_are_told(copy: Path) -> None:
    shown = re.findall(r"^    (knowledge/\S+?):(\d+): (.+)$", PAGE, flags=re.MULTILINE)
    assert shown
    path = copy.parent / shown[0][0]
    broken = path.read_text(encoding="utf-8").replace("navn:", "nvan:", 1)
    path.write_text(re.sub(r"^kort:.*$", 'kort: ""', broken, count=1, flags=re.MULTILINE), encoding="utf-8")
    _, problems, _ = load_library(copy)
    told = {(f"knowledge/{problem.path}", str(problem.line), problem.message) for problem in problems}
    assert set(shown) <= told
