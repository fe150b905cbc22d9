"""What is fixed here and only read: teams, states, priorities and roles. And what Zammad has and we do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from connectors.api import fejl, numre
from connectors.api.fejl import findes_ikke
from connectors.api.kald import Handler, Kald, Svar, liste, side
from connectors.database import reading
from connectors.desk.models import Medarbejder
from connectors.zammad.tabel import PRIORITET, PRIORITETER, TILSTANDE

# Zammad's kinds of state: new, open, pending reminder, closed.
_STATE_TYPES = {1: 1, 2: 2, 3: 3, 4: 5}
ROLLER = {1: "Admin", 2: "Agent", 3: "Customer"}


def grupper(kald: Kald) -> Svar:
    """GET /groups."""
    return _page(kald, _groups(kald))


def gruppe(kald: Kald) -> Svar:
    """GET /groups/{id}."""
    return Svar(_one("Group", _groups(kald), kald.id))


def soeg_grupper(kald: Kald) -> Svar:
    """GET /groups/search: teams whose id or name contains the query."""
    asked = kald.query.get("query", "").strip().casefold()
    found = [row for row in _groups(kald).values() if asked in row["name"].casefold() or asked in (row["note"] or "").casefold()]
    return _page(kald, {row["id"]: row for row in found})


def tilstande(kald: Kald) -> Svar:
    """GET /ticket_states."""
    return _page(kald, _states())


def tilstand(kald: Kald) -> Svar:
    """GET /ticket_states/{id}."""
    return Svar(_one("Ticket::State", _states(), kald.id))


def prioriteter(kald: Kald) -> Svar:
    """GET /ticket_priorities."""
    return _page(kald, _priorities())


def prioritet(kald: Kald) -> Svar:
    """GET /ticket_priorities/{id}."""
    return Svar(_one("Ticket::Priority", _priorities(), kald.id))


def roller(kald: Kald) -> Svar:
    """GET /roles."""
    return _page(kald, _roles())


def rolle(kald: Kald) -> Svar:
    """GET /roles/{id}."""
    return Svar(_one("Role", _roles(), kald.id))


def laast(kald: Kald) -> Svar:
    """Any change of these."""
    raise fejl.kan_ikke("Det bestemmes i redaktørernes filer og på skrivebordet, ikke her.")


def links(kald: Kald) -> Svar:
    """GET /links: cases here have none."""
    return Svar({"links": [], "assets": {}})


def mangler(tekst: str) -> Handler:
    """A handler for what there is none of."""

    def handler(_: Kald) -> Svar:
        raise fejl.har_vi_ikke(tekst)

    return handler


def ukendt(kald: Kald) -> Svar:
    """Any other address."""
    raise fejl.ZammadFejl(404, "Not found", "Adressen findes ikke i vores udgave af Zammads API; se docs/zammad.md.")


def _groups(kald: Kald) -> dict[int, dict[str, Any]]:
    with reading(kald.engine) as session:
        staff = list(session.scalars(select(Medarbejder).where(Medarbejder.aktiv).order_by(Medarbejder.id)))
    found = {}
    for name, ident in numre.grupper(kald.engine, kald.library).items():
        unit = kald.library.enheder.get(name)
        found[ident] = {
            "id": ident,
            "name": name,
            "note": unit.navn if unit else None,
            "active": unit is not None,
            "follow_up_possible": "yes",
            "follow_up_assignment": True,
            "user_ids": [numre.MEDARBEJDER_FRA + one.id for one in staff if name in one.enheder],
        }
    return dict(sorted(found.items()))


def _states() -> dict[int, dict[str, Any]]:
    return {
        ident: {
            "id": ident,
            "name": name,
            "state_type_id": _STATE_TYPES[ident],
            "next_state_id": None,
            "ignore_escalation": status in ("afventer virksomheden", "afsluttet"),
            "default_create": status == "ny",
            "default_follow_up": status == "i gang",
            "note": status,
            "active": True,
        }
        for status, (ident, name) in TILSTANDE.items()
    }


def _priorities() -> dict[int, dict[str, Any]]:
    return {
        ident: {"id": ident, "name": name, "default_create": ident == PRIORITET, "active": ident == PRIORITET, "note": None}
        for ident, name in PRIORITETER.items()
    }


def _roles() -> dict[int, dict[str, Any]]:
    return {ident: {"id": ident, "name": name, "active": True, "note": None} for ident, name in ROLLER.items()}


def _page(kald: Kald, rows: Mapping[int, dict[str, Any]]) -> Svar:
    page, every = side(kald, 500), list(rows.values())
    return liste(kald, every[page.offset : page.offset + page.per_page], len(every))


def _one(slags: str, rows: Mapping[int, dict[str, Any]], ident: int) -> dict[str, Any]:
    if ident not in rows:
        raise findes_ikke(slags, ident)
    return rows[ident]
