"""Times: kept in UTC, told in Copenhagen's time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from bot.language.dato import KOEBENHAVN


class Tidspunkt(TypeDecorator[dt.datetime]):
    """A point in time; SQLite has no time zones, so UTC is stored on both databases and aware times come back.

    Raises ``ValueError`` on a time without a zone: an hour lost between winter and summer time is a broken promise.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        utc = med_zone(value).astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        stored: dt.datetime = value
        return stored.replace(tzinfo=dt.UTC) if stored.tzinfo is None else stored.astimezone(dt.UTC)


def med_zone(value: dt.datetime) -> dt.datetime:
    """``value`` unchanged. Raises ``ValueError`` if it has no time zone."""
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError(f"tidspunktet {value.isoformat()} mangler tidszone")
    return value


def nu() -> dt.datetime:
    """The present, in UTC."""
    return dt.datetime.now(dt.UTC)


def iso(value: dt.datetime | None) -> str | None:
    """ISO 8601 to the second with Copenhagen's offset, such as ``2026-11-26T16:00:00+01:00``."""
    return None if value is None else med_zone(value).astimezone(KOEBENHAVN).isoformat(timespec="seconds")
