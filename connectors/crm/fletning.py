"""Two records of one company made one, and made two again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, or_, select, text
from sqlalchemy.orm import Session, aliased

from bot.knowledge.library import Library
from connectors.crm import henvendelser, orientering, synlighed
from connectors.crm.ejer import Ejer
from connectors.crm.historik import linje
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.synlighed import Seer
from connectors.crm.tilknytning import kam, kam_felter
from connectors.crm.virksomhed import Fletning, Virksomhed
from connectors.crm.virksomheder import kraev_selvstaendig, laas
from connectors.database import reading, writing

_LOCK = 0x466C6574  # "Flet": any constant that no other program uses as an advisory lock in this database


@dataclass(frozen=True)
class Mulig:
    """A record that may be the same company, and why, in Danish."""

    id: int
    cvr: str | None
    navn: str | None
    grunde: tuple[str, ...]


@dataclass(frozen=True)
class FletningVist:
    """A merge into a company; ``kan_fortrydes`` unless a later one stands on it."""

    id: int
    fra_id: int
    fra_navn: str | None
    fra_cvr: str | None
    tid: dt.datetime
    hvem: str
    kan_fortrydes: bool


def flet(engine: Engine, library: Library, fra: int, til: int, hvem: str, nu: dt.datetime) -> int:
    """Make the company ``fra`` a part of ``til``: its cases move, and so will those that come for it later. ``til`` keeps
    its key account manager, or gets ``fra``'s where it has none; the open cases get that one, and the business hears of
    an owner that it gets by this. Returns the merge's id.

    Raises ``UkendtVirksomhed``, and ``ValueError`` where one of them is merged already or both are the same.
    """
    if fra == til:
        raise ValueError("en virksomhed kan ikke lægges sammen med sig selv")
    with writing(engine) as session:
        _one_at_a_time(session)
        source, target = laas(session, fra), laas(session, til)
        kraev_selvstaendig(source)
        kraev_selvstaendig(target)
        before = {"fra": {"kam_id": source.kam_id}, "til": {"kam_id": target.kam_id}}
        moved = _cases(session, Henvendelse.virksomhed_id == fra)
        source.flettet_til = til
        target.kam_id = target.kam_id if target.kam_id is not None else source.kam_id
        session.flush()
        for row in moved:
            _move(session, row, fra, til, hvem, nu)
        given = _under_manager(session, til, kam(session, target), hvem, library, nu)
        done = Fletning(
            fra_id=fra, til_id=til, tid=nu, hvem=hvem, flyttet=[row.id for row in moved], foer={**before, "sager": given}
        )
        session.add(done)
        session.flush()
        return done.id


def fortryd(engine: Engine, library: Library, fletning_id: int, hvem: str, nu: dt.datetime) -> None:
    """Make the two companies two again: the cases that moved go back; those that came afterwards stay. What the merge gave
    a case is taken back where nobody has changed it since.

    Raises ``LookupError`` on an unknown merge, and ``ValueError`` where it is undone already, or where a later merge of one
    of the two must be undone first.
    """
    with writing(engine) as session:
        _one_at_a_time(session)
        done = session.get(Fletning, fletning_id)
        if done is None:
            raise LookupError(f"der er ingen sammenlægning med nummer {fletning_id}")
        if done.fortrudt is not None:
            raise ValueError("sammenlægningen er allerede fortrudt")
        later = _later(session, done)
        if later is not None:
            names = " og ".join(_name(session, one) for one in (later.fra_id, later.til_id))
            raise ValueError(f"fortryd først den senere sammenlægning af {names}; de fortrydes i omvendt rækkefølge")
        source, target = laas(session, done.fra_id), laas(session, done.til_id)
        source.flettet_til = None
        if target.kam_id == done.foer["fra"]["kam_id"]:
            target.kam_id = done.foer["til"]["kam_id"]
        done.fortrudt = nu
        session.flush()
        for row in _cases(session, Henvendelse.virksomhed_id == target.id, Henvendelse.id.in_(done.flyttet)):
            _move(session, row, target.id, source.id, hvem, nu)
        _take_back(session, done.foer["sager"], hvem, library, nu)


def for_virksomhed(engine: Engine, virksomhed_id: int) -> list[FletningVist]:
    """The merges into a company that have not been undone, the latest first."""
    with reading(engine) as session:
        kept = select(Fletning).where(Fletning.til_id == virksomhed_id, Fletning.fortrudt.is_(None)).order_by(Fletning.id.desc())
        found = []
        for done in session.scalars(kept):
            source = session.get_one(Virksomhed, done.fra_id)
            can = _later(session, done) is None
            found.append(FletningVist(done.id, source.id, source.navn, source.cvr, done.tid, done.hvem, can))
        return found


def mulige(engine: Engine, virksomhed_id: int, bruger: Seer) -> list[Mulig]:
    """Records that are likely to be the same company, of those that ``bruger`` may see: the same name, or the same phone or
    e-mail in a case. Most reasons first."""
    with reading(engine) as session:
        own = session.get(Virksomhed, virksomhed_id)
        if own is None:
            return []
        reasons: dict[int, list[str]] = {}
        if own.navn_noegle is not None:
            _note(reasons, session.scalars(select(Virksomhed.id).where(Virksomhed.navn_noegle == own.navn_noegle)), "samme navn")
        _note(reasons, _sharing(session, virksomhed_id, "telefon"), "samme telefonnummer")
        _note(reasons, _sharing(session, virksomhed_id, "email"), "samme e-mailadresse")
        apart = Virksomhed.id != virksomhed_id, Virksomhed.flettet_til.is_(None)
        rows = session.scalars(select(Virksomhed).where(Virksomhed.id.in_(reasons), *apart, synlighed.virksomheder(bruger)))
        found = [Mulig(row.id, row.cvr, row.navn, tuple(reasons[row.id])) for row in rows]
        return sorted(found, key=lambda one: (-len(one.grunde), one.id))


def _one_at_a_time(session: Session) -> None:
    # Two merges that take the same two records in opposite order would wait for each other. SQLite has one writer anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _cases(session: Session, *which: Any) -> list[Henvendelse]:
    held = select(Henvendelse).where(*which).order_by(Henvendelse.id).with_for_update()
    return list(session.scalars(held.execution_options(populate_existing=True)))


def _move(session: Session, row: Henvendelse, fra: int, til: int, hvem: str, nu: dt.datetime) -> None:
    # By number: a name may have to be erased one day, and a line of history can't be.
    row.virksomhed_id = til
    row.historik.append(linje(hvem, "virksomhed", f"nr. {fra}", f"nr. {til}", nu))
    henvendelser.roer_ved(session, row, nu)


def _under_manager(
    session: Session, til: int, manager: Ejer | None, hvem: str, library: Library, nu: dt.datetime
) -> dict[str, Any]:
    """Give the company's open cases its manager. Returns what was changed: ``{case id: {column: [before, after]}}``."""
    if manager is None:
        return {}
    given: dict[str, Any] = {}
    for row in _cases(session, Henvendelse.virksomhed_id == til, Henvendelse.status != "afsluttet"):
        changes = henvendelser.aendr_i(session, row, kam_felter(row, manager), hvem, nu)
        orientering.om_aendring(session, row, changes, library, nu)
        if changes:
            given[str(row.id)] = {felt: [fra, now] for felt, (fra, now) in changes.items()}
    return given


