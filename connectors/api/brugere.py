"""``/users``: contacts (customers) and staff (agents)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from bot.language.fold import fold
from connectors.api import brugerjson, numre, revision
from connectors.api.fejl import findes_ikke
from connectors.api.forespoergsel import Led, laes
from connectors.api.kald import Kald, Svar, liste, side
from connectors.api.models import ApiKontakt
from connectors.api.numre import KONTAKT_FRA, LARGEST, MEDARBEJDER_FRA, NOEGLE
from connectors.crm.kontaktoplysning import normal_email, normal_telefon
from connectors.crm.models import Kontakt
from connectors.database import reading
from connectors.desk.models import Medarbejder

FELTER = ("email", "phone", "login", "firstname", "lastname")


def mig(kald: Kald) -> Svar:
    """GET /users/me: the client itself."""
    return Svar(brugerjson.klient(kald))


def alle(kald: Kald) -> Svar:
    """GET /users: staff, then contacts, each by number."""
    return _liste(kald, true(), true(), "liste")


def soeg(kald: Kald) -> Svar:
    """GET /users/search."""
    parts = laes(kald.query.get("query", ""), FELTER)
    staff = and_(true(), *(_staff(one) for one in parts))
    contacts = and_(true(), *(_contact(one) for one in parts))
    return _liste(kald, staff, contacts, "søgning")


def en(kald: Kald) -> Svar:
    """GET /users/{id}."""
    found = find(kald, kald.id)
    revision.skriv(kald, "set", "kontakt" if kald.id > KONTAKT_FRA else "medarbejder", str(kald.id))
    return Svar(found)


def _liste(kald: Kald, staff: ColumnElement[bool], contacts: ColumnElement[bool], hvad: str) -> Svar:
    numre.alle_kontakter(kald.engine)
    page = side(kald)
    query = brugerjson.kontakter([contacts])
    with reading(kald.engine) as session:
        agents = session.execute(select(func.count()).select_from(Medarbejder).where(staff)).scalar_one()
        customers = session.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
        first = select(Medarbejder).where(staff).order_by(Medarbejder.id).limit(page.per_page).offset(page.offset)
        rows = [brugerjson.medarbejder(row, kald) for row in session.scalars(first)]
        rest = query.limit(page.per_page - len(rows)).offset(max(0, page.offset - agents))
        rows += brugerjson.hent(session, rest, kald) if len(rows) < page.per_page else []
    if seen := [row["id"] for row in rows if row["id"] > KONTAKT_FRA]:
        revision.skriv(kald, "set", "kontakt", hvad, {"numre": seen})
    return liste(kald, rows, agents + customers)


def find(kald: Kald, ident: int) -> dict[str, Any]:
    """One user, of whatever kind. Raises ``ZammadFejl`` 404."""
    with reading(kald.engine) as session:
        if KONTAKT_FRA < ident <= LARGEST:
            for found in brugerjson.hent(session, brugerjson.kontakter([ApiKontakt.id == ident - KONTAKT_FRA]), kald):
                return found
        elif ident < numre.KLIENT_FRA:
            row = session.get(Medarbejder, ident - MEDARBEJDER_FRA) if ident > MEDARBEJDER_FRA else None
            if row is not None:
                return brugerjson.medarbejder(row, kald)
        elif ident == numre.KLIENT_FRA + kald.klient.id:
            return brugerjson.klient(kald)
    raise findes_ikke("User", ident)


def _staff(one: Led) -> ColumnElement[bool]:
    if one.felt is None:
        return brugerjson.staff_where(one.vaerdi.split())
    names = dict.fromkeys(("firstname", "lastname"), Medarbejder.navn)
    columns = {"email": Medarbejder.email, "login": Medarbejder.brugernavn, **names}
    column = columns.get(one.felt)
    return false() if column is None else column.icontains(one.vaerdi, autoescape=True)


def _contact(one: Led) -> ColumnElement[bool]:
    """In what the cases say of the contact, or what a client told before there was one."""
    words = [fold(word) for word in one.vaerdi.split()]
    if one.felt in ("email", "login"):
        email = normal_email(one.vaerdi)
        return or_(Kontakt.email == email, ApiKontakt.email == email)
    if one.felt == "phone":
        phone = normal_telefon(one.vaerdi) or one.vaerdi
        return or_(Kontakt.telefon == phone, ApiKontakt.telefon == phone)
    told = and_(true(), *(Kontakt.soegetekst.contains(word, autoescape=True) for word in words))
    own = and_(
        ~exists().where(ApiKontakt.noegle == NOEGLE).correlate(ApiKontakt),
        *(
            or_(*(column.icontains(word, autoescape=True) for column in (ApiKontakt.navn, ApiKontakt.email, ApiKontakt.telefon)))
            for word in one.vaerdi.split()
        ),
    )
    return or_(told, own)
