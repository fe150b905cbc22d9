"""What a message costs the database: counted, so that it is the same on a fast machine and on a busy one."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse
from sqlalchemy import Connection, Engine, event

from connectors.website.worker import Worker
from tests.website.fakes import Chat, House
from tests.website.test_ws import frame_of, messages, opened

CHAT = re.compile(r"\b(samtale|besked|knap|tracker_event)\b")
SAID = 5
TAKEN_WITH_THE_MESSAGE, GIVEN_BACK_WITH_THE_ANSWER = 6, 6  # statements, as measured on both databases


class Counted:
    """The transactions that touch the chat's tables, each as its statements, by whether it writes."""

    def __init__(self, engine: Engine) -> None:
        self._all: list[tuple[bool, list[str]]] = []
        self._open: dict[int, list[str]] = {}
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "before_cursor_execute", self._statement)

    def _begin(self, connection: Connection) -> None:
        statements = self._open[id(connection.connection.dbapi_connection)] = []
        self._all.append((bool(connection.get_execution_options().get("writes")), statements))

    def _statement(self, connection: Connection, _cursor: object, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            self._open.setdefault(id(connection.connection.dbapi_connection), []).append(statement)

    def transactions(self, writing: bool) -> list[list[str]]:
        """In the order in which they were begun."""
        return [done for writes, done in self._all if writes is writing and any(map(CHAT.search, done))]


@pytest.fixture
async def ws(house: House, monkeypatch: pytest.MonkeyPatch) -> ClientWebSocketResponse:
    """A conversation over WebSocket, with a gateway that does not look around of its own accord."""

    async def nothing(_: Worker) -> None:
        return None

    monkeypatch.setattr(Worker, "_sweep", nothing)
    chat = await Chat(await house.gateway()).open()
    ws: ClientWebSocketResponse = await opened(chat, after=1)
    await frame_of(ws, "messages")
    return ws


@pytest.fixture
def counted(engine: Engine, ws: ClientWebSocketResponse) -> Counted:
    """From the opened socket on."""
    return Counted(engine)


async def say(ws: ClientWebSocketResponse, text: str) -> None:
    """A message, and its answer."""
    await ws.send_json({"type": "message", "client_id": str(uuid.uuid4()), "text": text})
    assert [m["from"] for m in await messages(ws, 2)] == ["user", "bot"]


async def test_a_message_and_its_answer_are_one_transaction_each(ws: ClientWebSocketResponse, counted: Counted) -> None:
    for number in range(SAID):
        await say(ws, f"besked {number}")
    writing = counted.transactions(writing=True)
    assert len(writing) == 2 * SAID
    for taken, given_back in zip(writing[::2], writing[1::2], strict=True):
        assert "INSERT INTO besked" in str(taken) and "worker_until" in str(taken)
        assert "INSERT INTO besked" in str(given_back) and "worker_until" in str(given_back)
        assert sum("INSERT INTO tracker_event" in statement for statement in given_back) == 1
        assert len(taken) <= TAKEN_WITH_THE_MESSAGE and len(given_back) <= GIVEN_BACK_WITH_THE_ANSWER


async def test_what_this_gateway_has_stored_itself_is_not_read_again_to_be_shown(
    ws: ClientWebSocketResponse, counted: Counted
) -> None:
    for number in range(SAID):
        await say(ws, f"besked {number}")
    assert counted.transactions(writing=False) == []


async def test_typing_costs_nothing(ws: ClientWebSocketResponse, counted: Counted) -> None:
    await say(ws, "hej")
    for _ in range(20):
        await ws.send_json({"type": "typing", "on": True})
    await ws.send_json({"type": "hvad"})
    await frame_of(ws, "error")  # all before it have been taken
    assert len(counted.transactions(writing=True)) == 2 and not counted.transactions(writing=False)
