"""A Rasa to order, a folder of texts, and a chat client, for the tests of the gateway."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine, select

from bot.knowledge.library import Library, read_entry
from bot.knowledge.problem import Problem
from bot.knowledge.schema.kommune import Kommune
from bot.settings import ROOT, Settings
from connectors.database import reading, writing
from connectors.desk.settings import DeskSettings
from connectors.tracker import TrackerEvent, mark
from connectors.website import lease
from connectors.website.app import make_app
from connectors.website.gateway import now
from connectors.website.settings import WebsiteSettings

TEKSTER = ROOT / "knowledge" / "tekster"

KOMMUNE = Kommune.model_validate(
    {
        "navn": "Prøvekommunen",
        "kontakt": [
            {"titel": "Telefon", "vaerdi": "00 00 00 00", "eksempel": True},
            {"titel": "Skranke", "vaerdi": "Prøvetorvet 1", "eksempel": False},
        ],
        "svarfrister": {},
        "svarfrist_ellers": {"arbejdsdage": 3, "eksempel": True},
        "svarfrist_klokken": "16:00",
        "lukkedage": {"eksempel": False},
        "opbevaring": {"maaneder": 6, "eksempel": False},
    }
)


def library() -> Library:
    """The real texts of the chat and a made-up municipality."""
    tekster = {}
    for emne in ("chat", "overtagelse", "resume"):
        entry, problems = read_entry(f"tekster/{emne}.yml", (TEKSTER / f"{emne}.yml").read_text(encoding="utf-8"))
        assert entry is not None, problems
        tekster[emne] = entry.value
    return Library(tekster=tekster, kommune=KOMMUNE, version="prøve")


@dataclass
class FakeKnowledge:
    """In place of LiveLibrary."""

    current: Library = field(default_factory=library)
    problems: list[Problem] = field(default_factory=list)


Answering = Callable[[dict[str, Any]], Awaitable[web.StreamResponse]]


async def echo(body: dict[str, Any]) -> web.StreamResponse:
    """Says what it was told, with a button that leads on."""
    buttons = [{"title": "Videre", "payload": {"intent": "videre", "fra": body["message"]}}]
    return web.json_response([{"text": f"svar på {body['message']}", "buttons": buttons, "data": {"type": "smalltalk"}}])


async def unclear(body: dict[str, Any]) -> web.StreamResponse:
    """What a text means to the fake: nothing."""
    return web.json_response({"text": body["text"], "intent": "uklart", "kind": "uklart", "id": None, "candidates": []})


class HungUp(Exception):
    """Raised by an ``answering``: the connection breaks, with half an answer sent or none."""

    def __init__(self, half: bool) -> None:
        self.half = half


def with_events(body: dict[str, Any], response: web.StreamResponse, timestamp: float) -> web.StreamResponse:
    """A list of messages as Rasa's channel answers it, with what such a turn adds to the conversation; any other answer as
    it is. The events come behind those that the request's mark tells of."""
    if not isinstance(response, web.Response) or response.status != 200 or not isinstance(response.body, bytes):
        return response
    try:
        answers = json.loads(response.body)
    except ValueError:
        return response
    if not isinstance(answers, list):
        return response
    have = int(body["mark"].partition(":")[0] or 0)
    heard = {"event": "user", "timestamp": timestamp, "text": body["message"], "metadata": body["metadata"]}
    events = [heard, *({"event": "bot", "timestamp": timestamp, "data": {"custom": answer}} for answer in answers)]
    return web.json_response({"answers": answers, "have": have, "events": [compact(event) for event in events]})


