"""Table of the mirror: what of each case a real Zammad has got."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.database import Base


class Levering(Base):
    """One case's delivery. ``noegle``: what the ticket over there is known by, also where the answer to its making was
    lost. ``leveret_version`` and ``artikler``: the case's version that stands there (0: none) and how many articles do; a
    count, because an article with a lower id may be committed later. ``naeste_forsoeg``: not before then, and while one
    process is at it, so far ahead that no other takes it. ``opgivet``: when Zammad refused for good, and
    ``forsoegt_version`` what it refused. ``slettet``: when the personal data were erased over there."""

    __tablename__ = "zammad_levering"
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), primary_key=True)
    noegle: Mapped[str] = mapped_column(String(200), unique=True)
    zammad_id: Mapped[int | None]
    leveret_version: Mapped[int] = mapped_column(server_default="0")
    artikler: Mapped[int] = mapped_column(server_default="0")
    forsoeg: Mapped[int] = mapped_column(server_default="0")
    forsoegt_version: Mapped[int] = mapped_column(server_default="0")
    naeste_forsoeg: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    leveret: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    opgivet: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    slettet: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    fejl: Mapped[str | None] = mapped_column(Text)
