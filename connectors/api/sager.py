"""``/tickets``: the cases, listed, found, shown, with their history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from connectors.api import fejl, revision
from connectors.api.fejl import findes_ikke, ugyldig
from connectors.api.forespoergsel import laes
from connectors.api.kald import Kald, Svar, liste, side
from connectors.api.numre import LARGEST
from connectors.api.sagsjson import vis_alle
from connectors.api.sagssoegning import FELTER, betingelse
from connectors.crm.models import Henvendelse
from connectors.database import reading

_SORT: dict[str, ColumnElement[Any]] = {
    "id": Henvendelse.id.expression,
    "number": Henvendelse.nummer.expression,
    "created_at": Henvendelse.oprettet.expression,
    "updated_at": func.coalesce(Henvendelse.aendret, Henvendelse.oprettet),
}


def alle(kald: Kald) -> Svar:
    """GET /tickets: by id, oldest first."""
    return _liste(kald, true(), "id", "asc", "liste")


def soeg(kald: Kald) -> Svar:
    """GET /tickets/search: by the latest change, the newest first."""
    if any(name.startswith("condition") for name in kald.query):
        raise ugyldig("condition understøttes ikke; brug query.")
    parts = laes(kald.query.get("query", ""), FELTER)
    found = _liste(kald, betingelse(parts), "updated_at", "desc", "søgning")
    if kald.expand or not isinstance(found.data, list):
        return found
    # Without expand, Zammad tells a search's tickets apart from their order.
    assets = {"Ticket": {str(row["id"]): row for row in found.data}}
    return Svar({"tickets": [row["id"] for row in found.data], "tickets_count": len(found.data), "assets": assets})


def en(kald: Kald) -> Svar:
    """GET /tickets/{id}."""
    data = vis_en(kald, kald.id)
    revision.skriv(kald, "set", "henvendelse", data["number"])
    return Svar(data)


def historik(kald: Kald) -> Svar:
    """GET /ticket_history/{id}: the case's history."""
    with reading(kald.engine) as session:
        row = _get(session.get(Henvendelse, kald.id) if kald.id <= LARGEST else None, kald.id)
        lines = [
            {
                "id": line.id,
                "object": "Ticket",
                "o_id": row.id,
                "type": "created" if line.felt == "status" and line.fra is None else "updated",
                "attribute": line.felt,
                "value_from": line.fra,
                "value_to": line.til,
                "created_by": line.hvem,
                "created_at": line.tid,
            }
            for line in row.historik
        ]
    revision.skriv(kald, "set", "henvendelse", row.nummer, {"hvad": "historik"})
    return Svar({"history": lines, "assets": {}})


def slet(kald: Kald) -> Svar:
    """DELETE /tickets/{id}: never; a case's number and history stay."""
    vis_en(kald, kald.id)
    raise fejl.kan_ikke("Henvendelser slettes ikke. Afslut sagen i stedet; personoplysninger slettes, når tiden er gået.")


def vis_en(kald: Kald, ident: int) -> dict[str, Any]:
    """One ticket. Raises ``ZammadFejl`` 404."""
    with reading(kald.engine) as session:
        row = _get(session.get(Henvendelse, ident) if ident <= LARGEST else None, ident)
    return vis_alle(kald.engine, kald.library, [row], expand=kald.expand, interne=kald.ser_interne)[0]


def nummer(kald: Kald, ident: object) -> str:
    """The number of the case with this id, however it was sent. Raises ``ZammadFejl`` 404."""
    text = str(ident)
    whole = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else 0
    with reading(kald.engine) as session:
        found = session.scalar(select(Henvendelse.nummer).where(Henvendelse.id == min(whole, LARGEST)))
    if found is None:
        raise findes_ikke("Ticket", text[:40])
    return found


def _liste(kald: Kald, which: ColumnElement[bool], sort: str, order: str, hvad: str) -> Svar:
    page = side(kald)
    with reading(kald.engine) as session:
        total = session.execute(select(func.count()).select_from(Henvendelse).where(which)).scalar_one()
        query = select(Henvendelse).where(which).order_by(*_order(kald, sort, order))
        rows = list(session.scalars(query.limit(page.per_page).offset(page.offset)))
    data = vis_alle(kald.engine, kald.library, rows, expand=kald.expand, interne=kald.ser_interne)
    if rows:
        revision.skriv(kald, "set", "henvendelse", hvad, {"numre": [row.nummer for row in rows]})
    return liste(kald, data, total)


def _order(kald: Kald, sort: str, order: str) -> list[ColumnElement[Any]]:
    by, way = kald.query.get("sort_by", sort), kald.query.get("order_by", order)
    if by not in _SORT or way not in ("asc", "desc"):
        raise ugyldig(f"Der kan sorteres efter {', '.join(_SORT)}, asc eller desc.")
    columns = [_SORT[by], Henvendelse.id.expression]
    return [column.desc() if way == "desc" else column.asc() for column in columns]


def _get(row: Henvendelse | None, ident: int) -> Henvendelse:
    if row is None:
        raise findes_ikke("Ticket", ident)
    return row
