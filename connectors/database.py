"""The one database: SQLite on the embedded default, PostgreSQL by ``DATABASE_URL``.

SQLAlchemy is used synchronously; what runs in an event loop calls it through ``off_loop``, so that no query
ever blocks the loop. SQLite runs in WAL with a busy timeout, and a transaction that will write says so at its
start (``BEGIN IMMEDIATE``), so that two processes wait for each other instead of failing half-way.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import CheckConstraint, Connection, Engine, MetaData, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000


class Base(DeclarativeBase):
    """Parent of every table of the project; names of constraints are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table(mapped: type[Base]) -> Table:
    """The table of a mapped class, for statements that need no objects."""
    return cast(Table, mapped.__table__)


def one_of(table: str, column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The database's own refusal of anything but ``values`` in a column."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=f"ck_{table}_{column}")


@lru_cache(maxsize=8)
def engine_for(url: str) -> Engine:
    """The engine for ``url``, one a process. Makes the folder of an SQLite file."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any exception."""
    with _transaction(engine) as connection, _session(connection) as session:
        yield session
        session.flush()


class TakenBack(Exception):
    """One of those who wrote in ``joined`` could not, so what all of them wrote has been taken back."""


@contextmanager
def joined(engine: Engine) -> Iterator[None]:
    """In this thread, what is ``writing`` to ``engine`` within the block is one transaction, committed at its end.

    Raises:
        TakenBack: where anything that was writing raised, also where somebody has caught that since.
    """
    with _transaction(engine) as connection:
        _here.connection, _here.whole = connection, True
        try:
            yield
        finally:
            _here.connection = None
        if not _here.whole:
            raise TakenBack


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    within: Connection | None = getattr(_here, "connection", None)
    if within is not None and within.engine is engine:
        try:
            yield within
        except BaseException:
            _here.whole = False
            raise
    else:
        with _turn(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection


def _session(connection: Connection) -> Session:
    return Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")


_here = threading.local()  # the connection of the transaction that this thread's writing joins


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """On SQLite, the one writer's place, waited for in the kernel.

    SQLite itself waits by sleeping longer and longer between looks, up to 100 ms each, which under load made the
    slowest messages ten times as slow as the usual one. Whoever writes past this still meets SQLite's own lock.
    """
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if not path or path == ":memory:":
        yield
        return
    with _place(path):
        queue = _queue(path, os.getpid())
        fcntl.flock(queue, fcntl.LOCK_EX)  # among processes; let go with the process, also by a kill
        try:
            yield
        finally:
            fcntl.flock(queue, fcntl.LOCK_UN)


class _Queue:
    """The file that writers of several processes wait at, open for as long as it is used."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(f"{path}-skriver", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        weakref.finalize(self, os.close, self._descriptor)

    def fileno(self) -> int:
        """For ``flock``."""
        return self._descriptor


@lru_cache(maxsize=8)
def _queue(path: str, process: int) -> _Queue:
    """One a process: a fork must not share its parent's lock."""
    return _Queue(path)


@lru_cache(maxsize=8)
def _place(path: str) -> threading.Lock:
    """Among the threads of this process: flock's would each open the file and wake one another in no order."""
    return threading.Lock()


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="sql")


async def off_loop(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that talks to the database in a worker thread."""
    return await asyncio.get_running_loop().run_in_executor(_workers(), lambda: function(*args, **kwargs))
