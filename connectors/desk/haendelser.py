"""Lines of a case's history as staff read them: "Team: Frontfunktionen → Kundecenter Byggeri". Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from connectors.crm.models import Historik
from connectors.desk.ordliste import DELOPGAVE_STATUSSER, STATUSSER

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
    what = _felt(linje.felt, library)
    if fra is None:
        return Haendelse(linje.tid, linje.hvem, f"{what}: {til or _INGEN}")
    return Haendelse(linje.tid, linje.hvem, f"{what}: {fra} → {til or _INGEN}")


def _felt(felt: str, library: Library) -> str:
    """The line's subject; that of a delopgave names its unit by id ("delopgave team-hr, frist")."""
    kind, _, rest = felt.partition(" ")
    if kind == "delopgave":
        unit, comma, part = rest.partition(",")
        known = library.enheder.get(unit)
        felt = f"delopgave hos {known.navn if known else unit}{comma}{part}"
    return felt[:1].upper() + felt[1:]


def _ord(felt: str, value: str | None, library: Library) -> str | None:
    if value is None:
        return None
    if felt in ("team", "enhed"):
        unit = library.enheder.get(value)
        return unit.navn if unit else value
    if felt == "status":
        return STATUSSER.get(value, value)
    if felt.startswith("delopgave") and value in DELOPGAVE_STATUSSER:
        return DELOPGAVE_STATUSSER[value]
    try:
        return dansk_dato(dt.datetime.fromisoformat(value)) if "T" in value else value
    except ValueError:
        return value
