"""The conversation's state: bot, venter, menneske, lukket. A change is a message, and counts the epoch up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from connectors.database import writing
from connectors.website.messages import Draft, append
from connectors.website.models import TILSTANDE, Besked, Samtale

# What is only so in some states; who changes the state says what is to be so in the new one.
HANDOVER = ("venter_siden", "koe_siden", "koe_plads", "koe_enhed", "koe_til_id", "medarbejder_id", "medarbejder_set")


class StateChanged(Exception):
    """Somebody else changed the state first; nothing has been done."""


class UnknownConversation(LookupError):
    """There is no such conversation."""


def skift_tilstand(
    engine: Engine, samtale_id: str, ny: str, forventet_epoch: int, text: str, now: dt.datetime, plads: int | None = None
) -> int:
    """Give the conversation to ``ny``. Returns the new epoch.

    What the bot has not answered by then it never will: a person has it, or nobody. An answer under way finds
    another epoch and is dropped.

    Args:
        text: what the business is told of the change.
        plads: its place in the queue, told in the message's data.

    Raises:
        ValueError: no such state.
        UnknownConversation: no such conversation.
        StateChanged: the epoch is not ``forventet_epoch`` any more, or the conversation is closed.
    """
    if ny not in TILSTANDE:
        raise ValueError(f"ukendt tilstand: {ny}")
    with writing(engine) as session:
        samtale = _held(session, samtale_id, forventet_epoch)
        return change(session, samtale, ny, text, now, plads)


def change(
    session: Session,
    samtale: Samtale,
    ny: str,
    text: str,
    now: dt.datetime,
    plads: int | None = None,
    *,
    felter: Mapping[str, Any] | None = None,
    kommando: dict[str, Any] | None = None,
) -> int:
    """As ``skift_tilstand``, within a transaction that holds the conversation's row.

    Args:
        felter: as in ``move``.
        kommando: what the bot is told by it and has to answer (only where it gets the conversation).
    """
    epoch = move(session, samtale, ny, now, felter)
    data = {"type": "overdragelse", "state": ny, "plads": plads}
    append(session, samtale.id, [Draft("system", text, data, kommando=kommando)], now)
    return epoch


def move(session: Session, samtale: Samtale, ny: str, now: dt.datetime, felter: Mapping[str, Any] | None = None) -> int:
    """The change itself, without the message that must tell it. Returns the new epoch.

    Args:
        felter: columns of the queue and of the person who has it; those not named are emptied.
    """
    epoch = samtale.epoch + 1
    values = {**dict.fromkeys(HANDOVER), **(felter or {}), "state": ny, "epoch": epoch, "active": now}
    session.execute(update(Samtale).where(Samtale.id == samtale.id).values(**values))
    session.execute(update(Besked).where(Besked.samtale_id == samtale.id, Besked.pending).values(pending=False))
    return epoch


def tilfoej(engine: Engine, samtale_id: str, draft: Draft, forventet_epoch: int, now: dt.datetime) -> int:
    """Add a message of an agent's or the system's while the state is still the one that was seen. Returns its number.

    Raises:
        UnknownConversation: no such conversation.
        StateChanged: the epoch is not ``forventet_epoch`` any more, or the conversation is closed.
    """
    with writing(engine) as session:
        _held(session, samtale_id, forventet_epoch)
        session.execute(update(Samtale).where(Samtale.id == samtale_id).values(active=now))
        return append(session, samtale_id, [draft], now)[0]


def _held(session: Session, samtale_id: str, forventet_epoch: int) -> Samtale:
    """The conversation's row, locked, where it is as it was seen; else ``UnknownConversation`` or ``StateChanged``."""
    samtale = session.scalar(select(Samtale).where(Samtale.id == samtale_id).with_for_update())
    if samtale is None:
        raise UnknownConversation(samtale_id)
    if samtale.epoch != forventet_epoch or samtale.state == "lukket":
        raise StateChanged
    return samtale
