"""The worker's side of the store: which message is to be answered next, and its answers, kept once and only while due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.language.cpr import MASK
from connectors.database import reading, writing
from connectors.website.messages import Draft, append
from connectors.website.models import Besked, Samtale


@dataclass(frozen=True)
class Pending:
    """A user message that waits for the bot.

    ``knap`` is the pressed button's payload; ``stale`` says that the bot has spoken since the button was issued.
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


def save_answers(engine: Engine, pending: Pending, answers: Sequence[Draft], now: dt.datetime) -> bool:
    """Store the answers and mark the message as answered, in one transaction.

    Returns:
        False, and nothing is stored, where the message has been answered already or the conversation's state has
        changed since ``pending`` was read.
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
        append(session, pending.samtale_id, [Draft(a.sender, a.text, a.data, a.buttons, pending.seq) for a in answers], now)
        return True


def _is_latest_turn(session: Session, samtale_id: str, seq: int) -> bool:
    """Whether message ``seq`` belongs to the last set of messages that the bot has sent."""
    of_bot = select(Besked.reply_to).where(Besked.samtale_id == samtale_id, Besked.sender == "bot")
    last = session.execute(of_bot.order_by(Besked.seq.desc()).limit(1)).one_or_none()
    issued = session.execute(of_bot.where(Besked.seq == seq)).one_or_none()
    return last is not None and issued is not None and last[0] == issued[0]
