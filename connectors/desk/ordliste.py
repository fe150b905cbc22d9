"""What the desk calls the values that the tables keep: staff read these words, the database never does."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.library import Library

KANALER: Mapping[str, str] = {
    "chat": "Chat",
    "telefon": "Telefon",
    "mail": "E-mail",
    "moede": "Møde",
    "udgaaende": "Udgående kontakt",
}
STATUSSER: Mapping[str, str] = {
    "ny": "Ny",
    "i gang": "I gang",
    "afventer virksomheden": "Afventer virksomheden",
    "afsluttet": "Afsluttet",
}
UDFALD: Mapping[str, str] = {
    "straks": "Afklaret med det samme",
    "loest": "Løst",
    "henvist": "Henvist til andre",
    "ikke_muligt": "Kunne ikke lade sig gøre",
    "trukket": "Trukket tilbage af virksomheden",
    "dublet": "Dublet af en anden henvendelse",
}
DELOPGAVE_STATUSSER: Mapping[str, str] = {"ny": "Ny", "i gang": "I gang", "afsluttet": "Færdig"}
RETNINGER: Mapping[str, str] = {"ind": "Fra virksomheden", "ud": "Til virksomheden", "intern": "Kun for medarbejdere"}
FORMER: Mapping[str, str] = {
    "note": "Note",
    "mail": "E-mail",
    "telefon": "Telefonsamtale",
    "chat": "Chat",
    "moede": "Møde",
    "web": "Besked fra systemet",
}


def alle() -> dict[str, Mapping[str, str]]:
    """Every list by the name that the templates know it by."""
    return {
        "KANALER": KANALER,
        "STATUSSER": STATUSSER,
        "UDFALD": UDFALD,
        "DELOPGAVE_STATUSSER": DELOPGAVE_STATUSSER,
        "RETNINGER": RETNINGER,
        "FORMER": FORMER,
    }


def enheder(library: Library) -> list[tuple[str, str]]:
    """Id and name of every unit that can have a case, by name."""
    return sorted(((one.id, one.navn) for one in library.enheder.values()), key=lambda pair: pair[1])
