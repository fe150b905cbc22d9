"""The questionnaire in the chat, answered by the gateway itself: Rasa is not asked.

What was answered never stands in the conversation: each answer is shown as the same words, whatever was pressed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm.models import Henvendelse
from connectors.survey import besvarelse
from connectors.survey.models import PARAMETRE, Invitation
from connectors.survey.spoergsmaal import INTENT, KOMMENTAR, naeste, spoerg
from connectors.website.messages import Draft
from connectors.website.models import Besked, Samtale

# In place of what tells whether a message comes again with the same body: that would tell which mark it was.
FINGERPRINT = "survey"
_ABNE_SAGER = select(Invitation.henvendelse_id).where(
    Invitation.samtale_id == bindparam("samtale"), Invitation.besvaret.is_(False)
)
_KARAKTER = re.compile(r"\s*([1-5])\s*[.!]?\s*")


@dataclass(frozen=True)
class Svar:
    """An answer to the questionnaire: what is shown of it, what is kept of the press until the last one, what is said."""

    vist: str
    knap: dict[str, Any] | None
    siges: Draft | None


def laas_sager(session: Session, samtale_id: str) -> bool:
    """Take the cases whose questionnaires are open in this conversation, before the conversation itself is taken: whoever
    changes a case takes them in that order too. Returns whether there are any."""
    ids = session.scalars(_ABNE_SAGER, {"samtale": samtale_id}).all()
    if ids:
        session.execute(select(Henvendelse.id).where(Henvendelse.id.in_(ids)).order_by(Henvendelse.id).with_for_update())
    return bool(ids)


def tag(
    session: Session, samtale: Samtale, knap: dict[str, Any] | None, tekst: str | None, library: Library, nu: dt.datetime
) -> Svar | None:
    """Take a message where it answers the questionnaire; None where it is somebody else's.

    A button of the questionnaire's always is. Typed words are where the computer has the conversation and neither it nor
    a person has spoken since the question: a number from 1 to 5 as a mark, anything as the comment.
    """
    if knap is not None:
        return _trykket(session, samtale, knap, library, nu) if knap.get("intent") == INTENT else None
    invitation = _aaben(session, samtale.id)
    if invitation is None or invitation.udloeber <= nu or samtale.state != "bot" or _talt_siden(session, samtale.id):
        return None
    if invitation.trin == KOMMENTAR:
        return _faerdig(session, samtale, invitation, {}, tekst, library, nu)
    karakter = _KARAKTER.fullmatch(tekst or "")
    return _karakter(session, samtale, invitation, int(karakter[1]), library, nu) if karakter else None


def _trykket(session: Session, samtale: Samtale, knap: dict[str, Any], library: Library, nu: dt.datetime) -> Svar:
    invitation = session.get(Invitation, knap["invitation"], populate_existing=True)
    if invitation is None or invitation.besvaret or invitation.trin is None or invitation.udloeber <= nu:
        return _intet("lukket", library)
    if knap["trin"] != invitation.trin:
        return _intet("allerede", library)
    if invitation.trin == KOMMENTAR:
        return _faerdig(session, samtale, invitation, {}, None, library, nu)
    return _karakter(session, samtale, invitation, int(knap["vaerdi"]), library, nu)


def _karakter(session: Session, samtale: Samtale, invitation: Invitation, vaerdi: int, library: Library, nu: dt.datetime) -> Svar:
    trin = str(invitation.trin)
    videre = naeste(trin)
    # words typed while a person has the conversation are that person's, so there is no asking for a comment
    if videre is None or (videre == KOMMENTAR and samtale.state != "bot"):
        return _faerdig(session, samtale, invitation, {trin: vaerdi}, None, library, nu)
    invitation.trin = videre
    knap = {"intent": INTENT, "invitation": invitation.id, "trin": trin, "vaerdi": vaerdi}
    return Svar(library.text("survey", "skjult"), knap, spoerg(videre, invitation.id, library))


def _faerdig(
    session: Session, samtale: Samtale, invitation: Invitation, sidste: dict[str, int], tekst: str | None, library: Library,
    nu: dt.datetime,
) -> Svar:  # fmt: skip
    karakterer = {**besvarelse.karakterer_i_chatten(session, samtale.id, invitation.id), **sidste}
    gemt = besvarelse.gem(session, invitation.id, karakterer, tekst, nu)
    if not gemt:
        return _intet("lukket", library)
    tak = library.text("survey", "tak_kommentar" if tekst else "tak")
    return Svar(library.text("survey", "skjult"), None, Draft("system", tak))


def _intet(navn: str, library: Library) -> Svar:
    besked = library.text("survey", navn)
    return Svar(library.text("survey", "skjult"), None, Draft("system", besked, {"type": "foraeldet_knap"}))


def _aaben(session: Session, samtale_id: str) -> Invitation | None:
    """The newest questionnaire with a question open in the conversation."""
    aaben = select(Invitation).where(
        Invitation.samtale_id == samtale_id, Invitation.trin.in_((*PARAMETRE, KOMMENTAR)), Invitation.besvaret.is_(False)
    )
    found = aaben.order_by(Invitation.id.desc()).limit(1).execution_options(populate_existing=True)
    return session.scalar(found)


def _talt_siden(session: Session, samtale_id: str) -> bool:
    """Whether computer or person has spoken since the last question of a questionnaire."""
    rows = session.execute(
        select(Besked.seq, Besked.sender, Besked.data)
        .where(Besked.samtale_id == samtale_id, Besked.sender != "user")
        .order_by(Besked.seq.desc())
        .limit(20)
    )
    for row in rows:
        if row.sender == "system" and row.data.get("type") == "survey":
            return False
        if row.sender in ("bot", "agent"):
            return True
    return True
