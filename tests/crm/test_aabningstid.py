"""Opening hours on the server, in Copenhagen's time: intervals, exceptions, holidays, closing days, summer and winter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.knowledge import load_library
from bot.knowledge.library import Library
from bot.knowledge.schema.aabningstid import Aabningstider
from bot.language.dato import KOEBENHAVN
from bot.settings import settings
from connectors.crm.aabningstid import er_aaben, lukkegrund, naeste_aabning, tider
from tests.website.fakes import KOMMUNE

SPLIT = [{"fra": "09:00", "til": "12:00"}, {"fra": "12:30", "til": "15:00"}]
WEEK: dict[str, Any] = dict.fromkeys(("mandag", "tirsdag", "onsdag", "torsdag", "fredag"), SPLIT)


def hours(
    undtagelser: list[dict[str, Any]] | None = None, dage: dict[str, Any] | None = None, lukket: dict[str, Any] | None = None
) -> Library:
    found = {"eksempel": False, "dage": WEEK if dage is None else dage, "undtagelser": undtagelser or []}
    closed = KOMMUNE.model_copy(update={"lukkedage": KOMMUNE.lukkedage.model_copy(update=lukket or {})})
    return Library(aabningstider=Aabningstider.model_validate(found), kommune=closed)


def at(text: str) -> dt.datetime:
    """A moment by the clock in Copenhagen."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=KOEBENHAVN)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-24 08:59:59", False, "2026-11-24 09:00"),
        ("2026-11-24 09:00", True, "2026-11-24 12:30"),
        ("2026-11-24 11:59:59", True, "2026-11-24 12:30"),
        ("2026-11-24 12:00", False, "2026-11-24 12:30"),
        ("2026-11-24 12:30", True, "2026-11-25 09:00"),
        ("2026-11-24 15:00", False, "2026-11-25 09:00"),
        ("2026-11-27 16:00", False, "2026-11-30 09:00"),  # Friday: over the weekend
    ],
)
def test_several_intervals_a_day(moment: str, is_open: bool, opens: str) -> None:
    assert er_aaben(at(moment), hours()) is is_open
    assert naeste_aabning(at(moment), hours()) == at(opens)


def test_an_exception_goes_before_weekday_holiday_and_closing_day() -> None:
    short = {"dato": "2026-12-23", "tider": [{"fra": "10:00", "til": "11:00"}], "grund": "kort dag"}
    christmas = {"dato": "2026-12-25", "tider": [{"fra": "10:00", "til": "11:00"}], "grund": "julevagt"}
    away = {"dato": "2026-12-22", "grund": "personaledag"}
    library = hours([short, christmas, away], lukket={"faste": ["24-12"]})
    assert [er_aaben(at(f"2026-12-{day} 10:30"), library) for day in (21, 22, 23, 24, 25)] == [True, False, True, False, True]
    assert er_aaben(at("2026-12-23 14:00"), library) is False
    assert lukkegrund(at("2026-12-22 10:30"), library) == "personaledag"
    assert naeste_aabning(at("2026-12-23 11:00"), library) == at("2026-12-25 10:00")


@pytest.mark.parametrize(
    ("holiday", "name", "opens"),
    [
        ("2026-04-02", "skærtorsdag", "2026-04-07 09:00"),
        ("2026-05-25", "anden pinsedag", "2026-05-26 09:00"),
        ("2027-01-01", "nytårsdag", "2027-01-04 09:00"),
    ],
)
def test_a_danish_holiday_is_closed_and_named(holiday: str, name: str, opens: str) -> None:
    noon = at(f"{holiday} 10:00")
    assert er_aaben(noon, hours()) is False
    assert lukkegrund(noon, hours()) == name
    assert naeste_aabning(noon, hours()) == at(opens)


def test_great_prayer_day_is_no_holiday_any_more() -> None:
    assert er_aaben(at("2026-05-01 10:00"), hours()) is True
    assert er_aaben(at("2023-05-05 10:00"), hours()) is False


def test_closing_days_of_the_municipality() -> None:
    library = hours(lukket={"faste": ["05-06"], "dage": [dt.date(2026, 12, 28)]})
    assert [er_aaben(at(f"{day} 10:00"), library) for day in ("2026-06-05", "2026-12-28", "2026-12-29")] == [False, False, True]
    assert lukkegrund(at("2026-06-05 10:00"), library) is None


def test_the_clock_of_copenhagen_counts_summer_and_winter() -> None:
    assert er_aaben(dt.datetime(2026, 7, 1, 7, 0, tzinfo=dt.UTC), hours()) is True
    assert er_aaben(dt.datetime(2026, 12, 1, 7, 0, tzinfo=dt.UTC), hours()) is False
    assert er_aaben(dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC), hours()) is True
    friday_before = naeste_aabning(at("2026-03-27 16:00"), hours())  # the clock is set on Sunday the 29th
    assert friday_before is not None and friday_before.astimezone(dt.UTC) == dt.datetime(2026, 3, 30, 7, 0, tzinfo=dt.UTC)


def test_the_hour_that_is_twice_or_not_at_all() -> None:
    night = hours(dage={"søndag": [{"fra": "01:00", "til": "04:00"}]})
    # 25 October 2026: 02-03 comes twice, so the four hours from 01 to 04 begin at 23 UTC
    assert [er_aaben(dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC), night) for hour in (0, 1, 2, 3)] == [True] * 3 + [False]
    # 29 March 2026: 02-03 is not there, so two hours are left
    assert [er_aaben(dt.datetime(2026, 3, 29, hour, 30, tzinfo=dt.UTC), night) for hour in (0, 1, 2)] == [True, True, False]


def test_where_nobody_has_said_when_it_is_closed() -> None:
    assert er_aaben(at("2026-11-24 10:00"), Library()) is False
    assert naeste_aabning(at("2026-11-24 10:00"), Library()) is None
    assert naeste_aabning(at("2026-11-24 10:00"), hours(dage={})) is None


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidszone"):
        er_aaben(dt.datetime(2026, 11, 24, 10, 0), hours())  # noqa: DTZ001


def test_the_municipalitys_own_file_says_when_and_that_it_is_an_example() -> None:
    library = load_library(settings().knowledge)[0]
    assert library.aabningstider is not None and library.aabningstider.eksempel
    assert [len(tider(dt.date(2026, 11, day), library)) for day in range(23, 30)] == [1, 1, 1, 1, 1, 0, 0]
