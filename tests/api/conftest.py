"""A gateway with the API, on a real port, and clients of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine
from zammad_py import ZammadAPI

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT, Settings
from connectors.api import tokens
from connectors.api.settings import ApiSettings
from connectors.crm.tid import nu
from connectors.database import writing
from connectors.desk.models import Medarbejder
from connectors.website.app import make_app
from tests.website.fakes import FakeKnowledge

ALT = ("laes", "skriv", "admin")


@pytest.fixture(scope="session")
def bibliotek() -> Library:
    """The editors' real files."""
    return load_library(ROOT / "knowledge")[0]


@dataclass
class Server:
    """A gateway in a thread of its own, for clients that block."""

    engine: Engine
    library: Library
    url: str = ""

    def token(self, navn: str = "Prøvesystem", *scopes: str) -> str:
        """A client's token; with every scope where none is named."""
        return tokens.lav(self.engine, navn, scopes or ALT, nu())

    def klient(self, navn: str = "Prøvesystem", *scopes: str, **more: Any) -> ZammadAPI:
        """The public client, as anybody uses it."""
        return ZammadAPI(url=f"{self.url}/api/v1/", http_token=self.token(navn, *scopes), **more)

    def medarbejder(self, brugernavn: str = "kollega", navn: str = "Prøve Kollega", **more: Any) -> int:
        """A member of staff. Returns the user number in the API."""
        values = {"fornavn": navn.split()[0], "email": f"{brugernavn}@example.com", "roller": ["front"], "enheder": [], **more}
        with writing(self.engine) as session:
            row = Medarbejder(brugernavn=brugernavn, navn=navn, oprettet=nu(), **values)
            session.add(row)
            session.flush()
            return 1_000_000 + row.id


@pytest.fixture
def start(tmp_path: Path, bibliotek: Library) -> Iterator[Callable[..., Server]]:
    """Starts servers; they are stopped at the end."""
    running: list[tuple[asyncio.AbstractEventLoop, threading.Thread, web.AppRunner]] = []

    def begin(engine: Engine, per_minute: int = 100_000) -> Server:
        settings = Settings(_env_file=None, var=tmp_path, rasa_url="http://127.0.0.1:1", actions_url="http://127.0.0.1:1")
        knowledge = FakeKnowledge(current=bibliotek)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()

        async def listen() -> tuple[web.AppRunner, int]:
            rest = ApiSettings(_env_file=None, api_requests_per_minute=per_minute)
            app = make_app(settings, engine, knowledge, rest=rest)
            runner = web.AppRunner(app)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            return runner, runner.addresses[0][1]

        runner, port = asyncio.run_coroutine_threadsafe(listen(), loop).result(60)
        running.append((loop, thread, runner))
        return Server(engine, bibliotek, f"http://127.0.0.1:{port}")

    yield begin
    for loop, thread, runner in running:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


@pytest.fixture
def server(engine: Engine, start: Callable[..., Server]) -> Server:
    return start(engine)
