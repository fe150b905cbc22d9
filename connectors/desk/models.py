"""Tables of the desk: staff, their log-ins, and the audit log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.database import Base

ROLLER = ("front", "konsulent", "backoffice", "redaktør", "analytiker", "admin")


class Medarbejder(Base):
    """A member of staff. ``roller``: of ``ROLLER``; ``enheder``: ids of the units worked in. ``adgangskode``: argon2 hash,
    None for those who log in through the municipality (``oidc_id``). ``demo``: log-in from loopback only.

    ``skal_skifte``: logged in with a one-time password, which must be changed before anything else. ``version`` counts
    the administrators' changes, so that of two at once none is lost.

    ``tager_chat`` and ``set``: wants chats, and when a browser of theirs last gave a sign of life; both together are
    presence. ``fejl`` and ``laast_til``: failed log-ins in a row, and the lock-out that follows.
    """

    __tablename__ = "medarbejder"
    id: Mapped[int] = mapped_column(primary_key=True)
    brugernavn: Mapped[str] = mapped_column(String(100), unique=True)
    navn: Mapped[str] = mapped_column(String(200))
    fornavn: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(320))
    roller: Mapped[list[str]] = mapped_column(JSON)
    enheder: Mapped[list[str]] = mapped_column(JSON)
    adgangskode: Mapped[str | None] = mapped_column(Text)
    skal_skifte: Mapped[bool] = mapped_column(server_default=false())
    oidc_id: Mapped[str | None] = mapped_column(String(300), unique=True)
    aktiv: Mapped[bool] = mapped_column(server_default=true())
    demo: Mapped[bool] = mapped_column(server_default=false())
    tager_chat: Mapped[bool] = mapped_column(server_default=false())
    set: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    fejl: Mapped[int] = mapped_column(server_default="0")
    laast_til: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    version: Mapped[int] = mapped_column(server_default="1")


class DeskSession(Base):
    """A log-in. ``token_hash``: SHA-256 of the cookie; ``csrf``: what every form must bring; ``beskeder``: what the next page
    is to tell (``[{"slags", "tekst"}]``)."""

    __tablename__ = "desk_session"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    medarbejder_id: Mapped[int] = mapped_column(ForeignKey("medarbejder.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    beskeder: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    brugt: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    udloeber: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)


class Revision(Base):
    """A line of the audit log, append-only (triggers refuse anything else): who looked at or changed whose data, when.
    ``slags`` and ``noegle`` name what it was ("henvendelse", "KBH-2026-000123"); never what stood in it."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    medarbejder_id: Mapped[int | None]
    hvem: Mapped[str] = mapped_column(String(200))
    handling: Mapped[str] = mapped_column(String(60))
    slags: Mapped[str] = mapped_column(String(40))
    noegle: Mapped[str] = mapped_column(String(200), index=True)
    detaljer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
