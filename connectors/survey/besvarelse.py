"""Keep an answered questionnaire: once an invitation, and apart from everything that says whose it is.

Nothing tells when or by whom it was answered: the invitation has no time of it, the case's history no line, and what was
pressed in the chat is taken out of the conversation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.language.cpr import mask
from bot.language.dato import KOEBENHAVN
from connectors.crm.models import Henvendelse
from connectors.mail.models import Brev
from connectors.survey.models import PARAMETRE, Besvarelse, Invitation
from connectors.survey.spoergsmaal import INTENT, KARAKTERER
from connectors.website.models import Besked

BESVARET = "besvaret"
LAENGSTE_KOMMENTAR = 2000


def laas(session: Session, invitation_id: int) -> None:
    """Take the invitation's case, as whoever changes a case does, so that neither waits for the other in a ring."""
    of_invitation = select(Invitation.henvendelse_id).where(Invitation.id == invitation_id).scalar_subquery()
    session.execute(select(Henvendelse.id).where(Henvendelse.id == of_invitation).with_for_update()).one_or_none()


def gem(
    session: Session, invitation_id: int, karakterer: Mapping[str, int | None], kommentar: str | None, nu: dt.datetime
) -> bool:
    """Store the answer. Of two at the same moment one is stored. CPR numbers in the comment are masked.

    Args:
        karakterer: 1 to 5 by parameter; None or absent where it was skipped.

    Returns:
        False, and nothing is stored, where it has been answered before or its time is up.

    Raises:
        ValueError: on a mark that there is not, or where there is nothing to store.
    """
    if any(value not in (None, *KARAKTERER) for value in karakterer.values()) or set(karakterer) - set(PARAMETRE):
        raise ValueError("en karakter er et tal fra 1 til 5 for en af de fire parametre")
    ord_selv = mask(kommentar.strip())[0] if kommentar else ""
    if not ord_selv and not any(karakterer.values()):
        raise ValueError("der er ikke svaret på noget")
    laas(session, invitation_id)
    aaben = (Invitation.id == invitation_id, Invitation.besvaret.is_(False), Invitation.udloeber > nu)
    taget = session.execute(
        update(Invitation)
        .where(*aaben)
        .values(besvaret=True, trin=None)
        .returning(Invitation.henvendelse_id, Invitation.samtale_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taget is None:
        return False
    sag_id, samtale_id = taget
    sag = session.execute(select(Henvendelse.team, Henvendelse.servicepakke).where(Henvendelse.id == sag_id)).one()
    session.add(
        Besvarelse(
            dag=nu.astimezone(KOEBENHAVN).date(), team=sag.team, servicepakke=sag.servicepakke, kommentar=ord_selv or None,
            **{navn: karakterer.get(navn) for navn in PARAMETRE},
        )
    )  # fmt: skip
    saet_tilstand(session, sag_id, BESVARET)
    session.execute(delete(Brev).where(Brev.henvendelse_id == sag_id, Brev.slags == "survey", Brev.sendt.is_(None)))
    glem_svar(session, samtale_id, invitation_id)
    return True


def saet_tilstand(session: Session, henvendelse_id: int, tilstand: str) -> None:
    """Say in the case that it was answered or not; no change of staff's, so its version stays."""
    row = update(Henvendelse).where(Henvendelse.id == henvendelse_id).values(survey=tilstand)
    session.execute(row.execution_options(synchronize_session="fetch"))


def karakterer_i_chatten(session: Session, samtale_id: str, invitation_id: int) -> dict[str, int]:
    """What has been pressed so far in a conversation, by parameter."""
    return {
        knap["trin"]: knap["vaerdi"]
        for _, knap in _tryk(session, samtale_id, invitation_id)
        if knap["trin"] in PARAMETRE and knap["vaerdi"] in KARAKTERER
    }


def glem_svar(session: Session, samtale_id: str | None, invitation_id: int) -> None:
    """Take out of the conversation which marks were pressed there."""
    if samtale_id is None:
        return
    ids = [besked_id for besked_id, _ in _tryk(session, samtale_id, invitation_id)]
    row = update(Besked).where(Besked.id.in_(ids)).values(knap=None, knap_seq=None)
    session.execute(row.execution_options(synchronize_session="fetch"))


def _tryk(session: Session, samtale_id: str, invitation_id: int) -> list[tuple[int, dict[str, object]]]:
    pressed = select(Besked.id, Besked.knap).where(
        Besked.samtale_id == samtale_id, Besked.sender == "user", Besked.knap.is_not(None)
    )
    rows = [(row.id, row.knap) for row in session.execute(pressed.order_by(Besked.seq))]
    return [row for row in rows if row[1].get("intent") == INTENT and row[1].get("invitation") == invitation_id]
