"""Reading the audit log: a page of it by who, what and when, and the whole as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, Select, func, select

from bot.language.dato import KOEBENHAVN
from connectors.crm.tid import iso
from connectors.database import reading
from connectors.desk.models import Revision

T = TypeVar("T", bound=tuple[Any, ...])
PER_SIDE = 50
MOST_EXPORTED = 50_000
KOLONNER = ("tid", "hvem", "medarbejder", "handling", "slags", "noegle", "detaljer")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Filtre:
    """What to look for; empty means everything. ``fra`` and ``til`` are days in Copenhagen, both included."""

    hvem: str = ""
    handling: str = ""
    slags: str = ""
    noegle: str = ""
    fra: dt.date | None = None
    til: dt.date | None = None


@dataclass(frozen=True)
class Side:
    """The lines of a page, the newest first, and how many there are in all."""

    linjer: list[Revision]
    antal: int
    sider: int


def hent(engine: Engine, filtre: Filtre, side: int) -> Side:
    """Page ``side``, counted from 1; the last one where that is beyond it."""
    with reading(engine) as session:
        antal = session.scalar(_hvor(select(func.count()).select_from(Revision), filtre)) or 0
        sider = max(1, -(-antal // PER_SIDE))
        query = _hvor(select(Revision), filtre).order_by(Revision.tid.desc(), Revision.id.desc())
        linjer = list(session.scalars(query.offset((min(side, sider) - 1) * PER_SIDE).limit(PER_SIDE)))
    return Side(linjer, antal, sider)


@dataclass(frozen=True)
class Valg:
    """What stands in the log, for the lists to choose from, each in alphabetical order."""

    hvem: list[str]
    handlinger: list[str]
    slags: list[str]


def valg(engine: Engine) -> Valg:
    """Every person, every kind of act and every kind of thing that the log has."""
    with reading(engine) as session:
        found = session.execute(select(Revision.hvem, Revision.handling, Revision.slags).distinct()).all()
    return Valg(*(sorted({row[column] for row in found}) for column in range(3)))


def som_csv(engine: Engine, filtre: Filtre) -> tuple[str, int]:
    """The newest ``MOST_EXPORTED`` lines as CSV that a Danish spreadsheet opens, and how many they are."""
    with reading(engine) as session:
        query = _hvor(select(Revision), filtre).order_by(Revision.tid.desc(), Revision.id.desc()).limit(MOST_EXPORTED)
        linjer = list(session.scalars(query))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOLONNER)
    for linje in linjer:
        detaljer = json.dumps(linje.detaljer, ensure_ascii=False) if linje.detaljer else ""
        values = (iso(linje.tid), linje.hvem, linje.medarbejder_id or "", linje.handling, linje.slags, linje.noegle, detaljer)
        writer.writerow(_uden_formler(str(value) for value in values))
    return "\ufeff" + out.getvalue(), len(linjer)


def _uden_formler(values: Iterable[str]) -> list[str]:
    """What a spreadsheet would reckon as a formula, as text."""
    return [f"'{value}" if value.startswith(_FORMULA) else value for value in values]


def _hvor(query: Select[T], filtre: Filtre) -> Select[T]:
    for column in ("hvem", "handling", "slags", "noegle"):
        if value := getattr(filtre, column):
            query = query.where(getattr(Revision, column) == value)
    if filtre.fra:
        query = query.where(Revision.tid >= dt.datetime.combine(filtre.fra, dt.time(), KOEBENHAVN))
    if filtre.til:
        query = query.where(Revision.tid < dt.datetime.combine(filtre.til + dt.timedelta(days=1), dt.time(), KOEBENHAVN))
    return query
