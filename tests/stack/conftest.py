"""One running stack for all tests here, on SQLite; stopped after the last of them, with nothing left behind.

Where pytest's workers share these files out between them, only one of them runs a stack at a time.
"""

import fcntl
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from tests.stack.chat import Chat
from tests.stack.running import Stack


@pytest.fixture(scope="package")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No other worker of this test run has a stack."""
    with (tmp_path_factory.getbasetemp().parent / "stack.laas").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="package")
def stack(alone: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything, running."""
    stack = Stack(tmp_path_factory.mktemp("stack"))
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def chat(http: aiohttp.ClientSession, stack: Stack) -> AsyncIterator[Chat]:
    """A new conversation, checked at the end: no hole, nothing answered twice or not at all."""
    chat = await Chat.begin(http, stack.url)
    yield chat
    chat.check()
