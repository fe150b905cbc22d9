"""The questions answered all at once: read as in the dialogue, and what can't be read is told at its question."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from bot.screening.skema import FIRMA, Indtastet, forudfyld, laes, udfyld, vist
from tests.screening.states import begun, say


def ord_(**svar: str) -> dict[str, Indtastet]:
    return {slot: Indtastet(text) for slot, text in svar.items()}


def marked(slot: str, library: Library, *values: Any) -> dict[str, Indtastet]:
    options = [option.vaerdi for option in library.spoergsmaal[slot].valg]
    return {slot: Indtastet(valg=tuple(options.index(value) for value in values))}


def test_answers_in_words_are_those_of_the_dialogue(library: Library) -> None:
    texts = {
        "stadie": "vi har kørt i 12 år", "beliggenhed": "Valby", "ansatte": "en 80 stykker", "branche": "hotel",
        "behov": "vi mangler folk i køkkenet", "tidsplan": "til foråret", "planer": "vi vil åbne et hotel mere",
    }  # fmt: skip
    state = say(begun(library, "hr-pakke"), library, *texts.values())
    filled = udfyld(Forloeb("pakke", "k", pakke="hr-pakke"), ord_(**texts), library)
    assert filled.fejl == {}
    assert filled.state.svar == state.svar
    assert filled.stillet == tuple(texts)


@pytest.mark.parametrize(
    ("slot", "text", "reason"),
    [
        ("cvr", "97225248", "cvr_forkert_ciffer"),
        ("cvr", "9722524", "cvr_for_kort"),
        ("cvr", "firmaet", "ikke_forstaaet"),
        ("telefon", "ring bare", "ikke_forstaaet"),
        ("email", "karla(a)example", "ikke_forstaaet"),
        ("ansatte", "en del", "ikke_forstaaet"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_reason(library: Library, slot: str, text: str, reason: str) -> None:
    assert laes(library.spoergsmaal[slot], Indtastet(text)) == (None, reason)


@pytest.mark.parametrize("text", ["", "  ", "ved ikke", "det ved jeg ikke", "spring over"])
def test_no_answer_is_no_error(library: Library, text: str) -> None:
    assert laes(library.spoergsmaal["ansatte"], Indtastet(text)) == (None, None)


def test_a_cvr_that_they_do_not_have_is_no_error(library: Library) -> None:
    assert laes(library.spoergsmaal["cvr"], Indtastet("har de ikke endnu, har ikke")) != (None, "cvr_for_kort")
    assert laes(library.spoergsmaal["cvr"], Indtastet("har ikke")) == (None, None)


def test_words_count_before_a_mark_and_a_number_out_of_range_is_none(library: Library) -> None:
    question = library.spoergsmaal["stadie"]
    assert laes(question, Indtastet("vi har kørt i 12 år", (0,))) == ("etableret", None)
    assert laes(question, Indtastet("", (0,))) == ("idé", None)
    assert laes(question, Indtastet("", (17,))) == (None, None)


def test_a_question_is_asked_only_where_the_answers_call_for_it(library: Library) -> None:
    new = udfyld(Forloeb("pakke", "k", pakke="opstartspakke"), marked("stadie", library, "idé"), library)
    old = udfyld(Forloeb("pakke", "k", pakke="opstartspakke"), marked("stadie", library, "etableret"), library)
    assert "aar_i_gang" not in new.stillet
    assert "aar_i_gang" in old.stillet


def test_an_answer_left_over_from_a_question_not_asked_any_more_counts_for_nothing(library: Library) -> None:
    answers = {**marked("stadie", library, "idé"), **marked("aar_i_gang", library, "fem_plus")}
    assert "aar_i_gang" not in udfyld(Forloeb("pakke", "k", pakke="opstartspakke"), answers, library).state.svar


def test_what_one_answer_tells_of_another_question_is_heard_unless_its_own_field_says_otherwise(library: Library) -> None:
    begun_ = Forloeb("pakke", "k", pakke="hr-pakke")
    said = "vi er 80 ansatte og mangler folk"
    heard = udfyld(begun_, ord_(behov=said), library)
    assert heard.state.svar["ansatte"] == 80
    assert heard.ogsaa == {"ansatte": 80}
    own = udfyld(begun_, ord_(behov=said, ansatte="60"), library)
    assert own.state.svar["ansatte"] == 60
    unreadable = udfyld(begun_, ord_(behov=said, ansatte="en del"), library)
    assert "ansatte" not in unreadable.state.svar
    assert unreadable.fejl == {"ansatte": "ikke_forstaaet"}


def test_without_a_package_the_company_itself_is_asked_about(library: Library) -> None:
    filled = udfyld(Forloeb("kontakt", "k"), ord_(ansatte="12", beliggenhed="Valby"), library)
    assert filled.stillet == FIRMA
    assert filled.state.svar == {"ansatte": 12, "beliggenhed": "københavn"}
    assert filled.state.sprunget == ()


def test_what_is_said_or_known_is_filled_in(library: Library) -> None:
    said = "Jeg hedder Karla Prøvesen, jeg er arkitekt, vores tegnestue ligger i Valby, ring på 20417703"
    found = forudfyld("opstartspakke", [said], {"ansatte": [5, 6], "stadie": None}, library)
    assert found == {
        "beliggenhed": "københavn", "branche": "arkitekt", "ansatte": [5, 6], "navn": "Karla Prøvesen", "telefon": "20417703",
    }  # fmt: skip
    assert forudfyld(None, [said], {}, library)["branche"] == "arkitekt"


def test_a_building_projects_place_is_asked_though_the_companys_is_known(library: Library) -> None:
    asked = {step.slot: step.altid for step in library.servicepakker["byggepakke"].spoergsmaal}
    assert asked["beliggenhed"]
    assert "beliggenhed" not in forudfyld("byggepakke", [], {"beliggenhed": "udenfor"}, library)


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("ansatte", 0), ("ansatte", 12), ("ansatte", [5, 6]), ("ansatte", [100, None]), ("ansatte", [None, 10]),
        ("cvr", "97225249"), ("telefon", "20417703"), ("telefon", "+46701234567"), ("email", "karla@example.dk"),
        ("branche", "arkitekt"), ("virksomhed", "Tegnestuen Prøve"), ("stadie", "nystartet"), ("beliggenhed", "filial"),
        ("vaekstprojekt", False), ("cafe_tilladelser", ["alkohol", "nat"]), ("aar_i_gang", "tre_fire"), ("type_sted", "bar"),
    ],
)  # fmt: skip
def test_a_value_shown_in_its_fields_is_read_again(library: Library, slot: str, value: Any) -> None:
    question = library.spoergsmaal[slot]
    assert laes(question, vist(question, value, library)) == (value, None)
