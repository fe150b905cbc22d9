"""Lines of a case's history as staff read them: "Team: Frontfunktionen → Kundecenter Byggeri". Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from connectors.crm.models import Historik
from connectors.desk.ordliste import STATUSSER

_INGEN = "ingen"


@dataclass(frozen=True)
class Haendelse:
    """A line: when (UTC), who, and what changed from what to what."""

    tid: dt.datetime
    hvem: str
    tekst: str


def haendelser(linjer: Iterable[Historik], library: Library) -> list[Haendelse]:
    """The lines in words, in the order in which they come."""
    return [haendelse(linje, library) for linje in linjer]


def haendelse(linje: Historik, library: Library) -> Haendelse:
    """One line in words."""
    fra, til = (_ord(linje.felt, value, library) for value in (linje.fra, linje.til))
    what = linje.felt[:1].upper() + linje.felt[1:]
    if fra is None:
        return Haendelse(linje.tid, linje.hvem, f"{what}: {til or _INGEN}")
    return Haendelse(linje.tid, linje.hvem, f"{what}: {fra} → {til or _INGEN}")


def _ord(felt: str, value: str | None, library: Library) -> str | None:
    if value is None:
        return None
    if felt in ("team", "enhed"):
        unit = library.enheder.get(value)
        return unit.navn if unit else value
    if felt == "status":
        return STATUSSER.get(value, value)
    try:
        return dansk_dato(dt.datetime.fromisoformat(value)) if "T" in value else value
    except ValueError:
        return value
