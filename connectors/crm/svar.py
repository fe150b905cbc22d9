"""A member of staff answers the business: in its chat if it is there, otherwise by e-mail."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm.artikler import rens, tilfoej_i
from connectors.crm.henvendelser import laas
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.crm.orientering import Vej, adresse, sagsdata
from connectors.crm.orienteringstekst import enhedsnavn
from connectors.database import writing
from connectors.mail import udbakke
from connectors.website.messages import Draft, append
from connectors.website.naervaer import til_stede


def svar(engine: Engine, library: Library, number: str, hvem: str, tekst: str, noegle: str, nu: dt.datetime) -> Vej:
    """Send ``tekst`` to the case's business and keep it as an article. CPR numbers are masked first.

    Args:
        hvem: name of the member of staff, as the business may hear it.
        noegle: the form's own key: the same again sends nothing and returns the way that it went.

    Returns:
        Which way it went.

    Raises:
        UkendtHenvendelse: there is no such case.
        ValueError: in Danish, where the text is empty, or the business is in no chat and has no e-mail address.
    """
    with writing(engine) as session:
        return svar_i(session, laas(session, number), library, hvem, tekst, noegle, nu)


def svar_i(
    session: Session, row: Henvendelse, library: Library, hvem: str, tekst: str, noegle: str, nu: dt.datetime
) -> Vej:  # fmt: skip
    """As ``svar``, in a case that the caller has taken, in a transaction that is under way."""
    sendt = session.scalar(select(Artikel).where(Artikel.noegle == noegle))
    if sendt is not None and sendt.henvendelse_id == row.id:
        return "chat" if sendt.form == "chat" else "mail"
    ren = rens(tekst)
    if not ren:
        raise ValueError("svaret er tomt; skriv noget, før du sender")
    samtale = til_stede(session, row.samtale, nu)
    if samtale is not None:
        besked = library.text("orientering", "svar_chat", hvem=hvem, nummer=row.nummer, svar=ren)
        append(session, samtale.id, [Draft("agent", besked, {**sagsdata(row), "navn": hvem})], nu)
        tilfoej_i(session, row, hvem, "ud", "chat", ren, noegle=noegle, nu=nu)
        return "chat"
    return _mail(session, row, library, hvem, ren, noegle, nu)


def _mail(session: Session, row: Henvendelse, library: Library, hvem: str, ren: str, noegle: str, nu: dt.datetime) -> Vej:
    til = adresse(row)
    if til is None:
        raise ValueError("virksomheden er ikke i chatten, og sagen har ingen e-mailadresse; ring i stedet")
    emne = library.text("orientering", "svar_emne", nummer=row.nummer)
    enhed, kommune = enhedsnavn(row.team, library), library.kommunen.navn
    navn = row.kontakt.navn if row.kontakt else None
    dele = [library.text("orientering", "hilsen", navn=navn)] if navn else []
    dele += [ren, library.text("orientering", "svar_afsender", hvem=hvem, enhed=enhed, kommune=kommune)]
    dele.append(library.text("orientering", "spoerg", nummer=row.nummer))
    udbakke.laeg(session, "svar", f"svar:{noegle}", til, emne, "\n\n".join(dele), row.id, nu)
    tilfoej_i(session, row, hvem, "ud", "mail", ren, emne=emne, til=til, noegle=noegle, nu=nu)
    return "mail"
