"""Tables of the henvendelse. What a company told and whom to reach stand in tables of their own, so that contact
data can be erased when their time is up while the case and its history stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectors.crm.soegbar import Soegbar
from connectors.crm.tid import Tidspunkt
from connectors.crm.virksomhed import Virksomhed
from connectors.database import Base, one_of

KANALER = ("chat", "telefon", "mail", "moede", "udgaaende")
STATUSSER = ("ny", "i gang", "afventer virksomheden", "afsluttet")
SURVEY_IKKE_SENDT = "ikke sendt"
# How a case ended. "straks": clarified by the front at once, which the analysts count.
UDFALD = ("straks", "loest", "henvist", "ikke_muligt", "trukket", "dublet")


class Nummerserie(Base):
    """The last number given out in each year. A row only ever counts up, so a number is never reused."""

    __tablename__ = "nummerserie"
    aar: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sidste: Mapped[int]


class Henvendelse(Soegbar, Base):
    """One case. ``version`` counts every change, so that a stale write is refused instead of winning.

    ``noegle`` is the maker's idempotency key; ``samtale`` the id of the conversation it came from. ``ejer`` and
    ``key_account_manager`` are names as a business may hear them, ``ejer_id`` the member of staff. ``aendret`` is None
    where nothing has been changed since it was made. ``varslet`` and ``eskaleret``: when staff were told that the
    deadline is near, and that it has passed. ``virksomhed_id``: the company's record (``connectors.crm.virksomhed``).
    """

    __tablename__ = "henvendelse"
    soeges = ("nummer", "hovedindhold")
    __table_args__ = (one_of("henvendelse", "kanal", KANALER), one_of("henvendelse", "status", STATUSSER))

    id: Mapped[int] = mapped_column(primary_key=True)
    nummer: Mapped[str] = mapped_column(String(20), unique=True)
    noegle: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[int] = mapped_column()
    kanal: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(40), index=True)
    team: Mapped[str] = mapped_column(String(60), index=True)
    ejer: Mapped[str | None] = mapped_column(String(200), index=True)
    key_account_manager: Mapped[str | None] = mapped_column(String(200))
    servicepakke: Mapped[str | None] = mapped_column(String(60))
    hovedindhold: Mapped[str] = mapped_column(Text)
    samtale: Mapped[str | None] = mapped_column(String(200), index=True)
    svarfrist: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    survey: Mapped[str] = mapped_column(String(40))
    ejer_id: Mapped[int | None] = mapped_column(index=True)
    virksomhed_id: Mapped[int | None] = mapped_column(ForeignKey(Virksomhed.id), index=True)
    udfald: Mapped[str | None] = mapped_column(String(20))
    aendret: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    afsluttet: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    varslet: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    eskaleret: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)

    virksomhed: Mapped[Virksomhedsoplysning | None] = relationship(cascade="all, delete-orphan", lazy="selectin")
    kontakt: Mapped[Kontakt | None] = relationship(cascade="all, delete-orphan", lazy="selectin")
    svar: Mapped[list[Svar]] = relationship(cascade="all, delete-orphan", lazy="selectin", order_by="Svar.id")
    ydelser: Mapped[list[HenvendelseYdelse]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="HenvendelseYdelse.id"
    )
    henvist_til: Mapped[list[Henvisning]] = relationship(cascade="all, delete-orphan", lazy="selectin", order_by="Henvisning.id")
    delopgaver: Mapped[list[Delopgave]] = relationship(cascade="all, delete-orphan", lazy="selectin", order_by="Delopgave.id")
    aftaler: Mapped[list[Aftale]] = relationship(cascade="all, delete-orphan", lazy="selectin", order_by="Aftale.id")
    historik: Mapped[list[Historik]] = relationship(
        cascade="save-update, merge", passive_deletes="all", lazy="selectin", order_by="Historik.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Virksomhedsoplysning(Soegbar, Base):
    """The company as it described itself in this henvendelse. ``ansatte``: a number, or ``[min, max]`` with null."""

    __tablename__ = "henvendelse_virksomhed"
    soeges = ("cvr", "navn")
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), primary_key=True)
    cvr: Mapped[str | None] = mapped_column(String(8), index=True)
    navn: Mapped[str | None] = mapped_column(Text)
    branche: Mapped[str | None] = mapped_column(Text)
    ansatte: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    stadie: Mapped[str | None] = mapped_column(String(40))
    beliggenhed: Mapped[str | None] = mapped_column(String(40))


class Kontakt(Soegbar, Base):
    """Whom to reach, and when they agreed to it. ``telefon``: 8 digits, or E.164 where foreign; ``email``: lower case."""

    __tablename__ = "henvendelse_kontakt"
    soeges = ("navn", "telefon", "email")
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), primary_key=True)
    navn: Mapped[str | None] = mapped_column(Text)
    telefon: Mapped[str | None] = mapped_column(String(40), index=True)
    email: Mapped[str | None] = mapped_column(String(320), index=True)
    samtykke: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)


class Svar(Base):
    """One answer of the screening, in the order given."""

    __tablename__ = "henvendelse_svar"
    __table_args__ = (UniqueConstraint("henvendelse_id", "navn"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"))
    navn: Mapped[str] = mapped_column(String(100))
    vaerdi: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))


class HenvendelseYdelse(Base):
    """A ydelse that the case is about, by its id in the catalogue."""

    __tablename__ = "henvendelse_ydelse"
    __table_args__ = (UniqueConstraint("henvendelse_id", "ydelse"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"))
    ydelse: Mapped[str] = mapped_column(String(100), index=True)


class Henvisning(Base):
    """A body outside the municipality that the business was referred to, named as the report names it."""

    __tablename__ = "henvendelse_henvisning"
    __table_args__ = (UniqueConstraint("henvendelse_id", "navn"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"))
    navn: Mapped[str] = mapped_column(String(200))


class Delopgave(Base):
    """What one unit must do in a case where several act, each with its own deadline. ``varslet_for`` and
    ``eskaleret_for``: the deadline that staff were last told is near, and has passed."""

    __tablename__ = "henvendelse_delopgave"
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), index=True)
    enhed: Mapped[str] = mapped_column(String(60))
    ydelse: Mapped[str | None] = mapped_column(String(100))
    frist: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    status: Mapped[str] = mapped_column(String(40))
    varslet_for: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    eskaleret_for: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)


class Aftale(Base):
    """Something agreed with the business; ``udfoert`` is when it was done; the last two as a delopgave's."""

    __tablename__ = "henvendelse_aftale"
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id", ondelete="CASCADE"), index=True)
    tekst: Mapped[str] = mapped_column(Text)
    frist: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    ejer: Mapped[str | None] = mapped_column(String(200))
    udfoert: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    varslet_for: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
    eskaleret_for: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)


class Historik(Base):
    """One change, append-only: the ORM refuses here, and triggers of the first migration refuse any other SQL."""

    __tablename__ = "henvendelse_historik"
    id: Mapped[int] = mapped_column(primary_key=True)
    henvendelse_id: Mapped[int] = mapped_column(ForeignKey("henvendelse.id"), index=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    hvem: Mapped[str] = mapped_column(String(200))
    felt: Mapped[str] = mapped_column(String(60))
    fra: Mapped[str | None] = mapped_column(Text)
    til: Mapped[str | None] = mapped_column(Text)


class HistorikErUforanderlig(Exception):
    """Somebody tried to change or delete a line of a case's history."""


@event.listens_for(Historik, "before_update")
@event.listens_for(Historik, "before_delete")
def _refuse(_mapper: object, _connection: object, row: Historik) -> None:
    raise HistorikErUforanderlig(f"historiklinje {row.id} kan hverken ændres eller slettes")
