"""The worker's side of the store: which message is to be answered next, and its answers, kept once and only while due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.language.cpr import MASK
from connectors.database import reading, writing
from connectors.website import koe
from connectors.website.messages import Draft, append
from connectors.website.models import Besked, Samtale


@dataclass(frozen=True)
class Pending:
    """A message that waits for the bot: a user's, or the system's with a command to the bot (``messages.Draft``).

    ``knap`` is the pressed button's payload, or the command; ``stale`` says that the bot has spoken since the button was issued.
    ``masked``: a CPR number was taken out of it. ``epoch`` is the state's epoch that the answer must still find.
    """

    samtale_id: str
    seq: int
    text: str
    epoch: int
    knap: dict[str, Any] | None
    stale: bool
    masked: bool


def waiting(engine: Engine) -> list[str]:
    """Conversations with an unanswered message, in any process of any replica."""
    with reading(engine) as session:
        return list(session.scalars(select(Besked.samtale_id).where(Besked.pending).distinct()))


def next_pending(engine: Engine, samtale_id: str) -> Pending | None:
    """The oldest unanswered message of a conversation that is the bot's."""
    with reading(engine) as session:
        row = session.execute(
            select(Besked, Samtale.epoch)
            .join(Samtale, Samtale.id == Besked.samtale_id)
            .where(Besked.pending, Besked.samtale_id == samtale_id, Samtale.state == "bot")
            .order_by(Besked.seq)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        besked, epoch = row
        return Pending(
            samtale_id, besked.seq, besked.text, epoch, besked.knap,
            besked.knap_seq is not None and not _is_latest_turn(session, samtale_id, besked.knap_seq), MASK in besked.text,
        )  # fmt: skip


def save_answers(engine: Engine, pending: Pending, answers: Sequence[Draft], now: dt.datetime, library: Library) -> bool:
    """Store the answers and mark the message as answered, in one transaction.

    Returns:
        False, and nothing is stored, where the message has been answered already or the conversation's state has
        changed since ``pending`` was read.

    An answer that says so (``is_handover``) puts the conversation into the queue in the same transaction.
    """
    with writing(engine) as session:
        samtale = session.scalar(select(Samtale).where(Samtale.id == pending.samtale_id).with_for_update())
        if samtale is None or samtale.epoch != pending.epoch or samtale.state != "bot":
            return False
        settled = session.execute(
            update(Besked)
            .where(Besked.samtale_id == pending.samtale_id, Besked.seq == pending.seq, Besked.pending)
            .values(pending=False)
            .returning(Besked.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not settled:
            return False
        if any(map(is_handover, answers)):
            answers = _queued(answers, koe.stil_i_koe(session, samtale, now), library)
        append(session, pending.samtale_id, [Draft(a.sender, a.text, a.data, a.buttons, pending.seq) for a in answers], now)
        return True


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


def _is_latest_turn(session: Session, samtale_id: str, seq: int) -> bool:
    """Whether message ``seq`` belongs to the last set of messages that the bot has sent."""
    of_bot = select(Besked.reply_to).where(Besked.samtale_id == samtale_id, Besked.sender == "bot")
    last = session.execute(of_bot.order_by(Besked.seq.desc()).limit(1)).one_or_none()
    issued = session.execute(of_bot.where(Besked.seq == seq)).one_or_none()
    return last is not None and issued is not None and last[0] == issued[0]
