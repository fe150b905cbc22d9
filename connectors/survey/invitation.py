"""Ask a closed case's business how it went: once a case, in its chat if it is there, and by a link in a mail."""

from __future__ import annotations

import datetime as dt
import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN, dansk_dato
from bot.settings import settings
from connectors.crm.historik import linje
from connectors.crm.models import Henvendelse
from connectors.crm.orientering import adresse
from connectors.mail import udbakke
from connectors.survey.models import Invitation
from connectors.survey.settings import survey_settings
from connectors.survey.spoergsmaal import TRIN, spoerg
from connectors.website.messages import Draft, append
from connectors.website.models import Samtale
from connectors.website.naervaer import til_stede
from connectors.website.tokens import new_token, token_hash

logger = logging.getLogger(__name__)

SENDT = "sendt"


def udsted(session: Session, row: Henvendelse, library: Library, nu: dt.datetime) -> bool:
    """Ask the case's business, unless it has been asked before. Returns whether it is asked now.

    Nobody is asked of a duplicate, nor where there is neither a chat with the business in it nor an e-mail address.
    """
    if row.udfald == "dublet":
        return False
    session.flush()
    if session.scalar(select(Invitation.id).where(Invitation.henvendelse_id == row.id)) is not None:
        return False
    samtale, til = til_stede(session, row.samtale, nu), adresse(row)
    if samtale is None and til is None:
        return False
    token, udloeber = new_token(), nu + dt.timedelta(days=survey_settings().survey_days)
    try:
        spoergsmaal = _i_chatten(row, library) if samtale else []
        brev = brevtekst(row, token, udloeber, "mail", library)
    except LookupError as error:
        # A case must be closable though an editor's file is gone; erhverv check and /readyz tell of it.
        logger.error("spørgeskemaet om %s blev ikke sendt: en tekst mangler (%s)", row.nummer, type(error).__name__)
        return False
    session.add(_invitation(row, token, samtale, nu, udloeber))
    if samtale is not None:
        append(session, samtale.id, spoergsmaal, nu)
    if til is not None:
        udbakke.laeg(session, "survey", f"survey:{row.nummer}", til, *brev, row.id, nu)
    row.historik.append(linje("system", "survey", row.survey, SENDT, nu))
    row.survey = SENDT
    return True


def brevtekst(row: Henvendelse, token: str, udloeber: dt.datetime, slags: str, library: Library) -> tuple[str, str]:
    """Subject and text of the mail that brings the link; ``slags``: "mail" the first time, "paamindelse" the second."""
    emne = library.text("survey", f"{slags}_emne", nummer=row.nummer)
    tekst = library.text(
        "survey", slags, nummer=row.nummer, link=link(token), dato=dansk_dato(udloeber.astimezone(KOEBENHAVN).date()),
        kommune=library.kommunen.navn,
    )  # fmt: skip
    return emne, tekst


def link(token: str) -> str:
    """The questionnaire's address for the holder of ``token``."""
    return f"{settings().site}/s/{token}"


def _i_chatten(row: Henvendelse, library: Library) -> list[Draft]:
    foerste = spoerg(TRIN[0], library)
    indledning = library.text("survey", "indledning", nummer=row.nummer)
    return [Draft("system", f"{indledning}\n\n{foerste.text}", foerste.data, foerste.buttons)]


def _invitation(row: Henvendelse, token: str, samtale: Samtale | None, nu: dt.datetime, udloeber: dt.datetime) -> Invitation:
    return Invitation(
        henvendelse_id=row.id, token_hash=token_hash(token), samtale_id=samtale.id if samtale else None,
        trin=TRIN[0] if samtale else None, oprettet=nu, udloeber=udloeber, besvaret=False,
    )  # fmt: skip
