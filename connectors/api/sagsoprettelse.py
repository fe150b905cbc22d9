"""``POST /tickets``: a case from another system, whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import update
from sqlalchemy.orm import Session

from connectors.api import opslag, revision
from connectors.api.artikelfelter import NyArtikel, artikel
from connectors.api.fejl import ugyldig
from connectors.api.kald import Kald, Svar
from connectors.api.kunde import Person, kunde
from connectors.api.models import ApiKontakt
from connectors.api.sager import vis_en
from connectors.api.sagsaendring import felter_i
from connectors.api.sagsjson import LONGEST_TITLE
from connectors.crm import henvendelser, maerker
from connectors.crm.artikler import rens, tilfoej_i
from connectors.crm.models import KANALER, Henvendelse
from connectors.crm.sagsgang import aendr_i
from connectors.crm.svarfrist import deadline
from connectors.crm.udkast import HenvendelseUdkast, Kanal, KontaktUdkast, VirksomhedUdkast
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading
from connectors.zammad.tabel import KANAL_AF_TYPE


def opret(kald: Kald) -> Svar:
    """The new ticket; the one made before, where ``Idempotency-Key`` has been used."""
    body = kald.body
    first = _first(body)
    opslag.kun_normal_prioritet(kald)
    team = opslag.team(kald)
    if team is None:
        raise ugyldig("Henvendelsen skal have en enhed (group).", "Missing required value for field 'group_id'!")
    with reading(kald.engine) as session:
        who = kunde(session, body)
        company = _virksomhed(session, body, who)
    draft = _udkast(kald, team, who, company, first)

    def mere(session: Session, row: Henvendelse) -> None:
        if company is not None:
            row.virksomhed_id = company.id
        if first.retning == "intern":
            tilfoej_i(session, row, kald.hvem, "intern", first.form, first.tekst, emne=first.emne, nu=kald.nu)
        if tags := _maerker(body):
            maerker.saet_i(session, row, kald.hvem, tags, kald.nu)
        if changes := felter_i(session, kald, row):
            aendr_i(session, row, kald.library, kald.hvem, changes, kald.nu)
        # From now on the case says who the contact is.
        told = update(ApiKontakt).where(ApiKontakt.noegle == who.noegle)
        session.execute(told.values(navn=None, email=None, telefon=None, virksomhed_id=None))

    due = opslag.tidspunkt(body.get("pending_time"), "pending_time") or deadline(team, kald.nu, kald.library)
    if due <= kald.nu:
        raise ugyldig("pending_time skal ligge efter nu.")
    made = henvendelser.opret(kald.engine, draft, due, kald.nu, kald.hvem, mere=mere)
    if made.ny:
        revision.skriv(kald, "oprettet", "henvendelse", made.number)
    with reading(kald.engine) as session:
        ident = henvendelser.find(session, made.number).id
    return Svar(vis_en(kald, ident), 201)


def _first(body: Mapping[str, Any]) -> NyArtikel:
    said = body.get("article")
    if not isinstance(said, Mapping):
        raise ugyldig("Henvendelsen skal have en første artikel (article).", 'Need at least article: { body: "some text" }')
    # Who begins a case is the business, unless it is said otherwise; and nothing is mailed by it.
    return artikel(said if said.get("sender") or said.get("sender_id") else {**said, "sender": "Customer"})


def _udkast(
    kald: Kald, team: str, who: Person, company: Virksomhed | None, first: NyArtikel
) -> HenvendelseUdkast:  # fmt: skip
    body = kald.body
    title = " ".join(rens(opslag.tekst(body, "title", kraevet=True) or "").split())
    if not title or len(title) > LONGEST_TITLE:
        raise ugyldig(f"title skal være på mellem 1 og {LONGEST_TITLE} tegn.")
    said = opslag.tekst(body["article"], "type") or "note"
    kanal = opslag.tekst(body, "erhverv_kanal") or KANAL_AF_TYPE[said]
    if kanal not in KANALER:
        raise ugyldig(f"erhverv_kanal skal være en af {', '.join(KANALER)}.")
    pakke = opslag.tekst(body, "erhverv_servicepakke")
    if pakke is not None and pakke not in kald.library.servicepakker:
        raise ugyldig(f"erhverv_servicepakke {pakke[:60]} findes ikke.")
    ydelser = body.get("erhverv_ydelser") or []
    known = kald.library.ydelser
    if not isinstance(ydelser, list) or not all(isinstance(one, str) and one in known for one in ydelser):
        raise ugyldig("erhverv_ydelser skal være en liste af ydelsers id.")
    noegle = kald.noegle() or f"api:{kald.klient.id}:{uuid.uuid4()}"
    return HenvendelseUdkast(
        noegle=noegle,
        kanal=cast(Kanal, kanal),
        team=team,
        virksomhed=VirksomhedUdkast(cvr=company.cvr, navn=company.navn) if company else VirksomhedUdkast(),
        kontakt=KontaktUdkast(navn=who.navn, telefon=who.telefon, email=who.email, samtykke=kald.nu),
        servicepakke=pakke,
        ydelser=ydelser,
        hovedindhold=title if first.retning == "intern" else f"{title}\n\n{first.tekst}",
    )


def _virksomhed(session: Session, body: Mapping[str, Any], who: Person) -> Virksomhed | None:
    """The company that is named with the ticket, or with the contact's data, or that the contact is known to be of."""
    found = opslag.virksomhed(session, body)
    customer = body.get("customer")
    if found is None and isinstance(customer, Mapping):
        found = opslag.virksomhed(session, customer)
    if found is None and who.virksomhed_id is not None:
        found = opslag.virksomhed(session, {"organization_id": who.virksomhed_id})
    return found


def _maerker(body: Mapping[str, Any]) -> list[str]:
    said = body.get("tags") or []
    found = said.split(",") if isinstance(said, str) else said
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ugyldig("tags skal være mærker med komma imellem.")
    return [one.strip() for one in found if one.strip()]
