"""What ``/desk/registrer`` shows: the fields with what stands in them, what may be chosen, and what it comes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.dialog.prompt import fill
from bot.knowledge.library import Library
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.screening.skema import FIRMA, I_ORD, MED_VALG, Indtastet, forudfyld, laes, vist
from bot.screening.steps import question, receivers
from bot.screening.verdict import UNSETTLED, offered
from connectors.desk.registreringsform import Sendt
from connectors.desk.registreringssag import Sag, saml, spoerg_om_moede

KONTAKT = ("navn", "telefon", "email")
IDENTITET = ("cvr", "virksomhed")
ETIKETTER = {"navn": "Kontaktperson"}  # "dit navn" is said to the business, not to staff
ULAESELIGT = {
    "telefon": "Det er ikke et telefonnummer. Skriv otte cifre eller et udenlandsk nummer med +.",
    "email": "Det er ikke en e-mailadresse. Den skal se ud som navn@firma.dk.",
    "ansatte": "Antallet kan ikke læses. Skriv for eksempel 8, 5-6 eller over 100.",
    "cvr": "Et CVR-nummer er otte cifre.",
}
ULAESELIGT_ELLERS = "Svaret kan ikke læses. Skriv det på en anden måde, eller vælg et af svarene."


@dataclass(frozen=True)
class Felt:
    """A question as it stands on the page. ``valg``: number, words and whether it is marked; ``flere``: several may be.
    ``ord``: it has a field for words; ``laest``: how words were understood that a mark now stands for."""

    slot: str
    etiket: str
    valg: tuple[tuple[int, str, bool], ...]
    flere: bool
    ord: bool
    tekst: str
    fejl: str = ""
    laest: str = ""


@dataclass(frozen=True)
class YdelseValg:
    """A service that may be marked. ``giver``: what the package says it gives this business, else what it is."""

    id: str
    navn: str
    giver: str
    valgt: bool
    anbefalet: bool


@dataclass(frozen=True)
class Billede:
    """The page. ``hvorfor`` is why the package fits or not; ``henvises`` bodies outside the municipality; ``delopgaver``
    key, unit, service and whether it is marked."""

    sendt: Sendt
    sag: Sag
    identitet: tuple[Felt, ...]
    firma: tuple[Felt, ...]
    pakke: tuple[Felt, ...]
    kontakt: tuple[Felt, ...]
    tilvalg: tuple[Felt, ...]
    ydelser: tuple[YdelseValg, ...]
    hvorfor: str
    henvises: tuple[tuple[str, str], ...]
    delopgaver: tuple[tuple[str, str, str, bool], ...]


def byg(sendt: Sendt, library: Library, kendt: Mapping[str, Any]) -> Billede:
    """The page for a form as it was sent.

    Args:
        kendt: what is known of the company from before, by slot; an empty field that has not been filled in before gets
            what is known, or what the business says.
    """
    sendt = _med_kendt(sendt, library, kendt)
    sag = saml(sendt, sendt.svar, library)
    svar = {**sendt.svar, **{slot: vist(library.spoergsmaal[slot], value, library) for slot, value in sag.ogsaa.items()}}
    sendt = replace(sendt, svar=svar)

    def felter(slots: Iterable[str]) -> tuple[Felt, ...]:
        asked = ((slot, question(slot, library, sag.pakke)) for slot in slots)
        return tuple(_felt(spoergsmaal, svar.get(slot, Indtastet()), sag, library) for slot, spoergsmaal in asked if spoergsmaal)

    moede = ["faellesmoede"] if spoerg_om_moede(sag.state, sag.pakke) else []
    videre = ["videregivelse"] if receivers(sag.state, library) else []
    verdict = sag.vurdering
    return Billede(
        sendt=sendt,
        sag=sag,
        identitet=felter(IDENTITET),
        firma=() if sag.pakke else felter(FIRMA),
        pakke=felter(sag.stillet) if sag.pakke else (),
        kontakt=felter(KONTAKT),
        tilvalg=felter([*moede, *videre]),
        ydelser=_ydelser(sendt, sag, library),
        hvorfor=_hvorfor(verdict.hvorfor, library) if verdict else "",
        henvises=verdict.henvis_til if verdict else (),
        delopgaver=_delopgaver(sendt, sag),
    )


def fejl_om(slot: str, sentence: str, library: Library) -> str:
    """Why an answer can't be read, for staff: the reason that the chat would give, where it knows one."""
    if sentence != "ikke_forstaaet":
        return library.text("screening", sentence)
    return ULAESELIGT.get(slot, ULAESELIGT_ELLERS)