def _take_back(session: Session, given: dict[str, dict[str, list[Any]]], hvem: str, library: Library, nu: dt.datetime) -> None:
    for row in _cases(session, Henvendelse.id.in_([int(case) for case in given]), Henvendelse.status != "afsluttet"):
        changes = given[str(row.id)]
        back = {felt: fra for felt, (fra, now) in changes.items() if getattr(row, felt) == now}
        if "ejer_id" in changes and not {"ejer", "ejer_id"} <= back.keys():
            back = {felt: fra for felt, fra in back.items() if felt == "key_account_manager"}
        changed = henvendelser.aendr_i(session, row, back, hvem, nu)
        orientering.om_aendring(session, row, changed, library, nu)


def _later(session: Session, done: Fletning) -> Fletning | None:
    both = (done.fra_id, done.til_id)
    touching = or_(Fletning.fra_id.in_(both), Fletning.til_id.in_(both))
    later = select(Fletning).where(Fletning.id > done.id, Fletning.fortrudt.is_(None), touching)
    return session.scalars(later.order_by(Fletning.id.desc()).limit(1)).one_or_none()


def _name(session: Session, virksomhed_id: int) -> str:
    row = session.get_one(Virksomhed, virksomhed_id)
    return row.navn or (f"CVR {row.cvr}" if row.cvr else f"nr. {row.id}")


def _sharing(session: Session, virksomhed_id: int, column: str) -> Iterable[int]:
    """Companies that have a case with the same phone, or e-mail, as one of this company's."""
    mine, theirs, their_case, my_case = aliased(Kontakt), aliased(Kontakt), aliased(Henvendelse), aliased(Henvendelse)
    query = (
        select(their_case.virksomhed_id)
        .join(theirs, theirs.henvendelse_id == their_case.id)
        .join(mine, getattr(mine, column) == getattr(theirs, column))
        .join(my_case, my_case.id == mine.henvendelse_id)
        .where(my_case.virksomhed_id == virksomhed_id, their_case.virksomhed_id.is_not(None))
        .distinct()
    )
    return [found for found in session.scalars(query) if found is not None]


def _note(reasons: dict[int, list[str]], ids: Iterable[int], reason: str) -> None:
    for one in ids:
        reasons.setdefault(one, []).append(reason)
