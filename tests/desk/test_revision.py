"""Lines of the audit log, which stay as they are."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError

from connectors.database import reading, writing
from connectors.desk.adgang import Bruger
from connectors.desk.models import Revision
from connectors.desk.revision import skriv

NU = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
ANNA = Bruger(7, "anna", "Anna Prøve", "Anna", None, frozenset({"front"}), frozenset(), "")


def stored(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as session:
        rows = session.scalars(select(Revision).order_by(Revision.id)).all()
        return [(row.tid, row.medarbejder_id, row.hvem, row.handling, row.slags, row.noegle, row.detaljer) for row in rows]


def test_who_did_what_to_what(engine: Engine) -> None:
    skriv(engine, ANNA, "set", "henvendelse", "KBH-2026-000123", nu=NU)
    skriv(engine, None, "lukket", "medarbejder", "bo", {"felter": ["aktiv"]}, NU)
    assert stored(engine) == [
        (NU, 7, "Anna Prøve", "set", "henvendelse", "KBH-2026-000123", None),
        (NU, None, "systemet", "lukket", "medarbejder", "bo", {"felter": ["aktiv"]}),
    ]


def test_a_line_shares_the_fate_of_the_change_it_tells_of(engine: Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as session:
        skriv(session, ANNA, "ændret", "henvendelse", "KBH-2026-000123")
        raise RuntimeError
    assert stored(engine) == []


@pytest.mark.parametrize("change", [update(Revision).values(hvem="en anden"), delete(Revision)])
def test_a_line_can_be_neither_changed_nor_deleted(engine: Engine, change) -> None:
    skriv(engine, ANNA, "set", "henvendelse", "KBH-2026-000123", nu=NU)
    before = stored(engine)
    with pytest.raises(DBAPIError, match="hverken ændres eller slettes"), writing(engine) as session:
        session.execute(change)
    assert stored(engine) == before
