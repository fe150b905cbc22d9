"""Corrections: what sounds like one, which answer it is about, which new values it holds."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge import Library
from bot.screening.correction import corrected_values, corrects, named_slot, plainly_corrects
from tests.screening.states import begun, typed

ANSWERED: dict[str, Any] = {"stadie": "etableret", "beliggenhed": "københavn", "ansatte": 60, "branche": "hotel"}


@pytest.mark.parametrize(
    "text",
    [
        "nej vent, vi er 12", "ups, jeg mente Valby", "det er forkert", "ret antallet til 12", "nej, 12",
        "jeg vil gerne ændre mit navn", "jeg vil gerne aendre mit navn", "rettelse: vi er 12", "det skulle have været 12",
    ],
)  # fmt: skip
def test_it_sounds_like_a_correction(text: str) -> None:
    assert corrects(typed(text))


@pytest.mark.parametrize(
    "text", ["vi ansætter to andre", "et andet sted", "12", "vi er klar til at starte", "retter os efter reglerne"]
)
def test_it_does_not(text: str) -> None:
    assert not corrects(typed(text))


def test_what_the_classifier_calls_a_correction_is_one() -> None:
    assert corrects(typed("der kom et ciffer for meget i", "ret", 0.7))
    assert not corrects(typed("der kom et ciffer for meget i", "ret", 0.3))


def test_no_alone_is_an_answer_and_no_plain_correction() -> None:
    assert not plainly_corrects(typed("nej, det har vi ikke"))
    assert plainly_corrects(typed("nej vent, det har vi"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nej vent, vi er 12 ansatte", {"ansatte": 12}),
        ("ups, vi er 12 ansatte, og vi ligger på Frederiksberg", {"ansatte": 12, "beliggenhed": "udenfor"}),
        ("nej vent, vi er 60 ansatte", {"ansatte": 60}),
        ("vi vil ansætte to andre", {}),
        ("12", {}),
    ],
)
def test_new_values_are_read_out_of_it(library: Library, text: str, values: dict[str, Any]) -> None:
    assert corrected_values(begun(library, "hr-pakke", **ANSWERED), typed(text), library) == values


def test_a_choice_is_corrected_by_its_words(library: Library) -> None:
    state = begun(library, "cafe-restaurationspakke", type_sted="café", lokale=True)
    assert corrected_values(state, typed("nej vent, jeg mente restaurant"), library) == {"type_sted": "restaurant"}


def test_an_answer_not_given_yet_is_not_corrected(library: Library) -> None:
    state = begun(library, "hr-pakke", stadie="etableret")
    assert "ansatte" not in corrected_values(state, typed("nej vent, vi er 12 ansatte"), library)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("jeg vil gerne rette mit cvr-nummer", "cvr"),
        ("ret hvor mange vi er", "ansatte"),
        ("ret hvor langt vi er", "stadie"),
        ("virksomhedens navn er forkert", "virksomhed"),
        ("mit navn er forkert", "navn"),
        ("adressen er forkert", "beliggenhed"),
        ("telefonnummeret", "telefon"),
        ("min mail er forkert", "email"),
        ("tidspunktet passer ikke", "tidsplan"),
        ("det hele er forkert", None),
        ("skal det rettes eller ej", None),
    ],
)
def test_the_answer_that_is_named(library: Library, text: str, slot: str | None) -> None:
    state = begun(
        library, "hr-pakke", **ANSWERED, behov="folk", tidsplan="nu", planer="vækst", lokale=True, navn="Aske Testesen",
        telefon="20417703", email="a@test.dk", cvr="97225249", virksomhed="Test",
    )  # fmt: skip
    assert named_slot(state, typed(text), library) == slot
