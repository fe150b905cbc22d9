"""From what was typed at ``/desk/registrer`` to the state that a case is made of: the same as the bot's dialogue gives. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.screening.case import case_parts
from bot.screening.forloeb import Forloeb
from bot.screening.skema import Indtastet, laes, udfyld
from bot.screening.steps import facts_of, receivers
from bot.screening.verdict import Verdict, judge
from connectors.crm.rute import Rute, rut
from connectors.desk.registreringsform import Sendt

KONTAKT = ("cvr", "virksomhed", "navn", "telefon", "email")


@dataclass(frozen=True)
class Sag:
    """``state`` is what the case is made of. ``stillet``: the questions that are asked; ``fejl``: slot to the sentence of
    ``tekster/screening.yml`` that tells why its answer can't be read; ``ogsaa``: what one answer told of another question.
    ``vurdering``: of the package, where one is chosen. ``delopgaver``: (unit, service) of the units that act beside the one
    that has the case."""

    state: Forloeb
    pakke: Servicepakke | None
    vurdering: Verdict | None
    stillet: tuple[str, ...]
    fejl: Mapping[str, str]
    ogsaa: Mapping[str, Any]
    rute: Rute
    delopgaver: tuple[tuple[str, str], ...]


def saml(sendt: Sendt, svar: Mapping[str, Indtastet], library: Library) -> Sag:
    """Read every answer, judge, and route.

    A package that fits, or may, is screened as in the chat. Without one, and where it does not fit, the case is what the
    chat makes when a person is asked for: about the services chosen, for their unit where they have one in common.
    """
    pakke = library.servicepakker.get(sendt.form["pakke"])
    begun = Forloeb(
        "pakke" if pakke else "kontakt",
        sendt.noegle,
        pakke=pakke.id if pakke else None,
        sagt=(sendt.sagt,) if sendt.sagt else (),
    )
    filled = udfyld(begun, svar, library)
    state, fejl = filled.state, dict(filled.fejl)
    for slot in KONTAKT:
        value, why = laes(library.spoergsmaal[slot], svar.get(slot, Indtastet()))
        if why is not None:
            fejl[slot] = why
        elif value is not None:
            state = state.with_answer(slot, value)
    if sendt.form["samtykke"] == "ja":
        state = state.with_answer("samtykke", True)
    chosen = tuple(ident for ident in sendt.ydelser if ident in library.ydelser)
    vurdering = judge(pakke, facts_of(state), library) if pakke else None
    if pakke is None or vurdering is None or vurdering.udfald == "passer_ikke":
        state = _som_kontakt(state, chosen, vurdering, sendt.sagt, library)
    else:
        state = _yderligere(replace(state, valgte=chosen, valg_slut=True), pakke, svar, library)
    passer = vurdering is not None and vurdering.passer
    screened = state.pakke if state.slags == "pakke" or not chosen else None
    rute = rut(library, pakke=screened, passer=passer, ydelser=chosen)
    return Sag(state, pakke, vurdering, filled.stillet, fejl, filled.ogsaa, rute, _delopgaver(state, chosen, rute, library))


def spoerg_om_moede(state: Forloeb, pakke: Servicepakke | None) -> bool:
    """Whether the business is asked for a joint meeting (as ``bot.screening.steps.contact_slots``)."""
    return state.slags == "pakke" and pakke is not None and bool(pakke.faellesmoede) and len(state.valgte) > 1


def _som_kontakt(state: Forloeb, chosen: tuple[str, ...], vurdering: Verdict | None, sagt: str, library: Library) -> Forloeb:
    together = len({library.ydelser[ident].enhed for ident in chosen}) == 1
    if sagt and not state.svar.get("behov"):
        state = state.with_answer("behov", sagt)
    return replace(
        state,
        slags="kontakt",
        emne=chosen[0] if together else None,
        til_enhed=together,
        valgte=chosen[1:] if together else chosen,
        vist=vurdering.mark() if vurdering else None,
    )


def _yderligere(state: Forloeb, pakke: Servicepakke, svar: Mapping[str, Indtastet], library: Library) -> Forloeb:
    """The two questions that come of what is chosen: a joint meeting, and a yes to bodies outside the municipality."""
    if spoerg_om_moede(state, pakke):
        value, _ = laes(library.spoergsmaal["faellesmoede"], svar.get("faellesmoede", Indtastet()))
        state = state.with_skip("faellesmoede") if value is None else state.with_answer("faellesmoede", value)
    if receivers(state, library):
        value, _ = laes(library.spoergsmaal["videregivelse"], svar.get("videregivelse", Indtastet()))
        state = state.with_answer("videregivelse", value is True)  # without a yes nothing is passed on
    return state


def _delopgaver(state: Forloeb, chosen: tuple[str, ...], rute: Rute, library: Library) -> tuple[tuple[str, str], ...]:
    if state.slags == "pakke":
        return case_parts(state, library).delopgaver
    units = [(library.ydelser[ident].enhed, ident) for ident in chosen]
    return tuple((unit, ident) for unit, ident in units if unit != rute.enhed)
