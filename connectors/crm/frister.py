"""Reply deadlines in Danish working days.

A working day is Monday to Friday, no public holiday (``holidays.Denmark``: store bededag until 2023 only) and no
closing day of the municipality's; 5 June, 24 and 31 December are no public holidays and stand in ``kommune.yml``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

import holidays

from bot.language.dato import KOEBENHAVN
from connectors.crm.tid import med_zone

FastDag = tuple[int, int]
_FAST = re.compile(r"(\d{1,2})-(\d{1,2})")
_KLOKKEN = re.compile(r"(\d{1,2})[:.](\d{2})")
_LONGEST_SEARCH = dt.timedelta(days=3660)


def svarfrist(
    nu: dt.datetime,
    arbejdsdage: int,
    klokken: str,
    lukkedage: Iterable[dt.date] = (),
    faste_lukkedage: Iterable[str] = (),
) -> dt.datetime:
    """``klokken`` ("16:00") on the ``arbejdsdage``-th working day after ``nu``'s day in Copenhagen, in Copenhagen's time.

    The day itself does not count, nor do days without work, so what comes on a Saturday counts from Monday.
    ``faste_lukkedage`` are days of every year as "24-12". Raises ``ValueError`` on anything that is no such value.
    """
    if arbejdsdage < 1:
        raise ValueError(f"en svarfrist er mindst én arbejdsdag, ikke {arbejdsdage}")
    time = klokkeslaet(klokken)
    closed = frozenset(lukkedage)
    yearly = frozenset(fast_dag(day) for day in faste_lukkedage)
    start = day = med_zone(nu).astimezone(KOEBENHAVN).date()
    left = arbejdsdage
    while left:
        day += dt.timedelta(days=1)
        if day - start > _LONGEST_SEARCH:
            raise ValueError(f"der er ikke {arbejdsdage} arbejdsdage i de næste ti år; se lukkedagene")
        left -= er_arbejdsdag(day, closed, yearly)
    return dt.datetime.combine(day, time, KOEBENHAVN)


def er_arbejdsdag(day: dt.date, lukkedage: frozenset[dt.date], faste: frozenset[FastDag]) -> bool:
    """Whether the municipality works on ``day``."""
    closed = day.weekday() >= 5 or day in lukkedage or (day.month, day.day) in faste
    return not closed and day not in _helligdage(day.year)


def fast_dag(text: str) -> FastDag:
    """``(month, day)`` of a day of every year written "24-12". Raises ``ValueError``."""
    match = _FAST.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} er ikke en dag i året; skriv dag og måned, som 24-12")
    day, month = int(match[1]), int(match[2])
    try:
        dt.date(2000, month, day)  # a leap year, so that 29-02 is one
    except ValueError:
        raise ValueError(f"{text!r} findes ikke i kalenderen; skriv dag og måned, som 24-12") from None
    return month, day


def klokkeslaet(text: str) -> dt.time:
    """A time of day written "16:00" or "16.00". Raises ``ValueError``."""
    match = _KLOKKEN.fullmatch(text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(f"{text!r} er ikke et klokkeslæt; skriv som 16:00")
    return dt.time(int(match[1]), int(match[2]))


@lru_cache(maxsize=32)
def _helligdage(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("DK", years=year))
