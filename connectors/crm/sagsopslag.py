"""A business asks how its case stands: told to whoever knows both the number and the contact data, and to few who guess.

Wrong pairs are counted in the database, for each conversation and, across conversations, for each number. Once there have
been too many, nobody is told anything there for a while, also not whether a pair is right or a number exists.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.language.sagsnummer import find_nummer
from connectors.crm.henvendelser import Status, status_i
from connectors.crm.tid import Tidspunkt
from connectors.database import Base, writing

FLEST = 5
VINDUE = dt.timedelta(minutes=15)
GEMMES = dt.timedelta(days=1)


class ForMangeForsoeg(Exception):
    """Too many wrong pairs, in this conversation or for this number; ``minutter``: try again after so many."""

    def __init__(self) -> None:
        super().__init__()
        self.minutter = int(VINDUE.total_seconds() // 60)


class ForkertOpslag(Base):
    """One wrong pair; kept for a day. ``nummer``: the number asked for, whether there is one such or not."""

    __tablename__ = "forkert_opslag"
    id: Mapped[int] = mapped_column(primary_key=True)
    tid: Mapped[dt.datetime] = mapped_column(Tidspunkt, index=True)
    samtale: Mapped[str] = mapped_column(String(200), index=True)
    nummer: Mapped[str] = mapped_column(String(20), index=True)


def slaa_op(engine: Engine, number: str, kontaktoplysning: str, samtale: str, nu: dt.datetime) -> Status | None:
    """How the case stands; None for a wrong pair and for an unknown number alike.

    Raises:
        ForMangeForsoeg: whatever the pair is.
    """
    nummer = find_nummer(number) or ""
    with writing(engine) as session:
        if _forkerte(session, samtale, nummer, nu) >= FLEST:
            raise ForMangeForsoeg
        found = status_i(session, nummer, kontaktoplysning)
        if found is None:
            session.add(ForkertOpslag(tid=nu, samtale=samtale, nummer=nummer))
            session.execute(delete(ForkertOpslag).where(ForkertOpslag.tid < nu - GEMMES))
        return found


def _forkerte(session: Session, samtale: str, nummer: str, nu: dt.datetime) -> int:
    """Wrong pairs of late: the most of those in the conversation and those for the number."""
    nylig = select(func.count()).select_from(ForkertOpslag).where(ForkertOpslag.tid > nu - VINDUE)
    i_samtalen = session.scalar(nylig.where(ForkertOpslag.samtale == samtale)) or 0
    # what is no number at all says nothing of anybody's case, so it keeps nobody else out
    for_nummeret = session.scalar(nylig.where(ForkertOpslag.nummer == nummer)) or 0 if nummer else 0
    return max(i_samtalen, for_nummeret)
