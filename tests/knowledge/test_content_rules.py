"""What the files may say (design, "What the bot may say"): no invented number, price, address or link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import settings

FILES = sorted(settings().knowledge.rglob("*.yml"))
# Figures and where they come from, and the words by which people ask: none of it is said by the bot.
NOT_SAID = {"tal", "kilde", "kilder", "ord"}
FORBIDDEN = {
    "et telefonnummer": re.compile(r"(?<!\d)(?:\+45 ?)?\d{2}(?: ?\d{2}){3}(?!\d)"),
    "en pris": re.compile(r"\d[\d.]* ?(?:kr\b|kroner|DKK|euro|€)|\bkr\.? ?\d", re.IGNORECASE),
    "et link": re.compile(r"https?:|www\.|\w\.(?:dk|com|org|eu|nu)\b", re.IGNORECASE),
    "en e-mailadresse": re.compile(r"\w@\w"),
    "et løfte til redaktøren": re.compile(r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b", re.IGNORECASE),
    "et CPR-nummer": re.compile(r"(?<!\d)\d{6}-?\d{4}(?!\d)"),
}


def said(value: Any, key: str = "") -> Iterator[str]:
    """Every text in a file that may be told."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_SAID:
                yield from said(part, str(name))
    elif isinstance(value, list):
        for part in value:
            yield from said(part, key)
    elif isinstance(value, str):
        yield value


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 250


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_says(what: str) -> None:
    found = [
        f"{path.name}: {text}"
        for path in FILES
        for text in said(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
        if FORBIDDEN[what].search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("et telefonnummer", "Ring på 33 66 33 66"),
        ("et telefonnummer", "ring 20417703"),
        ("en pris", "Det koster 500 kr."),
        ("en pris", "fra 1.200 kroner"),
        ("en pris", "kr. 500"),
        ("et link", "se kk.dk"),
        ("et link", "https://eksempel"),
        ("en e-mailadresse", "skriv til a@b"),
        ("et løfte til redaktøren", "TODO: skriv"),
        ("et CPR-nummer", "010190-1234"),
    ],
)
def test_the_rule_sees_what_it_forbids(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


def test_no_note_to_the_editor_stands_as_a_comment() -> None:
    rule = FORBIDDEN["et løfte til redaktøren"]
    assert [path.name for path in FILES if rule.search(path.read_text(encoding="utf-8"))] == []


def test_texts_that_are_told_end_as_sentences() -> None:
    """``kort`` and ``naeste_skridt`` are told one after the other."""
    found = []
    for path in sorted((settings().knowledge / "ydelser").rglob("*.yml")):
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        found += [f"{path.name}: {key}" for key in ("kort", "for_hvem", "naeste_skridt") if value[key].strip()[-1] not in ".!?"]
    assert found == []


def test_editors_files_stay_small() -> None:
    """Under 60 lines (shared exemplars), save for packages, whose decision tables are as long as they are."""
    long = [
        f"{path.name}: {n}" for path in FILES if (n := _lines(path)) > 60 and path.parent.name not in ("servicepakker", "tekster")
    ]
    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
