"""Contacts that other systems make, correct and delete: what may be written under ``/users``."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from connectors.api import fejl, kunde, numre, opslag, revision
from connectors.api.brugere import find
from connectors.api.fejl import ZammadFejl, findes_ikke, ugyldig
from connectors.api.kald import Kald, Svar
from connectors.api.models import ApiKontakt
from connectors.api.numre import KONTAKT_FRA
from connectors.crm import henvendelser
from connectors.crm.historik import linje
from connectors.crm.models import Henvendelse, Kontakt
from connectors.database import writing


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
    return Svar(find(kald, ident), 201)


def aendr(kald: Kald) -> Svar:
    """PUT /users/{id}: a contact's name, e-mail address and phone number, in every case that holds it."""
    try:
        return _aendr(kald)
    except IntegrityError as error:
        raise _taken() from error


def _aendr(kald: Kald) -> Svar:
    _only_contacts(kald)
    before = find(kald, kald.id)
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
    return Svar(find(kald, kald.id))


def slet(kald: Kald) -> Svar:
    """DELETE /users/{id}: a contact that no case holds."""
    if kald.id < KONTAKT_FRA:
        raise fejl.kan_ikke("Medarbejdere styres på skrivebordet.")
    find(kald, kald.id)
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
