"""Simultaneous conversations without think time, and how long each message took to be answered."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
import orjson
import uvloop

from bot.nlu.evaluation import read
from bot.settings import ROOT


def said() -> list[str]:
    """What every system is told, in this order: our own validation set."""
    return [line.text for line in read(ROOT / "data" / "validering" / "spoergsmaal.jsonl")]


class Door(Protocol):
    """A conversation with one system: opened before the clock starts, then asked message by message."""

    async def open(self, session: aiohttp.ClientSession) -> None:
        """Begin a new conversation."""

    async def ask(self, text: str) -> None:
        """Send one message and wait for the whole answer. Raises ``RuntimeError`` where there is none."""

    async def close(self) -> None:
        """Hang up."""


class RestDoor:
    """Stock Rasa's own REST channel: the answer is the response."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/webhooks/rest/webhook"
        self._sender = uuid.uuid4().hex

    async def open(self, session: aiohttp.ClientSession) -> None:
        """Nothing to open: Rasa takes whatever sender it is told."""
        self._session = session

    async def ask(self, text: str) -> None:
        """One request."""
        async with self._session.post(self._url, json={"sender": self._sender, "message": text}) as response:
            await response.read()
        # Stock Rasa says nothing at all where no policy is sure enough: an empty list, which counts as answered here.
        if response.status != 200:
            raise RuntimeError(f"intet svar ({response.status})")

    async def close(self) -> None:
        """Nothing to close."""


class ChatDoor:
    """This project's gateway as the widget uses it: over WebSocket, the answer pushed when it is stored."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._after = 0

    async def open(self, session: aiohttp.ClientSession) -> None:
        """A session, and a socket on it."""
        async with session.post(f"{self._url}/api/chat/sessions", json={}) as response:
            made = await response.json()
        self._after = made["messages"][-1]["seq"]
        self._ws = await session.ws_connect(f"{self._url}/api/chat/ws", compress=0)
        await self._ws.send_json({"token": made["token"], "after": self._after})
        await self._until(lambda frame: frame["type"] == "messages")

    async def ask(self, text: str) -> None:
        """One frame out; done when the answer to it has come and nothing is being answered any more."""
        ident, seen = str(uuid.uuid4()), {"seq": 0, "answered": 0}

        def done(frame: dict[str, Any]) -> bool:
            if frame["type"] == "accepted" and frame["client_id"] == ident:
                seen["seq"] = frame["seq"]
            elif frame["type"] == "error":
                raise RuntimeError(str(frame["error"]))
            elif frame["type"] == "messages":
                for message in frame["messages"]:
                    if message["from"] == "bot" and message["data"].get("type") == "fejl":
                        raise RuntimeError("svaret er en undskyldning")
                    seen["answered"] = max(seen["answered"], message["reply_to"] or 0)
            return bool(seen["seq"]) and seen["answered"] >= seen["seq"]

        await self._ws.send_str(orjson.dumps({"type": "message", "client_id": ident, "text": text}).decode())
        await self._until(done)

    async def _until(self, done: Any) -> None:
        async with asyncio.timeout(60):
            async for received in self._ws:
                if received.type is not aiohttp.WSMsgType.TEXT:
                    break
                if done(orjson.loads(received.data)):
                    return
        raise RuntimeError("forbindelsen blev lukket")

    async def close(self) -> None:
        """Hang up."""
        await self._ws.close()


@dataclass(frozen=True)
class Run:
    """What came of one run: seconds a message, in the order answered, and of the whole."""

    seconds: list[float]
    wall: float

    @property
    def per_second(self) -> float:
        """Messages answered a second."""
        return len(self.seconds) / self.wall

    def percentile(self, share: float) -> float:
        """Milliseconds that ``share`` of the messages took at most."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.seconds) * 1000


def drive(make_door: Any, texts: Sequence[str], conversations: int, messages: int) -> Run:
    """``run`` in a loop of its own: the quickest there is, for whoever drives shares the processors with what is driven."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run(make_door, texts, conversations, messages))


async def run(make_door: Any, texts: Sequence[str], conversations: int, messages: int) -> Run:
    """``conversations`` at once share ``messages`` messages: the next one free takes the next text."""
    queue, seconds = itertools.islice(itertools.cycle(texts), messages), []
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=120)) as session:
        doors = [make_door() for _ in range(conversations)]
        for door in doors:
            await door.open(session)

        async def talk(door: Door) -> None:
            for text in queue:
                began = time.perf_counter()
                await door.ask(text)
                seconds.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(talk(door) for door in doors))
        wall = time.perf_counter() - began
        for door in doors:
            await door.close()
    return Run(seconds, wall)
