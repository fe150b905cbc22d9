"""Tables of the API: its clients, and numbers for what has none of its own but must have one in Zammad's shape."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.crm.virksomhed import Virksomhed
from connectors.database import Base, one_of

SCOPES = ("laes", "skriv", "admin")
SLAGS = ("gruppe", "maerke")


class ApiToken(Base):
    """A client's token, known by its SHA-256 only. ``scopes``: of ``SCOPES``."""

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(primary_key=True)
    navn: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    brugt: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    tilbagekaldt: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)


class ApiNavn(Base):
    """The number of a team or a tag, given once and never used for another."""

    __tablename__ = "api_navn"
    __table_args__ = (UniqueConstraint("slags", "navn"), one_of("api_navn", "slags", SLAGS))
    id: Mapped[int] = mapped_column(primary_key=True)
    slags: Mapped[str] = mapped_column(String(20))
    navn: Mapped[str] = mapped_column(String(100))


class ApiKontakt(Base):
    """A contact as a user: everybody with the same e-mail address, or the same phone number where there is none.

    ``noegle`` is that address or number; the row goes when no case holds it any more. The other fields are what a client
    told of a contact who has no case yet; they are None as soon as a case says it.
    """

    __tablename__ = "api_kontakt"
    id: Mapped[int] = mapped_column(primary_key=True)
    noegle: Mapped[str] = mapped_column(String(330), unique=True)
    navn: Mapped[str | None] = mapped_column(Text)
    telefon: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(320))
    virksomhed_id: Mapped[int | None] = mapped_column(ForeignKey(Virksomhed.id))
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
