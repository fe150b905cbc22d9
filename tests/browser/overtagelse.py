"""A gateway with a desk, a Rasa to order, and browsers on both sides of it: for the tests of the take-over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page
from sqlalchemy import Engine, select

from bot.knowledge.library import Library
from connectors.crm.tid import nu
from connectors.database import reading, writing
from connectors.desk import sessioner
from connectors.desk.cookies import LOGIN
from connectors.desk.settings import DeskSettings
from connectors.website import koe
from connectors.website.models import Besked, Samtale
from tests.desk.kontor import medarbejder
from tests.website.fakes import FakeKnowledge, FakeRasa, House

BACK = {"title": "Tilbage til computeren", "payload": {"intent": "forlad_koe"}}
ASKS = "et menneske"
VAEK = 3.0  # seconds without a sign of life until a chat goes back to the queue, where a test wants it short


def answering(library: Library) -> Any:
    """A bot that puts into the queue who asks for a person, and says what it was told otherwise."""

    async def answer(body: dict[str, Any]) -> web.StreamResponse:
        said = body["message"]
        if ASKS in said or said.startswith("/menneske"):
            data = {"type": "overdragelse", "state": "venter", "plads": 1}
            text = library.text("overtagelse", "venter", plads=1)
            return web.json_response([{"text": text, "buttons": [BACK], "data": data}])
        buttons = [{"title": "Hvad koster det?", "payload": {"intent": "pris"}}]
        return web.json_response([{"text": f"Computeren svarer på {said}.", "buttons": buttons, "data": {"type": "smalltalk"}}])

    return answer


@dataclass
class Hus:
    """The gateway at ``url`` and the browsers that are open on it. ``fejl``: what went wrong in their scripts."""

    engine: Engine
    house: House
    rasa: FakeRasa
    browser: Browser
    url: str = ""
    fejl: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    @classmethod
    async def aabn(cls, engine: Engine, var: Path, library: Library, browser: Browser, **settings: Any) -> Hus:
        """Start it."""
        rasa = FakeRasa()
        rasa.answering = answering(library)
        house = House(engine, await rasa.start(), var, FakeKnowledge(library))
        hus = cls(engine, house, rasa, browser)
        client = await house.gateway(**settings)
        hus.url = str(client.make_url("")).rstrip("/")
        return hus

    async def luk(self) -> None:
        """Stop it, and see that nothing went wrong in any browser."""
        for context in self.contexts:
            await context.close()
        await self.house.stop()
        await self.rasa.stop()
        assert self.fejl == []

    async def side(self, path: str = "/", token: str | None = None, **profile: Any) -> Page:
        """A page of a browser of its own; ``token``: logged in at the desk."""
        context = await self.browser.new_context(**{"viewport": {"width": 1280, "height": 720}, "locale": "da-DK", **profile})
        self.contexts.append(context)
        if token is not None:
            await context.add_cookies([{"name": LOGIN, "value": token, "url": self.url}])
        page = await context.new_page()
        page.on("pageerror", lambda error: self.fejl.append(str(error)))
        page.on(
            "console", lambda said: self.fejl.append(said.text) if "Content Security Policy" in said.text else None
        )  # fmt: skip
        await page.goto(self.url + path)
        return page

    async def medarbejder(self, brugernavn: str, path: str = "/desk/?liste=venter", **profile: Any) -> Page:
        """A desk page of a member of the front function who takes chats."""
        row = medarbejder(self.engine, brugernavn, ["front"], ["frontfunktion"], tager_chat=True, set=nu())
        with writing(self.engine) as session:
            token = sessioner.opret(session, row.id, DeskSettings(), nu())
        return await self.side(path, token, **profile)

    @property
    def samtale(self) -> Samtale:
        """The only conversation there is."""
        with reading(self.engine) as session:
            return session.scalars(select(Samtale)).one()

    def beskeder(self, fra: str) -> list[str]:
        """What is stored of one sender, in order."""
        with reading(self.engine) as session:
            return list(session.scalars(select(Besked.text).where(Besked.sender == fra).order_by(Besked.seq)))

    def i_koe(self) -> int:
        """How many wait."""
        return koe.antal(self.engine)["venter"]
