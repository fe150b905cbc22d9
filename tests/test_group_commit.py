"""What is written at the same time is committed together, and still each is kept or not kept by itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from connectors.database import reading, writing
from connectors.group_commit import committed

MANY = 6


@pytest.fixture(autouse=True)
def numbers(engine: Engine) -> None:
    """A table of numbers, each once."""
    with writing(engine) as session:
        session.execute(text("CREATE TABLE tal (n INTEGER PRIMARY KEY)"))


def put(engine: Engine, number: int) -> int:
    with writing(engine) as session:
        session.execute(text("INSERT INTO tal VALUES (:n)"), {"n": number})
    return number


def put_or_else(engine: Engine, number: int, instead: int) -> int:
    """As ``answers.save_answer``: what could not be written is caught, and something else is written."""
    try:
        with writing(engine) as session:
            session.execute(text("INSERT INTO tal VALUES (:half), (:n)"), {"half": 1000 + number, "n": number + 1})
            session.execute(text("INSERT INTO tal VALUES (:n)"), {"n": number})
        return number
    except IntegrityError:
        return put(engine, instead)


def kept(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return list(session.scalars(text("SELECT n FROM tal ORDER BY n")))


@asynccontextmanager
async def nobody_may_write(engine: Engine) -> AsyncIterator[None]:
    """Within the block all who write wait, and so come together (SQLite)."""
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(engine):
            held.set()
            go.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    await asyncio.to_thread(held.wait, 10)
    try:
        yield
        await asyncio.sleep(0.1)
    finally:
        go.set()
        thread.join()


async def at_once(engine: Engine, *calls: Callable[[], Any]) -> list[Any]:
    async with nobody_may_write(engine):
        tasks = [asyncio.create_task(call()) for call in calls]
        await asyncio.sleep(0)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_comes_while_others_write_is_one_transaction(engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    calls = [lambda number=number: committed(put, engine, number) for number in range(MANY)]
    assert await at_once(engine, *calls) == list(range(MANY)) == kept(engine)
    # SQLite: the one that was waited for, the first, and the rest. PostgreSQL lets them in side by side.
    assert len(commits) <= (3 if engine.dialect.name == "sqlite" else 1 + MANY)


async def test_one_that_fails_takes_no_other_with_it(engine: Engine) -> None:
    put(engine, 100)
    numbers = [0, 1, 100, 2, 3]
    calls = [lambda number=number: committed(put, engine, number) for number in numbers]
    results = await at_once(engine, *calls)
    assert isinstance(results[2], IntegrityError) and results[:2] + results[3:] == [0, 1, 2, 3]
    assert kept(engine) == [0, 1, 2, 3, 100]


async def test_one_that_catches_its_own_failure_keeps_only_what_it_wrote_then(engine: Engine) -> None:
    put(engine, 100)
    calls = [lambda: committed(put, engine, 0), lambda: committed(put, engine, 1), lambda: committed(put_or_else, engine, 100, 7)]
    assert await at_once(engine, *calls, lambda: committed(put, engine, 2)) == [0, 1, 7, 2]
    assert kept(engine) == [0, 1, 2, 7, 100]


async def test_where_the_commit_fails_nobody_is_told_that_it_is_kept(engine: Engine) -> None:
    def full(_: object) -> None:
        if threading.current_thread().name.startswith("sql"):  # not the one who only keeps the others waiting
            raise OSError("disken er fuld")

    calls = [lambda number=number: committed(put, engine, number) for number in range(MANY)]
    async with nobody_may_write(engine):
        tasks = [asyncio.create_task(call()) for call in calls]
        await asyncio.sleep(0)
        event.listen(engine, "commit", full)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    event.remove(engine, "commit", full)
    assert [type(result) for result in results] == [OSError] * MANY
    assert kept(engine) == []
