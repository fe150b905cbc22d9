"""How a case stands is told to whoever knows number and contact, and those who guess learn nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from connectors.crm.henvendelser import Status, opret
from connectors.crm.sagsopslag import FLEST, GEMMES, VINDUE, ForkertOpslag, ForMangeForsoeg, slaa_op
from connectors.database import reading
from tests.crm.eksempler import FRIST, NU, udkast

RIGTIG, FORKERT = "proeve@example.com", "forkert@example.com"
SEKUND = dt.timedelta(seconds=1)


@pytest.fixture
def number(engine: Engine) -> str:
    return opret(engine, udkast(), FRIST, NU).number


def _ask(engine: Engine, number: str, contact: str = RIGTIG, samtale: str = "a", nu: dt.datetime = NU) -> Status | None:
    return slaa_op(engine, number, contact, samtale, nu)


def _guess(engine: Engine, number: str, times: int, **andre: Any) -> None:
    for _ in range(times):
        assert _ask(engine, number, FORKERT, **andre) is None


def test_state_deadline_unit_and_what_is_agreed_are_told(engine: Engine, number: str) -> None:
    told = _ask(engine, number, "+45 20 41 77 03")
    assert told == Status(number, "ny", FRIST, "team-opstart-vaekst", None, (("Ring tilbage", FRIST),))


def test_an_agreement_that_is_kept_is_not_told(engine: Engine) -> None:
    made = opret(engine, udkast(aftaler=[{"tekst": "Ring tilbage", "frist": FRIST, "udfoert": NU}]), FRIST, NU)
    told = _ask(engine, made.number)
    assert told is not None and told.aftaler == ()


def test_after_too_many_wrong_pairs_in_a_conversation_nothing_is_told_there_for_a_while(engine: Engine, number: str) -> None:
    _guess(engine, number, FLEST - 1)
    assert _ask(engine, number) is not None, "a right pair is told until there are too many wrong ones"
    _guess(engine, number, 1)
    for pair in ((number, RIGTIG), (number, FORKERT), ("KBH-2019-000001", RIGTIG), ("sludder", RIGTIG)):
        with pytest.raises(ForMangeForsoeg) as refused:
            _ask(engine, *pair)
        assert refused.value.minutter == 15
    assert _ask(engine, number, nu=NU + VINDUE) is not None


def test_the_same_whether_the_number_exists_or_not(engine: Engine, number: str) -> None:
    def course(asked: str, samtale: str) -> list[object]:
        told: list[object] = []
        for _ in range(FLEST + 2):
            try:
                told.append(_ask(engine, asked, f"{samtale}-{FORKERT}", samtale))
            except ForMangeForsoeg:
                told.append("for mange")
        return told

    assert course(number, "a") == course("KBH-2019-000001", "b") == [None] * FLEST + ["for mange"] * 2


def test_one_number_is_guessed_at_from_many_conversations_no_oftener(engine: Engine, number: str) -> None:
    for conversation in range(FLEST):
        _guess(engine, number, 1, samtale=f"gætter-{conversation}")
    with pytest.raises(ForMangeForsoeg):
        _ask(engine, number, FORKERT, samtale="endnu en")
    with pytest.raises(ForMangeForsoeg):
        _ask(engine, number, RIGTIG, samtale="ejeren")


def test_others_are_not_kept_out_by_it(engine: Engine, number: str) -> None:
    other = opret(engine, udkast(noegle="anden"), FRIST, NU).number
    _guess(engine, number, FLEST, samtale="gætter")
    assert _ask(engine, other, samtale="ejeren") is not None
    for guess in range(FLEST):
        assert _ask(engine, "ikke et nummer", f"f{guess}@example.com", samtale="b") is None
    assert _ask(engine, "ikke et nummer", "f@example.com", samtale="c") is None, "what is no number is nobody's"


def test_one_contact_is_not_tried_with_every_number_from_ever_new_conversations(engine: Engine, number: str) -> None:
    for guess in range(FLEST):
        assert _ask(engine, f"KBH-2019-00000{guess}", "+45 20 41 77 03", f"gætter-{guess}") is None
    with pytest.raises(ForMangeForsoeg):
        _ask(engine, number, "20417703", "endnu en")
    assert _ask(engine, number, RIGTIG, "ejeren") is not None, "another contact of the same case is not kept out"


def test_who_guesses_elsewhere_keeps_nobody_out_of_the_conversation_that_the_case_was_made_in(engine: Engine) -> None:
    own = opret(engine, udkast(samtale="egen"), FRIST, NU).number
    for conversation in range(FLEST):
        _guess(engine, own, 1, samtale=f"gætter-{conversation}")
    assert _ask(engine, own, samtale="egen") is not None
    with pytest.raises(ForMangeForsoeg):
        _ask(engine, own, FORKERT, samtale="egen")


def test_being_refused_lengthens_nothing(engine: Engine, number: str) -> None:
    _guess(engine, number, FLEST)
    with pytest.raises(ForMangeForsoeg):
        _ask(engine, number, FORKERT, nu=NU + VINDUE - SEKUND)
    assert _ask(engine, number, nu=NU + VINDUE) is not None


def test_it_is_counted_in_the_database_and_forgotten_after_a_day(engine: Engine, number: str) -> None:
    _guess(engine, number, 3)
    _guess(engine, number, 1, nu=NU + GEMMES + SEKUND)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(ForkertOpslag)) == 1