def compact(event: dict[str, Any]) -> str:
    """An event as it is stored."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


class FakeRasa:
    """Counts and keeps what it is asked; answers by ``answering``, and where that gives a list of messages, with events too."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answering: Answering = echo
        self.meaning: Answering = unclear
        self.understood: list[str] = []
        self.at_once: dict[str, int] = {}
        self.most_at_once = 0
        self.most_in_one = 0
        app = web.Application()
        app.router.add_post("/webhooks/erhverv/webhook", self._webhook)
        app.router.add_post("/webhooks/erhverv/forstaa", self._forstaa)
        app.router.add_get("/webhooks/erhverv/", self._health)
        app.router.add_get("/health", self._health)
        self._app = app
        self.server: TestServer | None = None

    async def start(self, port: int | None = None) -> str:
        """Listen. Returns the address."""
        self.server = TestServer(self._app, port=port)
        await self.server.start_server()
        return str(self.server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self.server is not None:
            await self.server.close()

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"model": "prøvemodel"})

    async def _forstaa(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.understood.append(body["text"])
        return await self.meaning(body)

    async def _webhook(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        sender = body["sender"]
        self.at_once[sender] = self.at_once.get(sender, 0) + 1
        self.most_in_one = max(self.most_in_one, self.at_once[sender])
        self.most_at_once = max(self.most_at_once, sum(self.at_once.values()))
        try:
            return with_events(body, await self.answering(body), timestamp=len(self.asked))
        except HungUp as hung_up:
            response = web.StreamResponse(headers={"Content-Type": "application/json"})
            if hung_up.half:
                await response.prepare(request)
                await response.write(b'{"answers": [{"text": "halvt')
            assert request.transport is not None
            request.transport.abort()
            return response
        finally:
            self.at_once[sender] -= 1

    @property
    def texts(self) -> list[str]:
        return [body["message"] for body in self.asked]


@dataclass
class Chat:
    """One business's conversation over HTTP."""

    client: TestClient[Any, Any]
    token: str = ""
    id: str = ""
    greeting: list[dict[str, Any]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def open(self) -> Chat:
        response = await self.client.post("/api/chat/sessions", json={})
        assert response.status == 201, await response.text()
        body = await response.json()
        self.token, self.id, self.greeting = body["token"], body["conversation"], body["messages"]
        return self

    async def post(self, **body: Any) -> ClientResponse:
        body.setdefault("client_id", str(uuid.uuid4()))
        return await self.client.post("/api/chat/messages", json=body, headers=self.headers)

    async def say(self, text: str) -> int:
        response = await self.post(text=text)
        assert response.status == 202, await response.text()
        return int((await response.json())["seq"])

    async def press(self, token: str) -> int:
        response = await self.post(payload=token)
        assert response.status == 202, await response.text()
        return int((await response.json())["seq"])

    async def get(self, after: int = 0, wait: float = 0) -> dict[str, Any]:
        params = {"after": str(after), "wait": str(wait)}
        response = await self.client.get("/api/chat/messages", params=params, headers=self.headers)
        assert response.status == 200, await response.text()
        body: dict[str, Any] = await response.json()
        return body

    async def settled(self, seconds: float = 10) -> list[dict[str, Any]]:
        """All messages, once nothing is being answered any more."""
        async with asyncio.timeout(seconds):
            while True:
                body = await self.get()
                if not body["busy"]:
                    return list(body["messages"])
                await self.get(after=body["messages"][-1]["seq"], wait=1)


@dataclass
class House:
    """Starts gateways on one database; several are replicas, one after another are restarts."""

    engine: Engine
    rasa_url: str
    var: Path
    knowledge: FakeKnowledge = field(default_factory=FakeKnowledge)
    clients: list[TestClient[Any, Any]] = field(default_factory=list)

    async def gateway(
        self,
        *,
        name: str = "prøve",
        patience: float = 0.5,
        desk: DeskSettings | None = None,
        port: int | None = None,
        **changes: Any,
    ) -> TestClient[Any, Any]:
        """A running gateway, with changed settings."""
        values = {
            "rasa_url": self.rasa_url,
            "actions_url": self.rasa_url,
            "var": self.var,
            "rasa_timeout_seconds": 5.0,
            **changes,
        }
        settings = Settings(_env_file=None, **values)
        website = WebsiteSettings(rasa_patience_seconds=patience, sweep_seconds=0.1, lease_seconds=2)
        app = make_app(settings, self.engine, self.knowledge, website, name, desk)
        client: TestClient[Any, Any] = TestClient(TestServer(app, port=port))
        await client.start_server()
        self.clients.append(client)
        return client

    async def stop(self) -> None:
        for client in self.clients:
            await client.close()


def afventer(engine: Engine, samtale_id: str) -> lease.Pending | None:
    """What the bot has to answer next in a conversation, whoever is at it."""
    with reading(engine) as session:
        return lease.oldest(session.connection(), samtale_id)


def taget(engine: Engine, samtale_id: str, til: lease.Lease) -> bool:
    """Whether the conversation could be taken for ``til``."""
    with writing(engine) as session:
        return til.take_in(session, samtale_id, now())


def haendelser(engine: Engine, samtale_id: str) -> list[str]:
    """What the bot remembers of a conversation, as it is stored, in order; there is no hole in its numbers."""
    with reading(engine) as session:
        rows = session.execute(select(TrackerEvent.seq, TrackerEvent.data).where(TrackerEvent.sender == samtale_id))
        numbered = sorted(tuple(row) for row in rows)
    assert [seq for seq, _ in numbered] == list(range(len(numbered)))
    return [data for _, data in numbered]


def stand(engine: Engine, samtale_id: str) -> str:
    """The mark of what is stored of a conversation."""
    return marks(haendelser(engine, samtale_id))[-1]


def marks(events: list[str]) -> list[str]:
    """Of a conversation of these events, as it grew: the first where it had none, then that after each of them."""
    return ["", *(mark(seq, event) for seq, event in enumerate(events))]
