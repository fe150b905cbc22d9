"""Numbers for what has none of its own: Zammad's objects are known by one, our teams, tags and contacts are not.

Contacts, staff and clients are users alike, each in a range of its own; number 1 is Zammad's user "-", nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Engine, String, and_, case, delete, exists, literal_column, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.api.models import ApiKontakt, ApiNavn
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.tid import nu
from connectors.database import Base, reading, writing

MEDARBEJDER_FRA = 1_000_000
KLIENT_FRA = 2_000_000
KONTAKT_FRA = 10_000_000
HOVEDINDHOLD_FRA = 1_000_000_000  # a case's first article; the others have their own numbers
LARGEST = 2**31 - 1

# By what a contact is known again: the e-mail address, else the phone number. Without parameters: what is grouped by must be
# the same to PostgreSQL as what is selected.
NOEGLE: ColumnElement[str | None] = case(
    (Kontakt.email != literal_column("''"), literal_column("'email:'", String) + Kontakt.email),
    (Kontakt.telefon != literal_column("''"), literal_column("'tlf:'", String) + Kontakt.telefon),
)


def noegle(email: str | None, telefon: str | None) -> str | None:
    """``NOEGLE`` of one contact; both in normal form."""
    return f"email:{email}" if email else f"tlf:{telefon}" if telefon else None


def holder(key: str) -> ColumnElement[bool]:
    """That a ``Kontakt`` is this contact: ``NOEGLE`` compared, by columns that have an index."""
    kind, _, value = key.partition(":")
    if kind == "email":
        return and_(Kontakt.email == value, Kontakt.email != "")
    return and_(Kontakt.telefon == value, Kontakt.telefon != "", or_(Kontakt.email.is_(None), Kontakt.email == ""))


def grupper(engine: Engine, library: Library) -> dict[str, int]:
    """Each team's number: of those there are, and of those that some case still has."""
    with reading(engine) as session:
        used = set(session.scalars(select(Henvendelse.team).distinct()))
    return navne(engine, "gruppe", [*sorted(library.enheder), *sorted(used - set(library.enheder))])


def navne(engine: Engine, slags: str, wanted: Iterable[str]) -> dict[str, int]:
    """The number of each name, given now where it has none."""
    names = list(dict.fromkeys(wanted))
    with reading(engine) as session:
        found = _numbers(session, slags)
    missing = [name for name in names if name not in found]
    if missing:
        with writing(engine) as session:
            _insert(session, ApiNavn, [{"slags": slags, "navn": name} for name in missing])
            found = _numbers(session, slags)
    return {name: found[name] for name in names}


def kontakter(engine: Engine, noegler: Iterable[str | None]) -> dict[str, int]:
    """The user number of each contact, given now where it has none."""
    wanted = {key for key in noegler if key}
    if not wanted:
        return {}
    with reading(engine) as session:
        found = _contacts(session, wanted)
    if missing := sorted(wanted - found.keys()):
        with writing(engine) as session:
            _add(session, missing)
            found = _contacts(session, wanted)
    return found


def alle_kontakter(engine: Engine) -> None:
    """Give every contact that some case holds its number, and forget those that none holds any more."""
    with reading(engine) as session:
        missing = list(session.scalars(select(NOEGLE).where(NOEGLE.is_not(None), ~_known()).distinct().limit(5000)))
        stale = session.scalar(select(ApiKontakt.id).where(_forgotten()).limit(1))
    if missing or stale is not None:
        with writing(engine) as session:
            session.execute(delete(ApiKontakt).where(_forgotten()))
            _add(session, sorted(key for key in missing if key))


def _known() -> ColumnElement[bool]:
    return exists().where(ApiKontakt.noegle == NOEGLE).correlate(Kontakt)


def _forgotten() -> ColumnElement[bool]:
    told = or_(ApiKontakt.navn.is_not(None), ApiKontakt.email.is_not(None), ApiKontakt.telefon.is_not(None))
    return ~told & ~exists().where(ApiKontakt.noegle == NOEGLE).correlate(ApiKontakt)


def _add(session: Session, keys: list[str]) -> None:
    if keys:
        _insert(session, ApiKontakt, [{"noegle": key, "oprettet": nu()} for key in keys])


def _contacts(session: Session, wanted: set[str]) -> dict[str, int]:
    rows = session.execute(select(ApiKontakt.noegle, ApiKontakt.id).where(ApiKontakt.noegle.in_(wanted)))
    return {key: KONTAKT_FRA + ident for key, ident in rows}


def _numbers(session: Session, slags: str) -> dict[str, int]:
    rows = session.execute(select(ApiNavn.navn, ApiNavn.id).where(ApiNavn.slags == slags))
    return dict(rows.tuples().all())


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Those of ``rows`` that nobody else has inserted meanwhile."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(table).values(rows).on_conflict_do_nothing())
