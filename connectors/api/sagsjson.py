"""A case as a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.api import numre
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.visning import vis
from connectors.database import reading
from connectors.desk.models import Medarbejder
from connectors.zammad.tabel import INGEN_EJER, PRIORITET, PRIORITETER, TILSTANDE

LONGEST_TITLE = 250


@dataclass(frozen=True)
class Omgivelser:
    """What a page of tickets needs to be told: numbers of teams and contacts, logins of owners, names of companies, and
    how many articles a client of this kind sees."""

    grupper: dict[str, int]
    kontakter: dict[str, int]
    ejere: dict[int, str]
    virksomheder: dict[int, str]
    artikler: dict[int, int]


def vis_alle(
    engine: Engine, library: Library, rows: Sequence[Henvendelse], *, expand: bool, interne: bool
) -> list[dict[str, Any]]:  # fmt: skip
    """The tickets of ``rows``, which have been read whole. ``expand``: names beside the ids."""
    grupper = numre.grupper(engine, library)
    kontakter = numre.kontakter(engine, [_noegle(row) for row in rows])
    with reading(engine) as session:
        around = Omgivelser(
            grupper, kontakter, _ejere(session, rows), _virksomheder(session, rows), _antal(session, rows, interne)
        )
    return [_vis(row, around, expand=expand) for row in rows]


def titel(hovedindhold: str) -> str:
    """A ticket's title: the first line of the case's summary."""
    return hovedindhold.strip().partition("\n")[0][:LONGEST_TITLE]


def _vis(row: Henvendelse, around: Omgivelser, *, expand: bool) -> dict[str, Any]:
    state_id, state = TILSTANDE[row.status]
    noegle = _noegle(row)
    customer = around.kontakter.get(noegle) if noegle else None
    found: dict[str, Any] = {
        "id": row.id,
        "group_id": around.grupper.get(row.team),
        "priority_id": PRIORITET,
        "state_id": state_id,
        "organization_id": row.virksomhed_id,
        "number": row.nummer,
        "title": titel(row.hovedindhold),
        "owner_id": INGEN_EJER if row.ejer_id is None else numre.MEDARBEJDER_FRA + row.ejer_id,
        "customer_id": customer,
        "note": None,
        "close_at": row.afsluttet,
        "escalation_at": None if row.status == "afsluttet" else row.svarfrist,
        "pending_time": row.svarfrist if row.status == "afventer virksomheden" else None,
        "article_count": 1 + around.artikler.get(row.id, 0),
        "type": None,
        "preferences": {},
        "created_at": row.oprettet,
        "updated_at": row.aendret or row.oprettet,
        "erhverv_version": row.version,
        "erhverv_udfald": row.udfald,
        "erhverv": vis(row),
    }
    if expand:
        found |= {
            "group": row.team,
            "priority": PRIORITETER[PRIORITET],
            "state": state,
            "organization": around.virksomheder.get(row.virksomhed_id) if row.virksomhed_id else None,
            "owner": "-" if row.ejer_id is None else around.ejere.get(row.ejer_id, row.ejer),
            "customer": (row.kontakt.email or row.kontakt.telefon) if row.kontakt else None,
        }
    return found


def _noegle(row: Henvendelse) -> str | None:
    return numre.noegle(row.kontakt.email, row.kontakt.telefon) if row.kontakt else None


def _ejere(session: Session, rows: Sequence[Henvendelse]) -> dict[int, str]:
    ids = {row.ejer_id for row in rows if row.ejer_id is not None}
    return dict(session.execute(select(Medarbejder.id, Medarbejder.brugernavn).where(Medarbejder.id.in_(ids))).tuples().all())


def _virksomheder(session: Session, rows: Sequence[Henvendelse]) -> dict[int, str]:
    ids = {row.virksomhed_id for row in rows if row.virksomhed_id is not None}
    return {row.id: virksomhedsnavn(row) for row in session.scalars(select(Virksomhed).where(Virksomhed.id.in_(ids)))}


def _antal(session: Session, rows: Sequence[Henvendelse], interne: bool) -> dict[int, int]:
    counted = select(Artikel.henvendelse_id, func.count()).where(Artikel.henvendelse_id.in_([row.id for row in rows]))
    seen = counted if interne else counted.where(Artikel.retning != "intern")
    return dict(session.execute(seen.group_by(Artikel.henvendelse_id)).tuples().all())


def virksomhedsnavn(row: Virksomhed) -> str:
    """An organization's name; one without a name is called by its CVR."""
    return row.navn or (f"CVR {row.cvr}" if row.cvr else f"Virksomhed {row.id}")
