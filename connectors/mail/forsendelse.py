"""The outbox as the carrier's side sees it: which mail is due, and what became of it.

A mail is taken by one statement that moves its next attempt on, so no two processes carry it at once; one that dies on
the way leaves it to the next attempt. So a mail may be carried twice (its Message-ID is the same), but never not at all.
"""

from __future__ import annotations

import datetime as dt
import random

from sqlalchemy import Engine, delete, select, update

from connectors.database import reading, writing
from connectors.mail.models import Brev

FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=6)


def tag(engine: Engine, nu: dt.datetime, holdes: dt.timedelta) -> Brev | None:
    """Take the mail that has been due the longest, and nobody else gets it for ``holdes``; None where none is due."""
    due = (Brev.sendt.is_(None), Brev.opgivet.is_(None), Brev.naeste_forsoeg <= nu)
    foerste = select(Brev.id).where(*due).order_by(Brev.naeste_forsoeg, Brev.id).limit(1)
    with writing(engine) as session:
        if session.get_bind().dialect.name == "postgresql":
            foerste = foerste.with_for_update(skip_locked=True)
        statement = (
            update(Brev)
            .where(Brev.id == foerste.scalar_subquery(), *due)
            .values(forsoeg=Brev.forsoeg + 1, naeste_forsoeg=nu + holdes)
            .returning(Brev)
            .execution_options(synchronize_session=False)
        )
        return session.scalars(statement).one_or_none()


def sendt(engine: Engine, brev: Brev, nu: dt.datetime) -> None:
    """The carrier has taken it. A questionnaire's link is a secret of the receiver's, so it leaves the outbox with it."""
    andet = {"tekst": "(Linket til spørgeskemaet er sendt og gemmes ikke.)"} if brev.slags == "survey" else {}
    with writing(engine) as session:
        session.execute(update(Brev).where(Brev.id == brev.id).values(sendt=nu, fejl=None, opgivet=None, **andet))


def mislykket(engine: Engine, brev: Brev, hvorfor: str, nu: dt.datetime, *, opgiv: bool) -> None:
    """The carrier did not take it: try later, after a wait that doubles, or give up. Nothing where another process has
    tried since."""
    vent = {"opgivet": nu} if opgiv else {"naeste_forsoeg": nu + ventetid(brev.forsoeg)}
    with writing(engine) as session:
        mine = (Brev.id == brev.id, Brev.forsoeg == brev.forsoeg, Brev.sendt.is_(None))
        session.execute(update(Brev).where(*mine).values(fejl=hvorfor, **vent))


def ventetid(forsoeg: int) -> dt.timedelta:
    """How long to wait after attempt number ``forsoeg``: 30 s, doubled each time up to 6 hours, and up to half of it less,
    so that what failed together is not tried together."""
    fuld: dt.timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(forsoeg - 1, 30))
    return fuld * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load, guards nothing


def ikke_leveret(engine: Engine) -> list[Brev]:
    """What the carrier has not taken: given up first, then what has failed, then what waits for its first attempt."""
    with reading(engine) as session:
        rows = session.scalars(select(Brev).where(Brev.sendt.is_(None)).order_by(Brev.oprettet)).all()
    return sorted(rows, key=lambda brev: (brev.opgivet is None, brev.fejl is None))


def proev_igen(engine: Engine, brev_id: int, nu: dt.datetime) -> Brev | None:
    """Let a mail be tried at once, counted from its first attempt. Returns it; None where it is gone or sent."""
    with writing(engine) as session:
        statement = (
            update(Brev)
            .where(Brev.id == brev_id, Brev.sendt.is_(None))
            .values(forsoeg=0, naeste_forsoeg=nu, opgivet=None)
            .returning(Brev)
            .execution_options(synchronize_session=False)
        )
        return session.scalars(statement).one_or_none()


def ryd_op(engine: Engine, foer: dt.datetime) -> int:
    """Delete what was sent before ``foer``; what the business was told stands in the case. Returns how many."""
    with writing(engine) as session:
        gone = session.execute(delete(Brev).where(Brev.sendt < foer).returning(Brev.id))
        return len(gone.all())
