"""From a confirmed matter to its henvendelse: one way for the chat, and for what staff register from phone, mail or a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.dialog.case_text import main_content
from bot.knowledge.library import Library
from bot.screening.case import case_parts
from bot.screening.forloeb import Forloeb
from connectors.crm import henvendelser
from connectors.crm.svarfrist import deadline
from connectors.crm.udkast import AftaleUdkast, DelopgaveUdkast, HenvendelseUdkast, Kanal, KontaktUdkast, VirksomhedUdkast


@dataclass(frozen=True)
class Tilvalg:
    """What a member of staff decides beside what the screening says; the bot decides nothing.

    ``team`` and ``delopgaver`` (unit, service, deadline or None for the unit's own) replace the screening's. ``samtykke``
    is when the business said yes. ``afsluttes``: the case is closed at once, so nothing is promised.
    """

    team: str | None = None
    delopgaver: Sequence[tuple[str, str | None, dt.datetime | None]] | None = None
    aftaler: Sequence[AftaleUdkast] = ()
    samtykke: dt.datetime | None = None
    afsluttes: bool = False


def udkast_af(
    state: Forloeb,
    library: Library,
    nu: dt.datetime,
    *,
    kanal: Kanal = "chat",
    samtale: str | None = None,
    tilvalg: Tilvalg | None = None,
) -> HenvendelseUdkast:
    """The draft of a screening's case.

    Raises:
        KeyError: ``state`` has no ``navn``.
        pydantic.ValidationError: a ``ValueError``; what was told has no place in a case.
    """
    chosen = tilvalg or Tilvalg()
    parts = case_parts(state, library)
    team = chosen.team or parts.team
    tasks = [(unit, ydelse, None) for unit, ydelse in parts.delopgaver] if chosen.delopgaver is None else chosen.delopgaver
    promised = [] if chosen.afsluttes else _promised(state, team, nu, library)
    return HenvendelseUdkast(
        noegle=state.noegle,
        kanal=kanal,
        team=team,
        virksomhed=VirksomhedUdkast(**parts.virksomhed),
        kontakt=KontaktUdkast(
            navn=str(state.svar["navn"]),
            telefon=state.svar.get("telefon"),
            email=state.svar.get("email"),
            samtykke=chosen.samtykke or nu,
        ),
        servicepakke=state.pakke,
        svar=parts.svar,
        ydelser=list(parts.ydelser),
        henvist_til=list(parts.henvist_til),
        hovedindhold=main_content(state, library, kanal),
        samtale=samtale,
        delopgaver=[DelopgaveUdkast(enhed=u, ydelse=y, frist=f or deadline(u, nu, library)) for u, y, f in tasks],
        aftaler=[*promised, *chosen.aftaler],
    )


def opret_sag(engine: Engine, state: Forloeb, conversation: str, library: Library, nu: dt.datetime) -> henvendelser.Kvittering:
    """Store the henvendelse of a screening that the business confirmed in the chat; the same screening again gives the
    same case."""
    draft = udkast_af(state, library, nu, samtale=conversation)
    return henvendelser.opret(engine, draft, deadline(draft.team, nu, library), nu)


def _promised(state: Forloeb, team: str, nu: dt.datetime, library: Library) -> list[AftaleUdkast]:
    """What the business has been promised: to be contacted in time, and the joint meeting it has said yes to."""
    names = ["aftale", "moede"] if state.svar.get("faellesmoede") is True else ["aftale"]
    owner = library.enheder[team].navn if team in library.enheder else team
    due = deadline(team, nu, library)
    return [AftaleUdkast(tekst=library.text("resume", name), frist=due, ejer=owner) for name in names]
