"""Table of outgoing mail: written in the same transaction as what it tells of, carried afterwards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.database import Base

SLAGS = ("orientering", "svar", "survey", "henvisning", "varsel")


class Brev(Base):
    """One mail. ``noegle``: the same key is the same mail, sent once. ``naeste_forsoeg``: not before then; ``sendt``:
    when the carrier took it; ``fejl``: why the last attempt failed, in Danish; ``opgivet``: when nobody tries any more."""

    __tablename__ = "brev"
    id: Mapped[int] = mapped_column(primary_key=True)
    noegle: Mapped[str] = mapped_column(String(200), unique=True)
    slags: Mapped[str] = mapped_column(String(20))
    til: Mapped[str] = mapped_column(String(320))
    emne: Mapped[str] = mapped_column(Text)
    tekst: Mapped[str] = mapped_column(Text)
    henvendelse_id: Mapped[int | None] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), index=True)
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    forsoeg: Mapped[int]
    naeste_forsoeg: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    sendt: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    opgivet: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    fejl: Mapped[str | None] = mapped_column(Text)
