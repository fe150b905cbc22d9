"""The sentences by which a business hears what has changed in its case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from connectors.crm.ejer import ejers_enhed
from connectors.crm.models import Aftale, Henvendelse

_STATUS = {"ny": "ny", "i gang": "i_gang", "afventer virksomheden": "afventer", "afsluttet": "afsluttet"}


def saetninger(row: Henvendelse, aendringer: Mapping[str, tuple[Any, Any]], library: Library) -> list[str]:
    """What a business is told of ``aendringer``, in the order it matters to it; empty where nothing concerns it."""
    found: list[str | None] = []
    if "status" in aendringer:
        found.append(_status(row, *aendringer["status"], library))
    if "team" in aendringer:
        found.append(library.text("orientering", "team", enhed=enhedsnavn(row.team, library)))
    if "ejer" in aendringer:
        found.append(_ejer(row, *aendringer["ejer"], library))
    if _ny_frist(row, aendringer):
        found.append(_frist(*aendringer["svarfrist"], library))
    if "aftale" in aendringer:
        found.append(_aftale(aendringer["aftale"][1], library))
    return [linje for linje in found if linje]


def slutning(row: Henvendelse, aendringer: Mapping[str, tuple[Any, Any]], library: Library) -> list[str]:
    """Who has the case, and by when it answers, where ``saetninger`` has not said so: what ends a message while the case
    is open."""
    if row.status == "afsluttet":
        return []
    # a unit told of with its name needs no second line, nor an owner who is the news
    sagt = "ejer" in aendringer or (row.ejer is None and "team" in aendringer)
    hvem = [] if sagt else [kontakt(row, library)]
    # while we wait for the business there is no deadline of ours
    if row.status == "afventer virksomheden" or _ny_frist(row, aendringer):
        return hvem
    return [*hvem, library.text("orientering", "frist", frist=dansk_dato(row.svarfrist))]


def kontakt(row: Henvendelse, library: Library) -> str:
    """Whom the business turns to: its contact by name, or the unit that has the case."""
    if row.ejer:
        return library.text("orientering", "kontakt_ejer", ejer=row.ejer, enhed=enhedsnavn(ejers_enhed(row), library))
    return library.text("orientering", "kontakt_enhed", enhed=enhedsnavn(row.team, library))


def enhedsnavn(enhed: str, library: Library) -> str:
    """The unit's name, or its id where the editors have none."""
    return library.enheder[enhed].navn if enhed in library.enheder else enhed


def _ny_frist(row: Henvendelse, aendringer: Mapping[str, tuple[Any, Any]]) -> bool:
    """Whether the deadline was moved for its own sake; with a new unit, or a case gone on with, it is simply the deadline."""
    hvilede = ("afsluttet", "afventer virksomheden")
    genoptaget = aendringer.get("status", ("", ""))[0] in hvilede
    return "svarfrist" in aendringer and "team" not in aendringer and not genoptaget and row.status not in hvilede


def _status(row: Henvendelse, fra: Any, til: Any, library: Library) -> str:
    navn = _STATUS[str(til)]
    return library.text("orientering", "genaabnet" if fra == "afsluttet" else f"status_{navn}", nummer=row.nummer)


def _ejer(row: Henvendelse, fra: Any, til: Any, library: Library) -> str | None:
    enhed = enhedsnavn(ejers_enhed(row) if til else row.team, library)
    if til and fra:
        return library.text("orientering", "ejer_skift", ejer=til, fra=fra, enhed=enhed)
    if til:
        return library.text("orientering", "ejer", ejer=til, enhed=enhed)
    return library.text("orientering", "uden_ejer", fra=fra, enhed=enhed) if fra else None


def _frist(fra: dt.datetime, til: dt.datetime, library: Library) -> str:
    return library.text("orientering", "frist_senere" if til > fra else "frist_tidligere", frist=dansk_dato(til))


def _aftale(aftale: Aftale, library: Library) -> str:
    tekst = aftale.tekst.strip()
    tekst = tekst if tekst.endswith((".", "!", "?")) else f"{tekst}."
    if aftale.udfoert is not None:
        return library.text("orientering", "aftale_udfoert", aftale=tekst)
    if aftale.frist is None:
        return library.text("orientering", "aftale", aftale=tekst)
    return library.text("orientering", "aftale_frist", aftale=tekst, frist=dansk_dato(aftale.frist))
