"""Reply deadlines: staff are warned one working day before, and when it has passed; the business is told that it is late.

Once each for a deadline, in any number of processes, also after a weekend's standstill: what was due then and has passed
since is told as passed, and the warning that nobody could act on is left out.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Engine, or_, select, update
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN, dansk_dato
from connectors.crm import orientering, varselsbrev
from connectors.crm.frister import er_arbejdsdag, fast_dag
from connectors.crm.historik import linje
from connectors.crm.models import Aftale, Delopgave, Henvendelse
from connectors.crm.orienteringstekst import kontakt
from connectors.database import reading, writing
from connectors.website.gentag import hver_for_sig

BATCH = 500
# A warning is never earlier than this before its deadline: a working day and every closing day that there can be in a row.
HORISONT = dt.timedelta(days=30)
# While the business is waited for, the deadline is not ours.
VORES = ("ny", "i gang")


def koer(engine: Engine, library: Library, nu: dt.datetime) -> None:
    """Tell what is due at ``nu``; done again, or by several processes at once, it tells nothing more. What fails keeps
    nothing else back; the first error is raised at the end."""
    if library.kommune is None:
        return

    def fortael(one: tuple[type[Delopgave] | type[Aftale] | None, int, dt.datetime]) -> None:
        shape, ident, frist = one
        trin = "over" if frist < nu else "naer" if varselstid(frist, library) <= nu else None
        if trin is not None and shape is None:
            _sag(engine, ident, frist, trin, library, nu)
        elif trin is not None and shape is not None:
            _del(engine, shape, ident, frist, trin, library, nu)

    cases = [(None, *one) for one in _sager(engine, nu)]
    parts = [(shape, *one) for shape in (Delopgave, Aftale) for one in _dele(engine, shape, nu)]
    hver_for_sig(fortael, [*cases, *parts])


def varselstid(frist: dt.datetime, library: Library) -> dt.datetime:
    """The same time of day on the working day before ``frist``, in Copenhagen's time."""
    lukkedage = library.kommunen.lukkedage
    closed, yearly = frozenset(lukkedage.dage), frozenset(fast_dag(day) for day in lukkedage.faste)
    local = frist.astimezone(KOEBENHAVN)
    day = local.date() - dt.timedelta(days=1)
    while not er_arbejdsdag(day, closed, yearly) and local.date() - day < HORISONT:
        day -= dt.timedelta(days=1)
    return dt.datetime.combine(day, local.time(), KOEBENHAVN)


def _sager(engine: Engine, nu: dt.datetime) -> list[tuple[int, dt.datetime]]:
    mangler = or_(Henvendelse.varslet.is_(None), Henvendelse.svarfrist < nu)
    due = (Henvendelse.status.in_(VORES), Henvendelse.eskaleret.is_(None), Henvendelse.svarfrist < nu + HORISONT, mangler)
    with reading(engine) as session:
        rows = session.execute(
            select(Henvendelse.id, Henvendelse.svarfrist).where(*due).order_by(Henvendelse.svarfrist).limit(BATCH)
        )
        return [(row.id, row.svarfrist) for row in rows]


def _sag(engine: Engine, sag_id: int, frist: dt.datetime, trin: str, library: Library, nu: dt.datetime) -> None:
    with writing(engine) as session:
        ny = {"eskaleret": nu} if trin == "over" else {"varslet": nu}
        still = (Henvendelse.id == sag_id, Henvendelse.svarfrist == frist, Henvendelse.status.in_(VORES))
        untold = Henvendelse.eskaleret.is_(None) if trin == "over" else Henvendelse.varslet.is_(None)
        if not _taget(session, Henvendelse, (*still, untold), ny):
            return
        row = session.get_one(Henvendelse, sag_id)
        til = varselsbrev.modtagere(session, row.ejer_id, row.team)
        mere = ""
        if trin == "over":
            siges = [library.text("orientering", "forsinket", frist=dansk_dato(frist)), kontakt(row, library)]
            vej = orientering.fortael(session, row, siges, f"{row.nummer}:forsinket:{frist.isoformat()}", library, nu)
            mere = library.text("varsel", "fortalt" if vej else "ikke_fortalt")
        varselsbrev.send(session, row, til, "sag", trin, row.team, frist, library, nu, mere=mere)
        _historik(session, row, "svarfristen", trin, nu)


def _dele(engine: Engine, shape: type[Delopgave] | type[Aftale], nu: dt.datetime) -> list[tuple[int, dt.datetime]]:
    """What is not done of an open case, and not told of for the deadline that it has now. An agreement that is due with
    the case's own deadline, such as to call back, is warned of with that."""
    over = or_(shape.eskaleret_for.is_(None), shape.eskaleret_for != shape.frist)
    naer = or_(shape.varslet_for.is_(None), shape.varslet_for != shape.frist)
    due = [Henvendelse.status != "afsluttet", shape.frist < nu + HORISONT, over, or_(naer, shape.frist < nu), _mangler(shape)]
    if shape is Aftale:
        due.append(shape.frist != Henvendelse.svarfrist)
    with reading(engine) as session:
        of_case = select(shape.id, shape.frist).join(Henvendelse, Henvendelse.id == shape.henvendelse_id)
        rows = session.execute(of_case.where(*due).order_by(shape.frist).limit(BATCH))
        return [(row.id, row.frist) for row in rows if row.frist is not None]


def _mangler(shape: type[Delopgave] | type[Aftale]) -> ColumnElement[bool]:
    return Delopgave.status != "afsluttet" if shape is Delopgave else Aftale.udfoert.is_(None)


def _del(
    engine: Engine, shape: type[Delopgave] | type[Aftale], del_id: int, frist: dt.datetime, trin: str, library: Library,
    nu: dt.datetime,
) -> None:  # fmt: skip
    with writing(engine) as session:
        told = shape.eskaleret_for if trin == "over" else shape.varslet_for
        still = (shape.id == del_id, shape.frist == frist, _mangler(shape), or_(told.is_(None), told != frist))
        if not _taget(session, shape, still, {told.key: frist}):
            return
        one: Delopgave | Aftale
        one = session.get_one(Delopgave, del_id) if shape is Delopgave else session.get_one(Aftale, del_id)
        row = session.get_one(Henvendelse, one.henvendelse_id)
        enhed = one.enhed if isinstance(one, Delopgave) else row.team
        til = varselsbrev.modtagere(session, None if isinstance(one, Delopgave) else row.ejer_id, enhed)
        if isinstance(one, Delopgave) and trin == "over":  # its coordinator hears it too
            til += [who for who in varselsbrev.modtagere(session, row.ejer_id, row.team) if who not in til]
        hvad = "delopgave" if isinstance(one, Delopgave) else "aftale"
        varselsbrev.send(session, row, til, hvad, trin, enhed, frist, library, nu, noegle=str(del_id))
        _historik(session, row, f"fristen for en {hvad}", trin, nu)


def _taget(session: Session, shape: type[Any], still: tuple[ColumnElement[bool], ...], ny: dict[str, dt.datetime]) -> bool:
    """Say that it is told, if nobody else has; the row is locked from then on. It is no change of staff's, so the case's
    version stays and nobody's open page becomes stale."""
    statement = update(shape).where(*still).values(**ny).returning(shape.id).execution_options(synchronize_session=False)
    return session.execute(statement).one_or_none() is not None


def _historik(session: Session, row: Henvendelse, hvad: str, trin: str, nu: dt.datetime) -> None:
    line = linje("system", "varsel", None, f"{hvad} {'er overskredet' if trin == 'over' else 'nærmer sig'}", nu)
    line.henvendelse_id = row.id
    session.add(line)
