"""Table of the API's clients."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from connectors.crm.tid import Tidspunkt
from connectors.database import Base

SCOPES = ("laes", "skriv", "admin")


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
