"""Deadlines against the Danish calendar, as printed in ordinary calendars."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.language.dato import KOEBENHAVN
from connectors.crm.frister import fast_dag, klokkeslaet, svarfrist

FASTE = ["05-06", "24-12", "31-12"]


def _kl(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=KOEBENHAVN)


@pytest.mark.parametrize(
    ("nu", "arbejdsdage", "forventet", "hvorfor"),
    [
        ("2026-11-24 10:12", 2, "2026-11-26", "the contract's example"),
        ("2026-11-24 23:59", 1, "2026-11-25", "late in the evening is still that day"),
        ("2026-11-25 00:01", 1, "2026-11-26", "just after midnight is the next day"),
        ("2026-11-27 12:00", 1, "2026-11-30", "Friday to Monday"),
        ("2026-11-28 12:00", 1, "2026-11-30", "Saturday counts from Monday"),
        ("2026-11-29 12:00", 2, "2026-12-01", "Sunday counts from Monday"),
        ("2026-12-23 12:00", 1, "2026-12-28", "24 fixed, 25 Christmas, 26-27 weekend"),
        ("2026-12-30 12:00", 1, "2027-01-04", "31 fixed, New Year, weekend, over the year"),
        ("2026-04-01 12:00", 1, "2026-04-07", "Maundy Thursday, Good Friday, Easter Monday"),
        ("2026-05-13 12:00", 2, "2026-05-18", "Ascension; the Friday after it is a working day by law"),
        ("2026-05-22 12:00", 1, "2026-05-26", "Whit Monday"),
        ("2023-05-04 12:00", 1, "2023-05-08", "store bededag, the last one"),
        ("2024-04-25 12:00", 1, "2024-04-26", "store bededag is a working day since 2024"),
        ("2026-06-04 12:00", 1, "2026-06-08", "Constitution Day, closed by kommune.yml"),
        ("2026-11-24 12:00", 10, "2026-12-08", "ten working days are two weeks"),
    ],
)
def test_deadline(nu: str, arbejdsdage: int, forventet: str, hvorfor: str) -> None:
    assert svarfrist(_kl(nu), arbejdsdage, "16:00", [], FASTE) == _kl(f"{forventet} 16:00"), hvorfor


def test_closing_days_of_the_municipality_do_not_count() -> None:
    closed = [dt.date(2026, 5, 15)]
    assert svarfrist(_kl("2026-05-13 12:00"), 1, "16:00", closed).date() == dt.date(2026, 5, 18)
    assert svarfrist(_kl("2026-06-04 12:00"), 1, "16:00").date() == dt.date(2026, 6, 5), "open unless kommune.yml says so"


@pytest.mark.parametrize(
    ("nu", "forventet"),
    [("2026-10-23 12:00", "2026-10-26T16:00:00+01:00"), ("2026-03-27 12:00", "2026-03-30T16:00:00+02:00")],
)
def test_the_clock_is_copenhagens_across_the_change_of_time(nu: str, forventet: str) -> None:
    assert svarfrist(_kl(nu), 1, "16:00").isoformat() == forventet


def test_the_day_is_copenhagens_whatever_zone_the_time_came_in() -> None:
    assert svarfrist(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), 1, "12:30") == _kl("2026-07-03 12:30")


@pytest.mark.parametrize("faste", [["24/12"], ["32-01"], ["12-24"], ["juleaften"], ["30-02"], [""]])
def test_a_fixed_day_that_is_none_is_refused(faste: list[str]) -> None:
    with pytest.raises(ValueError, match="24-12"):
        svarfrist(_kl("2026-11-24 12:00"), 1, "16:00", [], faste)


@pytest.mark.parametrize("klokken", ["", "16", "24:00", "12:60", "kl. 16", "16:0"])
def test_a_time_of_day_that_is_none_is_refused(klokken: str) -> None:
    with pytest.raises(ValueError, match="16:00"):
        klokkeslaet(klokken)


def test_fixed_days_are_read_with_and_without_zero() -> None:
    assert (fast_dag("5-6"), fast_dag("05-06"), fast_dag("29-02")) == ((6, 5), (6, 5), (2, 29))


@pytest.mark.parametrize("arbejdsdage", [0, -1])
def test_no_working_day_is_no_deadline(arbejdsdage: int) -> None:
    with pytest.raises(ValueError, match="arbejdsdag"):
        svarfrist(_kl("2026-11-24 12:00"), arbejdsdage, "16:00")


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidszone"):
        svarfrist(dt.datetime(2026, 11, 24), 1, "16:00")  # noqa: DTZ001


def test_a_municipality_that_never_opens_gives_an_error_not_an_endless_search() -> None:
    every_day = [f"{day}-{month}" for month in range(1, 13) for day in range(1, 29)] + [
        f"{day}-{month}" for month in range(1, 13) for day in (29, 30, 31) if day <= (28 if month == 2 else 30)
    ]
    every_day += ["29-2", "31-1", "31-3", "31-5", "31-7", "31-8", "31-10", "31-12"]
    with pytest.raises(ValueError, match="lukkedagene"):
        svarfrist(_kl("2026-11-24 12:00"), 1, "16:00", [], every_day)
