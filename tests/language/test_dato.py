"""Danish dates."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.language.dato import dansk_dato

CPH = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (dt.datetime(2026, 11, 26, 16, 0, tzinfo=CPH), "torsdag den 26. november 2026 kl. 16"),
        (dt.datetime(2026, 11, 26, 16, 30, tzinfo=CPH), "torsdag den 26. november 2026 kl. 16.30"),
        (dt.datetime(2026, 11, 26, 9, 5, tzinfo=CPH), "torsdag den 26. november 2026 kl. 9.05"),
        (dt.datetime(2026, 7, 3, 22, 30, tzinfo=dt.UTC), "lørdag den 4. juli 2026 kl. 0.30"),
        (dt.date(2027, 1, 1), "fredag den 1. januar 2027"),
    ],
)
def test_dates_as_danes_write_them(value: dt.date, written: str) -> None:
    assert dansk_dato(value) == written


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidszone"):
        dansk_dato(dt.datetime(2026, 11, 26, 16, 0))  # noqa: DTZ001
