"""A registration becomes a case: once a form, closed at once where it has been solved, and told to the business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, select

from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from bot.screening.forloeb import Forloeb
from connectors.crm import henvendelser, orientering, sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.henvendelser import Kvittering
from connectors.crm.oprettelse import Tilvalg, udkast_af
from connectors.crm.svarfrist import deadline
from connectors.crm.tid import iso
from connectors.crm.udkast import HenvendelseUdkast, Kanal
from connectors.database import writing
from connectors.desk import revision
from connectors.desk.adgang import Bruger
from connectors.website import naervaer
from connectors.website.messages import Draft, append
from connectors.website.models import Besked, Samtale


class FormularBrugt(Exception):
    """The form has made a case already, and it says something else now; ``number`` is the case's."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class Registrering:
    """What is to be stored. ``straks``: solved, so it is closed at once; ``tag``: staff keeps it; ``noegle``: of the form."""

    state: Forloeb
    noegle: str
    kanal: Kanal
    samtale: str | None
    tilvalg: Tilvalg
    straks: bool = False
    tag: bool = False


def gem(engine: Engine, registrering: Registrering, bruger: Bruger, library: Library, nu: dt.datetime) -> Kvittering:
    """Make the case by the same function as the bot, and all that follows. Sent again, nothing is made or told twice,
    and what a failure had left undone is done.

    Raises:
        FormularBrugt: nothing is made.
        pydantic.ValidationError: a ``ValueError``; what was typed has no place in a case, and nothing is made.
        ForaeldetVersion: the case is made, but somebody else has changed it before it could be closed.
    """
    state = replace(registrering.state, noegle=f"desk:{bruger.id}:{registrering.noegle}", slut="opret")
    draft = udkast_af(state, library, nu, kanal=registrering.kanal, samtale=registrering.samtale, tilvalg=registrering.tilvalg)
    receipt = henvendelser.opret(engine, draft, deadline(draft.team, nu, library), nu, bruger.navn)
    if receipt.ny:
        details = {"kanal": registrering.kanal}
        revision.skriv(engine, bruger, "oprettet", "henvendelse", receipt.number, details, nu)
    else:
        _kraev_samme(henvendelser.som_json(engine, receipt.number) or {}, draft, receipt.number)
    _fortael(engine, receipt, registrering, library, nu)  # the number before the questionnaire of a case that is closed
    if registrering.straks or registrering.tag:
        _overtag(engine, receipt, registrering, bruger, library, nu)
    return receipt


def _kraev_samme(stored: Mapping[str, Any], draft: HenvendelseUdkast, number: str) -> None:
    """Whether the form says what its case says; contact data that have been erased differ from nothing."""
    contact = stored.get("kontakt") or {}
    same_person = contact.get("navn") in (None, draft.kontakt.navn)
    if stored.get("hovedindhold") != draft.hovedindhold or not same_person:
        raise FormularBrugt(number)


def _overtag(
    engine: Engine, receipt: Kvittering, registrering: Registrering, bruger: Bruger, library: Library, nu: dt.datetime
) -> None:
    if receipt.status != "ny":
        return
    felter: dict[str, Any] = {"ejer": Ejer(bruger.id, bruger.navn)}
    if registrering.straks:
        felter |= {"status": sagsgang.AFSLUTTET, "udfald": "straks"}
    sagsgang.aendr(
        engine, library, receipt.number, receipt.version, bruger.navn, felter, nu, orienter=False, trods_delopgaver=True
    )


def _fortael(engine: Engine, receipt: Kvittering, registrering: Registrering, library: Library, nu: dt.datetime) -> None:
    """Tell the number: in the chat that it came from, and by mail where nobody is in it; once a case."""
    unit = library.enheder[receipt.team].navn if receipt.team in library.enheder else receipt.team
    due = dansk_dato(receipt.svarfrist)
    with writing(engine) as session:
        row = henvendelser.laas(session, receipt.number)
        here = naervaer.til_stede(session, registrering.samtale, nu)
        samtale = here or (session.get(Samtale, registrering.samtale) if registrering.samtale else None)
        if samtale is not None and samtale.state != "lukket":
            sent = select(Besked.data).where(Besked.samtale_id == samtale.id, Besked.sender == "system")
            told = any(data.get("type") == "henvendelse" and data.get("number") == row.nummer for data in session.scalars(sent))
            if not told:
                text = (
                    library.text("registrering", "chat_straks", nummer=row.nummer)
                    if registrering.straks
                    else library.text("registrering", "chat", nummer=row.nummer, enhed=unit, frist=due)
                )
                data = {"type": "henvendelse", "number": row.nummer, "team": row.team, "svarfrist": iso(row.svarfrist)}
                append(session, samtale.id, [Draft("system", text, data)], nu)
        if here is None and not registrering.straks:
            line = library.text("registrering", "oprettet", enhed=unit, frist=due)
            orientering.fortael(session, row, [line], f"{row.nummer}:oprettet", library, nu)
