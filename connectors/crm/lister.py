"""The desk's lists of cases, and how many stand in each: one query for both, so that the counts are what is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, Select, Subquery, and_, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from bot.language.dato import KOEBENHAVN
from connectors.crm import synlighed
from connectors.crm.filtre import Filtre, betingelser, midnat
from connectors.crm.listelinje import Linje, Slags, indlaes
from connectors.crm.models import Aftale, Delopgave, Henvendelse
from connectors.crm.synlighed import Seer
from connectors.crm.tid import med_zone
from connectors.database import reading

Liste = Literal["mine", "team", "frist", "alle"]
LISTER: tuple[Liste, ...] = ("mine", "team", "frist", "alle")
PER_SIDE = 25


@dataclass(frozen=True)
class Side:
    """One page of a list: ``total`` rows on ``sider`` pages, of which this is ``side`` (from 1)."""

    linjer: list[Linje]
    total: int
    side: int
    sider: int


def hent(engine: Engine, bruger: Seer, liste: Liste, filtre: Filtre, nu: dt.datetime, side: int = 1) -> Side:
    """A page of a list, only of what ``bruger`` may see.

    ``mine``: open cases that ``bruger`` owns. ``team``: open cases of the own units, and those in which one of them has
    an open delopgave. ``frist``: what is due today in Copenhagen or was before, with a row for each case, delopgave and
    agreement, by deadline. ``alle``: every case, also closed ones, the newest first. A page past the last is the last.
    """
    rows = _rows(bruger, liste, filtre, nu)
    # The count comes with the rows: what is searched through is searched through once.
    query = select(rows, func.count().over().label("total")).order_by(*_order(rows, liste, filtre)).limit(PER_SIDE)
    side = max(1, side)
    with reading(engine) as session:
        found = session.execute(query.offset((side - 1) * PER_SIDE)).all()
        if not found and side > 1:  # past the last
            side = max(1, -(-_count(session, rows) // PER_SIDE))
            found = session.execute(query.offset((side - 1) * PER_SIDE)).all()
        total = found[0].total if found else 0
        lines = indlaes(session, [(row.slags, row.henvendelse_id, row.del_id) for row in found])
        return Side(lines, total, side, max(1, -(-total // PER_SIDE)))


def antal(engine: Engine, bruger: Seer, nu: dt.datetime) -> dict[Liste, int]:
    """How many rows each list has without a filter."""
    with reading(engine) as session:
        return {liste: _count(session, _rows(bruger, liste, Filtre(), nu)) for liste in LISTER}


def _count(session: Session, rows: Subquery) -> int:
    return session.execute(select(func.count()).select_from(rows)).scalar_one()


def _order(rows: Subquery, liste: Liste, filtre: Filtre) -> tuple[ColumnElement[Any], ...]:
    own = "oprettet" if liste == "alle" else "svarfrist"
    if liste != "frist" and (filtre.sorter or own) == "oprettet":
        return rows.c.oprettet.desc(), rows.c.henvendelse_id.desc()
    return rows.c.frist, rows.c.henvendelse_id, rows.c.slags.desc(), rows.c.del_id


def _rows(bruger: Seer, liste: Liste, filtre: Filtre, nu: dt.datetime) -> Subquery:
    """What stands in the list, unordered: ``slags``, ``henvendelse_id``, ``del_id``, ``frist`` and ``oprettet``."""
    cases = and_(synlighed.for_bruger(bruger), _belongs(bruger, liste), *betingelser(filtre))
    before = _before(liste, filtre, nu)
    own = _select("sag", Henvendelse.id, Henvendelse.svarfrist, before).where(cases)
    if liste != "frist":
        return own.subquery()
    tasks = _select("delopgave", Delopgave.id, Delopgave.frist, before).join(Henvendelse.delopgaver)
    agreements = _select("aftale", Aftale.id, Aftale.frist, before).join(Henvendelse.aftaler)
    open_tasks = tasks.where(cases, Delopgave.status != "afsluttet")
    return union_all(own, open_tasks, agreements.where(cases, Aftale.udfoert.is_(None))).subquery()


def _belongs(bruger: Seer, liste: Liste) -> ColumnElement[bool]:
    is_open = Henvendelse.status != "afsluttet"
    if liste == "mine":
        return and_(is_open, Henvendelse.ejer_id == bruger.id)
    if liste == "team":
        has_task = synlighed.har_delopgave(bruger.enheder, Delopgave.status != "afsluttet")
        return and_(is_open, or_(Henvendelse.team.in_(sorted(bruger.enheder)), has_task))
    return is_open if liste == "frist" else true()


def _before(liste: Liste, filtre: Filtre, nu: dt.datetime) -> dt.datetime | None:
    """What is listed is due before this; None: whenever."""
    if filtre.overskredne:
        return nu
    tomorrow = med_zone(nu).astimezone(KOEBENHAVN).date() + dt.timedelta(days=1)
    return midnat(tomorrow) if liste == "frist" else None


def _select(slags: Slags, del_id: Any, frist: Any, before: dt.datetime | None) -> Select[Any]:
    columns = (
        literal(slags).label("slags"),
        Henvendelse.id.label("henvendelse_id"),
        del_id.label("del_id"),
        frist.label("frist"),
        Henvendelse.oprettet.label("oprettet"),
    )
    query = select(*columns).select_from(Henvendelse)
    return query if before is None else query.where(frist < before, Henvendelse.status != "afsluttet")
