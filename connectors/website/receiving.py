"""Taking in what a business writes: stored once, within the pace, and with it what has to happen at once.

A plain function over an engine; call it off the loop.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from bot.dialog.forlad import FORLAD
from bot.knowledge.library import Library
from connectors.database import writing
from connectors.survey import chat as survey
from connectors.tracker import mark
from connectors.website import lease
from connectors.website.messages import BESKED, SAMTALE, Draft, Snapshot, append, next_seq, shape, with_bot
from connectors.website.models import Besked, Knap, Samtale
from connectors.website.tilstand import change

WINDOW = dt.timedelta(minutes=1)

_HOLD = (
    select(SAMTALE.c.state, SAMTALE.c.epoch, SAMTALE.c.agent_read_seq)
    .where(SAMTALE.c.id == bindparam("samtale"))
    .with_for_update()
)
_KNOWN = (BESKED.c.samtale_id == bindparam("samtale"), BESKED.c.client_id == bindparam("klient"))
# What else is to be known of a conversation, once it is held. The message that may be here already, what is unanswered, and
# how far the bot has come are asked for together: on SQLite others wait meanwhile.
_LOOK = select(
    select(BESKED.c.seq).where(*_KNOWN).scalar_subquery().label("seq"),
    select(BESKED.c.fingerprint).where(*_KNOWN).scalar_subquery().label("fingerprint"),
    select(BESKED.c.id).where(BESKED.c.pending, BESKED.c.samtale_id == bindparam("samtale")).exists().label("ubesvaret"),
    *lease.LAST_EVENT,
)
_NUMBER = (
    update(SAMTALE)
    .where(SAMTALE.c.id == bindparam("samtale"))
    .values(last_seq=SAMTALE.c.last_seq + 1, active=bindparam("nu"))
    .returning(SAMTALE.c.last_seq, SAMTALE.c.worker)
)
_NUMBER_AND_TAKE = _NUMBER.values(**lease.TAKEN)
_INSERT = insert(BESKED)


class Refused(Exception):
    """A message that is not stored. The subclasses say why."""


class Closed(Refused):
    """The conversation has ended."""


class OtherBody(Refused):
    """The same ``client_id`` was used for another message."""


class UnknownButton(Refused):
    """The payload was never issued in this conversation."""


class TooMany(Refused):
    """More messages in a minute than allowed; ``retry_after`` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Told:
    """What the business is told where it is not the bot that answers: ``forladt``, that it has left the queue; ``knapper``,
    by state, that the bot's buttons do nothing now."""

    forladt: str
    knapper: Mapping[str, Draft]


