"""Ask a closed case's business how it went: once a case, in its chat if it is there, and by a link in a mail."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace

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
from connectors.website.messages import append
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
    try:
        with session.begin_nested():
            token = _spoerg(session, row, samtale, library, nu)
            if til is not None:
                brev = brevtekst(row.nummer, token, _udloeber(nu), library)
                udbakke.laeg(session, "survey", f"survey:{row.nummer}", til, *brev, row.id, nu)
    except LookupError as error:
        # A case must be closable though an editor's file is gone; erhverv check and /readyz tell of it.
        logger.error("spørgeskemaet om %s blev ikke sendt: en tekst mangler (%s)", row.nummer, type(error).__name__)
        return False
    row.historik.append(linje("system", "survey", row.survey, SENDT, nu))
    row.survey = SENDT
    return True


def brevtekst(nummer: str, token: str, udloeber: dt.datetime, library: Library, *, igen: bool = False) -> tuple[str, str]:
    """Subject and text of the mail that brings the link; ``igen``: of the reminder."""
    sidste_dag = (udloeber - dt.timedelta(seconds=1)).astimezone(KOEBENHAVN).date()
    values = {"nummer": nummer, "link": link(token), "dato": dansk_dato(sidste_dag), "kommune": library.kommunen.navn}
    emne = library.text("survey", "paamindelse_emne" if igen else "mail_emne", nummer=nummer)
    return emne, library.text("survey", "paamindelse" if igen else "mail", **values)


def link(token: str) -> str:
    """The questionnaire's address for the holder of ``token``."""
    return f"{settings().site}/s/{token}"


def _udloeber(nu: dt.datetime) -> dt.datetime:
    """The end of the last day, in Copenhagen, on which the link works."""
    dagen_efter = nu.astimezone(KOEBENHAVN).date() + dt.timedelta(days=survey_settings().survey_days + 1)
    return dt.datetime.combine(dagen_efter, dt.time(), KOEBENHAVN)


def _spoerg(session: Session, row: Henvendelse, samtale: Samtale | None, library: Library, nu: dt.datetime) -> str:
    """Make the invitation, and ask its first question in the chat where there is one. Returns the link's token."""
    token = new_token()
    invitation = Invitation(
        henvendelse_id=row.id, token_hash=token_hash(token), samtale_id=samtale.id if samtale else None,
        trin=TRIN[0] if samtale else None, oprettet=nu, udloeber=_udloeber(nu), besvaret=False,
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    if samtale is not None:
        foerste = spoerg(TRIN[0], invitation.id, library)
        tekst = library.text("survey", "indledning", nummer=row.nummer)
        append(session, samtale.id, [replace(foerste, text=f"{tekst}\n\n{foerste.text}")], nu)
    return token
