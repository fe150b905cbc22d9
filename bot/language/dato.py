"""Dates as Danes write them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_date

KOEBENHAVN = ZoneInfo("Europe/Copenhagen")


def dansk_dato(value: dt.date | dt.datetime) -> str:
    """``torsdag den 26. november 2026 kl. 16`` (``kl. 16.30`` off the hour), in Copenhagen's time; a mere date has no
    hour. Raises ``ValueError`` on a time without a zone."""
    if not isinstance(value, dt.datetime):
        return _dag(value)
    if value.utcoffset() is None:
        raise ValueError(f"tidspunktet {value.isoformat()} mangler tidszone")
    local = value.astimezone(KOEBENHAVN)
    clock = f"{local.hour}.{local.minute:02d}" if local.minute else f"{local.hour}"
    return f"{_dag(local.date())} kl. {clock}"


def _dag(day: dt.date) -> str:
    return format_date(day, "EEEE 'den' d. MMMM y", locale="da")
