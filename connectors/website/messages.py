"""A message as it is written and as it is shown, and how messages get their numbers.

Every message goes through here several times, so the statements are made once, on the tables themselves: building them
anew and going by way of the mapped classes was half of the gateway's time (docs/profil-foer.json).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from connectors.database import table
from connectors.website.models import Besked, Knap, Samtale
from connectors.website.tokens import new_token

SAMTALE, BESKED, KNAP = table(Samtale), table(Besked), table(Knap)
_TAKE_NUMBERS = (
    update(SAMTALE)
    .where(SAMTALE.c.id == bindparam("samtale"))
    .values(last_seq=SAMTALE.c.last_seq + bindparam("antal"))
    .returning(SAMTALE.c.last_seq)
)
_INSERT, _INSERT_BUTTONS = insert(BESKED), insert(KNAP)
_SHOWN = (
    select(BESKED.c.seq, BESKED.c.sender, BESKED.c.reply_to, BESKED.c.text, BESKED.c.data, BESKED.c.created)
    .where(BESKED.c.samtale_id == bindparam("samtale"), BESKED.c.seq > bindparam("efter"), BESKED.c.seq <= bindparam("sidste"))
    .order_by(BESKED.c.seq)
)
_BUTTONS = (
    select(KNAP.c.seq, KNAP.c.title, KNAP.c.token)
    .where(KNAP.c.samtale_id == bindparam("samtale"), KNAP.c.seq > bindparam("efter"), KNAP.c.seq <= bindparam("sidste"))
    .order_by(KNAP.c.seq, KNAP.c.position)
)


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
    return int(session.execute(_TAKE_NUMBERS, {"samtale": samtale_id, "antal": count}).scalar_one()) - count + 1


def append(session: Session, samtale_id: str, drafts: Sequence[Draft], now: dt.datetime) -> list[int]:
    """Store messages, in order, with their buttons. Returns their numbers."""
    if not drafts:
        return []
    session.flush()
    first = next_seq(session, samtale_id, len(drafts))
    insert_drafts(session, samtale_id, drafts, first, now)
    return list(range(first, first + len(drafts)))


def insert_drafts(session: Session, samtale_id: str, drafts: Sequence[Draft], first: int, now: dt.datetime) -> None:
    """Store messages whose numbers, from ``first`` on, have been taken."""
    rows = [
        {
            "samtale_id": samtale_id, "seq": seq, "sender": draft.sender, "reply_to": draft.reply_to, "text": draft.text,
            "data": draft.data, "created": now, "pending": draft.kommando is not None, "knap": draft.kommando,
        }
        for seq, draft in enumerate(drafts, first)
    ]  # fmt: skip
    session.execute(_INSERT, rows)
    buttons = [
        {
            "token": new_token(), "samtale_id": samtale_id, "seq": seq, "position": position, "title": button.title,
            "payload": button.payload,
        }
        for seq, draft in enumerate(drafts, first)
        for position, button in enumerate(draft.buttons)
    ]  # fmt: skip
    if buttons:
        session.execute(_INSERT_BUTTONS, buttons)


def shown(session: Session, samtale_id: str, after: int, last: int) -> list[dict[str, Any]]:
    """The messages after number ``after``, up to number ``last``, in the contract's shape."""
    if after >= last:
        return []
    which = {"samtale": samtale_id, "efter": after, "sidste": last}
    rows = session.execute(_SHOWN, which).all()
    buttons: dict[int, list[dict[str, str]]] = {}
    if any(row.sender != "user" for row in rows):
        for seq, title, token in session.execute(_BUTTONS, which):
            buttons.setdefault(seq, []).append({"title": title, "payload": token})
    return [_shape(row, buttons.get(row.seq, [])) for row in rows]


def _shape(row: Row[Any], buttons: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "from": row.sender,
        "reply_to": row.reply_to,
        "text": row.text,
        "buttons": buttons,
        "data": row.data,
        "time": row.created.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
