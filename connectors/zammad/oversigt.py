"""What the mirror has not delivered, for the desk, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, and_, func, not_, or_, select

from connectors.crm.models import Henvendelse
from connectors.database import reading
from connectors.zammad.levering import MANGLER, OPGIVET
from connectors.zammad.models import Levering

MOST_LINES = 200


@dataclass(frozen=True)
class Linje:
    """A case that Zammad lacks in whole or in part. ``opgivet``: nobody tries any more, because of ``fejl``."""

    nummer: str
    team: str
    opgivet: bool
    fejl: str | None
    forsoeg: int
    naeste_forsoeg: dt.datetime | None


@dataclass(frozen=True)
class Tilstand:
    """``leveret``: cases that stand there as they stand here. ``venter`` and ``opgivet``: the others, ``linjer`` the
    first of them. ``sidst``: when anything was last delivered."""

    leveret: int
    venter: int
    opgivet: int
    sidst: dt.datetime | None
    linjer: list[Linje]


def status(engine: Engine, *, linjer: int = MOST_LINES) -> Tilstand:
    """How the mirror is."""
    known = Levering.henvendelse_id.is_not(None)
    given_up = and_(known, MANGLER, OPGIVET)
    waiting = or_(not_(known), and_(MANGLER, not_(OPGIVET)))
    base = select(func.count()).select_from(Henvendelse).outerjoin(Levering)
    with reading(engine) as session:
        open_rows = (
            select(Henvendelse.nummer, Henvendelse.team, Levering, OPGIVET.label("opgivet_nu"))
            .outerjoin(Levering)
            .where(or_(given_up, waiting))
            .order_by(Levering.opgivet.is_(None), Henvendelse.id)
            .limit(linjer)
        )
        return Tilstand(
            leveret=session.execute(base.where(known, not_(MANGLER))).scalar_one(),
            venter=session.execute(base.where(waiting)).scalar_one(),
            opgivet=session.execute(base.where(given_up)).scalar_one(),
            sidst=session.scalar(select(func.max(Levering.leveret))),
            linjer=[
                Linje(nummer, team, bool(over), row.fejl, row.forsoeg, row.naeste_forsoeg)
                if row is not None
                else Linje(nummer, team, False, None, 0, None)
                for nummer, team, row, over in session.execute(open_rows)
            ],
        )
