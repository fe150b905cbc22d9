"""Drafts for staff: the bot's own answers, on what the business wrote last, and canned replies with what is known in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from bot.dialog import catalogue, ydelse
from bot.knowledge import Library
from bot.knowledge.schema.ydelse import Aspekt
from connectors.crm.tid import nu
from connectors.database import off_loop, writing
from connectors.desk.forslag import udfyldt
from connectors.website.models import Besked, Samtale
from tests.desk.kontor import Browser, log_ind
from tests.desk.mening import mening
from tests.desk.sager import opret
from tests.website.fakes import FakeRasa


def samtale(engine: Engine, *texts: str, ident: str = "samtale-a") -> None:
    """A conversation that waits for a person, in which the business has typed ``texts`` and pressed a button since."""
    with writing(engine) as session:
        session.add(
            Samtale(
                id=ident, token_hash=ident, state="venter", epoch=1, last_seq=len(texts) + 1, read_seq=0, created=nu(),
                active=nu(), venter_siden=nu(),
            )
        )  # fmt: skip
        session.flush()
        said: list[dict[str, Any]] = [{"text": text, "knap_seq": None} for text in texts]
        said.append({"text": "Tal med et menneske", "knap_seq": 1})
        for seq, felter in enumerate(said, start=1):
            session.add(Besked(samtale_id=ident, seq=seq, sender="user", data={}, created=nu(), pending=False, **felter))


async def test_drafts_are_the_bots_answers(desk: Browser, rasa: FakeRasa, bibliotek: Library) -> None:
    rasa.meaning = mening("ydelse/udeservering", "pakke/cafe-restaurationspakke", "ydelse/skilte-bannere", "ydelse/lokalplan")
    drafts = await (await desk.get("/desk/api/forslag", params={"q": "må jeg sætte borde ud"})).json()
    assert [draft["ydelse"] or draft["pakke"] for draft in drafts] == [
        "udeservering", "cafe-restaurationspakke", "skilte-bannere",
    ]  # fmt: skip
    short = ydelse.about(bibliotek.ydelser["udeservering"], None, bibliotek).text
    assert short.endswith(drafts[0]["tekst"])
    assert drafts[0]["titel"] == bibliotek.ydelser["udeservering"].navn
    assert drafts[1]["tekst"] == catalogue.package(bibliotek.servicepakker["cafe-restaurationspakke"], bibliotek).text


async def test_the_aspect_asked_for_comes_first_where_a_source_answers_it(
    desk: Browser, rasa: FakeRasa, bibliotek: Library
) -> None:
    rasa.meaning = mening("ydelse/alkoholbevilling", "ydelse/udeservering")
    asked = {"q": "hvor lang tid tager det at få en alkoholbevilling"}
    drafts = await (await desk.get("/desk/api/forslag", params=asked)).json()
    assert [(draft["ydelse"], draft["aspekt"]) for draft in drafts] == [
        ("alkoholbevilling", "hvor_laenge"), ("alkoholbevilling", None), ("udeservering", None),
    ]  # fmt: skip
    assert drafts[0]["tekst"] == bibliotek.ydelser["alkoholbevilling"].svar[Aspekt.HVOR_LAENGE].tekst
    price = await (await desk.get("/desk/api/forslag", params={"q": "hvad koster en alkoholbevilling"})).json()
    assert Aspekt.PRIS not in bibliotek.ydelser["alkoholbevilling"].svar
    assert [draft["aspekt"] for draft in price] == [None, None]


async def test_in_a_conversation_a_follow_up_is_about_what_was_written_before(
    desk: Browser, rasa: FakeRasa, engine: Engine
) -> None:
    await off_loop(samtale, engine, "jeg vil have en alkoholbevilling", "hvor lang tid tager det")

    async def meaning(body: dict[str, Any]) -> web.StreamResponse:
        about = mening("ydelse/alkoholbevilling") if "bevilling" in body["text"] else mening("ydelse/tilsyn", intent="aspekt")
        return await about(body)

    rasa.meaning = meaning
    drafts = await (await desk.get("/desk/api/forslag", params={"samtale": "samtale-a"})).json()
    assert rasa.understood == ["hvor lang tid tager det", "jeg vil have en alkoholbevilling"]
    assert [(draft["ydelse"], draft["aspekt"]) for draft in drafts] == [
        ("alkoholbevilling", "hvor_laenge"), ("alkoholbevilling", None),
    ]  # fmt: skip


async def test_nothing_to_suggest_is_an_empty_list(desk: Browser, rasa: FakeRasa, engine: Engine) -> None:
    await off_loop(samtale, engine, "hej", "tak for det")
    rasa.meaning = mening(intent="smalltalk")
    response = await desk.get("/desk/api/forslag", params={"samtale": "samtale-a"})
    assert (response.status, await response.json()) == (200, [])


@pytest.mark.parametrize("path", ["forslag", "skabeloner"])
async def test_a_conversation_is_only_for_those_who_may_see_it(kontor: TestClient[Any, Any], engine: Engine, path: str) -> None:
    await off_loop(samtale, engine, "noget")
    colleague = await log_ind(kontor, engine, "karl", ["konsulent"], ["team-hr"])
    assert (await colleague.get(f"/desk/api/{path}", params={"samtale": "samtale-a"})).status == 404
    assert (await colleague.get(f"/desk/api/{path}", params={"samtale": "findes-ikke"})).status == 404
    analyst = await log_ind(kontor, engine, "asta", ["analytiker"])
    assert (await analyst.get(f"/desk/api/{path}", params={"q": "noget"})).status == 403


async def test_a_question_about_nothing_is_refused_and_a_rasa_that_is_down_told(desk: Browser, rasa: FakeRasa) -> None:
    assert (await desk.get("/desk/api/forslag")).status == 400
    await rasa.stop()
    response = await desk.get("/desk/api/forslag", params={"q": "borde på fortovet"})
    assert response.status == 503
    assert "Svar selv" in (await response.json())["error"]["message"]


async def test_canned_replies_hold_what_is_known_and_name_what_is_not(desk: Browser, engine: Engine, bibliotek: Library) -> None:
    await off_loop(samtale, engine, "noget")
    before = await (await desk.get("/desk/api/skabeloner", params={"samtale": "samtale-a"})).json()
    assert [one["id"] for one in before] == [one.id for one in bibliotek.skabeloner]
    told = {one["id"]: one for one in before}
    assert "Anna" in told["velkommen"]["tekst"]
    assert told["velkommen"]["mangler"] == []
    assert told["sagen-er-oprettet"]["mangler"] == ["virksomhed", "nummer", "frist"]
    assert "{nummer}" in told["sagen-er-oprettet"]["tekst"]
    number = await off_loop(opret, engine, dt.timedelta(days=9), samtale="samtale-a", virksomhed={"navn": "Sælen Prøve"})
    after = await (await desk.get("/desk/api/skabeloner", params={"samtale": "samtale-a"})).json()
    filled = next(one for one in after if one["id"] == "sagen-er-oprettet")
    assert filled["mangler"] == []
    assert number in filled["tekst"]
    assert "Sælen Prøve" in filled["tekst"]
    assert "{" not in filled["tekst"]


def test_what_is_filled_in_is_never_taken_for_a_placeholder_again() -> None:
    assert udfyldt("{virksomhed} {nummer}", {"virksomhed": "{nummer}", "nummer": "KBH-2026-000001"}) == (
        "{nummer} KBH-2026-000001"
    )
