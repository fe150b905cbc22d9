"""Which gateway answers a conversation just now, so that two replicas don't ask Rasa the same thing at once.

That a message is answered exactly once does not rest on this but on ``answers.save_answers``. A conversation is taken
with the message that calls for it, and given back with the last answer: neither costs a transaction of its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, bindparam, case, or_, select, update
from sqlalchemy.orm import Session

from bot.language.cpr import MASK
from connectors.database import reading, writing
from connectors.website.messages import BESKED, SAMTALE

_FREE = or_(SAMTALE.c.worker.is_(None), SAMTALE.c.worker == bindparam("navn"), SAMTALE.c.worker_until < bindparam("nu"))
# For a statement that changes the conversation anyway: it is taken where it is free.
TAKEN = {
    "worker": case((_FREE, bindparam("navn")), else_=SAMTALE.c.worker),
    "worker_until": case((_FREE, bindparam("til", type_=SAMTALE.c.worker_until.type)), else_=SAMTALE.c.worker_until),
}


_TAKE = (
    update(SAMTALE)
    .where(SAMTALE.c.id == bindparam("samtale"), _FREE)
    .values(worker=bindparam("navn"), worker_until=bindparam("til"))
    .returning(SAMTALE.c.id)
)
_RELEASE = (
    update(SAMTALE)
    .where(SAMTALE.c.worker == bindparam("navn"), SAMTALE.c.id == bindparam("samtale"))
    .values(worker=None, worker_until=None)
)
_OLDEST = (
    select(BESKED.c.seq, BESKED.c.text, BESKED.c.knap, BESKED.c.knap_seq, SAMTALE.c.epoch)
    .join_from(BESKED, SAMTALE, SAMTALE.c.id == BESKED.c.samtale_id)
    .where(BESKED.c.pending, BESKED.c.samtale_id == bindparam("samtale"), SAMTALE.c.state == "bot")
    .order_by(BESKED.c.seq)
    .limit(1)
)
_OF_BOT = select(BESKED.c.reply_to).where(BESKED.c.samtale_id == bindparam("samtale"), BESKED.c.sender == "bot")
_LAST_OF_BOT = _OF_BOT.order_by(BESKED.c.seq.desc()).limit(1)
_ISSUED = _OF_BOT.where(BESKED.c.seq == bindparam("knap"))


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


@dataclass(frozen=True)
class Lease:
    """What the gateway called ``worker`` takes a conversation for: ``seconds``, unless it renews it."""

    worker: str
    seconds: float

    def take_in(self, session: Session, samtale_id: str, now: dt.datetime) -> bool:
        """Take the conversation, within a transaction; false where another gateway has it."""
        taken = session.execute(_TAKE, {"samtale": samtale_id, **self.wanted(now)})
        return taken.one_or_none() is not None

    def wanted(self, now: dt.datetime) -> dict[str, Any]:
        """The parameters of a statement with ``TAKEN``."""
        return {"navn": self.worker, "nu": now, "til": now + dt.timedelta(seconds=self.seconds)}

    def give_back_in(self, session: Session, samtale_id: str) -> None:
        """Give the conversation back, within a transaction; nothing where it is another's by now."""
        session.execute(_RELEASE, {"samtale": samtale_id, "navn": self.worker})


def take(engine: Engine, samtale_id: str, til: Lease, now: dt.datetime) -> Pending | None:
    """Take the conversation for ``til``, and its oldest unanswered message; None where there is none, or another gateway
    has it, and then it is not taken."""
    with writing(engine) as session:
        if not til.take_in(session, samtale_id, now):
            return None
        pending = oldest(session, samtale_id)
        if pending is None:
            til.give_back_in(session, samtale_id)
        return pending


def still(engine: Engine, pending: Pending) -> Pending | None:
    """The same message where it is still the one to answer next, in the same state of the conversation; else None."""
    with reading(engine) as session:
        found = oldest(session, pending.samtale_id)
        return found if found is not None and (found.seq, found.epoch) == (pending.seq, pending.epoch) else None


def renew(engine: Engine, til: Lease, now: dt.datetime) -> None:
    """Keep everything that it has for as long again."""
    until = now + dt.timedelta(seconds=til.seconds)
    with writing(engine) as session:
        session.execute(update(SAMTALE).where(SAMTALE.c.worker == til.worker).values(worker_until=until))


def release(engine: Engine, worker: str) -> None:
    """Give all back: a gateway that starts again under the same name was killed before."""
    with writing(engine) as session:
        session.execute(update(SAMTALE).where(SAMTALE.c.worker == worker).values(worker=None, worker_until=None))


def oldest(session: Session, samtale_id: str) -> Pending | None:
    """The oldest unanswered message of a conversation that is the bot's."""
    row = session.execute(_OLDEST, {"samtale": samtale_id}).one_or_none()
    if row is None:
        return None
    stale = row.knap_seq is not None and not _is_latest_turn(session, samtale_id, row.knap_seq)
    return Pending(samtale_id, row.seq, row.text, row.epoch, row.knap, stale, MASK in row.text)


def _is_latest_turn(session: Session, samtale_id: str, seq: int) -> bool:
    """Whether message ``seq`` belongs to the last set of messages that the bot has sent."""
    last = session.execute(_LAST_OF_BOT, {"samtale": samtale_id}).one_or_none()
    issued = session.execute(_ISSUED, {"samtale": samtale_id, "knap": seq}).one_or_none()
    return last is not None and issued is not None and last[0] == issued[0]
