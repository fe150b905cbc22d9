"""Editors' files change under the running stack: a new service is found within seconds, a broken file replaces nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests import drikkevandspost
from tests.stack.chat import Chat
from tests.stack.running import Stack

pytestmark = pytest.mark.xdist_group("stack")
SECONDS = 30.0  # within seconds on a machine that is at nothing else


async def until(holds: Callable[[], bool], ask: Callable[[], Awaitable[object]] | None = None) -> None:
    """Wait, asking anew each time, until it holds."""
    async with asyncio.timeout(SECONDS):
        while True:
            if ask is not None:
                await ask()
            if holds():
                return
            await asyncio.sleep(0.5)


def ids(chat: Chat) -> list[object]:
    return [message["data"].get("id") for message in chat.last if message["data"].get("type") == "ydelse"]


async def test_a_service_dropped_in_is_found_and_gone_when_taken_out(chat: Chat, stack: Stack) -> None:
    asked = drikkevandspost.ASKED
    version = stack.ready()["knowledge"]["version"]
    await chat.say(asked)
    assert "drikkevandspost" not in ids(chat)
    path = stack.knowledge / drikkevandspost.FILE
    path.write_text(drikkevandspost.YDELSE, encoding="utf-8")
    try:
        await until(lambda: "drikkevandspost" in ids(chat), lambda: chat.say(asked))
        assert "Tilladelse til drikkevandspost" in "".join(message["text"] for message in chat.last)
    finally:
        path.unlink()
    await until(lambda: "drikkevandspost" not in ids(chat), lambda: chat.say(asked))
    await until(lambda: stack.ready()["knowledge"]["version"] == version)


@pytest.fixture
def edited(stack: Stack) -> Iterator[Path]:
    """A service's file, put back at the end."""
    path = next(stack.knowledge.glob("ydelser/*/skadedyr.yml"))
    good = path.read_text(encoding="utf-8")
    yield path
    path.write_text(good, encoding="utf-8")


def break_it(path: Path) -> str:
    """Misspell a key; returns what was there."""
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("\nkort:", "\nkortt:", 1), encoding="utf-8")
    return good


async def test_a_broken_file_is_told_by_readyz_and_the_old_one_stays(chat: Chat, stack: Stack, edited: Path) -> None:
    asked = "rotter i baggården bag restauranten"
    await chat.say(asked)
    before = [message["text"] for message in chat.last]
    assert ids(chat) == ["skadedyr"]
    version = stack.ready()["knowledge"]["version"]
    good = break_it(edited)
    await until(lambda: stack.ready()["knowledge"]["status"] == "fejl")
    found = stack.ready()["knowledge"]
    assert {problem["path"] for problem in found["problems"]} == {f"knowledge/{edited.relative_to(stack.knowledge)}"}
    assert all(problem["message"] and problem["line"] for problem in found["problems"])
    assert found["version"] == version
    assert stack.ready()["status"] == "ok"  # messages are still taken
    assert f"{edited.name}:" in stack.log()
    await chat.say(asked)
    assert [message["text"] for message in chat.last] == before
    await asyncio.to_thread(edited.write_text, good, "utf-8")
    await until(lambda: stack.ready()["knowledge"]["status"] == "ok")
