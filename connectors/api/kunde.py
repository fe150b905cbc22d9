"""Whom a new ticket is from: a contact we know, or one who is told with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.api import numre
from connectors.api.fejl import ugyldig
from connectors.api.models import ApiKontakt
from connectors.api.opslag import tekst
from connectors.crm.artikler import rens
from connectors.crm.kontaktoplysning import normal_email, normal_telefon
from connectors.crm.models import Henvendelse, Kontakt
from connectors.mail.adresse import brugbar

LONGEST_NAME = 200


@dataclass(frozen=True)
class Person:
    """A contact, in normal form; ``virksomhed_id``: the company of its latest case, or that it was told with."""

    navn: str
    email: str | None
    telefon: str | None
    virksomhed_id: int | None = None

    @property
    def noegle(self) -> str:
        """By what it is known again."""
        return numre.noegle(self.email, self.telefon) or ""


def person(body: Mapping[str, Any]) -> Person:
    """A contact as it is told: ``firstname``, ``lastname``, ``email``, ``phone`` or ``mobile``. Raises ``ZammadFejl``."""
    email, phone = tekst(body, "email"), tekst(body, "phone") or tekst(body, "mobile")
    if email is not None:
        email = normal_email(email)
        if brugbar(email) is None:
            raise ugyldig(f"{email[:80]} er ikke en e-mailadresse.", f"Invalid email '{email[:80]}'")
    if phone is not None and (len(phone) > 40 or normal_telefon(phone) is None):
        raise ugyldig(f"{phone[:40]} er ikke et telefonnummer.")
    if email is None and phone is None:
        raise ugyldig("En kontakt skal have e-mail eller telefon.", "Minimum one identifier for user is required.")
    navn = " ".join(rens(" ".join(part for part in (tekst(body, "firstname"), tekst(body, "lastname")) if part)).split())
    if len(navn) > LONGEST_NAME:
        raise ugyldig(f"Navnet må højst være på {LONGEST_NAME} tegn.")
    return Person(navn or email or phone or "", email, normal_telefon(phone) if phone else None)


def kunde(session: Session, body: Mapping[str, Any]) -> Person:
    """The contact of ``customer``/``customer_id``: a number, an e-mail address, ``guess:`` with one, or an object with its
    data, which makes a contact that there is none of. Raises ``ZammadFejl``."""
    said, number = body.get("customer"), body.get("customer_id")
    if isinstance(said, Mapping):
        told = person(said)
        return _known(session, told.noegle) or told
    if isinstance(number, str) and number.startswith("guess:"):
        told = person({"email": number.removeprefix("guess:")})
        return _known(session, told.noegle) or told
    if number not in (None, ""):
        found = _numbered(session, number)
        if found is None:
            raise ugyldig(f"Der er ingen kontakt med nummer {str(number)[:20]}.", "Invalid value for param 'customer_id'")
        return found
    if not isinstance(said, str) or not said.strip():
        raise ugyldig("Henvendelsen skal have en kontakt (customer).", "Missing required value for field 'customer_id'!")
    found = _known(session, f"email:{normal_email(said)}" if "@" in said else f"tlf:{normal_telefon(said)}")
    if found is None:
        text = f"Der er ingen kontakt, der hedder {said[:80]}; opret den først, eller send dens oplysninger med."
        raise ugyldig(text, f"No lookup value found for 'customer': \"{said[:80]}\"")
    return found


def fundet(session: Session, ident: int) -> ApiKontakt | None:
    """The contact with this user number."""
    return session.get(ApiKontakt, ident - numre.KONTAKT_FRA) if numre.KONTAKT_FRA < ident <= numre.LARGEST else None


def som_person(session: Session, row: ApiKontakt) -> Person | None:
    """What is known of a contact: from its latest case, else as a client told it; None where it has been erased."""
    latest = session.execute(
        select(Kontakt, Henvendelse.virksomhed_id)
        .join(Henvendelse, Henvendelse.id == Kontakt.henvendelse_id)
        .where(numre.holder(row.noegle))
        .order_by(Kontakt.henvendelse_id.desc())
        .limit(1)
    ).first()
    if latest is not None:
        kontakt, company = latest
        return Person(kontakt.navn or "", kontakt.email, kontakt.telefon, company)
    if row.email is None and row.telefon is None:
        return None
    return Person(row.navn or "", row.email, row.telefon, row.virksomhed_id)


def _numbered(session: Session, number: Any) -> Person | None:
    text = str(number)
    row = fundet(session, int(text)) if text.isascii() and text.isdecimal() and len(text) <= 10 else None
    return None if row is None else som_person(session, row)


def _known(session: Session, noegle: str) -> Person | None:
    row = session.scalar(select(ApiKontakt).where(ApiKontakt.noegle == noegle))
    if row is not None:
        return som_person(session, row)
    unseen = ApiKontakt(noegle=noegle, navn=None, email=None, telefon=None, virksomhed_id=None)
    return som_person(session, unseen)