def _med_kendt(sendt: Sendt, library: Library, kendt: Mapping[str, Any]) -> Sendt:
    """The form with what is known in the fields that are empty and have not been filled in before."""
    pakke = sendt.form["pakke"] if sendt.form["pakke"] in library.servicepakker else None
    found = forudfyld(pakke, [sendt.sagt] if sendt.sagt else [], kendt, library)
    new = {
        slot: vist(library.spoergsmaal[slot], value, library)
        for slot, value in found.items()
        if slot in library.spoergsmaal and slot not in sendt.forudfyldt and sendt.svar.get(slot, Indtastet()).tom
    }
    return replace(sendt, svar={**sendt.svar, **new}, forudfyldt=sendt.forudfyldt | found.keys())


def _felt(spoergsmaal: Spoergsmaal, given: Indtastet, sag: Sag, library: Library) -> Felt:
    has_choices = spoergsmaal.type in MED_VALG and bool(spoergsmaal.valg)
    laest = ""
    if has_choices and given.tekst.strip():  # words that were understood stand as a mark from now on
        value, _ = laes(spoergsmaal, given)
        if value is not None:
            given, laest = vist(spoergsmaal, value, library), given.tekst.strip()
    sentence = sag.fejl.get(spoergsmaal.id)
    plain = spoergsmaal.id in (*KONTAKT, *IDENTITET)
    return Felt(
        slot=spoergsmaal.id,
        etiket=ETIKETTER.get(spoergsmaal.id, spoergsmaal.opsummering) if plain else fill(spoergsmaal.tekst, sag.state, library),
        valg=tuple((number, v.titel, number in given.valg) for number, v in enumerate(spoergsmaal.valg)) if has_choices else (),
        flere=spoergsmaal.type == "flervalg",
        ord=not has_choices or spoergsmaal.type in I_ORD,
        tekst=given.tekst,
        fejl=fejl_om(spoergsmaal.id, sentence, library) if sentence else "",
        laest=laest,
    )


def _ydelser(sendt: Sendt, sag: Sag, library: Library) -> tuple[YdelseValg, ...]:
    """Recommended first, then the rest of the package, then what was chosen beside it."""
    recommended = dict(sag.vurdering.ydelser) if sag.vurdering else {}
    rest = dict(offered(sag.pakke, sag.state.svar, library)) if sag.pakke and sag.vurdering and sag.vurdering.passer else {}
    idents = [ident for ident in dict.fromkeys((*recommended, *rest, *sendt.ydelser)) if ident in library.ydelser]
    return tuple(
        YdelseValg(
            ident,
            library.ydelser[ident].navn,
            recommended.get(ident) or rest.get(ident) or library.ydelser[ident].kort,
            ident in sendt.ydelser,
            ident in recommended,
        )
        for ident in idents
    )


def _delopgaver(sendt: Sendt, sag: Sag) -> tuple[tuple[str, str, str, bool], ...]:
    """What other units must do: marked unless the mark was taken away; none for the unit that has the case."""
    unit = sendt.form["enhed"] or sag.rute.enhed
    keyed = [(f"{enhed}|{ydelse}", enhed, ydelse) for enhed, ydelse in sag.delopgaver if enhed != unit]
    return tuple((key, enhed, ydelse, key in sendt.valgt or key not in sendt.vist) for key, enhed, ydelse in keyed)


def _hvorfor(reason: str, library: Library) -> str:
    return library.text("screening", "uafklaret") if reason == UNSETTLED else reason
