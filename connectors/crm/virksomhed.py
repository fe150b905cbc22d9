"""Tables of the company's own record: one company, one view; known by CVR, or by its name where it has none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.soegbar import Soegbar
from connectors.crm.tid import Tidspunkt
from connectors.database import Base


class Virksomhed(Soegbar, Base):
    """A company. ``navn_noegle``: its name folded, by which one without CVR is known again. ``kam_id``: its key account
    manager. ``flettet_til``: the record that it was found to be a duplicate of; its cases are there."""

    __tablename__ = "virksomhed"
    # Two cases of a new company that come at the same moment must end at one record, with CVR or without.
    __table_args__ = (
        Index(
            "uq_virksomhed_navn_uden_cvr",
            "navn_noegle",
            unique=True,
            sqlite_where=text("cvr IS NULL AND flettet_til IS NULL"),
            postgresql_where=text("cvr IS NULL AND flettet_til IS NULL"),
        ),
    )
    soeges = ("cvr", "navn")
    id: Mapped[int] = mapped_column(primary_key=True)
    cvr: Mapped[str | None] = mapped_column(String(8), unique=True)
    navn: Mapped[str | None] = mapped_column(Text)
    navn_noegle: Mapped[str | None] = mapped_column(String(200), index=True)
    kam_id: Mapped[int | None] = mapped_column(index=True)
    flettet_til: Mapped[int | None] = mapped_column(ForeignKey("virksomhed.id"))
    oprettet: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Fletning(Base):
    """Two records made one, with what it takes to undo it: the ids of the cases that moved, and both records as they were."""

    __tablename__ = "virksomhed_fletning"
    id: Mapped[int] = mapped_column(primary_key=True)
    fra_id: Mapped[int] = mapped_column(ForeignKey("virksomhed.id"), index=True)
    til_id: Mapped[int] = mapped_column(ForeignKey("virksomhed.id"), index=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt)
    hvem: Mapped[str] = mapped_column(String(200))
    flyttet: Mapped[list[int]] = mapped_column(JSON)
    foer: Mapped[dict[str, Any]] = mapped_column(JSON)
    fortrudt: Mapped[dt.datetime | None] = mapped_column(Tidspunkt)
