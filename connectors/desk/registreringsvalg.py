"""What the buttons of ``/desk/registrer`` put into the form: a package, services, a known company, a known contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Engine

from bot.knowledge.library import Library
from bot.screening.skema import Indtastet, laes
from connectors.crm import virksomhedsvisning
from connectors.crm.synlighed import Seer
from connectors.desk import firmaopslag
from connectors.desk.firmaopslag import Opslag
from connectors.desk.registreringsform import Sendt
from connectors.desk.registreringssag import saml

REACHED_BY = ("navn", "telefon", "email")


def udfoer(engine: Engine, sendt: Sendt, library: Library, bruger: Seer) -> Sendt:
    """The form after its button: ``vaelg`` a package or service, ``tilfoej`` the service of the list, all ``anbefalede``, a
    ``firma`` or one of its contacts (``kontakt``). Any other button, and one that names nothing known, changes nothing."""
    handling, what = sendt.handling
    kind, _, ident = what.partition("/")
    if handling == "vaelg" and kind == "pakke" and ident in library.servicepakker:
        sendt.form.felter["pakke"] = ident
    elif handling == "vaelg" and kind == "ydelse" and ident in library.ydelser:
        return _med_ydelser(sendt, [ident])
    elif handling == "tilfoej" and sendt.form["tilfoej_ydelse"] in library.ydelser:
        return _med_ydelser(sendt, [sendt.form.felter.pop("tilfoej_ydelse")])
    elif handling == "anbefalede":
        verdict = saml(sendt, sendt.svar, library).vurdering
        return _med_ydelser(sendt, [ident for ident, _ in verdict.ydelser] if verdict else [])
    elif handling == "firma" and (number := _tal(what)) is not None:
        found = virksomhedsvisning.vis(engine, number, bruger)
        if found is not None:
            return _med_svar(sendt, cvr=found.cvr, virksomhed=found.navn)
    elif handling == "kontakt" and (number := _tal(what)) is not None:
        firma = opslag(engine, sendt, library, bruger).firma
        if firma is not None and number < len(firma.kontakter):
            known = firma.kontakter[number]
            return _med_svar(sendt, **{slot: getattr(known, slot) for slot in REACHED_BY})
    return sendt


def opslag(engine: Engine, sendt: Sendt, library: Library, bruger: Seer) -> Opslag:
    """What is known of the company that stands in the form."""
    cvr, navn = (laes(library.spoergsmaal[slot], sendt.svar.get(slot, Indtastet()))[0] for slot in ("cvr", "virksomhed"))
    return firmaopslag.slaa_op(engine, cvr, navn, bruger)


def _med_ydelser(sendt: Sendt, idents: Iterable[str]) -> Sendt:
    return replace(sendt, ydelser=tuple(dict.fromkeys((*sendt.ydelser, *idents))))


def _med_svar(sendt: Sendt, **svar: str | None) -> Sendt:
    return replace(sendt, svar={**sendt.svar, **{slot: Indtastet(value or "") for slot, value in svar.items()}})


def _tal(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
