"""What the ranker learns from: ``data/nlu`` and the editors' files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import load_library
from bot.nlu.corpus import by_label, digest, knowledge_lines, nlu_file_lines, nlu_lines
from tests.knowledge.tiny import PAKKE, UDE, edit, write
from tests.nlu.small import LINES, data, knowledge


def test_the_lines_of_a_folder(tmp_path: Path) -> None:
    assert sorted(nlu_lines(data(tmp_path) / "nlu")) == sorted(LINES)


def test_the_lines_of_a_file_as_they_are_written(tmp_path: Path) -> None:
    write(
        tmp_path, "x.yml", 'nlu:\n  - intent: ydelse/x\n    examples: |\n      - må jeg: "det"\n      -   - to\n\n      - # tre\n'
    )
    assert list(nlu_file_lines(tmp_path / "x.yml")) == [
        ('må jeg: "det"', "ydelse/x"),
        ("- to", "ydelse/x"),
        ("# tre", "ydelse/x"),
    ]


@pytest.mark.parametrize(
    "text", ["", "nlu: [", "nlu:\n  - intent: x\n", "andet: 1\n", "nlu:\n  - intent: x\n    examples: [a, b]\n"]
)
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, "forkert.yml", text)
    with pytest.raises(ValueError, match=r"forkert\.yml"):
        list(nlu_lines(tmp_path))


def test_editors_files_give_names_synonyms_and_examples(tmp_path: Path) -> None:
    folder = knowledge(tmp_path)
    edit(folder, UDE, "eksempler:", 'synonymer: [borde ude]\neksempler:\n  - "stole"')
    edit(folder, PAKKE, "eksempler: [jeg vil åbne café]", "eksempler: [jeg vil åbne café]\nsynonymer: [cafe]")
    found = set(knowledge_lines(load_library(folder)[0]))
    assert {(text, "ydelse/udeservering") for text in ("Udeservering", "borde ude", "stole", "må jeg noget")} <= found
    assert {(text, "pakke/cafepakke") for text in ("Cafépakken", "cafe", "jeg vil åbne café")} <= found
    assert {(text, "omraade/5") for text in ("Byens rum", "Fortov")} <= found


def test_each_line_once_by_label_in_order() -> None:
    assert by_label([("b", "x"), ("a", "x"), ("b", "x"), ("a", "y")]) == {"x": ["b", "a"], "y": ["a"]}


def test_the_digest_is_of_the_lines_not_of_their_order() -> None:
    assert digest(["a", "b"]) == digest(["b", "a"])
    assert digest(["a", "b"]) != digest(["a", "c"])
