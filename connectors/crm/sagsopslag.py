"""A business asks how its case stands: told to whoever knows both the number and the contact data, and to few who guess.

Wrong pairs are counted in the database, for each conversation and, across conversations, for each number and each contact:
who knows a business's phone number can't try all numbers with it. Once there have been too many, nobody is told anything
there for a while, also not whether a pair is right or a number exists. Only the conversation that the case was made in has
nothing to guess at.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import Engine, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.language.sagsnummer import find_nummer
from connectors.crm.henvendelser import Status, status_i
from connectors.crm.kontaktoplysning import normal_email, normal_telefon
from connectors.crm.models import Henvendelse
from connectors.crm.tid import Tidspunkt
from connectors.database import Base, writing

FLEST = 5
VINDUE = dt.timedelta(minutes=15)
GEMMES = dt.timedelta(days=1)


class ForMangeForsoeg(Exception):
    """Too many wrong pairs, in this conversation, for this number or this contact; ``minutter``: try again after so many."""

    def __init__(self) -> None:
        super().__init__()
        self.minutter = int(VINDUE.total_seconds() // 60)


class ForkertOpslag(Base):
    """One wrong pair; kept for a day. ``nummer``: the number asked for, whether there is one such or not. ``kontakt``: a
    hash of the contact data."""

    __tablename__ = "forkert_opslag"
    id: Mapped[int] = mapped_column(primary_key=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    samtale: Mapped[str] = mapped_column(String(200), index=True)
    nummer: Mapped[str] = mapped_column(String(20), index=True)
    kontakt: Mapped[str | None] = mapped_column(String(64), index=True)


def slaa_op(engine: Engine, number: str, kontaktoplysning: str, samtale: str, nu: dt.datetime) -> Status | None:
    """How the case stands; None for a wrong pair and for an unknown number alike.

    Raises:
        ForMangeForsoeg: whatever the pair is.
    """
    nummer, kontakt = find_nummer(number) or "", _aftryk(kontaktoplysning)
    with writing(engine) as session:
        found = status_i(session, nummer, kontaktoplysning)
        made_in = select(Henvendelse.samtale).where(Henvendelse.nummer == nummer)
        if found is not None and session.scalar(made_in) == samtale:
            return found
        if _forkerte(session, samtale, nummer, kontakt, nu) >= FLEST:
            raise ForMangeForsoeg
        if found is None:
            session.add(ForkertOpslag(tid=nu, samtale=samtale, nummer=nummer, kontakt=kontakt))
            session.execute(delete(ForkertOpslag).where(ForkertOpslag.tid < nu - GEMMES))
        return found


def _forkerte(session: Session, samtale: str, nummer: str, kontakt: str | None, nu: dt.datetime) -> int:
    """Wrong pairs of late: the most of those in the conversation, those for the number and those for the contact."""
    nylig = select(func.count()).select_from(ForkertOpslag).where(ForkertOpslag.tid > nu - VINDUE)
    counted = [nylig.where(ForkertOpslag.samtale == samtale)]
    # what is no number and no contact says nothing of anybody's case, so it keeps nobody else out
    counted += [nylig.where(ForkertOpslag.nummer == nummer)] if nummer else []
    counted += [nylig.where(ForkertOpslag.kontakt == kontakt)] if kontakt else []
    return max(session.scalar(query) or 0 for query in counted)


def _aftryk(kontaktoplysning: str) -> str | None:
    """A hash of the contact data in any spelling; None where they are none."""
    normal = normal_email(kontaktoplysning) if "@" in kontaktoplysning else normal_telefon(kontaktoplysning)
    return hashlib.sha256(normal.encode()).hexdigest() if normal else None
