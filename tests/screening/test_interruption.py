"""Answer or interruption? The tables hold what people write and what the classifier made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.screening.interruption import asks, beats_answer, interrupts_free_text, interrupts_typed
from bot.screening.turn import take
from tests.screening.states import typed

CASES = Path(__file__).parent / "cases"
FREE = ("behov", "planer", "projekt", "tidsplan")
ANSWERS: dict[str, list[dict[str, Any]]] = yaml.safe_load((CASES / "svar_ligner_ydelse.yml").read_text(encoding="utf-8"))
BREAKS: dict[str, list[dict[str, Any]]] = yaml.safe_load((CASES / "afbrydelser.yml").read_text(encoding="utf-8"))


def asked(slot: str) -> Forloeb:
    return Forloeb(slags="pakke", noegle="k", pakke="hr-pakke", svar={"stadie": "etableret"}, asks=slot)


def heard(row: dict[str, Any]) -> Heard:
    return typed(row["tekst"], row["intent"], row["sikkerhed"])


def rows(found: list[dict[str, Any]], slot: str = "") -> list[Any]:
    return [pytest.param(row.get("paa", slot), row, id=row["tekst"][:50]) for row in found]


def test_the_tables_have_their_size() -> None:
    assert set(ANSWERS) == set(FREE)
    assert all(len({row["tekst"] for row in ANSWERS[slot]}) >= 40 for slot in FREE)
    assert len({row["tekst"] for row in BREAKS["afbryder"]}) >= 40
    assert len({row["tekst"] for row in BREAKS["afbryder_ikke"]}) >= 40
    looks_like = [row for slot in FREE for row in ANSWERS[slot] if row["intent"] not in ("uklart", "ja", "nej")]
    assert len(looks_like) >= 100, "most answers in the table are to look like something else"


@pytest.mark.parametrize(("slot", "row"), [case for slot in FREE for case in rows(ANSWERS[slot], slot)])
def test_an_answer_that_looks_like_a_service_is_taken(library: Library, slot: str, row: dict[str, Any]) -> None:
    turn = take(asked(slot), heard(row), library)
    assert turn.handled
    assert turn.state.svar[slot] == " ".join(row["tekst"].split())


@pytest.mark.parametrize(("slot", "row"), rows(BREAKS["afbryder"]))
def test_an_interruption_takes_the_turn_and_loses_nothing(library: Library, slot: str, row: dict[str, Any]) -> None:
    state = asked(slot)
    turn = take(state, heard(row), library)
    assert not turn.handled
    assert turn.state == state


@pytest.mark.parametrize(("slot", "row"), rows(BREAKS["afbryder_ikke"]))
def test_what_only_looks_like_an_interruption_is_an_answer(library: Library, slot: str, row: dict[str, Any]) -> None:
    turn = take(asked(slot), heard(row), library)
    assert turn.handled
    assert turn.state.svar[slot] == " ".join(row["tekst"].split())


@pytest.mark.parametrize(
    "text",
    [
        "hvad koster det", "Hej, hvor lang tid tager det", "må jeg sætte borde ud", "jeg vil gerne vide hvem der bestemmer",
        "vi vil have skilte, koster det noget?", "hvad man må?", "okay men hvem skal jeg ringe til", "har I åbent",
    ],
)  # fmt: skip
def test_it_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "hvordan man laver et budget", "hvad vi må", "hvor vi kan finde folk", "noget med regnskab?", "12?", "Valby?",
        "hvilke regler der gælder", "hvornår som helst", "en hvidvinsbar", "vi ved ikke hvad det koster",
    ],
)  # fmt: skip
def test_it_does_not_ask(text: str) -> None:
    assert not asks(text)


def test_a_typed_question_gives_way_to_what_is_surely_something_else() -> None:
    assert interrupts_typed(typed("hvad koster en container", "ydelse", 0.7))
    assert not interrupts_typed(typed("en container", "ydelse", 0.7))
    assert interrupts_typed(typed("en container", "ydelse", 0.9))
    assert interrupts_typed(typed("menneske", "menneske", 0.7))
    assert not interrupts_typed(typed("stort set", "afbryd", 0.5))
    assert not interrupts_typed(typed("ja", "ja", 0.99))


def test_a_question_with_a_number_in_it_is_no_answer() -> None:
    assert beats_answer(typed("hvad koster 3 containere?", "ydelse", 0.9), 3)
    assert not beats_answer(typed("3 containere", "ydelse", 0.9), 3)
    assert not beats_answer(typed("nej", "afbryd", 0.9), False)
    assert beats_answer(typed("stop", "afbryd", 0.9), None)
    assert beats_answer(typed("giv mig et menneske", "menneske", 0.9), 1)


def test_a_wish_for_a_person_that_is_not_sure_does_not_break_in() -> None:
    assert not interrupts_free_text(typed("jeg vil tale med en", "menneske", 0.4))
