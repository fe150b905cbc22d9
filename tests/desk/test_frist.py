"""A deadline in words and colour."""

import datetime as dt

import pytest

from bot.knowledge.schema.kommune import Kommune
from bot.language.dato import KOEBENHAVN
from connectors.desk.frist import Fristmaerke, maerke
from tests.website.fakes import KOMMUNE

TIRSDAG = dt.datetime(2026, 11, 24, 10, 12, tzinfo=KOEBENHAVN)


def klokken(day: int, hour: int = 16, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=KOEBENHAVN)


@pytest.mark.parametrize(
    ("frist", "ord_", "farve"),
    [
        (klokken(24), "i dag", "warning"),
        (klokken(24, 9), "overskredet i dag", "error"),
        (klokken(23), "overskredet 1 dag", "error"),
        (klokken(20), "overskredet 4 dage", "error"),
        (klokken(25), "om 1 arbejdsdag", "warning"),
        (klokken(26), "om 2 arbejdsdage", "success"),
        (klokken(30), "om 4 arbejdsdage", "success"),  # Saturday and Sunday are none
        (klokken(31, month=12), "om 5 uger", "success"),
    ],
)
def test_word_and_colour(frist: dt.datetime, ord_: str, farve: str) -> None:
    assert maerke(frist, TIRSDAG, KOMMUNE) == Fristmaerke(ord_, farve)


def test_a_deadline_in_the_weekend_is_before_the_next_working_day() -> None:
    friday = klokken(27, 10)
    assert maerke(klokken(29, 12), friday, KOMMUNE).ord == "før næste arbejdsdag"


def test_closing_days_are_no_working_days() -> None:
    closed = Kommune.model_validate(
        {**KOMMUNE.model_dump(), "lukkedage": {"eksempel": False, "dage": ["2026-11-25"], "faste": ["26-11"]}}
    )
    assert maerke(klokken(27), TIRSDAG, closed).ord == "om 1 arbejdsdag"


def test_days_are_copenhagens() -> None:
    """23.30 UTC on the 24th is the 25th in Copenhagen."""
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    assert maerke(klokken(25), late, KOMMUNE).ord == "i dag"


def test_what_is_closed_is_not_overdue() -> None:
    assert maerke(klokken(20), TIRSDAG, KOMMUNE, afsluttet=True) == Fristmaerke("afsluttet", "info")
