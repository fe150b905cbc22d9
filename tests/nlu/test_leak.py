"""No line of the development sample is in what the bot learns from or is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge import load_library
from bot.nlu.corpus import nlu_lines
from bot.settings import settings
from tests.nlu.hashes import hashed, normalised

HASHES = {
    line for line in (Path(__file__).parent / "dev_hashes.txt").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
}


def trained() -> Iterator[str]:
    yield from (text for text, _ in nlu_lines(settings().data / "nlu"))


def editors() -> Iterator[str]:
    library, _, _ = load_library(settings().knowledge)
    for ydelse in library.ydelser.values():
        yield from (ydelse.navn, *ydelse.synonymer, *ydelse.eksempler)
    for pakke in library.servicepakker.values():
        yield from (pakke.navn, *pakke.synonymer, *pakke.eksempler)
    for omraade in library.omraader.values():
        yield from (omraade.navn, *omraade.synonymer)


def tried() -> Iterator[str]:
    library, _, _ = load_library(settings().knowledge)
    for proeve in library.proever.values():
        yield from proeve.spoergsmaal


def validation() -> Iterator[str]:
    for path in sorted((settings().data / "validering").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def test_the_hashes_are_there() -> None:
    assert len(HASHES) >= 160
    assert all(len(line) == 64 and not set(line) - set("0123456789abcdef") for line in HASHES)


@pytest.mark.parametrize("source", [trained, editors, tried, validation])
def test_none_is_among_them(source) -> None:
    texts = list(source())
    assert len(texts) > 400
    assert [text for text in texts if hashed(text) in HASHES] == []


def test_a_line_is_known_again_whatever_its_case_blanks_and_ends() -> None:
    assert normalised("  Må  JEG det?! 🙂 ") == "må jeg det"
    assert hashed("Må jeg\tdet") == hashed("må jeg det??")
    assert hashed("må jeg det") != hashed("må vi det")
    assert normalised("🙂") == ""


def test_validation_is_not_trained_on_either() -> None:
    """By another hand, and unseen (data/validering/LÆSMIG.md)."""
    learnt = {normalised(text) for source in (trained, editors) for text in source()}
    assert [text for text in map(normalised, validation()) if text in learnt] == []
