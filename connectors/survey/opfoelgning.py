"""What becomes of questionnaires that nobody finishes: one reminder by mail, marks without a comment, and their end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine, Select, select, update
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.orientering import adresse
from connectors.database import reading, writing
from connectors.mail import udbakke
from connectors.survey.besvarelse import gem, glem_svar, karakterer_i_chatten, laas, saet_tilstand
from connectors.survey.invitation import SENDT, brevtekst
from connectors.survey.models import Invitation
from connectors.survey.settings import survey_settings
from connectors.survey.spoergsmaal import KOMMENTAR
from connectors.website.gentag import hver_for_sig
from connectors.website.models import Samtale
from connectors.website.tokens import new_token, token_hash

UDLOEBET = "udløbet"
BATCH = 200
# The four marks are given and the comment is not: after so long nobody is going to write it.
STILLE = dt.timedelta(hours=1)


def koer(engine: Engine, library: Library, nu: dt.datetime) -> None:
    """Do what is due at ``nu``; done again, or by several processes at once, it does nothing more. What fails keeps
    nothing else back; the first error is raised at the end."""
    with reading(engine) as session:
        stille = list(session.scalars(_uden_kommentar(nu)))
        udloebet = list(session.scalars(_udloebne(nu)))
        minde = list(session.scalars(_skal_paamindes(nu))) if survey_settings().survey_reminder_days else []
    work: list[tuple[Callable[..., None], int]] = [
        *((_gem_uden_kommentar, invitation_id) for invitation_id in stille),
        *((_afslut, invitation_id) for invitation_id in udloebet),
        *((partial(_paamind, library=library), invitation_id) for invitation_id in minde),
    ]

    def en(one: tuple[Callable[..., None], int]) -> None:
        with writing(engine) as session:
            one[0](session, one[1], nu=nu)

    hver_for_sig(en, work)


def _uden_kommentar(nu: dt.datetime) -> Select[tuple[int]]:
    return (
        select(Invitation.id)
        .join(Samtale, Samtale.id == Invitation.samtale_id)
        .where(Invitation.trin == KOMMENTAR, Invitation.besvaret.is_(False), Invitation.udloeber > nu)
        .where(Samtale.active < nu - STILLE, Samtale.state != "lukket")
        .limit(BATCH)
    )


def _udloebne(nu: dt.datetime) -> Select[tuple[int]]:
    return (
        select(Invitation.id)
        .join(Henvendelse, Henvendelse.id == Invitation.henvendelse_id)
        .where(Invitation.besvaret.is_(False), Invitation.udloeber <= nu, Henvendelse.survey == SENDT)
        .limit(BATCH)
    )


def _skal_paamindes(nu: dt.datetime) -> Select[tuple[int]]:
    """A case that has been opened again is asked nothing while it is open."""
    foer = nu - dt.timedelta(days=survey_settings().survey_reminder_days)
    return (
        select(Invitation.id)
        .join(Henvendelse, Henvendelse.id == Invitation.henvendelse_id)
        .join(Kontakt, Kontakt.henvendelse_id == Henvendelse.id)
        .where(Invitation.besvaret.is_(False), Invitation.paamindet.is_(None), Invitation.udloeber > nu)
        .where(Invitation.oprettet <= foer, Henvendelse.status == "afsluttet", Kontakt.email.is_not(None))
        .limit(BATCH)
    )


def _gem_uden_kommentar(session: Session, invitation_id: int, nu: dt.datetime) -> None:
    laas(session, invitation_id)
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.trin != KOMMENTAR or invitation.samtale_id is None:
        return
    # none where the business has deleted the conversation meanwhile, and the marks with it
    if karakterer := karakterer_i_chatten(session, invitation.samtale_id, invitation_id):
        gem(session, invitation_id, karakterer, None, nu)


def _afslut(session: Session, invitation_id: int, nu: dt.datetime) -> None:
    laas(session, invitation_id)
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.besvaret:
        return
    glem_svar(session, invitation.samtale_id, invitation_id)
    invitation.trin = None
    saet_tilstand(session, invitation.henvendelse_id, UDLOEBET)


def _paamind(session: Session, invitation_id: int, library: Library, nu: dt.datetime) -> None:
    token = new_token()
    taget = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.paamindet.is_(None), Invitation.besvaret.is_(False))
        .values(paamindet=nu, paamindet_hash=token_hash(token))
        .returning(Invitation.henvendelse_id, Invitation.udloeber)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    row = session.get(Henvendelse, taget.henvendelse_id) if taget else None
    if taget is None or row is None or (til := adresse(row)) is None:
        return
    brev = brevtekst(row.nummer, token, taget.udloeber, library, igen=True)
    udbakke.laeg(session, "survey", f"survey:{row.nummer}:paamindelse", til, *brev, row.id, nu)
