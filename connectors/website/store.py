"""Conversations in the database, as the business's side sees them. Plain functions over an engine; call them off the loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, bindparam, select, update

from connectors.database import reading, table, writing
from connectors.desk.models import Medarbejder
from connectors.website.messages import BESKED, SAMTALE, Draft, Snapshot, append, shown
from connectors.website.models import Samtale
from connectors.website.tokens import new_id, new_token, token_hash

_PERSON = table(Medarbejder)
_SNAPSHOT = (
    select(
        SAMTALE.c.state, SAMTALE.c.last_seq, SAMTALE.c.agent_read_seq, _PERSON.c.fornavn,
        select(BESKED.c.id).where(BESKED.c.pending, BESKED.c.samtale_id == SAMTALE.c.id).exists().label("busy"),
    )
    .outerjoin_from(SAMTALE, _PERSON, _PERSON.c.id == SAMTALE.c.medarbejder_id)
    .where(SAMTALE.c.id == bindparam("samtale"))
)  # fmt: skip


@dataclass(frozen=True)
class Conversation:
    """What an opened conversation is."""

    id: str
    state: str
    epoch: int
    last_seq: int


def create(engine: Engine, greeting: Sequence[Draft], now: dt.datetime) -> tuple[str, str, list[dict[str, Any]]]:
    """A new conversation. Returns its id, its token (which is not kept) and its first messages."""
    samtale_id, token = new_id(), new_token()
    with writing(engine) as session:
        session.add(
            Samtale(
                id=samtale_id, token_hash=token_hash(token), state="bot", epoch=0, last_seq=0, read_seq=0, created=now, active=now
            )
        )
        session.flush()
        append(session, samtale_id, greeting, now)
        messages = shown(session, samtale_id, 0, len(greeting))
    return samtale_id, token, messages


def find(engine: Engine, token: str) -> Conversation | None:
    """The conversation that a token opens, if it opens one."""
    with reading(engine) as session:
        row = session.scalar(select(Samtale).where(Samtale.token_hash == token_hash(token)))
        return None if row is None else Conversation(row.id, row.state, row.epoch, row.last_seq)


def fetch(engine: Engine, samtale_id: str, after: int) -> Snapshot:
    """What there is after message ``after``, all of one moment: once ``busy`` is false, the answers are among the messages."""
    with reading(engine) as session:
        row = session.execute(_SNAPSHOT, {"samtale": samtale_id}).one_or_none()
        if row is None:
            return Snapshot("lukket", False, [])
        state, last_seq, laest, fornavn, busy = row
        hvem = {"navn": fornavn if state == "menneske" else None, "laest": laest}
        return Snapshot(state, busy, shown(session, samtale_id, after, last_seq), hvem if any(hvem.values()) else None)


def last_seqs(engine: Engine, samtale_ids: Sequence[str]) -> dict[str, int]:
    """The last message's number of each conversation: what other replicas may have added."""
    with reading(engine) as session:
        found: dict[str, int] = {}
        for start in range(0, len(samtale_ids), 500):
            some = samtale_ids[start : start + 500]
            rows = session.execute(select(Samtale.id, Samtale.last_seq).where(Samtale.id.in_(some)))
            found |= {row.id: row.last_seq for row in rows}
        return found


def mark_read(engine: Engine, samtale_id: str, seq: int) -> bool:
    """The business has read as far as ``seq``. Returns whether that is further than before; else nothing changes."""
    with writing(engine) as session:
        further = session.execute(
            update(Samtale)
            .where(Samtale.id == samtale_id, Samtale.read_seq < seq, Samtale.last_seq >= seq)
            .values(read_seq=seq)
            .returning(Samtale.id)
            .execution_options(synchronize_session=False)
        ).all()
        return bool(further)
