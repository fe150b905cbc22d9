"""Every sentence that code asks for is in ``knowledge/tekster`` with its values given, and none lies there unused."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.knowledge import Library, load_library
from bot.knowledge.needed import NEEDED
from bot.language.foreign import OTHERS
from bot.settings import ROOT, settings

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
CODE = ("bot", "actions", "connectors")


@dataclass(frozen=True)
class Use:
    """One call of ``library.text``. ``pattern`` matches the names it may ask for; ``values`` None where they are not plain."""

    where: str
    emne: str
    pattern: str
    plain: bool
    values: frozenset[str] | None


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


@pytest.fixture(scope="module")
def uses() -> list[Use]:
    found = []
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += list(_in_module(tree, path.relative_to(ROOT).as_posix()))
    return found


def _in_module(tree: ast.Module, where: str) -> Iterator[Use]:
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "text"
            and len(node.args) == 2
        ):
            emne, navn = node.args
            if isinstance(emne, ast.Constant) and isinstance(emne.value, str):
                values = None if any(k.arg is None for k in node.keywords) else frozenset(str(k.arg) for k in node.keywords)
                for pattern, plain in _patterns(navn, strings):
                    yield Use(f"{where}:{node.lineno}", emne.value, pattern, plain, values)
        # The notes of a turn of the screening: ("rettet", {"hvad": …}), said by actions/screening.py.
        if (
            where.startswith("bot/screening/")
            and isinstance(node, ast.Tuple)
            and len(node.elts) == 2
            and isinstance(node.elts[1], ast.Dict)
        ):
            keys = frozenset(str(key.value) for key in node.elts[1].keys if isinstance(key, ast.Constant))
            for pattern, plain in _patterns(node.elts[0], strings):
                yield Use(f"{where}:{node.lineno}", "screening", pattern, plain, keys)


def _patterns(navn: ast.expr, strings: set[str]) -> Iterator[tuple[str, bool]]:
    """Regular expressions for the names that an expression may give; plain where it is one certain name."""
    if isinstance(navn, ast.Constant):
        yield re.escape(str(navn.value)), True
    elif isinstance(navn, ast.IfExp):
        yield from _patterns(navn.body, strings)
        yield from _patterns(navn.orelse, strings)
    elif isinstance(navn, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in navn.values), False
    elif isinstance(navn, ast.BinOp):
        left = re.escape(str(navn.left.value)) if isinstance(navn.left, ast.Constant) else r"\w+"
        yield left + r"\w+", False
    else:  # a variable: one of the strings of this module
        yield "|".join(sorted(map(re.escape, strings), key=len, reverse=True)), False


def names(use: Use, library: Library) -> set[str]:
    texts = library.tekster[use.emne].tekster if use.emne in library.tekster else {}
    return {navn for navn in texts if re.fullmatch(use.pattern, navn)}


def test_the_scan_finds_what_it_is_to_find(uses: list[Use]) -> None:
    assert len(uses) > 100
    assert any(use.where.startswith("actions/") for use in uses)
    assert any(not use.plain for use in uses)


def test_every_sentence_asked_for_exists(uses: list[Use], library: Library) -> None:
    assert [(use.where, use.emne, use.pattern[:60]) for use in uses if not names(use, library)] == []


def test_every_placeholder_is_given_its_value(uses: list[Use], library: Library) -> None:
    missing = []
    for use in uses:
        for navn in names(use, library):
            wanted = set(_PLACEHOLDER.findall(library.tekster[use.emne].tekster[navn]))
            # A variable may also stand for names of the same subject that another call asks for with more values.
            if use.values is not None and (use.plain or len(names(use, library)) == 1) and not wanted <= use.values:
                missing.append((use.where, use.emne, navn, wanted - use.values))
    assert missing == []


def test_every_placeholder_is_given_by_some_call(uses: list[Use], library: Library) -> None:
    for emne, texts in library.tekster.items():
        for navn, text in texts.tekster.items():
            for placeholder in _PLACEHOLDER.findall(text):
                calls = [use for use in uses if use.emne == emne and navn in names(use, library)]
                assert any(use.values is None or placeholder in use.values for use in calls), (emne, navn, placeholder)


def test_no_sentence_lies_unused(uses: list[Use], library: Library) -> None:
    used = {(use.emne, navn) for use in uses for navn in names(use, library)}
    used |= {("sprog", navn) for navn in (*OTHERS, "knap_menneske")}  # bot/dialog/foreign.py takes them by the language's code
    lying = {(emne, navn) for emne, texts in library.tekster.items() for navn in texts.tekster}
    assert sorted(lying - used) == []


def test_each_other_language_has_its_line(library: Library) -> None:
    assert set(library.tekster["sprog"].tekster) == {*OTHERS, "knap_menneske"}


def test_questions_hold_only_what_is_filled_in(library: Library) -> None:
    allowed = {"samtykke": {"maaneder"}, "videregivelse": {"modtager"}}
    for slot, question in library.spoergsmaal.items():
        texts = (question.tekst, question.hvorfor, question.forklaring, question.opsummering, *(v.titel for v in question.valg))
        found = {name for text in texts for name in _PLACEHOLDER.findall(text)}
        assert found <= allowed.get(slot, set()), slot


def test_the_list_of_needed_sentences_is_what_the_files_hold(library: Library) -> None:
    assert {emne: set(names) for emne, names in NEEDED.items()} == {e: set(t.tekster) for e, t in library.tekster.items()}


def test_a_sentence_taken_away_is_an_error_and_the_old_file_stays(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(settings().knowledge, folder)
    _, _, good = load_library(folder)
    path = folder / "tekster" / "ydelse.yml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("  ukendt_tilbud:")]
    path.write_text("\n".join(kept), encoding="utf-8")
    library, problems, _ = load_library(folder, good)
    assert [problem.path for problem in problems] == ["tekster/ydelse.yml"]
    assert "ukendt_tilbud" in library.tekster["ydelse"].tekster
