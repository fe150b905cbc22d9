"""A case finds its company's record, or makes it, when it comes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from connectors.crm.ejer import Ejer
from connectors.crm.historik import linje
from connectors.crm.models import Henvendelse
from connectors.crm.soegbar import soegetekst
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.virksomhedsnavn import navnenoegle
from connectors.desk.models import Medarbejder


def knyt(session: Session, row: Henvendelse, nu: dt.datetime) -> Virksomhed | None:
    """Link an unsaved case to its company's record, which is made where there is none: by CVR, else by name. The
    company's key account manager gets the case. Returns the record; None where the case names no company.

    Of two cases that come at the same moment with a new company both end at one record: the database refuses the
    second, and whoever is refused waits for the first and finds it.
    """
    told = row.virksomhed
    cvr, navn = (told.cvr, told.navn) if told else (None, None)
    noegle = navnenoegle(navn)
    if cvr is None and noegle is None:
        return None
    found = _known(session, cvr, noegle)
    if found is None:
        _make(session, cvr, navn, noegle, nu)
        found = _known(session, cvr, noegle)
    if found is None:
        raise RuntimeError("virksomheden forsvandt, mens sagen blev oprettet")
    if found.navn is None and cvr == found.cvr:
        found.navn, found.navn_noegle = navn, noegle
    row.virksomhed_id = found.id
    manager = kam(session, found)
    if manager is not None:
        _give(row, manager, nu)
    return found


def kam(session: Session, virksomhed: Virksomhed) -> Ejer | None:
    """The company's key account manager; None where it has none, or one who has left."""
    found = None if virksomhed.kam_id is None else session.get(Medarbejder, virksomhed.kam_id)
    return Ejer(found.id, found.navn) if found is not None and found.aktiv else None


def kam_felter(row: Henvendelse, medarbejder: Ejer | None) -> dict[str, str | int | None]:
    """What a key account manager changes in an open case of the company."""
    if medarbejder is None:
        return {"key_account_manager": None}
    owner: dict[str, str | int | None] = {} if row.ejer else {"ejer": medarbejder.navn, "ejer_id": medarbejder.id}
    return {"key_account_manager": medarbejder.navn, **owner}


def rod(session: Session, row: Virksomhed) -> Virksomhed:
    """What ``row`` has been merged into, itself where it has not."""
    while row.flettet_til is not None:
        row = session.get_one(Virksomhed, row.flettet_til)
    return row


def _known(session: Session, cvr: str | None, noegle: str | None) -> Virksomhed | None:
    if cvr is not None:
        return _root(session, session.scalars(select(Virksomhed).where(Virksomhed.cvr == cvr)).one_or_none())
    named = select(Virksomhed).where(Virksomhed.navn_noegle == noegle)
    rows = list(session.scalars(named.order_by(Virksomhed.flettet_til.is_not(None), Virksomhed.id)))
    # A record without CVR is what earlier cases by that name alone went to, or what staff have merged it into.
    for row in rows:
        if row.cvr is None:
            return _root(session, row)
    roots = {root.id: root for row in rows if (root := _root(session, row)) is not None}
    # Two companies may bear one name: which of them it is, only a person can say.
    return next(iter(roots.values())) if len(roots) == 1 else None


def _root(session: Session, row: Virksomhed | None) -> Virksomhed | None:
    """What ``row`` has been merged into, itself where it has not; kept from being merged or erased until the transaction
    ends. None where it has been erased meanwhile."""
    while row is not None:
        held = select(Virksomhed).where(Virksomhed.id == row.id).with_for_update(read=True)
        row = session.scalars(held.execution_options(populate_existing=True)).one_or_none()
        if row is None or row.flettet_til is None:
            break
        row = session.get(Virksomhed, row.flettet_til)
    return row


def _make(session: Session, cvr: str | None, navn: str | None, noegle: str | None, nu: dt.datetime) -> None:
    """Insert the record unless somebody else just has; then wait for that one's transaction."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"cvr": cvr, "navn": navn, "navn_noegle": noegle, "oprettet": nu, "version": 1}
    session.execute(insert(Virksomhed).values(**values, soegetekst=soegetekst([cvr, navn])).on_conflict_do_nothing())


def _give(row: Henvendelse, manager: Ejer, nu: dt.datetime) -> None:
    for felt, til in kam_felter(row, manager).items():
        setattr(row, felt, til)
        if felt != "ejer_id":
            row.historik.append(linje("system", felt, None, til, nu))
