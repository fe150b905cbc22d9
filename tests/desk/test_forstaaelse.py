"""The bot's ranking for staff: as JSON and as buttons, CPR numbers masked, and plainly told when it can't be had."""

from __future__ import annotations

from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from bot.knowledge import Library
from tests.desk.kontor import Browser, log_ind
from tests.desk.mening import mening
from tests.website.fakes import FakeRasa

FORSTAA = "/desk/api/forstaa"
SIDE = {"Accept": "text/html"}


async def test_the_ranking_as_json_with_names(desk: Browser, rasa: FakeRasa, bibliotek: Library) -> None:
    rasa.meaning = mening("ydelse/udeservering", "pakke/cafe-restaurationspakke", "omraade/5", "ydelse/findes-ikke")
    body = await (await desk.get(FORSTAA, params={"q": "borde på fortovet"})).json()
    assert rasa.understood == ["borde på fortovet"]
    assert (body["kind"], body["id"]) == ("ydelse", "udeservering")
    assert [one["navn"] for one in body["candidates"]] == [
        bibliotek.ydelser["udeservering"].navn,
        bibliotek.servicepakker["cafe-restaurationspakke"].navn,
        bibliotek.omraader["5"].navn,
        None,
    ]


async def test_the_ranking_as_buttons_of_what_can_be_chosen(desk: Browser, rasa: FakeRasa) -> None:
    rasa.meaning = mening("ydelse/udeservering", "omraade/5", "pakke/cafe-restaurationspakke")
    page = await (await desk.get(FORSTAA, params={"q": "borde på fortovet"}, headers=SIDE)).text()
    assert page.index('value="vaelg:ydelse/udeservering"') < page.index('value="vaelg:pakke/cafe-restaurationspakke"')
    assert "omraade" not in page


async def test_a_cpr_number_never_reaches_rasa(desk: Browser, rasa: FakeRasa) -> None:
    await desk.get(FORSTAA, params={"q": "min bror 010190-1234 vil åbne café"})
    assert rasa.understood == ["min bror [CPR] vil åbne café"]


async def test_of_a_text_that_says_nothing_nothing_is_asked(desk: Browser, rasa: FakeRasa) -> None:
    body = await (await desk.get(FORSTAA, params={"q": " 12 "})).json()
    assert (body["kind"], body["candidates"]) == ("uklart", [])
    assert rasa.understood == []


async def test_a_long_text_is_cut_at_what_the_chat_takes(desk: Browser, rasa: FakeRasa) -> None:
    await desk.get(FORSTAA, params={"q": "a" * 1500})
    assert [len(text) for text in rasa.understood] == [1000]


async def test_without_rasa_it_is_told_and_the_lists_remain(desk: Browser, rasa: FakeRasa) -> None:
    await rasa.stop()
    response = await desk.get(FORSTAA, params={"q": "borde på fortovet"})
    assert response.status == 503
    assert "Vælg selv" in (await response.json())["error"]["message"]
    page = await desk.get(FORSTAA, params={"q": "borde på fortovet"}, headers=SIDE)
    assert page.status == 200
    assert "Vælg selv" in await page.text()


async def test_it_is_for_those_who_register(kontor: TestClient[Any, Any], engine: Engine) -> None:
    for role, status in (("front", 200), ("konsulent", 200), ("backoffice", 403), ("analytiker", 403), ("redaktør", 403)):
        browser = await log_ind(kontor, engine, role, [role])
        assert (await browser.get(FORSTAA, params={"q": "x"})).status == status, role
