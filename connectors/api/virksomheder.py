"""``/organizations``: the companies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.language.fold import fold
from bot.svar.cvr import cvr as find_cvr
from connectors.api import fejl, numre, opslag, revision
from connectors.api.fejl import ZammadFejl, findes_ikke, ugyldig
from connectors.api.forespoergsel import Led, laes
from connectors.api.kald import Kald, Svar, liste, side
from connectors.api.models import ApiKontakt
from connectors.api.numre import KONTAKT_FRA, LARGEST
from connectors.api.sagsjson import virksomhedsnavn
from connectors.crm import virksomheder
from connectors.crm.artikler import rens
from connectors.crm.fejl import ForaeldetVirksomhed, UkendtVirksomhed
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.virksomhedsnavn import navnenoegle
from connectors.database import reading, writing
from connectors.desk.models import Medarbejder

LONGEST_NAME = 200
FELTER = ("name", "erhverv_cvr")
_OWN = Virksomhed.flettet_til.is_(None)


def alle(kald: Kald) -> Svar:
    """GET /organizations: by number; what has been merged into another is that other."""
    return _liste(kald, true())


def soeg(kald: Kald) -> Svar:
    """GET /organizations/search."""
    return _liste(kald, and_(true(), *(_part(one) for one in laes(kald.query.get("query", ""), FELTER))))


def en(kald: Kald) -> Svar:
    """GET /organizations/{id}."""
    found = _find(kald, kald.id)
    revision.skriv(kald, "set", "virksomhed", str(kald.id))
    return Svar(found)


def opret(kald: Kald) -> Svar:
    """POST /organizations: a company that has no case yet."""
    navn, cvr = _told(kald)
    if navn is None and cvr is None:
        raise ugyldig("Virksomheden skal have et navn (name).", "Missing required value for field 'name'!")
    noegle = navnenoegle(navn)
    try:
        with writing(kald.engine) as session:
            _free(session, cvr, noegle, None)
            row = Virksomhed(cvr=cvr, navn=navn, navn_noegle=noegle, oprettet=kald.nu)
            session.add(row)
            session.flush()
            ident = row.id
    except IntegrityError as error:
        raise _taken() from error
    revision.skriv(kald, "oprettet", "virksomhed", str(ident))
    return Svar(_find(kald, ident), 201)


def aendr(kald: Kald) -> Svar:
    """PUT /organizations/{id}: name and CVR, if the record is still at ``erhverv_version`` where one is sent."""
    before = _find(kald, kald.id)
    navn, cvr = _told(kald)
    try:
        with writing(kald.engine) as session:
            row = virksomheder.laas(session, kald.id)
            virksomheder.kraev_selvstaendig(row)
            version = kald.body.get("erhverv_version")
            if version is not None and version != row.version:
                raise ForaeldetVirksomhed(row.id, row.version)
            new_name = navn if navn is not None and navn != before["name"] else row.navn
            new_cvr = cvr or row.cvr
            _free(session, new_cvr, navnenoegle(new_name), row.id)
            row.navn, row.navn_noegle, row.cvr = new_name, navnenoegle(new_name), new_cvr
    except UkendtVirksomhed as error:
        raise findes_ikke("Organization", kald.id) from error
    except IntegrityError as error:
        raise _taken() from error
    revision.skriv(kald, "ændret", "virksomhed", str(kald.id))
    return Svar(_find(kald, kald.id))


def slet(kald: Kald) -> Svar:
    """DELETE /organizations/{id}: never."""
    _find(kald, kald.id)
    raise fejl.kan_ikke("Virksomheder slettes ikke her; dubletter lægges sammen på skrivebordet.")


def _liste(kald: Kald, which: ColumnElement[bool]) -> Svar:
    page = side(kald)
    with reading(kald.engine) as session:
        total = session.execute(select(func.count()).select_from(Virksomhed).where(_OWN, which)).scalar_one()
        found = select(Virksomhed).where(_OWN, which).order_by(Virksomhed.id).limit(page.per_page).offset(page.offset)
        rows = list(session.scalars(found))
    data = _vis(kald, rows)
    if data:
        revision.skriv(kald, "set", "virksomhed", "liste", {"numre": [row["id"] for row in data]})
    return liste(kald, data, total)


def _find(kald: Kald, ident: int) -> dict[str, Any]:
    with reading(kald.engine) as session:
        row = session.get(Virksomhed, ident) if ident <= LARGEST else None
    if row is None:
        raise findes_ikke("Organization", ident)
    if row.flettet_til is not None:
        text = f"Virksomhed {ident} er lagt sammen med nr. {row.flettet_til}."
        raise ZammadFejl(404, f"Couldn't find Organization with 'id'={ident}", text)
    return _vis(kald, [row])[0]


def _vis(kald: Kald, rows: Sequence[Virksomhed]) -> list[dict[str, Any]]:
    with reading(kald.engine) as session:
        members = _members(kald, session, [row.id for row in rows])
        managers = {row.kam_id for row in rows if row.kam_id is not None}
        names = dict(session.execute(select(Medarbejder.id, Medarbejder.navn).where(Medarbejder.id.in_(managers))).tuples().all())
    return [
        {
            "id": row.id,
            "name": virksomhedsnavn(row),
            "shared": False,
            "domain": "",
            "domain_assignment": False,
            "active": True,
            "note": None,
            "member_ids": members.get(row.id, []),
            "created_at": row.oprettet,
            "updated_at": row.oprettet,
            "erhverv_cvr": row.cvr,
            "erhverv_key_account_manager": names.get(row.kam_id) if row.kam_id is not None else None,
            "erhverv_version": row.version,
        }
        for row in rows
    ]


def _members(kald: Kald, session: Session, ids: list[int]) -> dict[int, list[int]]:
    """The contacts of each company: of its cases, and those whom clients made for it."""
    held = select(Henvendelse.virksomhed_id, Kontakt.email, Kontakt.telefon).join(Kontakt)
    pairs = [
        (company, key)
        for company, email, phone in session.execute(held.where(Henvendelse.virksomhed_id.in_(ids)))
        if (key := numre.noegle(email, phone))
    ]
    numbers = numre.kontakter(kald.engine, [key for _, key in pairs])
    found: dict[int, set[int]] = {}
    for company, key in pairs:
        found.setdefault(company, set()).add(numbers[key])
    for company, ident in session.execute(
        select(ApiKontakt.virksomhed_id, ApiKontakt.id).where(ApiKontakt.virksomhed_id.in_(ids))
    ):
        found.setdefault(company, set()).add(KONTAKT_FRA + ident)
    return {company: sorted(members) for company, members in found.items()}


def _told(kald: Kald) -> tuple[str | None, str | None]:
    navn, cvr = opslag.tekst(kald.body, "name"), opslag.tekst(kald.body, "erhverv_cvr")
    if kald.body.get("members") or kald.body.get("member_ids"):
        raise ugyldig("En virksomheds kontakter følger af dens henvendelser.")
    navn = " ".join(rens(navn).split()) if navn else None
    if navn is not None and (len(navn) > LONGEST_NAME or navnenoegle(navn) is None):
        raise ugyldig(f"name skal have bogstaver og højst være på {LONGEST_NAME} tegn.")
    if cvr is not None and find_cvr(cvr) is None:
        raise ugyldig(f"{cvr[:20]} er ikke et CVR-nummer.")
    return navn, find_cvr(cvr) if cvr else None


def _free(session: Session, cvr: str | None, noegle: str | None, ident: int | None) -> None:
    """Refuse what would be a second record of a company that there is."""
    same = [Virksomhed.cvr == cvr] if cvr else []
    if noegle and not cvr:
        same.append(and_(Virksomhed.navn_noegle == noegle, _OWN))
    other = session.scalar(select(Virksomhed.id).where(or_(*same), Virksomhed.id != (ident or 0)).limit(1)) if same else None
    if other is not None:
        raise _taken()


def _taken() -> ZammadFejl:
    return ugyldig("Virksomheden findes allerede.", "This object already exists.")


def _part(one: Led) -> ColumnElement[bool]:
    if one.felt == "erhverv_cvr":
        return Virksomhed.cvr == one.vaerdi
    return and_(true(), *(Virksomhed.soegetekst.contains(word, autoescape=True) for word in fold(one.vaerdi).split()))
