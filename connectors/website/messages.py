"""A message as it is written and as it is shown, and how messages get their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connectors.website.models import Besked, Knap, Samtale
from connectors.website.tokens import new_token


@dataclass(frozen=True)
class Button:
    """A button as the bot issues it: ``payload`` is a JSON object that holds at least ``intent``."""

    title: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A message that is to be stored. ``sender``: bot, agent or system; user messages come through ``store.receive``.

    ``kommando``: what the bot is told and has to answer, as if a button with this payload had been pressed.
    """

    sender: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    buttons: Sequence[Button] = ()
    reply_to: int | None = None
    kommando: dict[str, Any] | None = None


def next_seq(session: Session, samtale_id: str, count: int = 1) -> int:
    """The first of ``count`` numbers taken in one statement, so that no two messages get the same one."""
    statement = (
        update(Samtale)
        .where(Samtale.id == samtale_id)
        .values(last_seq=Samtale.last_seq + count)
        .returning(Samtale.last_seq)
        .execution_options(synchronize_session=False)
    )
    return int(session.execute(statement).scalar_one()) - count + 1


def append(session: Session, samtale_id: str, drafts: Sequence[Draft], now: dt.datetime) -> list[int]:
    """Store messages, in order, with their buttons. Returns their numbers."""
    if not drafts:
        return []
    first = next_seq(session, samtale_id, len(drafts))
    for seq, draft in enumerate(drafts, first):
        session.add(
            Besked(
                samtale_id=samtale_id, seq=seq, sender=draft.sender, reply_to=draft.reply_to, text=draft.text,
                data=draft.data, created=now, pending=draft.kommando is not None, knap=draft.kommando,
            )
        )  # fmt: skip
        for position, button in enumerate(draft.buttons):
            session.add(
                Knap(
                    token=new_token(), samtale_id=samtale_id, seq=seq, position=position, title=button.title,
                    payload=button.payload,
                )
            )  # fmt: skip
    session.flush()
    return list(range(first, first + len(drafts)))


def shown(session: Session, samtale_id: str, after: int, last: int) -> list[dict[str, Any]]:
    """The messages after number ``after``, up to number ``last``, in the contract's shape."""
    if after >= last:
        return []
    within = Besked.samtale_id == samtale_id, Besked.seq > after, Besked.seq <= last
    rows = session.scalars(select(Besked).where(*within).order_by(Besked.seq)).all()
    issued = Knap.samtale_id == samtale_id, Knap.seq > after, Knap.seq <= last
    knapper = session.scalars(select(Knap).where(*issued).order_by(Knap.seq, Knap.position)).all()
    return [_shape(row, (knap for knap in knapper if knap.seq == row.seq)) for row in rows]


def _shape(row: Besked, knapper: Iterable[Knap]) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "from": row.sender,
        "reply_to": row.reply_to,
        "text": row.text,
        "buttons": [{"title": knap.title, "payload": knap.token} for knap in knapper],
        "data": row.data,
        "time": row.created.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
