"""What a business told and wants, in words: the questions' own, and what the catalogue says of the services. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.ydelse import Aspekt
from bot.screening.values import spoken
from connectors.crm.models import Henvendelse, Virksomhedsoplysning

# The slot that asked for each column of the company, in the order in which staff read them.
_VIRKSOMHED = {"cvr": "cvr", "navn": "virksomhed", "branche": "branche", "ansatte": "ansatte", "stadie": "stadie"} | {
    "beliggenhed": "beliggenhed"
}

# Answers that no question of the editors' asks for.
_UDEN_SPOERGSMAAL = {"videregivelse_til": "Oplysningerne må gives videre til"}
# The yes to bodies outside the municipality, in words that need no name filled in.
_GIVES_VIDERE = {"videregivelse": "Må gives videre uden for kommunen", "videregivelse_til": "Må gives videre til"}


@dataclass(frozen=True)
class Oplysning:
    """A line of what is known: ``navn`` is the question in short, ``vaerdi`` the answer as a person would say it."""

    navn: str
    vaerdi: str


@dataclass(frozen=True)
class YdelseVist:
    """A service of the case; ``svar`` what the catalogue answers, as (question, answer). A service that the catalogue no
    longer has is shown by its id alone."""

    id: str
    navn: str
    kort: str = ""
    for_hvem: str = ""
    naeste_skridt: str = ""
    enhed: str = ""
    stand: str = ""
    svar: tuple[tuple[str, str], ...] = ()


def virksomhed(row: Virksomhedsoplysning | None, library: Library) -> list[Oplysning]:
    """The company as it described itself, without what it did not tell."""
    told = [(slot, getattr(row, column, None)) for column, slot in _VIRKSOMHED.items()]
    return [_oplysning(slot, value, library) for slot, value in told if value is not None]


def svar(row: Henvendelse, library: Library) -> list[Oplysning]:
    """The screening's answers, in the order given."""
    return [_oplysning(item.navn, item.vaerdi, library) for item in row.svar if item.vaerdi is not None]


def ydelser(row: Henvendelse, library: Library) -> list[YdelseVist]:
    """The services that the case is about."""
    return [ydelse(item.ydelse, library) for item in row.ydelser]


def ydelse(ident: str, library: Library) -> YdelseVist:
    """One service as the catalogue has it."""
    found = library.ydelser.get(ident)
    if found is None:
        return YdelseVist(ident, ident)
    answers = ((_titel(aspekt, library), answer.tekst) for aspekt, answer in found.svar.items())
    return YdelseVist(
        ident, found.navn, found.kort, found.for_hvem, found.naeste_skridt, found.enhed, found.stand, tuple(answers)
    )  # fmt: skip


def _titel(aspekt: Aspekt, library: Library) -> str:
    asked = library.aspekter.get(aspekt)
    return asked.titel if asked else aspekt.value


def _oplysning(slot: str, value: Any, library: Library) -> Oplysning:
    if slot == "branchegruppe":
        group = next((emne.navn for emne in library.brancher if emne.id == value), str(value))
        return Oplysning("Branchegruppe", group)
    asked = library.spoergsmaal.get(slot)
    name = asked.opsummering if asked else _UDEN_SPOERGSMAAL.get(slot, slot)
    return Oplysning(name, spoken(slot, value, library))
