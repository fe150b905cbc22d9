"""Contacts, staff and clients as Zammad's users, and how they are listed together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from connectors.api.kald import Kald
from connectors.api.models import ApiKontakt
from connectors.api.numre import KLIENT_FRA, KONTAKT_FRA, MEDARBEJDER_FRA, NOEGLE
from connectors.api.sagsjson import virksomhedsnavn
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.virksomhed import Virksomhed
from connectors.desk.models import Medarbejder

# Each contact's latest case: what it says of them is what is known now.
_SENESTE = select(NOEGLE.label("noegle"), func.max(Kontakt.henvendelse_id).label("sag")).group_by(NOEGLE).subquery()
_EGNE = or_(ApiKontakt.email.is_not(None), ApiKontakt.telefon.is_not(None))


def kontakter(which: Sequence[ColumnElement[bool]] = ()) -> Select[tuple[ApiKontakt, Kontakt, Virksomhed]]:
    """The contacts that are known by more than their number, with their latest case's word for them and their company."""
    company = func.coalesce(Henvendelse.virksomhed_id, ApiKontakt.virksomhed_id)
    return (
        select(ApiKontakt, Kontakt, Virksomhed)
        .outerjoin(_SENESTE, _SENESTE.c.noegle == ApiKontakt.noegle)
        .outerjoin(Kontakt, Kontakt.henvendelse_id == _SENESTE.c.sag)
        .outerjoin(Henvendelse, Henvendelse.id == _SENESTE.c.sag)
        .outerjoin(Virksomhed, Virksomhed.id == company)
        .where(or_(Kontakt.henvendelse_id.is_not(None), _EGNE), *which)
        .order_by(ApiKontakt.id)
    )


def hent(session: Session, query: Select[Any], kald: Kald) -> list[dict[str, Any]]:
    """The contacts of ``kontakter``, as users."""
    return [_kontakt(row, kontakt, virksomhed, kald) for row, kontakt, virksomhed in session.execute(query)]


def medarbejder(row: Medarbejder, kald: Kald) -> dict[str, Any]:
    """A member of staff as an agent."""
    first, _, last = row.navn.rpartition(" ")
    admin = "admin" in row.roller
    return _bruger(
        MEDARBEJDER_FRA + row.id, row.brugernavn, first or last, last if first else "", row.email, None,
        [1, 2] if admin else [2], row.aktiv, row.oprettet, kald,
    )  # fmt: skip


def klient(kald: Kald) -> dict[str, Any]:
    """The client that calls, as a user."""
    roles = [1, 2] if "admin" in kald.klient.scopes else [2]
    return _bruger(KLIENT_FRA + kald.klient.id, kald.klient.navn, kald.klient.navn, "", None, None, roles, True, None, kald)


def staff_where(words: Sequence[str]) -> ColumnElement[bool]:
    """Staff in whose name, login or e-mail address every word stands."""
    columns = (Medarbejder.navn, Medarbejder.brugernavn, Medarbejder.email)
    return and_(*(or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words))


def _kontakt(row: ApiKontakt, kontakt: Kontakt | None, company: Virksomhed | None, kald: Kald) -> dict[str, Any]:
    navn, email, telefon = (
        (kontakt.navn, kontakt.email, kontakt.telefon) if kontakt else (row.navn, row.email, row.telefon)
    )  # fmt: skip
    first, _, last = (navn or "").rpartition(" ")
    names = first or last, last if first else ""
    found = _bruger(KONTAKT_FRA + row.id, email or telefon, *names, email, telefon, [3], True, row.oprettet, kald)
    found["organization_id"] = company.id if company else None
    if kald.expand:
        found["organization"] = virksomhedsnavn(company) if company else None
    return found


def _bruger(
    ident: int, login: str | None, first: str, last: str, email: str | None, phone: str | None, roles: list[int], active: bool,
    made: Any, kald: Kald,
) -> dict[str, Any]:  # fmt: skip
    found = {
        "id": ident,
        "login": login,
        "firstname": first,
        "lastname": last,
        "email": email,
        "phone": phone,
        "organization_id": None,
        "active": active,
        "vip": False,
        "note": None,
        "role_ids": roles,
        "created_at": made,
        "updated_at": made,
    }
    return {**found, "roles": [_ROLLER[role] for role in roles], "organization": None} if kald.expand else found


_ROLLER = {1: "Admin", 2: "Agent", 3: "Customer"}
