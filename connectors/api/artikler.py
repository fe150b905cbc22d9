"""``/ticket_articles``: what is written in the cases. The summary of a case is its first article."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from connectors.api import fejl, numre, revision
from connectors.api.artikelfelter import artikel
from connectors.api.fejl import findes_ikke
from connectors.api.kald import Kald, Svar, liste, side
from connectors.api.numre import HOVEDINDHOLD_FRA, LARGEST
from connectors.api.sager import nummer
from connectors.api.sagsaendring import skriv_i
from connectors.api.sagsjson import titel
from connectors.crm import henvendelser
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.database import reading, writing
from connectors.zammad.tabel import AFSENDERE, TYPER


def alle(kald: Kald) -> Svar:
    """GET /ticket_articles: of every case, by number; the summaries stand with their cases only."""
    page, which = side(kald), _seen(kald)
    with reading(kald.engine) as session:
        total = session.execute(select(func.count()).select_from(Artikel).where(which)).scalar_one()
        found = select(Artikel).where(which).order_by(Artikel.id).limit(page.per_page).offset(page.offset)
        rows = [_vis(row) for row in session.scalars(found)]
    if rows:
        revision.skriv(kald, "set", "artikel", "liste", {"numre": [row["id"] for row in rows]})
    return liste(kald, rows, total)


def i_sag(kald: Kald) -> Svar:
    """GET /ticket_articles/by_ticket/{id}: the case's articles, oldest first."""
    number = nummer(kald, kald.id)
    with reading(kald.engine) as session:
        row = henvendelser.find(session, number)
        written = select(Artikel).where(Artikel.henvendelse_id == row.id, _seen(kald)).order_by(Artikel.tid, Artikel.id)
        found = [_hovedindhold(row), *(_vis(one) for one in session.scalars(written))]
    revision.skriv(kald, "set", "henvendelse", number, {"hvad": "artikler"})
    return Svar(found)


def en(kald: Kald) -> Svar:
    """GET /ticket_articles/{id}."""
    found, number = _find(kald, kald.id)
    revision.skriv(kald, "set", "henvendelse", number, {"hvad": "artikel"})
    return Svar(found)


def opret(kald: Kald) -> Svar:
    """POST /ticket_articles: write in a case, once for each ``Idempotency-Key`` or ``message_id``. An ``email`` of an
    agent's is an answer: it goes to the business."""
    number = nummer(kald, kald.body.get("ticket_id", ""))
    note = artikel(kald.body)
    with writing(kald.engine) as session:
        ident = skriv_i(session, kald, henvendelser.laas(session, number), note)
        found = _vis(session.get_one(Artikel, ident))
    revision.skriv(kald, "ændret", "henvendelse", number, {"hvad": "artikel"})
    return Svar(found, 201)


def aendr(kald: Kald) -> Svar:
    """PUT /ticket_articles/{id}: never."""
    _find(kald, kald.id)
    raise fejl.kan_ikke("Artikler kan ikke ændres. Skriv en ny.")


def slet(kald: Kald) -> Svar:
    """DELETE /ticket_articles/{id}: never."""
    _find(kald, kald.id)
    raise fejl.kan_ikke("Artikler kan ikke slettes enkeltvis; personoplysninger slettes, når tiden er gået.")


def _seen(kald: Kald) -> ColumnElement[bool]:
    return true() if kald.ser_interne else Artikel.retning != "intern"


def _find(kald: Kald, ident: int) -> tuple[dict[str, Any], str]:
    with reading(kald.engine) as session:
        if HOVEDINDHOLD_FRA < ident <= LARGEST:
            case = session.get(Henvendelse, ident - HOVEDINDHOLD_FRA)
            if case is not None:
                return _hovedindhold(case), case.nummer
        elif ident < HOVEDINDHOLD_FRA:
            row = session.scalar(select(Artikel).where(Artikel.id == ident, _seen(kald)))
            if row is not None:
                return _vis(row), session.get_one(Henvendelse, row.henvendelse_id).nummer
    raise findes_ikke("Ticket::Article", ident)


def _vis(row: Artikel) -> dict[str, Any]:
    sender_id, sender = AFSENDERE[row.retning]
    type_id, slags = TYPER[row.form]
    said = (row.noegle or "").split(":", 2)
    return {
        "id": row.id,
        "ticket_id": row.henvendelse_id,
        "type_id": type_id,
        "type": slags,
        "sender_id": sender_id,
        "sender": sender,
        "from": row.hvem,
        "to": row.til,
        "cc": None,
        "subject": row.emne,
        "body": row.tekst,
        "content_type": "text/plain",
        "internal": row.retning == "intern",
        "message_id": said[2] if said[0] == "api" and len(said) == 3 else None,
        "attachments": [],
        "created_by": row.hvem,
        "created_at": row.tid,
        "updated_at": row.tid,
    }


def _hovedindhold(row: Henvendelse) -> dict[str, Any]:
    """The summary as an article of the business's, by which the case began."""
    kind = {"telefon": "telefon", "mail": "mail", "chat": "chat"}.get(row.kanal, "note")
    sender_id, sender = AFSENDERE["ud" if row.kanal == "udgaaende" else "ind"]
    return {
        "id": numre.HOVEDINDHOLD_FRA + row.id,
        "ticket_id": row.id,
        "type_id": TYPER[kind][0],
        "type": TYPER[kind][1],
        "sender_id": sender_id,
        "sender": sender,
        "from": row.kontakt.navn if row.kontakt else None,
        "to": None,
        "cc": None,
        "subject": titel(row.hovedindhold),
        "body": row.hovedindhold,
        "content_type": "text/plain",
        "internal": False,
        "message_id": None,
        "attachments": [],
        "created_by": row.historik[0].hvem if row.historik else None,
        "created_at": row.oprettet,
        "updated_at": row.oprettet,
    }
