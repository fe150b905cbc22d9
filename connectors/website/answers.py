"""The worker's side of the store: the bot's answers, kept once and only while due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, bindparam, select, update
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.database import reading, writing
from connectors.tracker import append_in
from connectors.website import koe
from connectors.website.lease import Lease, Pending
from connectors.website.messages import BESKED, SAMTALE, Draft, Snapshot, insert_drafts, with_bot
from connectors.website.models import Besked, Samtale
from connectors.website.rasa_client import Answer

# Message and conversation in one statement each: whoever finds nothing to change has nothing to take back.
_NUMBERS = (
    update(SAMTALE)
    .where(SAMTALE.c.id == bindparam("samtale"), SAMTALE.c.epoch == bindparam("epoke"), SAMTALE.c.state == "bot")
    .values(last_seq=SAMTALE.c.last_seq + bindparam("antal"))
    .returning(SAMTALE.c.last_seq, SAMTALE.c.agent_read_seq)
)
_SETTLE = (
    update(BESKED)
    .where(BESKED.c.samtale_id == bindparam("samtale"), BESKED.c.seq == bindparam("nr"), BESKED.c.pending)
    .values(pending=False)
    .returning(BESKED.c.id)
)


@dataclass(frozen=True)
class Saved:
    """``stored``: false where the message had been answered already or the conversation's state has changed since it was
    read. ``next``: what is to be answered then; None, and the conversation is given back, where that is nothing. ``news``:
    what those who follow the conversation get to see of it; None where they have to look."""

    stored: bool
    next: Pending | None = None
    news: Snapshot | None = None


class _Settled(Exception):
    """Somebody else has answered; what this transaction has done is taken back."""


def waiting(engine: Engine) -> list[str]:
    """Conversations with an unanswered message, in any process of any replica."""
    with reading(engine) as session:
        return list(session.scalars(select(Besked.samtale_id).where(Besked.pending).distinct()))


def save_answer(engine: Engine, pending: Pending, answer: Answer, now: dt.datetime, library: Library, til: Lease) -> Saved:
    """Store the answer and what the bot remembers of it, and mark the message as answered, in one transaction; nothing
    where it is not due any more.

    An answer that says so (``is_handover``) puts the conversation into the queue in the same transaction.
    """
    try:
        with writing(engine) as session:
            messages, laest = _store(session, pending, answer.messages, now, library)
            append_in(session.connection(), pending.samtale_id, answer.new)
            following = til.next_in(session.connection(), pending.samtale_id)
            news = None if any(map(is_handover, answer.messages)) else with_bot(following is not None, messages, laest)
            return Saved(True, following, news)
    except _Settled:
        with writing(engine) as session:
            return Saved(False, til.next_in(session.connection(), pending.samtale_id))


def _store(
    session: Session, pending: Pending, answers: Sequence[Draft], now: dt.datetime, library: Library
) -> tuple[list[dict[str, Any]], int]:
    """What was stored, as it is shown, and how far a person had read before it."""
    wanted = {"samtale": pending.samtale_id, "epoke": pending.epoch, "antal": len(answers)}
    connection = session.connection()
    taken = connection.execute(_NUMBERS, wanted).one_or_none()
    if taken is None or not connection.execute(_SETTLE, {"samtale": pending.samtale_id, "nr": pending.seq}).all():
        raise _Settled
    if any(map(is_handover, answers)):
        samtale = session.get_one(Samtale, pending.samtale_id)
        answers = _queued(answers, koe.stil_i_koe(session, samtale, now), library)
    drafts = [replace(answer, reply_to=pending.seq) for answer in answers]
    return insert_drafts(connection, pending.samtale_id, drafts, taken.last_seq - len(answers) + 1, now), taken.agent_read_seq


def is_handover(answer: Draft) -> bool:
    """Whether the bot gives the conversation to a person with this answer."""
    return answer.data.get("type") == "overdragelse" and answer.data.get("state") == "venter"


def _queued(answers: Sequence[Draft], plads: int, library: Library) -> list[Draft]:
    """The answers with the place that it really got: others may have asked since the bot looked."""
    told = []
    for answer in answers:
        if is_handover(answer) and answer.data.get("plads") != plads:
            text = library.text("overtagelse", "venter", plads=plads)
            answer = replace(answer, text=text, data={**answer.data, "plads": plads})
        told.append(answer)
    return told
