"""What has been said is not asked again: before a screening begins, and from one package to the next."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from bot.screening.said import said
from bot.screening.turn import prefill

ENGINEERS = "vi er 12 ansatte og vil ansætte 3 ingeniører fra Indien"


def started(library: Library, pakke: str, *texts: str, **known: Any) -> Forloeb:
    return prefill(Forloeb(slags="pakke", noegle="k", pakke=pakke), list(texts), known, library)


def test_one_sentence_that_answers_three_questions(library: Library) -> None:
    """The issue's own example: how many they are, what it is about, whom they want to hire."""
    state = started(library, "international-arbejdskraftpakke", ENGINEERS)
    assert state.svar["ansatte"] == 12
    assert state.svar["udland"] == "ansaetter"
    assert state.svar["behov"] == ENGINEERS
    assert set(state.svar) == {"ansatte", "udland", "behov"}, "India is not where the company lies"
    assert state.asks == "beliggenhed"


def test_the_same_sentence_in_another_package(library: Library) -> None:
    state = started(library, "hr-pakke", ENGINEERS)
    assert (state.svar["ansatte"], state.asks) == (12, "stadie")


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        (
            "jeg har lige startet mit eget firma på Nørrebro",
            ["stadie", "beliggenhed"],
            {"stadie": "nystartet", "beliggenhed": "københavn"},
        ),
        ("vi overtager en restaurant", ["type_sted"], {"type_sted": "restaurant"}),
        ("det er bare en pølsevogn", ["type_sted"], {"type_sted": "foodtruck"}),
        ("restaurant og bar i et", ["type_sted"], {}),
        ("jeg vil noget andet", ["type_sted"], {}),
        ("vi skal bruge stillads", ["tilladelser"], {}),
        ("vi søger om hjælp", ["behov"], {}),
        ("hvad koster det at ansætte?", ["behov"], {}),
        ("vi vil gerne ansætte to kokke. Hvad gør vi?", ["behov"], {"behov": "vi vil gerne ansætte to kokke."}),
        ("kun mig selv", ["behov", "projekt"], {}),
    ],
)
def test_what_one_message_answers(library: Library, text: str, wanted: list[str], found: dict[str, Any]) -> None:
    assert said(text, wanted, library) == found


def test_only_what_the_package_asks_is_taken(library: Library) -> None:
    assert "stadie" not in started(library, "byggepakke", "jeg har lige startet mit eget firma").svar


def test_a_later_message_replaces_an_earlier_one(library: Library) -> None:
    state = started(library, "hr-pakke", "vi er 12 ansatte", "vi er 60 ansatte")
    assert state.svar["ansatte"] == 60


def test_what_is_known_of_the_company_carries_over(library: Library) -> None:
    state = started(library, "hr-pakke", ansatte=60, stadie="etableret", beliggenhed="københavn", branche=None)
    assert (state.svar["ansatte"], state.asks) == (60, "branche")


def test_the_place_of_a_building_project_is_asked_though_the_companys_is_known(library: Library) -> None:
    for pakke in ("byggepakke", "cafe-restaurationspakke", "lokaliseringspakke"):
        assert "beliggenhed" not in started(library, pakke, beliggenhed="udenfor").svar


def test_the_cvr_number_is_taken_when_it_is_told(library: Library) -> None:
    assert started(library, "hr-pakke", "vores CVR er 97 22 52 49").svar["cvr"] == "97225249"
