"""What is asked next, derived from the answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from bot.screening.steps import BEKRAEFT, YDELSER, contact_slots, next_step, package_slots, question
from tests.screening.states import CONTACT, begun

FITS = {
    "stadie": "nystartet",
    "beliggenhed": "københavn",
    "branche": "arkitekt",
    "ansatte": 1,
    "behov": "regnskab",
    "planer": "ingen",
}


def asks(state: Forloeb, library: Library) -> str | None:
    step = next_step(state, library)
    return step.asks if step else None


def test_questions_come_in_the_packages_order_and_are_counted(library: Library) -> None:
    step = next_step(begun(library, "opstartspakke"), library)
    assert step is not None
    assert (step.asks, step.step) == ("stadie", 1)
    step = next_step(begun(library, "opstartspakke", stadie="nystartet"), library)
    assert step is not None
    assert (step.asks, step.step) == ("beliggenhed", 2)


def test_a_question_whose_condition_fails_or_is_not_settled_is_not_asked(library: Library) -> None:
    pakke = library.servicepakker["opstartspakke"]
    assert "aar_i_gang" not in package_slots(pakke, begun(library, pakke.id))
    assert "aar_i_gang" not in package_slots(pakke, begun(library, pakke.id, stadie="nystartet"))
    assert "aar_i_gang" in package_slots(pakke, begun(library, pakke.id, stadie="etableret"))


def test_what_rules_the_package_out_ends_the_questions(library: Library) -> None:
    state = begun(library, "opstartspakke", stadie="nystartet", beliggenhed="udenfor")
    assert asks(state, library) is None


def test_what_does_not_settle_it_yet_goes_on(library: Library) -> None:
    assert asks(begun(library, "hr-pakke", stadie="etableret", beliggenhed="københavn", ansatte=12), library) == "branche"


def test_after_the_questions_the_services_then_consent_then_contact_then_the_summary(library: Library) -> None:
    state = begun(library, "opstartspakke", **FITS)
    assert asks(state, library) == YDELSER
    state = replace(state, valgte=("ivaerksaetterkurser",), valg_slut=True)
    order = []
    for _ in range(8):
        slot = asks(state, library)
        assert slot is not None
        order.append(slot)
        if slot == BEKRAEFT:
            break
        state = state.with_answer(slot, CONTACT[slot])
    assert order == ["samtykke", "navn", "telefon", "cvr", "virksomhed", BEKRAEFT]


def test_a_borderline_case_gives_contact_data_without_a_choice_of_services(library: Library) -> None:
    state = begun(
        library,
        "hr-pakke",
        stadie="etableret",
        beliggenhed="filial",
        ansatte=90,
        branche="x",
        behov="x",
        tidsplan="x",
        planer="x",
    )
    assert asks(state, library) == "samtykke"


def test_e_mail_only_where_no_phone_was_given(library: Library) -> None:
    assert "email" not in contact_slots(begun(library, None, behov="x", telefon="20417703"), library)
    without = begun(library, None, behov="x").with_skip("telefon")
    assert contact_slots(without, library).index("email") == contact_slots(without, library).index("telefon") + 1


def test_after_a_no_to_the_case_nothing_more_is_asked(library: Library) -> None:
    assert contact_slots(begun(library, None, behov="x", samtykke=False), library) == ["samtykke"]


def test_a_person_is_asked_for_with_what_it_is_about(library: Library) -> None:
    assert asks(begun(library, None), library) == "behov"
    assert asks(begun(library, None, behov="støj"), library) == "samtykke"


def test_a_case_is_looked_up_by_number_and_contact(library: Library) -> None:
    state = Forloeb(slags="sag", noegle="k")
    assert asks(state, library) == "sagsnummer"
    state = state.with_answer("sagsnummer", "KBH-2026-000123")
    assert asks(state, library) == "kontaktoplysning"
    assert asks(state.with_answer("kontaktoplysning", "a@test.dk"), library) is None


def test_bodies_outside_the_municipality_need_a_yes_of_their_own(library: Library) -> None:
    state = begun(library, "opstartspakke", **{**FITS, "planer": "vi vil ansætte to og skalere"}, samtykke=True)
    state = replace(state, valgte=("ivaerksaetterkurser",), valg_slut=True)
    assert asks(state, library) == "videregivelse"
    alone = replace(begun(library, "opstartspakke", **FITS, samtykke=True), valgte=("ivaerksaetterkurser",), valg_slut=True)
    assert asks(alone, library) == "navn"


def test_a_joint_meeting_is_offered_where_several_units_act(library: Library) -> None:
    cafe = begun(
        library, "cafe-restaurationspakke", type_sted="café", lokale=True, beliggenhed="københavn", cafe_tilladelser=["alkohol"],
        tidsplan="maj", behov="alt",
    )  # fmt: skip
    several = replace(cafe, valgte=("alkoholbevilling", "udeservering"), valg_slut=True)
    assert asks(several, library) == "faellesmoede"
    assert asks(replace(cafe, valgte=("alkoholbevilling",), valg_slut=True), library) == "samtykke"


@pytest.mark.parametrize(("pakke", "slot"), [("byggepakke", "beliggenhed"), ("vaekstpakke", "behov"), ("hr-pakke", "branche")])
def test_a_package_words_a_question_in_its_own_way(library: Library, pakke: str, slot: str) -> None:
    own, common = question(slot, library, library.servicepakker[pakke]), question(slot, library)
    assert own is not None
    assert common is not None
    assert (own.tekst, own.hvorfor) != (common.tekst, common.hvorfor)
    assert (own.id, own.type, own.valg) == (common.id, common.type, common.valg)


def test_a_package_that_has_left_the_catalogue_leaves_a_way_on(library: Library) -> None:
    state = Forloeb(slags="pakke", noegle="k", pakke="findes-ikke", svar={"behov": "x"})
    assert asks(state, library) == "samtykke"
