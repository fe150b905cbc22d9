"""Which cases Zammad lacks, who is delivering one, and what came of it. Plain functions over an engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, Select, and_, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.database import reading, writing
from connectors.zammad import billede
from connectors.zammad.billede import Sagsbillede
from connectors.zammad.models import Levering

_articles = (
    select(func.count(Artikel.id)).where(Artikel.henvendelse_id == Levering.henvendelse_id).correlate(Levering).scalar_subquery()
)
# What stands here does not stand there. Articles are counted: one with a lower id may be committed later.
MANGLER: ColumnElement[bool] = or_(Henvendelse.version > Levering.leveret_version, _articles != Levering.artikler)
OPGIVET: ColumnElement[bool] = and_(Levering.opgivet.is_not(None), Henvendelse.version <= Levering.forsoegt_version)


@dataclass(frozen=True)
class Opgave:
    """A case that this process, and no other, delivers until ``til``."""

    henvendelse_id: int
    zammad_id: int | None
    forsoeg: int
    til: dt.datetime
    sag: Sagsbillede


def tag(engine: Engine, nu: dt.datetime, til: dt.datetime) -> Opgave | None:
    """Take the case that has waited longest, until ``til``; None where none is due. Of several processes that ask at the
    same moment each gets another case."""
    with reading(engine) as session:
        if session.scalar(_uden_levering().limit(1)) is None and session.scalar(_klar(nu).limit(1)) is None:
            return None  # so that an idle mirror never takes SQLite's one writer
    with writing(engine) as session:
        _indskriv(session, nu)
        first = _klar(nu).order_by(Levering.naeste_forsoeg, Levering.henvendelse_id).limit(1)
        found = session.scalar(first.with_for_update(of=Levering, skip_locked=True))
        row = None if found is None else session.get(Levering, found)
        sag = None if row is None else billede.tag(session, row.henvendelse_id)
        if row is None or sag is None:
            return None
        row.naeste_forsoeg = til
        return Opgave(row.henvendelse_id, row.zammad_id, row.forsoeg, til, sag)


def fundet(engine: Engine, opgave: Opgave, zammad_id: int) -> None:
    """Keep the ticket's id at once: what follows may fail."""
    _gem(engine, opgave, zammad_id=zammad_id)


def leveret(engine: Engine, opgave: Opgave, nu: dt.datetime, *, slettet: bool = False) -> None:
    """The case stands there as it was when it was taken. ``slettet``: its personal data do not any more."""
    done = {"leveret_version": opgave.sag.version, "artikler": len(opgave.sag.artikler), "leveret": nu, "forsoeg": 0}
    erased = {"slettet": nu} if slettet else {}
    _gem(engine, opgave, naeste_forsoeg=nu, fejl=None, opgivet=None, **done, **erased)


def fejlet(engine: Engine, opgave: Opgave, nu: dt.datetime, igen: dt.datetime, tekst: str) -> None:
    """Not this time; not before ``igen`` again."""
    _gem(engine, opgave, naeste_forsoeg=igen, fejl=tekst, forsoeg=opgave.forsoeg + 1, forsoegt_version=opgave.sag.version)


def slip(engine: Engine, opgave: Opgave, igen: dt.datetime) -> None:
    """Let others take it, from ``igen`` on: this process ends."""
    _gem(engine, opgave, naeste_forsoeg=igen)


def opgiv(engine: Engine, opgave: Opgave, nu: dt.datetime, tekst: str, *, findes: bool = True) -> None:
    """Never again by itself, unless the case changes. ``findes=False``: the ticket is gone over there, so that the next
    attempt makes a new one."""
    gone = {} if findes else {"zammad_id": None, "leveret_version": 0, "artikler": 0}
    _gem(
        engine, opgave, naeste_forsoeg=nu, fejl=tekst, opgivet=nu, forsoeg=opgave.forsoeg + 1,
        forsoegt_version=opgave.sag.version, **gone,
    )  # fmt: skip


def proev_igen(engine: Engine, nu: dt.datetime, nummer: str | None = None) -> int:
    """Try again now what has failed or was given up: one case, or all of them. Returns how many."""
    with writing(engine) as session:
        failed = update(Levering).where(Levering.fejl.is_not(None))
        if nummer is not None:
            failed = failed.where(Levering.noegle == nummer)
        done = session.execute(failed.values(naeste_forsoeg=nu, opgivet=None).returning(Levering.henvendelse_id))
        return len(done.all())


def _gem(engine: Engine, opgave: Opgave, **values: object) -> None:
    """Unless another process has taken the case since: then it is that one's to say what came of it."""
    mine = and_(Levering.henvendelse_id == opgave.henvendelse_id, Levering.naeste_forsoeg == opgave.til)
    with writing(engine) as session:
        session.execute(update(Levering).where(mine).values(**values))


def _uden_levering() -> Select[tuple[int]]:
    return select(Henvendelse.id).outerjoin(Levering).where(Levering.henvendelse_id.is_(None))


def _klar(nu: dt.datetime) -> Select[tuple[int]]:
    due = select(Levering.henvendelse_id).join(Henvendelse)
    return due.where(Levering.naeste_forsoeg <= nu, MANGLER, ~OPGIVET)


def _indskriv(session: Session, nu: dt.datetime) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = (
        select(Henvendelse.id, Henvendelse.nummer, literal(nu, Levering.naeste_forsoeg.type))
        .outerjoin(Levering)
        .where(Levering.henvendelse_id.is_(None))
    )
    session.execute(insert(Levering).from_select(["henvendelse_id", "noegle", "naeste_forsoeg"], new).on_conflict_do_nothing())
