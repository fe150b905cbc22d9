"""One company, one view: its record, henvendelser, agreements, packages and contacts, with those of what was merged into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, lazyload, selectinload

from connectors.crm import synlighed
from connectors.crm.ejer import Ejer
from connectors.crm.listelinje import Linje, indlaes
from connectors.crm.models import Henvendelse
from connectors.crm.synlighed import Seer
from connectors.crm.tilknytning import kam, rod
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.virksomhedsnavn import navnenoegle
from connectors.database import reading


@dataclass(frozen=True)
class AabenAftale:
    """An agreement of an open case that is not done; ``frist`` in UTC."""

    number: str
    id: int
    tekst: str
    frist: dt.datetime | None
    ejer: str | None


@dataclass(frozen=True)
class KontaktVist:
    """Somebody who has written for the company; ``senest``: when last."""

    navn: str | None
    telefon: str | None
    email: str | None
    senest: dt.datetime


@dataclass(frozen=True)
class VirksomhedVist:
    """A company as one member of staff may see it.

    ``cvr`` and ``navn`` are the record's own, or those of what was merged into it; ``andre_cvr`` and ``andre_navne`` are
    what else it is known by. ``oplysninger``: branche, ansatte, stadie and beliggenhed as last told. ``henvendelser``,
    the newest first, are those that the member of staff may see, ``skjulte`` counts the others; agreements, packages
    (``servicepakke`` of a row) and contacts are of the former only.
    """

    id: int
    version: int
    cvr: str | None
    andre_cvr: tuple[str, ...]
    navn: str | None
    andre_navne: tuple[str, ...]
    kam: Ejer | None
    oplysninger: dict[str, Any]
    henvendelser: list[Linje]
    skjulte: int
    aftaler: list[AabenAftale]
    pakker: list[Linje]
    kontakter: list[KontaktVist]


def vis(engine: Engine, virksomhed_id: int, bruger: Seer) -> VirksomhedVist | None:
    """The company, or the one it has been merged into. None where there is none or ``bruger`` may not see it, which is
    one answer, so that nobody learns what exists."""
    with reading(engine) as session:
        record = session.get(Virksomhed, virksomhed_id)
        root = None if record is None else rod(session, record)
        if (
            root is None
            or session.scalar(select(Virksomhed.id).where(Virksomhed.id == root.id, synlighed.virksomheder(bruger))) is None
        ):
            return None
        rows = _cases(session, root.id, bruger)
        lines = indlaes(session, [("sag", row.id, row.id) for row in rows])
        total = session.scalar(select(func.count()).where(Henvendelse.virksomhed_id == root.id)) or 0
        merged = _merged(session, root.id)
        cvr = _distinct(one.cvr for one in (root, *merged))
        navne = _names([root.navn, *(one.navn for one in merged), *(line.virksomhed for line in lines)])
        return VirksomhedVist(
            id=root.id,
            version=root.version,
            cvr=next(iter(cvr), None),
            andre_cvr=tuple(cvr[1:]),
            navn=next(iter(navne), None),
            andre_navne=tuple(navne[1:]),
            kam=kam(session, root),
            oplysninger=_last_told(rows),
            henvendelser=lines,
            skjulte=total - len(rows),
            aftaler=_agreements(rows),
            pakker=[line for line in lines if line.servicepakke],
            kontakter=_contacts(rows),
        )


def _may_see(session: Session, virksomhed_id: int, bruger: Seer) -> bool:
    seen = select(Virksomhed.id).where(Virksomhed.id == virksomhed_id, synlighed.virksomheder(bruger))
    return session.scalar(seen) is not None


def _cases(session: Session, virksomhed_id: int, bruger: Seer) -> list[Henvendelse]:
    needed = (lazyload("*"), *(selectinload(part) for part in (Henvendelse.virksomhed, Henvendelse.kontakt, Henvendelse.aftaler)))
    found = select(Henvendelse).where(Henvendelse.virksomhed_id == virksomhed_id, synlighed.for_bruger(bruger)).options(*needed)
    return list(session.scalars(found.order_by(Henvendelse.oprettet.desc(), Henvendelse.id.desc())))


def _merged(session: Session, virksomhed_id: int) -> list[Virksomhed]:
    """Every record whose way leads to this one, in the order they were made."""
    found: list[Virksomhed] = []
    ids = [virksomhed_id]
    while ids:
        level = list(session.scalars(select(Virksomhed).where(Virksomhed.flettet_til.in_(ids)).order_by(Virksomhed.id)))
        found += level
        ids = [row.id for row in level]
    return found


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _names(values: Iterable[str | None]) -> list[str]:
    """The names, each once: one that differs only in spelling is told as it came first."""
    found: dict[str | None, str] = {}
    for value in _distinct(values):
        found.setdefault(navnenoegle(value), value)
    return list(found.values())


def _last_told(rows: Sequence[Henvendelse]) -> dict[str, Any]:
    told = [row.virksomhed for row in rows if row.virksomhed is not None]
    fields = ("branche", "ansatte", "stadie", "beliggenhed")
    return {name: next((value for one in told if (value := getattr(one, name)) is not None), None) for name in fields}


def _agreements(rows: Sequence[Henvendelse]) -> list[AabenAftale]:
    found = [
        AabenAftale(row.nummer, aftale.id, aftale.tekst, aftale.frist, aftale.ejer)
        for row in rows
        for aftale in row.aftaler
        if row.status != "afsluttet" and aftale.udfoert is None
    ]
    return sorted(found, key=lambda aftale: (aftale.frist is None, aftale.frist, aftale.id))


def _contacts(rows: Sequence[Henvendelse]) -> list[KontaktVist]:
    found: dict[tuple[str | None, ...], KontaktVist] = {}
    for row in rows:
        if (one := row.kontakt) is not None:
            found.setdefault((one.navn, one.telefon, one.email), KontaktVist(one.navn, one.telefon, one.email, row.oprettet))
    return list(found.values())
