"""Pages: what they tell once, where they lead, what they escape."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from connectors.desk import app as desk_app
from connectors.desk.adgang import kraev
from connectors.desk.sider import besked, egen_sti, ikon, videre
from tests.desk.kontor import Browser, log_ind
from tests.website.fakes import House

Client = TestClient[Any, Any]


@pytest.mark.parametrize("path", ["/desk", "/desk/", "/desk/sager/KBH-2026-000001?fane=noter", "/desk?x=1"])
def test_addresses_of_the_desk(path: str) -> None:
    assert egen_sti(path) and videre(None, path).location == path  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["", "/", "//x.example", "https://x.example/desk/", "/desk.x", "/desk/../x", "/desk/\\x", "/desk/\r\nX: y", "desk/"]
)
def test_addresses_that_lead_away_lead_to_the_front_page(path: str) -> None:
    assert not egen_sti(path) and videre(None, path).location == "/desk"  # type: ignore[arg-type]


def test_an_icon_is_decoration_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in ikon("info")
    assert 'role="img" aria-label="&lt;Fejl&gt;"' in ikon("error", "<Fejl>")


@pytest.fixture
async def telling(house: House, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A desk on which ``/desk/sig`` queues three messages."""

    @kraev()
    async def tell(request: web.Request) -> web.StreamResponse:
        await besked(request, "Gemt.")
        await besked(request, "Prøv <igen>.", "fejl")
        await besked(request, "Husk det.", "info")
        return videre(request, "/desk/konto")

    monkeypatch.setattr(desk_app, "MODULER", (*desk_app.MODULER, lambda app: app.router.add_post("/sig", tell)))
    return await log_ind(await house.gateway(), engine, "anna", ["front"], navn="Anna <b>Prøve</b>")


async def test_what_is_to_be_told_is_told_once_with_its_kind_as_a_word_too(telling: Browser) -> None:
    assert (await telling.post("/desk/sig")).status == 303
    page = await telling.side("/desk/konto")
    alerts = re.findall(
        r'<div class="alert alert-(\w+)" role="(\w+)">.*?aria-label="(\w+)".*?alert-text">(.*?)</p>', page, re.DOTALL
    )
    assert alerts == [
        ("success", "status", "Succes", "Gemt."),
        ("error", "alert", "Fejl", "Prøv &lt;igen&gt;."),
        ("info", "status", "Information", "Husk det."),
    ]
    assert "Gemt." not in await telling.side("/desk/konto")


async def test_what_people_are_called_is_escaped(telling: Browser) -> None:
    page = await telling.side("/desk/konto")
    assert "Anna &lt;b&gt;Prøve&lt;/b&gt;" in page and "<b>Prøve" not in page


async def test_example_values_in_use_are_told_on_every_page(front: Browser) -> None:
    page = await front.side("/desk/konto")
    assert "eksempelværdier er i brug" in page and "svarfrist_ellers" in page


async def test_a_page_can_be_used_by_keyboard_and_screen_reader(front: Browser) -> None:
    page = await front.side("/desk/konto")
    assert page.index('class="skipnav" href="#indhold"') < page.index("<header")
    assert '<main id="indhold"' in page and page.count("<h1") == 1 and '<html lang="da">' in page
    assert "<title>Din konto – Erhvervsdesk</title>" in page
