"""A business at the other end of the gateway's HTTP API, as the contract has it."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import aiohttp

PATIENCE = 90.0  # seconds: Rasa may have to start again meanwhile


class Chat:
    """One conversation. ``messages`` are all that have come, each once and in order; ``last`` those of the latest answer."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url + "/api/chat"
        self.id = ""
        self.token = ""
        self.state = "bot"
        self.messages: list[dict[str, Any]] = []
        self.last: list[dict[str, Any]] = []

    @classmethod
    async def begin(cls, http: aiohttp.ClientSession, url: str) -> Chat:
        """A new conversation with its greeting."""
        chat = cls(http, url)
        async with http.post(chat._url + "/sessions", json={}) as response:
            assert response.status == 201, await response.text()
            opened = await response.json()
        chat.id, chat.token, chat.messages = opened["conversation"], opened["token"], opened["messages"]
        chat.last = list(chat.messages)
        return chat

    async def post(self, **what: str) -> int:
        """Send ``text`` or ``payload`` until it is acknowledged, as the widget does; returns its ``seq``."""
        body = {"client_id": str(uuid.uuid4()), **what}
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self._http.post(self._url + "/messages", json=body, headers=self._headers()) as response:
                        assert response.status == 202, await response.text()
                        return int((await response.json())["seq"])
                except aiohttp.ClientConnectionError:  # the gateway was killed; the same client_id stores it once
                    await asyncio.sleep(0.2)

    async def answers(self, after: int | None = None) -> list[dict[str, Any]]:
        """Wait until nothing is being answered any more; returns what the bot said after message ``after``."""
        async with asyncio.timeout(PATIENCE):
            while await self._more():
                pass
        begin = after if after is not None else max(m["seq"] for m in self.messages if m["from"] == "user")
        self.last = [m for m in self.messages if m["seq"] > begin and m["from"] != "user"]
        return self.last

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Type, and wait for the answers."""
        return await self.answers(await self.post(text=text))

    async def press(self, title: str) -> list[dict[str, Any]]:
        """Press the button of the last answers whose title begins so, and wait for the answers."""
        return await self.answers(await self.post(payload=self.payload(title)))

    def payload(self, title: str) -> str:
        """The token of a button. Raises ``LookupError`` where there is none."""
        for button in self.buttons():
            if button["title"].startswith(title):
                return str(button["payload"])
        raise LookupError(f"ingen knap begynder med {title!r}: {[b['title'] for b in self.buttons()]}")

    def buttons(self) -> list[dict[str, str]]:
        """Of the latest answer."""
        return [button for message in self.last for button in message["buttons"]]

    def data(self, kind: str) -> dict[str, Any]:
        """The data of the latest answer's message of a type. Raises ``LookupError`` where there is none."""
        for message in self.last:
            if message["data"].get("type") == kind:
                return dict(message["data"])
        raise LookupError(f"intet svar af typen {kind}: {[(m['data'], m['text']) for m in self.last]}")

    def check(self) -> None:
        """``seq`` has no holes, and every message of the user has been answered, once and in order."""
        assert [m["seq"] for m in self.messages] == list(range(1, len(self.messages) + 1))
        asked = [m["seq"] for m in self.messages if m["from"] == "user"]
        answered = [m["reply_to"] for m in self.messages if m["from"] == "bot" and m["reply_to"] is not None]
        assert list(dict.fromkeys(answered)) == asked
        assert answered == sorted(answered)

    async def _more(self) -> bool:
        """Fetch what is new; whether there may be more."""
        after = self.messages[-1]["seq"] if self.messages else 0
        try:
            query = {"after": str(after), "wait": "5"}
            async with self._http.get(self._url + "/messages", params=query, headers=self._headers()) as response:
                assert response.status == 200, await response.text()
                found = await response.json()
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.2)
            return True
        self.state = found["state"]
        self.messages += found["messages"]
        return bool(found["busy"])

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
