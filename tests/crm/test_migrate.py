"""Models and migrations say the same; an upgrade is safe when everything starts at once."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

import connectors.migrations
from connectors.crm.henvendelser import opret, som_json
from connectors.database import engine_for, writing
from connectors.migrate import metadata, upgrade
from tests.crm.eksempler import FRIST, NU, udkast

SCRIPTS = ScriptDirectory(str(Path(connectors.migrations.__file__).parent))


def _emptied(engine: Engine, database_url: str, folder: Path) -> str:
    """URL of a database without any table, on the same kind of server."""
    if engine.dialect.name == "sqlite":
        return f"sqlite:///{folder / 'var' / 'new.db'}"
    with writing(engine) as session:
        session.execute(text("DROP SCHEMA public CASCADE"))
        session.execute(text("CREATE SCHEMA public"))
    return database_url


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), metadata())
    assert difference == []


def test_there_is_one_newest_revision_and_the_database_is_at_it(engine: Engine) -> None:
    with engine.connect() as connection:
        at = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    assert at == SCRIPTS.get_heads() and len(at) == 1


def test_upgrading_again_keeps_what_is_there(engine: Engine, database_url: str) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    before = som_json(engine, made.number)
    upgrade(database_url)
    assert som_json(engine, made.number) == before


def test_several_processes_may_upgrade_a_new_database_at_once(engine: Engine, database_url: str, tmp_path: Path) -> None:
    database_url = _emptied(engine, database_url, tmp_path)
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(upgrade, [database_url] * 4)) == [None] * 4
    assert inspect(engine_for(database_url)).has_table("henvendelse")
    assert opret(engine_for(database_url), udkast(), FRIST, NU).number == "KBH-2026-000001"


@pytest.mark.parametrize(("message", "tries"), [("database is locked", 3), ("unable to open database file", 1)])
def test_only_a_locked_new_file_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, message: str, tries: int) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    engine = engine_for(url)
    connect, calls = engine.connect, 0

    def connect_at_third() -> Connection:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise OperationalError("PRAGMA journal_mode=WAL", None, sqlite3.OperationalError(message))
        return connect()

    monkeypatch.setattr(engine, "connect", connect_at_third)
    with nullcontext() if tries == 3 else pytest.raises(OperationalError, match=message):
        upgrade(url)
    assert calls == tries


def test_it_runs_as_a_program_on_the_configured_database(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'program.db'}"}
    subprocess.run([sys.executable, "-m", "connectors.migrate"], env=environment, check=True, timeout=60)
    assert inspect(engine_for(environment["DATABASE_URL"])).has_table("henvendelse")


def test_an_upgrade_that_fails_leaves_nothing_half_done(engine: Engine, database_url: str, tmp_path: Path) -> None:
    database_url = _emptied(engine, database_url, tmp_path)
    fresh = engine_for(database_url)
    with writing(fresh) as session:
        session.execute(text("CREATE TABLE henvendelse_ydelse (id INTEGER)"))  # the first migration stumbles over it
    with pytest.raises(Exception, match="henvendelse_ydelse"):
        upgrade(database_url)
    assert set(inspect(fresh).get_table_names()) == {"henvendelse_ydelse"}
