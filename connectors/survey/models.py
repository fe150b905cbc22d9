"""Tables of the questionnaire. An invitation belongs to a case, an answer to nobody: nothing leads from one to the other."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.database import Base

# Concept report, chapter 2: what businesses value most, whatever their line and size.
PARAMETRE = ("sagsbehandlingstid", "kompetence", "kontaktperson", "orientering")


class Invitation(Base):
    """That a case's business has been asked. ``token_hash``/``paamindet_hash``: SHA-256 of the link's token and of the
    reminder's. ``samtale_id`` and ``trin``: where it is asked in a chat, and which question is open there. ``besvaret``
    has no time: it would lead to the answer of that day."""

    __tablename__ = "survey_invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    paamindet_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    samtale_id: Mapped[str | None] = mapped_column(String(64), index=True)
    trin: Mapped[str | None] = mapped_column(String(30))
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    udloeber: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    paamindet: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    besvaret: Mapped[bool] = mapped_column(server_default=false())


class Besvarelse(Base):
    """One answered questionnaire: marks from 1 to 5, None where skipped; the day only, so that it can't be matched by time."""

    __tablename__ = "survey_besvarelse"
    id: Mapped[int] = mapped_column(primary_key=True)
    dag: Mapped[dt.date] = mapped_column(Date)
    team: Mapped[str] = mapped_column(String(60))
    servicepakke: Mapped[str | None] = mapped_column(String(60))
    sagsbehandlingstid: Mapped[int | None]
    kompetence: Mapped[int | None]
    kontaktperson: Mapped[int | None]
    orientering: Mapped[int | None]
    kommentar: Mapped[str | None] = mapped_column(Text)
