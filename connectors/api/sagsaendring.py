"""``PUT /tickets/{id}``: what another system may change in a case, all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.api import opslag, revision
from connectors.api.artikelfelter import NyArtikel, artikel
from connectors.api.fejl import ugyldig
from connectors.api.kald import Kald, Svar
from connectors.api.kunde import LONGEST_NAME
from connectors.api.sager import nummer, vis_en
from connectors.api.sagsjson import titel
from connectors.crm import henvendelser
from connectors.crm.artikler import tilfoej_i
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import UDFALD, Henvendelse
from connectors.crm.sagsgang import AFSLUTTET, aendr_i
from connectors.crm.svar import svar_i
from connectors.database import writing

UDFALD_ELLERS = "loest"  # Zammad's clients close a ticket without saying how it ended


def aendr(kald: Kald) -> Svar:
    """Change the ticket, if it is still at ``erhverv_version``; without one, as it is when the change comes to it."""
    number = nummer(kald, kald.id)
    version = kald.body.get("erhverv_version")
    if version is not None and (not isinstance(version, int) or isinstance(version, bool)):
        raise ugyldig("erhverv_version skal være et tal.")
    opslag.kun_normal_prioritet(kald)
    said = kald.body.get("article")
    if said is not None and not isinstance(said, Mapping):
        raise ugyldig("article skal være et objekt.")
    note = artikel(said) if said else None
    with writing(kald.engine) as session:
        row = henvendelser.laas(session, number, version)
        _unchanged(session, kald, row)
        changes = felter_i(session, kald, row)
        over = kald.body.get("erhverv_trods_delopgaver") is True
        aendr_i(session, row, kald.library, kald.hvem, changes, kald.nu, trods_delopgaver=over)
        if note is not None:
            skriv_i(session, kald, row, note)
    revision.skriv(kald, "ændret", "henvendelse", number, {"felter": sorted(changes)} if changes else None)
    return Svar(vis_en(kald, kald.id))


def felter_i(session: Session, kald: Kald, row: Henvendelse) -> dict[str, Any]:
    """The fields of the case that the client wants to be otherwise, for ``sagsgang``. Raises ``ZammadFejl``."""
    body = kald.body
    found: dict[str, Any] = {}
    if (status := opslag.status(kald)) is not None and status != row.status:
        found["status"] = status
    if (team := opslag.team(kald)) is not None and team != row.team:
        found["team"] = team
    given, ejer = opslag.ejer(session, body)
    if given and (ejer and ejer.id) != row.ejer_id:
        found["ejer"] = ejer
    due = opslag.tidspunkt(body.get("pending_time"), "pending_time")
    if due is not None and due != row.svarfrist:
        found["svarfrist"] = due
    udfald = opslag.tekst(body, "erhverv_udfald")
    if udfald is not None and udfald not in UDFALD:
        raise ugyldig(f"erhverv_udfald skal være en af {', '.join(UDFALD)}.")
    if found.get("status") == AFSLUTTET:
        found["udfald"] = udfald or UDFALD_ELLERS
    elif udfald is not None and udfald != row.udfald and "status" not in found:
        raise ugyldig("erhverv_udfald sættes, når sagen afsluttes.")
    return found


def skriv_i(session: Session, kald: Kald, row: Henvendelse, note: NyArtikel, noegle: str | None = None) -> int:
    """Write an article in the case, and send it where it is an answer. Returns its number. Raises ``ValueError``."""
    key = noegle or kald.noegle(note.maerke)
    if note.sendes:
        key = key or f"api:{kald.klient.id}:{uuid.uuid4()}"
        svar_i(session, row, kald.library, kald.hvem, note.tekst, key, kald.nu)
        return session.execute(select(Artikel.id).where(Artikel.noegle == key)).scalar_one()
    hvem = row.kontakt.navn[:LONGEST_NAME] if note.retning == "ind" and row.kontakt and row.kontakt.navn else kald.hvem
    return tilfoej_i(
        session, row, hvem, note.retning, note.form, note.tekst, emne=note.emne, til=note.til, noegle=key, nu=kald.nu
    )  # fmt: skip


def _unchanged(session: Session, kald: Kald, row: Henvendelse) -> None:
    """What can't be changed here must be as it is: a client that sends a ticket back as it got it changes nothing."""
    title = opslag.tekst(kald.body, "title")
    if title is not None and title != titel(row.hovedindhold):
        raise ugyldig("title er hovedindholdets første linje og kan ikke ændres.")
    company = opslag.virksomhed(session, kald.body)
    if company is not None and company.id != row.virksomhed_id:
        raise ugyldig("Henvendelsens virksomhed kan ikke ændres her.")
    if tags := kald.body.get("tags"):
        raise ugyldig(f"Mærker sættes med tags/add og tags/remove, ikke her ({str(tags)[:40]}).")
