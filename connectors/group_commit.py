"""What several conversations write at the same time, committed together.

SQLite lets one writer in at a time, and each commit waits for the disk. With fifty conversations at once the writers of one
process stood in line, each holding a thread that others could have read with: what comes while one transaction is under way
goes into the next one together. Where one of them fails, all are taken back and done again, each by itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine

from connectors.database import joined, off_loop

P = ParamSpec("P")
T = TypeVar("T")

MOST = 50  # in one transaction; other processes wait meanwhile


async def committed(function: Callable[Concatenate[Engine, P], T], engine: Engine, /, *args: P.args, **kwargs: P.kwargs) -> T:
    """As ``off_loop``, for a function that writes by ``database.writing``: returns when what it wrote is on the disk.

    ``function`` may be run twice, so it does nothing but read and write the database. What it raises is raised, and then
    nothing that it wrote is kept; and the database's error where the commit fails.
    """
    if engine.dialect.name != "sqlite":  # which has no place to wait for, and commits side by side
        return await off_loop(function, engine, *args, **kwargs)
    return await asyncio.wrap_future(_writer(engine).put(partial(function, engine, *args, **kwargs)))


class _Writer:
    """One thread that does what has come since it last looked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sql-skriver")

    def put(self, call: Callable[[], T]) -> Future[T]:
        """``call`` is run soon; the future is done when it has been committed."""
        future: Future[T] = Future()
        self._waiting.append((call, future))
        self._thread.submit(self._write)
        return future

    def _write(self) -> None:
        taken: list[tuple[Callable[[], Any], Future[Any]]] = []
        while self._waiting and len(taken) < MOST:
            call, future = self._waiting.popleft()
            if future.set_running_or_notify_cancel():
                taken.append((call, future))
        if len(taken) < 2 or not self._together(taken):
            for call, future in taken:
                _alone(call, future)

    def _together(self, taken: list[tuple[Callable[[], Any], Future[Any]]]) -> bool:
        try:
            with joined(self._engine):
                results = [call() for call, _ in taken]
        except Exception:  # whose it was shows when each is done by itself
            return False
        for (_, future), result in zip(taken, results, strict=True):
            future.set_result(result)
        return True


def _alone(call: Callable[[], Any], future: Future[Any]) -> None:
    try:
        result = call()
    except Exception as error:
        future.set_exception(error)
    else:
        future.set_result(result)


@lru_cache(maxsize=8)
def _writer(engine: Engine) -> _Writer:
    return _Writer(engine)
