"""The mail by which a business is handed to a body outside the municipality (the report's case 2: the Væksthus).

Sent only with the separate yes (``svar["videregivelse"]``), which covers the bodies named when it was given, and once to
each of them. The address is typed by staff: the sources have none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.knowledge.schema.enhed import Ekstern
from connectors.crm import henvendelser, orientering
from connectors.crm.artikler import rens, tilfoej_i
from connectors.crm.henvisningsudkast import Udkast
from connectors.crm.historik import linje
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse, Henvisning, Svar
from connectors.crm.orienteringstekst import kontakt
from connectors.database import writing
from connectors.mail import udbakke
from connectors.mail.adresse import brugbar

JA = "videregivelse"
JA_TIL = "videregivelse_til"  # the bodies that a yes given to staff covers; without it those named in the chat
FORMER = ("telefon", "moede", "mail")


@dataclass(frozen=True)
class Sendt:
    """That it has been sent: when, by whom, to which address."""

    tid: dt.datetime
    hvem: str
    til: str | None


def modtagere(row: Henvendelse, library: Library) -> list[Ekstern]:
    """The bodies that can be handed a case; those that this one was referred to first."""
    able = [body for body in library.eksterne.values() if body.modtager_henvendelser]
    named = {henvisning.navn for henvisning in row.henvist_til}
    return sorted(able, key=lambda body: (body.navn not in named, body.navn))


def har_sagt_ja(row: Henvendelse, ekstern: Ekstern) -> bool:
    """Whether the business has said yes to being handed to this very body."""
    svar = _svar(row)
    if svar.get(JA) is not True:
        return False
    return ekstern.navn in (svar.get(JA_TIL) or [henvisning.navn for henvisning in row.henvist_til])


def registrer_ja(
    engine: Engine, number: str, version: int, hvem: str, ekstern: Ekstern, sagt_af: str, form: str, nu: dt.datetime
) -> None:
    """Keep a yes that the business has given to staff: who said it stands in a note, that it was given in the history.

    Raises:
        UkendtHenvendelse, ForaeldetVersion: nothing is kept.
        ValueError: in Danish, where it is not said who said it or how.
    """
    navn = rens(sagt_af)
    if not navn:
        raise ValueError("skriv, hvem i virksomheden der har sagt ja")
    if form not in FORMER:
        raise ValueError("vælg, hvordan virksomheden sagde ja")
    with writing(engine) as session:
        row = henvendelser.laas(session, number, version)
        if har_sagt_ja(row, ekstern):
            return
        svar = _svar(row)
        covered = (svar.get(JA_TIL) or [item.navn for item in row.henvist_til]) if svar.get(JA) is True else []
        _saet(row, JA, True)
        _saet(row, JA_TIL, [*covered, ekstern.navn])
        _naevn(row, ekstern)
        row.historik.append(linje(hvem, JA, None, f"ja til {ekstern.navn}", nu))
        henvendelser.roer_ved(session, row, nu)
        note = f"{navn} har sagt ja til, at oplysningerne gives videre til {ekstern.navn}."
        tilfoej_i(session, row, hvem, "intern", form, note, nu=nu)


def send(
    engine: Engine,
    library: Library,
    number: str,
    version: int,
    hvem: str,
    ekstern: Ekstern,
    til: str,
    mail: Udkast,
    nu: dt.datetime,
) -> None:
    """Send the mail, keep it in the case, and tell the business that it has been handed on. CPR numbers are masked.

    Raises:
        UkendtHenvendelse, ForaeldetVersion: nothing is sent.
        ValueError: in Danish, without the business's yes, where it was sent before, and where it is no mail.
    """
    emne, tekst, adresse = rens(mail.emne), rens(mail.tekst), brugbar(til)
    if adresse is None:
        raise ValueError("skriv modtagerens e-mailadresse")
    if not emne or not tekst:
        raise ValueError("mailen skal have både emne og tekst")
    with writing(engine) as session:
        row = henvendelser.laas(session, number, version)
        if not har_sagt_ja(row, ekstern):
            raise ValueError(f"virksomheden har ikke sagt ja til, at oplysningerne gives videre til {ekstern.navn}")
        if (before := sendt_i(session, row, ekstern)) is not None:
            raise ValueError(f"mailen er allerede sendt af {before.hvem}")
        noegle = _noegle(row, ekstern)
        udbakke.laeg(session, "henvisning", noegle, adresse, emne, tekst, row.id, nu)
        tilfoej_i(session, row, hvem, "ud", "mail", tekst, emne=emne, til=adresse, noegle=noegle, nu=nu)
        _naevn(row, ekstern)
        row.historik.append(linje(hvem, "henvist til", None, ekstern.navn, nu))
        henvendelser.roer_ved(session, row, nu)
        told = library.text("henvisning", "fortalt", modtager=ekstern.afloest_af or ekstern.navn)
        orientering.fortael(session, row, [told, kontakt(row, library)], noegle, library, nu)


def sendt_i(session: Session, row: Henvendelse, ekstern: Ekstern) -> Sendt | None:
    """Whether and when the case was handed to this body."""
    artikel = session.scalar(select(Artikel).where(Artikel.noegle == _noegle(row, ekstern)))
    return None if artikel is None else Sendt(artikel.tid, artikel.hvem, artikel.til)


def _noegle(row: Henvendelse, ekstern: Ekstern) -> str:
    return f"henvisning:{row.nummer}:{ekstern.id}"


def _svar(row: Henvendelse) -> dict[str, Any]:
    return {svar.navn: svar.vaerdi for svar in row.svar}


def _saet(row: Henvendelse, navn: str, vaerdi: Any) -> None:
    for svar in row.svar:
        if svar.navn == navn:
            svar.vaerdi = vaerdi
            return
    row.svar.append(Svar(navn=navn, vaerdi=vaerdi))


def _naevn(row: Henvendelse, ekstern: Ekstern) -> None:
    if ekstern.navn not in {henvisning.navn for henvisning in row.henvist_til}:
        row.henvist_til.append(Henvisning(navn=ekstern.navn))
