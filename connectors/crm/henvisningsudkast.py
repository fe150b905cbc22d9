"""The draft of the mail by which a business is handed on: what it needs, who it is, whom to reach, a visit together. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.enhed import Ekstern
from bot.screening.values import spoken
from connectors.crm.ejer import fortalt_enhed
from connectors.crm.models import Henvendelse
from connectors.crm.orienteringstekst import enhedsnavn

# What the receiver needs; contact data and consents are told in words of their own, or not at all.
BEHOV = ("behov", "planer", "projekt", "tidsplan")
OM = (("cvr", "cvr"), ("branche", "branche"), ("ansatte", "ansatte"), ("stadie", "stadie"), ("beliggenhed", "beliggenhed"))


@dataclass(frozen=True)
class Udkast:
    """A mail as it is proposed."""

    emne: str
    tekst: str


def udkast(row: Henvendelse, ekstern: Ekstern, hvem: str, library: Library, enheder: Collection[str] = ()) -> Udkast:
    """What is proposed: what the business needs, who it is, whom to reach, and a visit together. ``enheder``: those that
    ``hvem`` works in."""
    enhed = enhedsnavn(fortalt_enhed(row.team, enheder), library)
    virksomhed = (row.virksomhed.navn if row.virksomhed else None) or library.text("henvisning", "uden_navn")
    svar = {item.navn: item.vaerdi for item in row.svar}
    behov = [(slot, svar[slot]) for slot in BEHOV if svar.get(slot) not in (None, "ved_ikke", [])]
    om = [(slot, getattr(row.virksomhed, column, None)) for column, slot in OM]
    dele = [
        library.text("henvisning", "hilsen", modtager=ekstern.afloest_af or ekstern.navn),
        library.text("henvisning", "indledning", virksomhed=virksomhed[:1].upper() + virksomhed[1:]),
        _afsnit(library.text("henvisning", "behov"), behov, library),
        _afsnit(library.text("henvisning", "om"), [(slot, value) for slot, value in om if value is not None], library),
        _kontakt(row, library),
        _kommunen(row, library),
        library.text("henvisning", "besoeg"),
        library.text("henvisning", "afsender", hvem=hvem, enhed=enhed, kommune=library.kommunen.navn),
    ]
    return Udkast(library.text("henvisning", "emne", virksomhed=virksomhed), "\n\n".join(part for part in dele if part))


def _afsnit(overskrift: str, values: list[tuple[str, Any]], library: Library) -> str:
    lines = [_linje(slot, spoken(slot, value, library), library) for slot, value in values if slot in library.spoergsmaal]
    return "\n".join([overskrift, *lines]) if lines else ""


def _linje(slot: str, vaerdi: str, library: Library) -> str:
    if slot == "behov":  # the heading has said what it is, and the question's own words are the business's
        return library.text("henvisning", "punkt", vaerdi=vaerdi)
    return library.text("henvisning", "linje", navn=library.spoergsmaal[slot].opsummering, vaerdi=vaerdi)


def _kontakt(row: Henvendelse, library: Library) -> str:
    if row.kontakt is None or not row.kontakt.navn:
        return ""
    phone = spoken("telefon", row.kontakt.telefon, library) if row.kontakt.telefon else ""
    ways = ", ".join(way for way in (row.kontakt.navn, phone, row.kontakt.email) if way)
    return library.text("henvisning", "kontakt", navn=ways)


def _kommunen(row: Henvendelse, library: Library) -> str:
    names = [library.ydelser[item.ydelse].navn for item in row.ydelser if item.ydelse in library.ydelser]
    return library.text("henvisning", "kommunen", ydelser=", ".join(names)) if names else ""
