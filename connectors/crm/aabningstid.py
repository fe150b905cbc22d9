"""Whether the front function is open, when it opens next, and why it is closed: ``knowledge/aabningstider.yml``.

Reckoned on the server, in Copenhagen's time, summer and winter. A date's own exception goes before everything else; then
public holidays (``holidays.Denmark``) and the closing days of ``kommune.yml``; then the weekday's hours.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

from bot.knowledge.library import Library
from bot.knowledge.schema.aabningstid import UGEDAGE, Interval, Undtagelse
from bot.language.dato import KOEBENHAVN
from connectors.crm.frister import fast_dag
from connectors.crm.tid import med_zone

DAYS_AHEAD = 366


def er_aaben(now: dt.datetime, library: Library) -> bool:
    """Whether it is open at ``now``; never where nobody has said when. Raises ``ValueError`` on a time without a zone."""
    moment = med_zone(now).astimezone(dt.UTC)
    day = moment.astimezone(KOEBENHAVN).date()
    return any(start <= moment < end for start, end in (_moments(day, hours) for hours in tider(day, library)))


def naeste_aabning(now: dt.datetime, library: Library) -> dt.datetime | None:
    """The first moment after ``now`` at which it opens, in Copenhagen's time; None where it doesn't within a year."""
    moment = med_zone(now).astimezone(dt.UTC)
    first = moment.astimezone(KOEBENHAVN).date()
    for ahead in range(DAYS_AHEAD):
        day = first + dt.timedelta(days=ahead)
        for hours in tider(day, library):
            start, _ = _moments(day, hours)
            if start > moment:
                return start.astimezone(KOEBENHAVN)
    return None


def lukkegrund(now: dt.datetime, library: Library) -> str | None:
    """Why the hours of ``now``'s day are not its weekday's: the exception's reason, or the holiday's name in Danish."""
    day = med_zone(now).astimezone(KOEBENHAVN).date()
    exception = _undtagelse(day, library)
    return exception.grund if exception is not None else _helligdage(day.year).get(day)


def tider(day: dt.date, library: Library) -> list[Interval]:
    """The hours of one day, earliest first."""
    hours = library.aabningstider
    exception = _undtagelse(day, library)
    if hours is None or exception is not None:
        return exception.tider if exception is not None else []
    if day in _helligdage(day.year) or _lukkedag(day, library):
        return []
    return hours.dage.get(UGEDAGE[day.weekday()], [])


def _undtagelse(day: dt.date, library: Library) -> Undtagelse | None:
    hours = library.aabningstider
    return next((item for item in hours.undtagelser if item.dato == day), None) if hours is not None else None


def _lukkedag(day: dt.date, library: Library) -> bool:
    if library.kommune is None:
        return False
    closed = library.kommune.lukkedage
    return day in closed.dage or (day.month, day.day) in {fast_dag(text) for text in closed.faste}


def _moments(day: dt.date, hours: Interval) -> tuple[dt.datetime, dt.datetime]:
    """In UTC, so that the hour which there is twice, or not at all, when the clock is set is reckoned as it passes."""
    start, end = (dt.datetime.combine(day, time, KOEBENHAVN).astimezone(dt.UTC) for time in (hours.start, hours.slut))
    return start, end


@lru_cache(maxsize=32)
def _helligdage(year: int) -> dict[dt.date, str]:
    return {day: name.lower() for day, name in holidays.country_holidays("DK", years=year, language="da").items()}