@dataclass(frozen=True)
class Incoming:
    """A message from the business: ``text`` (masked) or ``payload`` (a button's token), never both.

    ``notices`` are system messages to store right behind it, such as that a CPR number was removed. ``forlader``: typed
    by one who waits, it says that the computer is to have the conversation again; so does a button with that intent.
    ``library``: what the questionnaire's words are taken from; without it nothing answers one.
    """

    client_id: str
    text: str | None = None
    payload: str | None = None
    notices: Sequence[Draft] = ()
    forlader: bool = False
    library: Library | None = None
    told: Told = field(default_factory=lambda: Told("", {}))

    @property
    def fingerprint(self) -> str:
        """Same body, same value. Made from the masked text, so it gives no CPR number away."""
        kind, value = ("payload", self.payload) if self.payload is not None else ("text", self.text)
        return hashlib.sha256(f"{kind}\0{value}".encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """``seq`` of the stored message; ``new`` is false where it had been stored before; ``state`` of the conversation;
    ``left_queue``: the message took it out of the queue. ``pending``: what the gateway that asked to is to answer now.
    ``news``: what those who follow the conversation get to see of it; None where they have to look."""

    seq: int
    new: bool
    state: str
    left_queue: bool = False
    pending: lease.Pending | None = None
    news: Snapshot | None = None


def receive(
    engine: Engine, samtale_id: str, incoming: Incoming, limit: int | None, now: dt.datetime, til: lease.Lease | None = None
) -> Receipt:
    """Store a message from the business, once.

    Args:
        limit: messages a minute in this conversation, or None for no limit.
        til: the gateway that would answer it; where the conversation is free, it has it from now on.

    Raises:
        Closed, OtherBody, UnknownButton, TooMany: and nothing is stored.
    """
    with writing(engine) as session:
        asked = survey.laas_sager(session, samtale_id)
        connection = session.connection()  # by which a statement takes half the time
        held = connection.execute(_HOLD, {"samtale": samtale_id}).one_or_none()
        if held is None:
            raise Closed
        look = connection.execute(_LOOK, {"samtale": samtale_id, "klient": incoming.client_id}).one()
        if look.seq is not None:
            if look.fingerprint not in (incoming.fingerprint, survey.FINGERPRINT):
                raise OtherBody
            return Receipt(look.seq, False, held.state)
        if held.state == "lukket":
            raise Closed
        knap = _button(session, samtale_id, incoming.payload)
        if limit is not None:
            _check_pace(session, samtale_id, limit, now)
        if asked or knap:
            samtale = session.get_one(Samtale, samtale_id)
            if (svar := _survey(session, samtale, knap, incoming, now)) is not None:
                return _keep_survey(session, samtale, incoming, svar, now)
        seq, mine = _number(connection, samtale_id, held.state, now, til)
        besked: dict[str, Any] = {
            "samtale_id": samtale_id, "seq": seq, "sender": "user", "reply_to": None,
            "text": knap.title if knap else incoming.text or "",
            "data": {}, "created": now, "pending": held.state == "bot", "client_id": incoming.client_id,
            "fingerprint": incoming.fingerprint, "knap": knap.payload if knap else None, "knap_seq": knap.seq if knap else None,
        }  # fmt: skip
        connection.execute(_INSERT, besked)
        notices = [*incoming.notices, *_knap_nu(session, samtale_id, held.state, knap, incoming.told)]
        append(session, samtale_id, [Draft(n.sender, n.text, n.data, n.buttons, seq) for n in notices], now)
        if held.state == "venter" and (incoming.forlader or _forlader(knap)):
            change(session, session.get_one(Samtale, samtale_id), "bot", incoming.told.forladt, now)
            left = update(Besked).where(Besked.samtale_id == samtale_id, Besked.seq == seq)
            session.execute(left.values(pending=True, knap={"intent": FORLAD}, knap_seq=None))
            return Receipt(seq, True, "bot", left_queue=True)
        if held.state != "bot":
            return Receipt(seq, True, held.state)
        news = None if notices else with_bot(True, [shape(besked, [])], held.agent_read_seq)
        if not mine:
            return Receipt(seq, True, "bot", news=news)
        if look.ubesvaret:  # what has stood there comes first
            return Receipt(seq, True, "bot", pending=lease.oldest(connection, samtale_id), news=news)
        stands = mark(look.event_seq, look.event_data)
        return Receipt(seq, True, "bot", pending=lease.pending(connection, besked, held.epoch, stands), news=news)


def _number(connection: Connection, samtale_id: str, state: str, now: dt.datetime, til: lease.Lease | None) -> tuple[int, bool]:
    """The new message's number, and whether ``til`` has the conversation now."""
    wanted = {"samtale": samtale_id, "nu": now}
    if til is None or state != "bot":
        return int(connection.execute(_NUMBER, wanted).one().last_seq), False
    row = connection.execute(_NUMBER_AND_TAKE, wanted | til.wanted(now)).one()
    return row.last_seq, row.worker == til.worker


def _survey(session: Session, samtale: Samtale, knap: Knap | None, incoming: Incoming, now: dt.datetime) -> survey.Svar | None:
    if incoming.library is None:
        return None
    return survey.tag(session, samtale, knap.payload if knap else None, incoming.text, incoming.library, now)


def _keep_survey(session: Session, samtale: Samtale, incoming: Incoming, svar: survey.Svar, now: dt.datetime) -> Receipt:
    """An answer to the questionnaire, which the bot never hears of."""
    seq = next_seq(session, samtale.id)
    session.add(
        Besked(
            samtale_id=samtale.id, seq=seq, sender="user", text=svar.vist, data={}, created=now, pending=False,
            client_id=incoming.client_id, fingerprint=survey.FINGERPRINT, knap=svar.knap,
        )
    )  # fmt: skip
    session.flush()
    told = [*incoming.notices, *([svar.siges] if svar.siges else [])]
    append(session, samtale.id, [Draft(n.sender, n.text, n.data, n.buttons, seq) for n in told], now)
    session.execute(update(Samtale).where(Samtale.id == samtale.id).values(active=now))
    return Receipt(seq, True, samtale.state)


def _button(session: Session, samtale_id: str, token: str | None) -> Knap | None:
    if token is None:
        return None
    knap = session.scalar(select(Knap).where(Knap.token == token, Knap.samtale_id == samtale_id))
    if knap is None:
        raise UnknownButton
    return knap


def _forlader(knap: Knap | None) -> bool:
    return knap is not None and knap.payload.get("intent") == FORLAD


def _knap_nu(session: Session, samtale_id: str, state: str, knap: Knap | None, told: Told) -> list[Draft]:
    """The notice that a button of the bot's does nothing while a person is waited for or has the conversation."""
    if knap is None or state not in told.knapper or (state == "venter" and _forlader(knap)):
        return []
    of_bot = session.scalar(select(Besked.sender).where(Besked.samtale_id == samtale_id, Besked.seq == knap.seq)) == "bot"
    return [told.knapper[state]] if of_bot else []


def _check_pace(session: Session, samtale_id: str, limit: int, now: dt.datetime) -> None:
    recent = select(Besked.created).where(Besked.samtale_id == samtale_id, Besked.sender == "user", Besked.created > now - WINDOW)
    if (session.scalar(select(func.count()).select_from(recent.subquery())) or 0) < limit:
        return
    oldest_that_counts = session.scalars(recent.order_by(Besked.created.desc()).offset(limit - 1).limit(1)).one()
    raise TooMany(max(1, math.ceil((oldest_that_counts + WINDOW - now).total_seconds())))
