"""Staff for tests of the desk: people with roles, and browsers that are logged in as them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine

from connectors.crm.tid import nu
from connectors.database import off_loop, writing
from connectors.desk import sessioner
from connectors.desk.adgang import Bruger, som_bruger
from connectors.desk.cookies import LOGIN
from connectors.desk.models import DeskSession, Medarbejder
from connectors.desk.settings import DeskSettings
from connectors.website.tokens import token_hash

AABNE: list[TestClient[Any, Any]] = []  # browsers to close when the test ends


def medarbejder(
    engine: Engine, brugernavn: str = "anna", roller: Iterable[str] = ("front",), enheder: Iterable[str] = (), **felter: Any
) -> Medarbejder:
    """A member of staff, stored; named after ``brugernavn`` unless ``felter`` say otherwise."""
    fornavn = brugernavn.split("@")[0].capitalize()
    values = {"navn": f"{fornavn} Prøve", "fornavn": fornavn, "email": None, **felter}
    row = Medarbejder(brugernavn=brugernavn, roller=list(roller), enheder=list(enheder), oprettet=nu(), **values)
    with writing(engine) as session:
        session.add(row)
    return row


@dataclass
class Browser:
    """A member of staff's browser: ``client`` keeps the cookies; ``post`` brings the form's secret along."""

    client: TestClient[Any, Any]
    bruger: Bruger

    async def get(self, path: str, **more: Any) -> ClientResponse:
        return await self.client.get(path, **{"allow_redirects": False, **more})

    async def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> ClientResponse:
        """A form sent from the desk's own page."""
        form = {"csrf": self.bruger.csrf, **(data or {})}
        return await self.client.post(path, data=form, **{"allow_redirects": False, **more})

    async def post_json(self, path: str, body: dict[str, Any], **more: Any) -> ClientResponse:
        """What the desk's own script sends."""
        return await self.client.post(path, json=body, headers={"X-CSRF-Token": self.bruger.csrf}, **more)

    async def side(self, path: str) -> str:
        """A page that must be there, redirects followed."""
        response = await self.client.get(path)
        assert response.status == 200, f"{path}: {response.status} {await response.text()}"
        return await response.text()


async def log_ind(
    client: TestClient[Any, Any],
    engine: Engine,
    brugernavn: str = "anna",
    roller: Iterable[str] = ("front",),
    enheder: Iterable[str] = (),
    **felter: Any,
) -> Browser:
    """A new browser on ``client``'s server, logged in as a new member of staff (``som`` for one who is there already)."""
    row = await off_loop(medarbejder, engine, brugernavn, roller, enheder, **felter)
    return await som(client, engine, row)


async def som(client: TestClient[Any, Any], engine: Engine, row: Medarbejder) -> Browser:
    """A new browser on ``client``'s server, logged in as ``row``."""
    token, csrf = await off_loop(_aabn, engine, row.id)
    browser = ny_browser(client)
    browser.session.cookie_jar.update_cookies({LOGIN: token}, client.make_url("/"))
    return Browser(browser, som_bruger(row, csrf))


def ny_browser(client: TestClient[Any, Any], **headers: str) -> TestClient[Any, Any]:
    """Another browser on ``client``'s server, which sends ``headers`` with everything; closed when the test ends."""
    assert isinstance(client.server, TestServer)
    browser: TestClient[Any, Any] = TestClient(client.server, cookie_jar=CookieJar(unsafe=True), headers=headers)
    AABNE.append(browser)
    return browser


def _aabn(engine: Engine, medarbejder_id: int) -> tuple[str, str]:
    with writing(engine) as session:
        token = sessioner.opret(session, medarbejder_id, DeskSettings(), nu())
        session.flush()
        row = session.get(DeskSession, token_hash(token))
        assert row is not None
        return token, row.csrf


def csrf_i(side: str) -> str:
    """The secret that a page's forms bring."""
    found = re.search(r'name="csrf" (?:content|value)="([^"]+)"', side)
    assert found is not None
    return found[1]
