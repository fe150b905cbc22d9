"""``/users``: contacts (customers) and staff (agents)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.language.fold import fold
from connectors.api import brugerjson, fejl, kunde, numre, opslag, revision
from connectors.api.fejl import ZammadFejl, findes_ikke, ugyldig
from connectors.api.forespoergsel import Led, laes
from connectors.api.kald import Kald, Svar, liste, side
from connectors.api.models import ApiKontakt
from connectors.api.numre import KONTAKT_FRA, LARGEST, MEDARBEJDER_FRA, NOEGLE
from connectors.crm import henvendelser
from connectors.crm.historik import linje
from connectors.crm.kontaktoplysning import normal_email, normal_telefon
from connectors.crm.models import Henvendelse, Kontakt
from connectors.database import reading, writing
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
    found = _find(kald, kald.id)
    revision.skriv(kald, "set", "kontakt" if kald.id > KONTAKT_FRA else "medarbejder", str(kald.id))
    return Svar(found)


def opret(kald: Kald) -> Svar:
    """POST /users: a contact that has no case yet."""
    try:
        return _opret(kald)
    except IntegrityError as error:  # somebody else made the same at the same moment
        raise _taken() from error


def _opret(kald: Kald) -> Svar:
    _only_contacts(kald)
    told = kunde.person(kald.body)
    numre.alle_kontakter(kald.engine)
    with writing(kald.engine) as session:
        company = opslag.virksomhed(session, kald.body)
        _free(session, told.noegle, None)
        row = ApiKontakt(
            noegle=told.noegle, navn=told.navn, email=told.email, telefon=told.telefon,
            virksomhed_id=company.id if company else None, oprettet=kald.nu,
        )  # fmt: skip
        session.add(row)
        session.flush()
        ident = KONTAKT_FRA + row.id
    revision.skriv(kald, "oprettet", "kontakt", str(ident))
    return Svar(_find(kald, ident), 201)


def aendr(kald: Kald) -> Svar:
    """PUT /users/{id}: a contact's name, e-mail address and phone number, in every case that holds it."""
    try:
        return _aendr(kald)
    except IntegrityError as error:
        raise _taken() from error


def _aendr(kald: Kald) -> Svar:
    _only_contacts(kald)
    before = _find(kald, kald.id)
    names = {name: before[name] for name in ("firstname", "lastname", "email", "phone")}
    told = kunde.person({**names, **{name: kald.body[name] for name in names if name in kald.body}})
    with writing(kald.engine) as session:
        row = kunde.fundet(session, kald.id)
        if row is None:
            raise findes_ikke("User", kald.id)
        _free(session, told.noegle, row.id)
        company = opslag.virksomhed(session, kald.body)
        held = select(Henvendelse).join(Kontakt).where(numre.holder(row.noegle)).order_by(Henvendelse.id)
        cases = list(session.scalars(held.with_for_update(of=Henvendelse)))
        if company is not None and cases and company.id != before["organization_id"]:
            raise ugyldig("En kontakt, der har henvendelser, hører til deres virksomhed.")
        for case in cases:
            _rename(session, case, told, kald)
        row.noegle = told.noegle
        if not cases:
            row.navn, row.email, row.telefon = told.navn, told.email, told.telefon
            row.virksomhed_id = company.id if company else row.virksomhed_id
        numbers = [case.nummer for case in cases]
    revision.skriv(kald, "ændret", "kontakt", str(kald.id), {"numre": numbers} if numbers else None)
    return Svar(_find(kald, kald.id))


def slet(kald: Kald) -> Svar:
    """DELETE /users/{id}: a contact that no case holds."""
    if kald.id < KONTAKT_FRA:
        raise fejl.kan_ikke("Medarbejdere styres på skrivebordet.")
    _find(kald, kald.id)
    with writing(kald.engine) as session:
        row = kunde.fundet(session, kald.id)
        if (
            row is not None
            and session.scalar(select(Kontakt.henvendelse_id).where(numre.holder(row.noegle)).limit(1)) is not None
        ):
            raise ugyldig("Kontakten har henvendelser og kan ikke slettes.", "Can't delete, object has references.")
        if row is not None:
            session.delete(row)
    revision.skriv(kald, "slettet", "kontakt", str(kald.id))
    return Svar({})


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


def _find(kald: Kald, ident: int) -> dict[str, Any]:
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


def _only_contacts(kald: Kald) -> None:
    roles = kald.body.get("roles") or kald.body.get("role_ids") or []
    if roles not in ([], ["Customer"], [3], "Customer") or (kald.match.get("id") and kald.id < KONTAKT_FRA):
        raise fejl.kan_ikke("Medarbejdere styres på skrivebordet; her kan kun kontakter oprettes og ændres.")


def _free(session: Session, noegle: str, ident: int | None) -> None:
    """Refuse an e-mail address or phone number that is another contact's already."""
    other = session.scalar(select(ApiKontakt.id).where(ApiKontakt.noegle == noegle))
    held = session.scalar(select(Kontakt.henvendelse_id).where(numre.holder(noegle)).limit(1))
    if (other is not None and other != ident) or (other is None and held is not None):
        raise _taken()


def _taken() -> ZammadFejl:
    return ugyldig("E-mailadressen eller telefonnummeret er allerede en anden kontakts.", "This object already exists.")


def _rename(session: Session, case: Henvendelse, told: kunde.Person, kald: Kald) -> None:
    held, new = case.kontakt, (told.navn, told.email, told.telefon)
    if held is None or (held.navn, held.email, held.telefon) == new:
        return
    held.navn, held.email, held.telefon = new
    case.historik.append(linje(kald.hvem, "kontakt", None, "rettet", kald.nu))
    henvendelser.roer_ved(session, case, kald.nu)


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
