"""Tables of the chat: conversations, their messages, and the buttons that the bot has issued."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.database import Base, one_of

TILSTANDE = ("bot", "venter", "menneske", "lukket")
AFSENDERE = ("bot", "user", "agent", "system")


class Samtale(Base):
    """A conversation.

    ``token_hash``: SHA-256 of the token that opens it; the token itself is kept nowhere. ``epoch`` counts changes of
    state, so that an answer begun in one state is never stored in another. ``last_seq`` is the last message's number.
    ``read_seq``: how far the business has read. ``worker``/``worker_until``: the gateway that is answering just now.

    From when it asks for a person until the bot has it again: ``venter_siden``, which is its place in the queue, and whom
    it waits for (``koe_enhed``, ``koe_til_id``; both None: anybody in the front). While it waits: ``koe_siden``, when it
    entered that queue, and ``koe_plads``, the place that the business was last told.
    While a person has it: ``medarbejder_id``, ``medarbejder_set`` (that browser's last sign of life) and
    ``agent_read_seq`` (how far they have read).
    """

    __tablename__ = "samtale"
    __table_args__ = (one_of("samtale", "state", TILSTANDE),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    epoch: Mapped[int]
    last_seq: Mapped[int]
    read_seq: Mapped[int]
    created: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    active: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    worker: Mapped[str | None] = mapped_column(String(200), index=True)
    worker_until: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    venter_siden: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    koe_siden: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    koe_plads: Mapped[int | None]
    koe_enhed: Mapped[str | None] = mapped_column(String(60))
    koe_til_id: Mapped[int | None]
    medarbejder_id: Mapped[int | None] = mapped_column(index=True)
    medarbejder_set: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    agent_read_seq: Mapped[int] = mapped_column(server_default="0")


class Besked(Base):
    """A message. ``text`` has been masked before it gets here.

    ``knap`` is the bot's payload of the button that a user message presses, ``knap_seq`` the message the button was on.
    ``pending``: what the bot has yet to answer (a user message, or a system message whose ``knap`` is a command to the
    bot); it is never so unless the conversation is the bot's.
    ``fingerprint`` tells whether the same ``client_id`` comes with the same body again.
    """

    __tablename__ = "besked"
    __table_args__ = (
        UniqueConstraint("samtale_id", "seq"),
        UniqueConstraint("samtale_id", "client_id", name="uq_besked_client_id"),
        Index("ix_besked_pending", "pending", "samtale_id"),
        one_of("besked", "sender", AFSENDERE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    samtale_id: Mapped[str] = mapped_column(ForeignKey("samtale.id", ondelete="CASCADE"))
    seq: Mapped[int]
    sender: Mapped[str] = mapped_column(String(20))
    reply_to: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    pending: Mapped[bool]
    client_id: Mapped[str | None] = mapped_column(String(36))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    knap: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    knap_seq: Mapped[int | None]


class Knap(Base):
    """A button on message ``seq``: the client sees ``token`` and ``title``, never ``payload``."""

    __tablename__ = "knap"
    __table_args__ = (Index("ix_knap_samtale_id_seq", "samtale_id", "seq"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    samtale_id: Mapped[str] = mapped_column(ForeignKey("samtale.id", ondelete="CASCADE"))
    seq: Mapped[int]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class SamtaleNote(Base):
    """A private note of staff's on a conversation; never shown to the business. ``hvem``: the writer's name."""

    __tablename__ = "samtale_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    samtale_id: Mapped[str] = mapped_column(ForeignKey("samtale.id", ondelete="CASCADE"), index=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    hvem: Mapped[str] = mapped_column(String(200))
    tekst: Mapped[str] = mapped_column(Text)
