"""Tables of what is written about a case: articles (notes, mails, calls, what the business was told) and tags."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.soegbar import Soegbar
from connectors.crm.tid import Tidspunkt
from connectors.database import Base, one_of

RETNINGER = ("ind", "ud", "intern")
FORMER = ("note", "mail", "telefon", "chat", "moede", "web")


class Artikel(Soegbar, Base):
    """Something written in a case. ``retning``: from the business, to it, or among staff only (``intern``, never shown
    to the business). ``noegle``: the writer's idempotency key, where there is one. ``til``: e-mail address of a mail."""

    __tablename__ = "henvendelse_artikel"
    soeges = ("emne", "tekst")
    __table_args__ = (one_of("henvendelse_artikel", "retning", RETNINGER), one_of("henvendelse_artikel", "form", FORMER))
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), index=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    hvem: Mapped[str] = mapped_column(String(200))
    retning: Mapped[str] = mapped_column(String(10))
    form: Mapped[str] = mapped_column(String(20))
    til: Mapped[str | None] = mapped_column(String(320))
    emne: Mapped[str | None] = mapped_column(Text)
    tekst: Mapped[str] = mapped_column(Text)
    noegle: Mapped[str | None] = mapped_column(String(200), unique=True)


class Maerke(Base):
    """A tag on a case."""

    __tablename__ = "henvendelse_maerke"
    __table_args__ = (UniqueConstraint("henvendelse_id", "navn"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"))
    navn: Mapped[str] = mapped_column(String(100), index=True)
