"""One turn of a screening: answers, skips, failures, corrections, consent, contact data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.dialog import prompt
from bot.knowledge import Library
from bot.screening.choosing import DONE
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.screening.result import EXPLAIN_AFTER, Turn
from bot.screening.steps import BEKRAEFT, YDELSER, next_step
from bot.screening.turn import refresh, take
from bot.screening.verdict import judge
from tests.screening.states import CONTACT, begun, pressed, say, skipped, typed

HR: dict[str, Any] = {
    "stadie": "etableret",
    "beliggenhed": "københavn",
    "ansatte": 60,
    "branche": "hotel",
    "behov": "vi mangler folk",
    "tidsplan": "nu",
    "planer": "vækst",
}


def answer(state: Forloeb, text: str, library: Library) -> Turn:
    return take(state, typed(text), library)


def notes(turn: Turn) -> list[str]:
    return [name for name, _ in turn.notes]


def skippable(state: Forloeb, library: Library) -> bool:
    reply = prompt.prompt(state, library)
    assert reply is not None
    return any(button.payload["intent"] == "spring_over" for button in reply.buttons)


def confirming(library: Library) -> Forloeb:
    """All said, the summary shown."""
    state = replace(begun(library, "hr-pakke", **HR, **CONTACT), valgte=("jobordre",), valg_slut=True)
    state = refresh(state, library)
    assert state.asks == BEKRAEFT
    return state


def contact(library: Library, **svar: Any) -> Forloeb:
    """A person is wanted, contact data are asked for."""
    return begun(library, None, behov="støj", samtykke=True, **svar)


# answers ------------------------------------------------------------------------------------------------------------


def test_answers_lead_from_question_to_question(library: Library) -> None:
    state = begun(library, "hr-pakke")
    state = say(
        state, library, "vi har kørt i 12 år", "Valby", "60", "hotel", "vi mangler tjenere", "til foråret", "ingen planer"
    )
    assert state.asks == YDELSER
    assert state.svar["stadie"] == "etableret"
    assert state.svar["beliggenhed"] == "københavn"
    assert state.svar["ansatte"] == 60
    assert state.svar["behov"] == "vi mangler tjenere"


def test_the_words_are_kept_beside_the_value(library: Library) -> None:
    state = answer(begun(library, "hr-pakke"), "vi har kørt i 12 år", library).state
    assert state.tekst["stadie"] == "vi har kørt i 12 år"


def test_an_answer_may_hold_answers_to_later_questions(library: Library) -> None:
    state = answer(begun(library, "hr-pakke"), "vi har kørt i 12 år, vi er 60 ansatte. Vi ligger i Valby", library).state
    assert state.svar["ansatte"] == 60
    assert state.svar["beliggenhed"] == "københavn"
    assert state.asks == "branche"


def test_an_answer_to_another_question_is_noted_and_the_question_stays(library: Library) -> None:
    turn = answer(begun(library, "hr-pakke", stadie="etableret"), "vi er 60 ansatte", library)
    assert turn.state.svar["ansatte"] == 60
    assert turn.state.asks == "beliggenhed"
    assert notes(turn) == ["noteret"]


def test_a_button_of_another_question_changes_nothing(library: Library) -> None:
    state = begun(library, "hr-pakke", stadie="etableret")
    for knap in (pressed("ansatte", 5), skipped("ansatte"), Heard("", "svar", 1.0, {"intent": "svar"})):
        turn = take(state, knap, library)
        assert (turn.handled, turn.state) == (True, state)


def test_a_button_that_is_no_answer_is_left_to_the_rules(library: Library) -> None:
    turn = take(begun(library, "hr-pakke"), Heard("", "menneske", 1.0, {"intent": "menneske"}), library)
    assert not turn.handled


# skipping and not knowing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ved ikke", "spring over", "det ved jeg ikke endnu", "aner det ikke"])
def test_not_known_is_passed_over_and_never_asked_again(library: Library, text: str) -> None:
    state = begun(library, "hr-pakke", stadie="etableret", beliggenhed="københavn")
    state = answer(state, text, library).state
    assert "ansatte" in state.sprunget
    assert "ansatte" not in state.svar
    assert state.asks == "branche"


def test_the_skip_button(library: Library) -> None:
    state = take(begun(library, "hr-pakke"), skipped("stadie"), library).state
    assert (state.sprunget, state.asks) == (("stadie",), "beliggenhed")


def test_not_sure_is_no_answer_to_a_yes_or_no(library: Library) -> None:
    state = begun(library, "vaekstpakke", stadie="etableret", beliggenhed="københavn", ansatte=9)
    state = answer(state, "tja, måske", library).state
    assert "vaekstprojekt" in state.sprunget


def test_a_target_group_left_open_goes_to_a_person(library: Library) -> None:
    state = begun(library, "hr-pakke", **{**HR, "ansatte": None}).with_skip("ansatte")
    assert judge(library.servicepakker["hr-pakke"], state.svar, library).udfald == "person"


# failures -----------------------------------------------------------------------------------------------------------


def test_two_failed_answers_explain_the_question_and_let_it_be_skipped(library: Library) -> None:
    state = begun(library, "cafe-restaurationspakke")
    assert state.asks == "type_sted"
    explanation = library.spoergsmaal["type_sted"].forklaring
    first = answer(state, "banan", library)
    assert (first.state.fejl, first.state.asks, notes(first)) == (1, "type_sted", ["ikke_forstaaet"])
    assert not skippable(first.state, library)
    second = answer(first.state, "pære", library)
    assert second.state.fejl == EXPLAIN_AFTER
    reply = prompt.prompt(second.state, library)
    assert reply is not None
    assert explanation in reply.text
    assert skippable(second.state, library)
    after = take(second.state, skipped("type_sted"), library).state
    assert (after.asks, after.fejl) == ("lokale", 0)


def test_failures_are_counted_anew_for_each_question(library: Library) -> None:
    state = answer(begun(library, "cafe-restaurationspakke"), "banan", library).state
    state = answer(state, "café", library).state
    assert state.fejl == 0
    assert answer(state, "banan", library).state.fejl == 1


def test_what_must_be_known_is_never_skippable(library: Library) -> None:
    turn = answer(contact(library), "ved ikke", library)
    assert (turn.state.asks, notes(turn)) == ("navn", ["navn_skal"])
    assert not skippable(turn.state, library)


def test_what_must_be_known_is_not_asked_for_ever(library: Library) -> None:
    state = answer(contact(library), "det vil jeg ikke sige", library).state
    assert answer(state, "det vil jeg ikke sige", library).state.slut == "afvist"


# questions of several ------------------------------------------------------------------------------------------------


def test_a_question_of_several_gathers_buttons_until_that_is_all(library: Library) -> None:
    state = begun(library, "cafe-restaurationspakke", type_sted="café", lokale=True, beliggenhed="københavn")
    assert state.asks == "cafe_tilladelser"
    for value in ("alkohol", "nat", "alkohol"):
        state = take(state, pressed("cafe_tilladelser", [value]), library).state
        assert state.asks == "cafe_tilladelser"
        reply = prompt.prompt(state, library)
        assert reply is not None
        assert [value] not in [button.payload.get("vaerdi") for button in reply.buttons], "pressed already"
    state = take(state, pressed("cafe_tilladelser", DONE), library).state
    assert (state.svar["cafe_tilladelser"], state.asks) == (["alkohol", "nat"], "tidsplan")


def test_what_is_typed_goes_with_the_buttons_pressed_before(library: Library) -> None:
    state = begun(library, "cafe-restaurationspakke", type_sted="café", lokale=True, beliggenhed="københavn")
    state = take(state, pressed("cafe_tilladelser", ["nat"]), library).state
    state = answer(state, "og så borde udenfor", library).state
    assert state.svar["cafe_tilladelser"] == ["nat", "udeservering"]


def test_one_permit_said_twice_is_one(library: Library) -> None:
    """Two would make the byggepakke fit."""
    state = begun(library, "byggepakke", projekt="et skur", beliggenhed="københavn")
    typed_twice = answer(state, "1 og 1", library).state
    assert typed_twice.svar["tilladelser"] == ["byggetilladelse"]
    pressed_and_typed = answer(take(state, pressed("tilladelser", ["asbest"]), library).state, "asbest", library).state
    assert pressed_and_typed.svar["tilladelser"] == ["asbest"]


def test_none_of_them_ends_such_a_question_at_once(library: Library) -> None:
    state = begun(library, "byggepakke", projekt="et skur", beliggenhed="københavn")
    state = take(state, pressed("tilladelser", ["ingen"]), library).state
    assert state.svar["tilladelser"] == ["ingen"]
    assert state.asks != "tilladelser"


# why ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slot", ["stadie", "ansatte", "behov", "planer"])
def test_why_do_you_ask_is_left_to_the_rule_and_changes_nothing(library: Library, slot: str) -> None:
    state = replace(begun(library, "hr-pakke", stadie="etableret"), asks=slot)
    turn = take(state, typed("hvorfor vil I vide det?", "hvorfor", 0.95), library)
    assert (turn.handled, turn.state) == (False, state)
    reason = prompt.why(state, library)
    assert reason is not None
    assert reason.text


# corrections --------------------------------------------------------------------------------------------------------


def test_several_corrections_in_a_row(library: Library) -> None:
    state = begun(library, "hr-pakke", stadie="etableret", beliggenhed="københavn", ansatte=60, branche="hotel")
    for text, wanted in (("nej vent, vi er 70 ansatte", 70), ("ups, vi er 80 ansatte", 80), ("hov, vi er 55 ansatte", 55)):
        turn = answer(state, text, library)
        state = turn.state
        assert (state.svar["ansatte"], state.asks, notes(turn)) == (wanted, "behov", ["rettet"])


def test_correcting_what_was_said_three_questions_ago_recomputes_what_depends_on_it(library: Library) -> None:
    state = begun(library, "opstartspakke")
    state = say(state, library, "vi har kørt i 12 år", "Valby", "7 år")
    assert state.asks == "vaekstprojekt"
    turn = answer(state, "nej vent, jeg har lige startet mit firma", library)
    assert turn.state.svar["stadie"] == "nystartet"
    assert turn.state.asks == "branche", "questions that only an established company gets are gone"


def test_a_correction_tells_the_changed_recommendation_anew_and_the_choice_starts_over(library: Library) -> None:
    pakke = library.servicepakker["hr-pakke"]
    state = begun(library, "hr-pakke", **HR)
    state = replace(state, vist=judge(pakke, state.svar, library).mark(), valgte=("jobordre",))
    same = answer(state, "nej vent, vi er 61 ansatte", library).state
    assert (same.valgte, same.vist) == (("jobordre",), state.vist)
    changed = answer(state, "nej vent, vi er 45 ansatte", library).state
    assert (changed.valgte, changed.vist, changed.valg_slut) == ((), None, False)
    assert judge(pakke, changed.svar, library).udfald == "person"


def test_a_correction_that_rules_the_package_out_ends_it(library: Library) -> None:
    state = begun(library, "hr-pakke", **HR)
    state = answer(state, "ups, vi er 12 ansatte", library).state
    assert next_step(state, library) is None
    assert judge(library.servicepakker["hr-pakke"], state.svar, library).udfald == "passer_ikke"


def test_a_correction_without_its_value_asks_for_it(library: Library) -> None:
    state = begun(library, "hr-pakke", stadie="etableret", beliggenhed="københavn", ansatte=60)
    turn = take(state, typed("jeg vil rette hvor mange vi er", "ret", 0.9), library)
    assert turn.state.asks == "ansatte"
    assert "ansatte" not in turn.state.svar
    last = take(state, typed("det var forkert", "ret", 0.9), library)
    assert (last.state.asks, notes(last)) == ("ansatte", ["ret_forrige"])


def test_nothing_to_correct_yet(library: Library) -> None:
    turn = take(begun(library, "hr-pakke"), typed("ret det", "ret", 0.9), library)
    assert (notes(turn), turn.state.asks) == (["ret_intet"], "stadie")


def test_the_change_button_reopens_any_answer(library: Library) -> None:
    state = confirming(library)
    for slot in ("ansatte", "navn", "cvr", "behov"):
        reopened = take(state, Heard("", "ret", 1.0, {"intent": "ret", "slot": slot}), library).state
        assert reopened.asks == slot
    again = take(state, Heard("", "ret", 1.0, {"intent": "ret", "slot": YDELSER}), library).state
    assert (again.asks, again.valgte) == (YDELSER, ())


# the summary --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ja", "ja det er rigtigt", "det passer", "jep"])
def test_a_yes_to_the_summary_makes_the_case(library: Library, text: str) -> None:
    assert answer(confirming(library), text, library).state.slut == "opret"


@pytest.mark.parametrize("text", ["nej", "nej, ikke helt", "der er en fejl"])
def test_a_no_asks_what_is_to_be_changed(library: Library, text: str) -> None:
    turn = answer(confirming(library), text, library)
    assert (turn.state.slut, turn.state.asks, notes(turn)) == (None, BEKRAEFT, ["ret_hvad"])


def test_a_named_answer_is_changed_from_the_summary(library: Library) -> None:
    assert answer(confirming(library), "navnet er forkert", library).state.asks == "navn"
    turn = answer(confirming(library), "nej vent, vi er 70 ansatte", library)
    assert (turn.state.svar["ansatte"], turn.state.slut) == (70, None)


def test_nonsense_makes_no_case(library: Library) -> None:
    turn = answer(confirming(library), "asdf", library)
    assert (turn.state.slut, turn.state.asks) == (None, BEKRAEFT)


# consent ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["nej", "nej tak", "helst ikke", "det må I ikke"])
def test_no_consent_makes_nothing(library: Library, text: str) -> None:
    state = answer(begun(library, None, behov="støj"), text, library).state
    assert state.slut == "afvist"
    assert next_step(state, library) is None


@pytest.mark.parametrize("text", ["tja", "ved ikke", "måske", "asdf"])
def test_consent_is_never_taken_from_what_is_no_yes(library: Library, text: str) -> None:
    state = answer(begun(library, None, behov="støj"), text, library).state
    assert state.asks == "samtykke"
    assert not state.known("samtykke")


def test_consent_can_not_be_passed_over(library: Library) -> None:
    turn = answer(begun(library, None, behov="støj"), "spring over", library)
    assert (turn.state.asks, notes(turn)) == ("samtykke", ["samtykke_skal"])


# contact data -------------------------------------------------------------------------------------------------------


def test_without_any_way_to_reach_them_nothing_is_made(library: Library) -> None:
    state = contact(library, navn="Aske Testesen")
    state = take(state, skipped("telefon"), library).state
    assert state.asks == "email"
    state = answer(state, "nej", library).state
    assert state.slut == "ingen_kontakt"


def test_an_e_mail_given_instead_of_a_phone_is_taken(library: Library) -> None:
    state = contact(library, navn="Aske Testesen")
    for text in ("nej, men min mail er aske@testfirma.dk", "har ikke telefon, skriv til aske@testfirma.dk"):
        after = answer(state, text, library).state
        assert (after.svar["email"], after.asks) == ("aske@testfirma.dk", "cvr")


def test_a_number_after_a_no_is_the_number(library: Library) -> None:
    state = contact(library, navn="Aske Testesen")
    assert answer(state, "nej det er 20417703", library).state.svar["telefon"] == "20417703"


@pytest.mark.parametrize(("text", "reason"), [("9722524", "cvr_for_kort"), ("97225248", "cvr_forkert_ciffer")])
def test_a_cvr_number_is_refused_with_its_reason(library: Library, text: str, reason: str) -> None:
    state = contact(library, navn="Aske Testesen", telefon="20417703")
    turn = answer(state, text, library)
    assert (turn.state.asks, notes(turn), turn.state.fejl) == ("cvr", [reason], 1)
    assert "cvr" not in turn.state.svar


@pytest.mark.parametrize("text", ["har ikke et cvr endnu", "nej", "spring over", "ved ikke"])
def test_no_cvr_number_is_fine(library: Library, text: str) -> None:
    state = contact(library, navn="Aske Testesen", telefon="20417703")
    assert answer(state, text, library).state.asks == "virksomhed"


def test_a_cvr_number_in_a_sentence(library: Library) -> None:
    state = contact(library, navn="Aske Testesen", telefon="20417703")
    assert answer(state, "ja det er DK 97 22 52 49", library).state.svar["cvr"] == "97225249"


# interruptions ------------------------------------------------------------------------------------------------------


ELSEWHERE = (
    ("hvad koster 3 containere?", "ydelse"),
    ("jeg vil tale med et menneske", "menneske"),
    ("stop", "afbryd"),
    ("hvilke pakker har I", "pakkeoversigt"),
    ("hvad sker der med min sag", "sag"),
)


@pytest.mark.parametrize(("text", "intent"), ELSEWHERE)
@pytest.mark.parametrize("slot", ["stadie", "ansatte", "beliggenhed", "behov"])
def test_something_else_is_left_to_the_rules_and_loses_nothing(library: Library, slot: str, text: str, intent: str) -> None:
    state = replace(begun(library, "hr-pakke", branche="hotel"), asks=slot)
    turn = take(state, typed(text, intent, 0.95), library)
    assert (turn.handled, turn.state) == (False, state)


@pytest.mark.parametrize("slot", ["stadie", "ansatte", "beliggenhed"])
def test_a_greeting_is_no_answer_to_a_typed_question(library: Library, slot: str) -> None:
    state = replace(begun(library, "hr-pakke", branche="hotel"), asks=slot)
    assert not take(state, typed("hej med jer alle sammen", "smalltalk", 0.95), library).handled


@pytest.mark.parametrize("text", ["Ida Test", "Søren Baker", "Susanne Godt", "søren baker"])
def test_a_name_that_sounds_like_small_talk_is_a_name(library: Library, text: str) -> None:
    state = replace(contact(library), asks="navn")
    turn = take(state, typed(text, "smalltalk", 0.95), library)
    assert (turn.handled, turn.state.svar.get("navn")) == (True, text)


@pytest.mark.parametrize("text", ["hej", "god dag", "Hej igen", "mange tak", "vi ses", "haha"])
def test_small_talk_is_no_name(library: Library, text: str) -> None:
    state = replace(contact(library), asks="navn")
    assert not take(state, typed(text, "smalltalk", 0.95), library).handled


def test_nothing_is_asked_any_more(library: Library) -> None:
    state = replace(confirming(library), slut="opret", asks=None)
    assert not answer(state, "ja", library).handled


def test_a_question_that_editors_have_removed_is_passed_over(library: Library) -> None:
    gone = replace(library, spoergsmaal={slot: q for slot, q in library.spoergsmaal.items() if slot != "stadie"})
    turn = take(begun(library, "hr-pakke"), typed("hvad som helst"), gone)
    assert turn.handled
    assert "stadie" in turn.state.sprunget


def test_two_receivers_outside_the_municipality_are_two_words(library: Library) -> None:
    state = begun(
        library, "vaekstpakke", stadie="etableret", ansatte=12, beliggenhed="københavn", vaekstprojekt=True, projekt="eksport",
        behov="eksport til Tyskland og kapital",
    )  # fmt: skip
    assert prompt.fill("Må {modtager}?", state, library) == "Må Væksthus Hovedstadsregionen og Eksportrådet?"
