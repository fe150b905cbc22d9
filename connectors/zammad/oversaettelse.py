"""A case in Zammad's words: what is sent when a ticket is made, changed, and written in."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from connectors.zammad.billede import Artikelbillede, Sagsbillede
from connectors.zammad.tabel import AFSENDERE, TILSTANDE

VORES = "Oprettet af erhvervsassistenten"  # note on what the mirror has made, so that it erases nothing else
SLETTET = "Slettet"
LONGEST_NAME = 80  # Zammad's names hold 100 characters
_UKENDT = {"login": "erhverv-uden-kontakt", "firstname": "Uden", "lastname": "kontaktoplysninger", "note": VORES}
# As they are read in the ticket over there; every article is sent as a note, because an "email" would be mailed and a
# "phone" or "web" answered by Zammad's own triggers.
_FORMER = {"mail": "E-mail", "telefon": "Telefon", "chat": "Chat", "moede": "Møde", "web": "Web", "note": "Note"}
_RETNINGER = {"ind": "fra virksomheden", "ud": "til virksomheden", "intern": "internt"}


def titel(billede: Sagsbillede) -> str:
    """The ticket's title. Nothing personal stands in it, and it begins with the number, by which it is known as ours."""
    return f"{billede.nummer} · {billede.json['servicepakke'] or next(iter(billede.json['ydelser']), 'henvendelse')}"


def er_vores(ticket: Mapping[str, Any], nummer: str) -> bool:
    """Whether a ticket found over there is this case's."""
    title = str(ticket.get("title", ""))
    return title == nummer or title.startswith(f"{nummer} ")


def ny_sag(
    billede: Sagsbillede, grupper: Mapping[str, str], ejer_id: int | None, organisation: str | None
) -> dict[str, Any]:  # fmt: skip
    """A ticket with its first article. ``number`` is ours: Zammad keeps numbers unique, so a second one cannot be made."""
    first = {
        "subject": titel(billede),
        "body": _hovedindhold(billede),
        "content_type": "text/plain",
        "type": "note",
        "sender": "Customer",
        "internal": False,
        "message_id": billede.hoved_maerke,
    }
    return {
        "number": billede.nummer,
        "title": titel(billede),
        "customer": kunde(billede, organisation),
        "article": first,
        **felter(billede, grupper, ejer_id),
    }


def felter(billede: Sagsbillede, grupper: Mapping[str, str], ejer_id: int | None) -> dict[str, Any]:
    """What follows the case as it changes. ``ejer_id``: the owner's id over there; None leaves the owner as it is."""
    values: dict[str, Any] = {
        "group": grupper.get(billede.team, billede.team),
        "state": TILSTANDE[billede.status][1],
        "pending_time": zulu(billede.svarfrist) if billede.status == "afventer virksomheden" else None,
        "erhverv": json.dumps(billede.json, ensure_ascii=False),
        "erhverv_spejlet_version": billede.version,
    }
    return values if ejer_id is None else {**values, "owner_id": ejer_id}


def kunde(billede: Sagsbillede, organisation: str | None) -> dict[str, Any]:
    """The contact: found by e-mail address or login over there, or made."""
    kontakt = billede.json["kontakt"]
    navn, email, telefon = kontakt["navn"], kontakt["email"], kontakt["telefon"]
    if not email and not telefon:
        return dict(_UKENDT)
    first, _, last = (navn or "").rpartition(" ")
    found = {"firstname": first or last, "lastname": last if first else "", "phone": telefon or "", "note": VORES}
    found |= {"email": email} if email else {"login": f"erhverv-tlf-{telefon}"}
    return {**found, "organization": organisation} if organisation else found


def organisation(billede: Sagsbillede) -> str | None:
    """The company's name, with its CVR where it has one: names over there are unique."""
    navn, cvr = billede.json["virksomhed"]["navn"], billede.json["virksomhed"]["cvr"]
    navn = " ".join(navn.split())[:LONGEST_NAME] if navn else None
    if navn and cvr:
        return f"{navn} (CVR {cvr})"
    return f"CVR {cvr}" if cvr else navn or None


def soegeord(navn: str) -> str:
    """What to search for an organisation's name by: signs mean something in Zammad's search, and a CVR says it all."""
    match = re.search(r"CVR (\d{8})", navn)
    return match[1] if match else " ".join(re.sub(r"[\W_]+", " ", navn).lower().split())


def artikel(ticket_id: int, one: Artikelbillede) -> dict[str, Any]:
    """An article of a ticket that there is."""
    heading = f"{_FORMER[one.form]} {_RETNINGER[one.retning]} · {one.hvem}"
    return {
        "ticket_id": ticket_id,
        "subject": f"{heading}: {one.emne}" if one.emne else heading,
        "body": one.tekst,
        "content_type": "text/plain",
        "type": "note",
        "sender": AFSENDERE[one.retning][1],
        "internal": one.retning == "intern",
        "message_id": one.maerke,
    }


def zulu(moment: dt.datetime) -> str:
    """As Zammad writes times: UTC with milliseconds and a Z."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _hovedindhold(billede: Sagsbillede) -> str:
    virksomhed, kontakt = billede.json["virksomhed"], billede.json["kontakt"]
    lines = [
        ("Virksomhed", ", ".join(str(part) for part in (virksomhed["navn"], virksomhed["cvr"]) if part)),
        ("Kontakt", ", ".join(str(part) for part in (kontakt["navn"], kontakt["telefon"], kontakt["email"]) if part)),
        ("Kanal", billede.json["kanal"]),
        ("Ydelser", ", ".join(billede.json["ydelser"])),
        ("Henvist til", ", ".join(billede.json["henvist_til"])),
    ]
    return "\n".join([billede.hovedindhold, "", *(f"{name}: {text}" for name, text in lines if text)])
