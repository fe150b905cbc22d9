"""The history is append-only, whichever way one comes at it; times come back as they went in."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from connectors.crm.henvendelser import opret, som_json
from connectors.crm.models import Henvendelse, Historik, HistorikErUforanderlig
from connectors.database import reading, writing
from tests.crm.eksempler import FRIST, NU, udkast


def test_the_orm_refuses_to_change_or_delete_history(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    before = som_json(engine, made.number)
    with writing(engine) as session:
        session.scalars(select(Historik)).one().til = "afsluttet"
        with pytest.raises(HistorikErUforanderlig):
            session.flush()
        session.rollback()
    with writing(engine) as session:
        session.delete(session.scalars(select(Historik)).one())
        with pytest.raises(HistorikErUforanderlig):
            session.flush()
        session.rollback()
    assert som_json(engine, made.number) == before


@pytest.mark.parametrize("sql", ["UPDATE henvendelse_historik SET til = 'x'", "DELETE FROM henvendelse_historik"])
def test_the_database_refuses_to_change_or_delete_history(engine: Engine, sql: str) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    before = som_json(engine, made.number)
    with pytest.raises(DBAPIError, match="hverken ændres eller slettes"), writing(engine) as session:
        session.execute(text(sql))
    assert som_json(engine, made.number) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has no TRUNCATE
def test_postgresql_refuses_to_truncate_history(engine: Engine) -> None:
    opret(engine, udkast(), FRIST, NU)
    with pytest.raises(DBAPIError, match="hverken ændres eller slettes"), writing(engine) as session:
        session.execute(text("TRUNCATE henvendelse_historik"))


def test_a_case_with_history_cannot_vanish(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(text("DELETE FROM henvendelse"))
    assert som_json(engine, made.number) is not None


def test_erased_contact_data_leave_the_case(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    with writing(engine) as session:
        session.scalars(select(Henvendelse)).one().kontakt = None
    shown = som_json(engine, made.number)
    assert shown and shown["kontakt"] == {"navn": None, "telefon": None, "email": None, "samtykke": None}
    assert len(shown["historik"]) == 1


@pytest.mark.parametrize("column", ["status", "kanal"])
def test_the_database_refuses_a_state_that_is_none(engine: Engine, column: str) -> None:
    opret(engine, udkast(), FRIST, NU)
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(text(f"UPDATE henvendelse SET {column} = 'noget andet'"))


def test_times_come_back_aware_and_equal_and_a_naive_one_is_refused(engine: Engine) -> None:
    opret(engine, udkast(), FRIST, NU)
    with reading(engine) as session:
        row = session.scalars(select(Henvendelse)).one()
        assert (row.oprettet, row.svarfrist) == (NU, FRIST)
        assert row.oprettet.tzinfo is not None
    with pytest.raises(StatementError, match="tidszone"), writing(engine) as session:
        session.scalars(select(Henvendelse)).one().svarfrist = FRIST.replace(tzinfo=None)
