"""The state that lies in one Rasa slot."""

import json

import pytest

from bot.screening.forloeb import Forloeb

STATE = Forloeb(
    slags="pakke",
    noegle="a:1",
    pakke="hr-pakke",
    svar={"ansatte": [40, None], "projekt": False},
    tekst={"ansatte": "over 40"},
    sprunget=("branche",),
    asks="behov",
    fejl=1,
    valgte=("refusion",),
    valg_slut=True,
    vist="abc",
    emne="refusion",
    til_enhed=True,
)


def test_it_survives_json() -> None:
    assert Forloeb.from_json(json.loads(json.dumps(STATE.as_json()))) == STATE


@pytest.mark.parametrize(
    "stored", [None, "", [], 5, {}, {"slags": "pakke"}, {**STATE.as_json(), "ny_nøgle": 1}, {**STATE.as_json(), "valgte": 5}]
)
def test_what_can_not_be_read_is_no_state(stored: object) -> None:
    assert Forloeb.from_json(stored) is None


def test_a_later_answer_replaces_an_earlier_one_and_a_skip() -> None:
    state = STATE.with_answer("branche", "hotel").with_answer("branche", "kro")
    assert state.svar["branche"] == "kro"
    assert state.sprunget == ()


def test_an_answer_to_the_question_asked_forgets_its_failures_and_no_other_does() -> None:
    assert STATE.with_answer("behov", "x").fejl == 0
    assert STATE.with_answer("ansatte", 5).fejl == 1


def test_a_skip_takes_the_answer_away_and_is_known() -> None:
    state = STATE.with_skip("ansatte").with_skip("ansatte")
    assert "ansatte" not in state.svar
    assert state.sprunget == ("branche", "ansatte")
    assert state.known("ansatte")
    assert not state.known("planer")


def test_a_no_is_an_answer() -> None:
    assert STATE.known("projekt")


def test_a_reopened_question_is_open_and_asked() -> None:
    state = STATE.reopened("ansatte")
    assert not state.known("ansatte")
    assert (state.asks, state.fejl) == ("ansatte", 0)
    assert not STATE.reopened("branche").known("branche")
