"""How the desk's templates write times and names: ``|dato``, ``|tid``, ``|frist``, ``|enhed``, ``|ydelse``, ``|pakke``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

from bot.language.dato import KOEBENHAVN
from connectors.crm import tid as tider
from connectors.desk.frist import maerke
from connectors.website.texts import Knowledge

INGEN = "–"


def dato(value: dt.date | dt.datetime | None) -> str:
    """``24. november 2026``, in Copenhagen's time; a dash where there is none."""
    if value is None:
        return INGEN
    day = value.astimezone(KOEBENHAVN).date() if isinstance(value, dt.datetime) else value
    return format_date(day, "d. MMMM y", locale="da")


def tid(value: dt.datetime | None) -> str:
    """``24. nov. kl. 10.12``, with the year where it is not this one; a dash where there is none."""
    if value is None:
        return INGEN
    local = tider.med_zone(value).astimezone(KOEBENHAVN)
    pattern = "d. MMM" if local.year == tider.nu().astimezone(KOEBENHAVN).year else "d. MMM y"
    return f"{format_date(local.date(), pattern, locale='da')} kl. {local.hour}.{local.minute:02d}"


def filtre(knowledge: Knowledge) -> dict[str, Callable[..., Any]]:
    """The filters by name; those that need the editors' files read what is in force when they are used."""

    def frist(value: dt.datetime | None, afsluttet: bool = False) -> str:
        kommune = knowledge.current.kommune
        if value is None or kommune is None:
            return tid(value)
        found = maerke(value, tider.nu(), kommune, afsluttet=afsluttet)
        return Markup('<span class="badge badge-{}">{}</span>').format(found.farve, found.ord)

    def enhed(value: str | None) -> str:
        known = knowledge.current.enheder.get(value or "")
        return known.navn if known else value or INGEN

    def ydelse(value: str) -> str:
        known = knowledge.current.ydelser.get(value)
        return known.navn if known else value

    def pakke(value: str | None) -> str:
        known = knowledge.current.servicepakker.get(value or "")
        return known.navn if known else value or INGEN

    return {"dato": dato, "tid": tid, "frist": frist, "enhed": enhed, "ydelse": ydelse, "pakke": pakke}
