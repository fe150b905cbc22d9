"""A message as it is written and as it is shown, and how messages get their numbers.

Every message goes through here several times, so the statements are made once, on the tables themselves: building them
anew and going by way of the mapped classes was half of the gateway's time (docs/profil-foer.json).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
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
    """A message that is to be stored. ``sender``: bot, agent or system; user messages come through ``receiving.receive``.

    ``kommando``: what the bot is told and has to answer, as if a button with this payload had been pressed.
    """

    sender: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    buttons: Sequence[Button] = ()
    reply_to: int | None = None
    kommando: dict[str, Any] | None = None


@dataclass(frozen=True)
class Snapshot:
    """What a client gets to see. ``hvem``: the person who has the conversation and how far they have read
    (``{"navn", "laest"}``); None where no person has had it."""

    state: str
    busy: bool
    messages: list[dict[str, Any]]
    hvem: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, and ``hvem`` where there is something to say of it."""
        beside = {"hvem": self.hvem} if self.hvem else {}
        return {"state": self.state, "busy": self.busy, "messages": self.messages, **beside}


def with_bot(busy: bool, messages: list[dict[str, Any]], laest: int) -> Snapshot:
    """What those who follow a conversation of the bot's need not look up: these messages have just been added to it.

    Args:
        laest: how far a person has read who had it before, 0 where none had.
    """
    return Snapshot("bot", busy, messages, {"navn": None, "laest": laest} if laest else None)


def next_seq(session: Session, samtale_id: str, count: int = 1) -> int:
    """The first of ``count`` numbers taken in one statement, so that no two messages get the same one."""
    return int(session.execute(_TAKE_NUMBERS, {"samtale": samtale_id, "antal": count}).scalar_one()) - count + 1


def append(session: Session, samtale_id: str, drafts: Sequence[Draft], now: dt.datetime) -> list[int]:
    """Store messages, in order, with their buttons. Returns their numbers."""
    if not drafts:
        return []
    session.flush()
    first = next_seq(session, samtale_id, len(drafts))
    insert_drafts(session.connection(), samtale_id, drafts, first, now)
    return list(range(first, first + len(drafts)))


def insert_drafts(
    connection: Connection, samtale_id: str, drafts: Sequence[Draft], first: int, now: dt.datetime
) -> list[dict[str, Any]]:
    """Store messages whose numbers, from ``first`` on, have been taken. Returns them as ``shown`` will."""
    rows: list[dict[str, Any]] = [
        {
            "samtale_id": samtale_id, "seq": seq, "sender": draft.sender, "reply_to": draft.reply_to, "text": draft.text,
            "data": draft.data, "created": now, "pending": draft.kommando is not None, "knap": draft.kommando,
        }
        for seq, draft in enumerate(drafts, first)
    ]  # fmt: skip
    connection.execute(_INSERT, rows)
    buttons: list[dict[str, Any]] = [
        {
            "token": new_token(), "samtale_id": samtale_id, "seq": seq, "position": position, "title": button.title,
            "payload": button.payload,
        }
        for seq, draft in enumerate(drafts, first)
        for position, button in enumerate(draft.buttons)
    ]  # fmt: skip
    if buttons:
        connection.execute(_INSERT_BUTTONS, buttons)
    issued = _by_message((button["seq"], button["title"], button["token"]) for button in buttons)
    return [shape(row, issued.get(row["seq"], [])) for row in rows]


def shown(session: Session, samtale_id: str, after: int, last: int) -> list[dict[str, Any]]:
    """The messages after number ``after``, up to number ``last``, in the contract's shape."""
    if after >= last:
        return []
    which = {"samtale": samtale_id, "efter": after, "sidste": last}
    rows = session.execute(_SHOWN, which).all()
    of_bot = any(row.sender != "user" for row in rows)
    buttons = _by_message(row._tuple() for row in session.execute(_BUTTONS, which)) if of_bot else {}
    return [shape(row._asdict(), buttons.get(row.seq, [])) for row in rows]


def _by_message(issued: Iterable[tuple[int, str, str]]) -> dict[int, list[dict[str, str]]]:
    buttons: dict[int, list[dict[str, str]]] = {}
    for seq, title, token in issued:
        buttons.setdefault(seq, []).append({"title": title, "payload": token})
    return buttons


def shape(besked: Mapping[str, Any], buttons: list[dict[str, str]]) -> dict[str, Any]:
    """A message, by its columns, in the contract's shape."""
    created: dt.datetime = besked["created"]
    return {
        "seq": besked["seq"],
        "from": besked["sender"],
        "reply_to": besked["reply_to"],
        "text": besked["text"],
        "buttons": buttons,
        "data": besked["data"],
        "time": created.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
