"""Which gateway answers a conversation just now, so that two replicas don't ask Rasa the same thing at once.

That a message is answered exactly once does not rest on this but on ``answers.save_answer``. A conversation is taken
with the message that calls for it, and given back with the last answer: neither costs a transaction of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, case, not_, or_, select, update
from sqlalchemy.orm import Session

from bot.language.cpr import MASK
from connectors.database import reading, table, writing
from connectors.tracker import TrackerEvent, mark
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
_RELEASE_IF_ANSWERED = _RELEASE.where(
    not_(select(BESKED.c.id).where(BESKED.c.pending, BESKED.c.samtale_id == bindparam("samtale")).exists())
).returning(SAMTALE.c.id)
_EVENT = table(TrackerEvent)
# What of the conversation the bot remembers last, by what is stored: the columns for ``tracker.mark``.
_LAST = select(_EVENT).where(_EVENT.c.sender == bindparam("samtale")).order_by(_EVENT.c.seq.desc()).limit(1)
LAST_EVENT = tuple(
    _LAST.with_only_columns(column).scalar_subquery().label(f"event_{column.name}") for column in (_EVENT.c.seq, _EVENT.c.data)
)
_OLDEST = (
    select(
        BESKED.c.samtale_id, BESKED.c.seq, BESKED.c.text, BESKED.c.knap, BESKED.c.knap_seq, SAMTALE.c.epoch,
        *LAST_EVENT,
    )
    .join_from(BESKED, SAMTALE, SAMTALE.c.id == BESKED.c.samtale_id)
    .where(BESKED.c.pending, BESKED.c.samtale_id == bindparam("samtale"), SAMTALE.c.state == "bot")
    .order_by(BESKED.c.seq)
    .limit(1)
)  # fmt: skip
_OF_BOT = select(BESKED.c.reply_to).where(BESKED.c.samtale_id == bindparam("samtale"), BESKED.c.sender == "bot")
_LAST_OF_BOT = _OF_BOT.order_by(BESKED.c.seq.desc()).limit(1)
_ISSUED = _OF_BOT.where(BESKED.c.seq == bindparam("knap"))


@dataclass(frozen=True)
class Pending:
    """A message that waits for the bot: a user's, or the system's with a command to the bot (``messages.Draft``).

    ``knap`` is the pressed button's payload, or the command; ``stale`` says that the bot has spoken since the button was issued.
    ``masked``: a CPR number was taken out of it. ``epoch`` is the state's epoch that the answer must still find. ``mark``:
    how far the bot has come in the conversation, by what is stored (``connectors.tracker.mark``).
    """

    samtale_id: str
    seq: int
    text: str
    epoch: int
    knap: dict[str, Any] | None
    stale: bool
    masked: bool
    mark: str


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

    def next_in(self, connection: Connection, samtale_id: str) -> Pending | None:
        """What is to be answered next in a conversation that is held, within a transaction. Where that is nothing the
        conversation is given back, unless it is another's by now."""
        mine = {"samtale": samtale_id, "navn": self.worker}
        if connection.execute(_RELEASE_IF_ANSWERED, mine).one_or_none() is not None:
            return None
        found = oldest(connection, samtale_id)
        if found is None:
            connection.execute(_RELEASE, mine)
        return found


def take(engine: Engine, samtale_id: str, til: Lease, now: dt.datetime) -> Pending | None:
    """Take the conversation for ``til``, and its oldest unanswered message; None where there is none, or another gateway
    has it, and then it is not taken."""
    with writing(engine) as session:
        if not til.take_in(session, samtale_id, now):
            return None
        return til.next_in(session.connection(), samtale_id)


def still(engine: Engine, pending: Pending) -> Pending | None:
    """The same message where it is still the one to answer next, in the same state of the conversation; else None."""
    with reading(engine) as session:
        found = oldest(session.connection(), pending.samtale_id)
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


def oldest(connection: Connection, samtale_id: str) -> Pending | None:
    """The oldest unanswered message of a conversation that is the bot's."""
    row = connection.execute(_OLDEST, {"samtale": samtale_id}).one_or_none()
    return None if row is None else pending(connection, row._asdict(), row.epoch, mark(row.event_seq, row.event_data))


def pending(connection: Connection, besked: Mapping[str, Any], epoch: int, stands: str) -> Pending:
    """A message, by its columns, as it waits for the bot; ``stands`` is the conversation's mark."""
    samtale_id, text, knap_seq = besked["samtale_id"], besked["text"], besked["knap_seq"]
    stale = knap_seq is not None and not _is_latest_turn(connection, samtale_id, knap_seq)
    return Pending(samtale_id, besked["seq"], text, epoch, besked["knap"], stale, MASK in text, stands)


def _is_latest_turn(connection: Connection, samtale_id: str, seq: int) -> bool:
    """Whether message ``seq`` belongs to the last set of messages that the bot has sent."""
    last = connection.execute(_LAST_OF_BOT, {"samtale": samtale_id}).one_or_none()
    issued = connection.execute(_ISSUED, {"samtale": samtale_id, "knap": seq}).one_or_none()
    return last is not None and issued is not None and last[0] == issued[0]
