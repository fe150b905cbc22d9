"""Bring a database to the newest schema: ``upgrade(url)``, or ``python -m connectors.migrate``.

Safe when several processes start at once: the whole upgrade is one transaction that the others wait for, and they
then find nothing left to do.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, text
from sqlalchemy.exc import OperationalError

from connectors.database import BUSY_TIMEOUT_MS, Base, engine_for

# Modules that hold tables; one that adds tables adds its name here, so that models and migrations are compared.
MODELS = (
    "connectors.crm.models",
    "connectors.crm.korrespondance",
    "connectors.crm.sagsopslag",
    "connectors.crm.virksomhed",
    "connectors.website.models",
    "connectors.tracker",
    "connectors.desk.models",
    "connectors.mail.models",
    "connectors.survey.models",
    "connectors.api.models",
    "connectors.zammad.models",
)
_LOCK = 0x45726876  # "Erhv": any constant that no other program uses as an advisory lock in this database


def upgrade(url: str) -> None:
    """Run every migration that is missing in the database at ``url``; all of them or, on an error, none."""
    upgrade_engine(engine_for(url))


def upgrade_engine(engine: Engine) -> None:
    """As ``upgrade``, on an engine from ``connectors.database.engine_for``."""
    with _alone(engine) as connection:
        command.upgrade(_config(connection), "heads")


def metadata() -> MetaData:
    """Every table of the project."""
    for module in MODELS:
        importlib.import_module(module)
    return Base.metadata


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    # On SQLite the transaction is exclusive among writers from its first statement (BEGIN IMMEDIATE).
    with _first_connection(engine).execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def _first_connection(engine: Engine) -> Connection:
    # Several processes that open a new SQLite file at once collide on switching it to WAL, the one lock for which
    # SQLite does not wait whatever its busy timeout says.
    give_up = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            return engine.connect()
        except OperationalError as error:
            if "database is locked" not in str(error.orig) or time.monotonic() > give_up:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    from bot.settings import settings

    upgrade(settings().database)
