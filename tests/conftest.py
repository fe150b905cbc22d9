"""Databases for tests: ``engine`` (and ``database_url``) run a test on SQLite and on PostgreSQL, migrated and empty.

PostgreSQL is the server of ``TEST_POSTGRESQL`` or the usual one on loopback. Where there is none, its half is skipped
with the reason shown; in CI that is a failure.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from connectors.database import engine_for
from connectors.migrate import upgrade
from tests.website.fakes import FakeRasa, House

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy; the schema is made once a session."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    url = f"sqlite:///{path}"
    upgrade(url)
    engine_for(url).dispose()  # closing the last connection folds the write-ahead log into the file
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Engine]:
    """The server, outside any transaction, so that databases can be made and dropped."""
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        server.connect().close()
    except OperationalError as error:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"PostgreSQL kan ikke nås, og i CI skal den: {error.orig}")
        pytest.skip(f"PostgreSQL kan ikke nås på {server.url.host}:{server.url.port}: {error.orig}")
    yield server
    server.dispose()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Engine) -> Iterator[str]:
    """Name of a migrated database that others are copied from; its own for each test process."""
    with _database(postgresql_server, None) as name:
        url = _url(name)
        upgrade(url)
        engine_for(url).dispose()
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty, migrated database of the test's own; for tests that start processes."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    with _database(request.getfixturevalue("postgresql_server"), request.getfixturevalue("postgresql_template")) as name:
        yield _url(name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on ``database_url``."""
    engine = engine_for(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    """A Rasa to order."""
    fake = FakeRasa()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def house(engine: Engine, rasa: FakeRasa, tmp_path: Path) -> AsyncIterator[House]:
    """Starts gateways on the test's database, with that Rasa."""
    assert rasa.server is not None
    house = House(engine, str(rasa.server.make_url("")).rstrip("/"), tmp_path)
    yield house
    await house.stop()


def _url(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _database(server: Engine, template: str | None) -> Iterator[str]:
    name = f"erhverv_test_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'} ENCODING 'UTF8'"))
    try:
        yield name
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
