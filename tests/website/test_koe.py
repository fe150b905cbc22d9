"""The queue: places, who sees what, out of it again by a button or a word, and what is written meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine

from connectors.website import koe, overtagelse
from connectors.website.gateway import GATEWAY, now
from tests.website.fakes import Chat, FakeRasa, House, echo, library
from tests.website.personale import NU, ansat, efter, i_koe, rk, samtale, sidste, skriver

LIBRARY = library()
BACK = {"title": "Tilbage til computeren", "payload": {"intent": "forlad_koe"}}


async def hands_over(body: dict[str, Any]) -> web.StreamResponse:
    """As ``action_menneske`` answers where a person can come; anything else is echoed."""
    if body["message"] != "et menneske, tak":
        return await echo(body)
    data = {"type": "overdragelse", "state": "venter", "plads": 1}
    return web.json_response([{"text": LIBRARY.text("overtagelse", "venter", plads=1), "buttons": [BACK], "data": data}])


@pytest.fixture
def handing(rasa: FakeRasa) -> FakeRasa:
    rasa.answering = hands_over
    return rasa


async def _waiting(house: House, handing: FakeRasa) -> Chat:
    """A business in the queue, somebody of the front being there."""
    chat = await Chat(await house.gateway()).open()
    ansat(house.engine, "Mette", her=now())
    await chat.say("et menneske, tak")
    await chat.settled()
    return chat


async def test_the_answer_and_the_queue_come_together(house: House, handing: FakeRasa) -> None:
    chat = await _waiting(house, handing)
    body = await chat.get()
    assert (body["state"], body["busy"]) == ("venter", False)
    told = body["messages"][-1]
    assert (told["from"], told["reply_to"]) == ("bot", 2)
    assert told["data"] == {"type": "overdragelse", "state": "venter", "plads": 1}
    [waiting] = koe.venteliste(house.engine, ansat(house.engine, "Ali"))
    assert (waiting.samtale_id, waiting.plads, waiting.sidste) == (chat.id, 1, "et menneske, tak")
    assert chat.client.app[GATEWAY].metrics.value("erhverv_handovers_total", haendelse="i_koe") == 1


async def test_the_place_told_is_the_one_it_really_got(house: House, handing: FakeRasa) -> None:
    i_koe(house.engine, now())  # asked for a person while the bot was looking
    chat = await _waiting(house, handing)
    told = (await chat.get())["messages"][-1]
    assert told["data"]["plads"] == 2 and "nummer 2" in told["text"]


async def test_what_is_written_while_waiting_is_kept_and_the_bot_is_silent(house: House, handing: FakeRasa) -> None:
    chat = await _waiting(house, handing)
    await chat.say("det er om vores skilt på facaden")
    await asyncio.sleep(0.3)
    body = await chat.get()
    assert (body["state"], body["busy"]) == ("venter", False)
    assert body["messages"][-1]["text"] == "det er om vores skilt på facaden"
    assert len(handing.asked) == 1


async def test_two_messages_at_once_the_second_waits_for_the_person(house: House, handing: FakeRasa) -> None:
    chat = await Chat(await house.gateway()).open()
    ansat(house.engine, "Mette", her=now())
    await chat.say("et menneske, tak")
    await chat.say("og helst hurtigt")
    await chat.settled()
    assert handing.texts == ["et menneske, tak"]
    assert (await chat.get())["state"] == "venter"


async def test_the_button_leads_back_to_the_bot(house: House, handing: FakeRasa) -> None:
    chat = await _waiting(house, handing)
    button = (await chat.get())["messages"][-1]["buttons"][0]
    await chat.press(button["payload"])
    messages = await chat.settled()
    pressed, told, hello = messages[-3:]
    assert (pressed["from"], pressed["text"]) == ("user", "Tilbage til computeren")
    assert told["data"] == {"type": "overdragelse", "state": "bot", "plads": None}
    assert (hello["from"], hello["reply_to"]) == ("bot", pressed["seq"])
    assert handing.asked[-1]["message"] == "/forlad_koe" and handing.asked[-1]["command"] is True
    assert koe.venteliste(house.engine, ansat(house.engine, "Ali")) == []
    await chat.press(button["payload"])  # out of date now, and says so
    assert (await chat.settled())[-1]["data"] == {"type": "foraeldet_knap"}


async def test_a_word_leads_back_too(house: House, handing: FakeRasa) -> None:
    chat = await _waiting(house, handing)
    await chat.say("jeg vil hellere tale med computeren igen")
    messages = await chat.settled()
    assert (await chat.get())["state"] == "bot"
    assert messages[-1]["text"] == "svar på /forlad_koe"
    assert chat.client.app[GATEWAY].metrics.value("erhverv_handovers_total", haendelse="forladt") == 1


async def test_the_bots_older_buttons_say_that_they_do_nothing_now(house: House, handing: FakeRasa) -> None:
    chat = await _waiting(house, handing)
    older = chat.greeting[0]["buttons"][0]["payload"]
    await chat.press(older)
    notice = (await chat.get())["messages"][-1]
    assert (notice["from"], notice["data"]) == ("system", {"type": "foraeldet_knap"}) and "venter" in notice["text"]
    overtagelse.tag(house.engine, chat.id, ansat(house.engine, "Ali", her=now()), LIBRARY, now())
    await chat.press(older)
    body = await chat.get()
    assert body["state"] == "menneske" and "taler du med et menneske" in body["messages"][-1]["text"]
    assert len(handing.asked) == 1


async def test_deleted_while_waiting_it_is_closed_and_out_of_the_list(house: House, handing: FakeRasa) -> None:
    chat = await _waiting(house, handing)
    with chat.client.app[GATEWAY].notifier.listening(koe.DESK) as desk:
        response = await chat.client.post("/api/chat/close", headers=chat.headers)
        assert response.status == 200
        assert await desk.wait(5)
    assert koe.venteliste(house.engine, ansat(house.engine, "Ali")) == []
    assert (await chat.get())["state"] == "lukket"


async def test_the_desk_hears_of_the_queue_at_once(house: House, handing: FakeRasa) -> None:
    chat = await Chat(await house.gateway()).open()
    ansat(house.engine, "Mette", her=now())
    with chat.client.app[GATEWAY].notifier.listening(koe.DESK) as desk:
        await chat.say("et menneske, tak")
        await chat.settled()
        assert await desk.wait(5)


async def test_the_desk_of_another_gateway_hears_of_it_too(house: House, handing: FakeRasa) -> None:
    chat = await Chat(await house.gateway(name="a")).open()
    other = await house.gateway(name="b")
    ansat(house.engine, "Mette", her=now())
    with other.app[GATEWAY].notifier.listening(koe.DESK) as desk:
        await desk.wait(1)  # the first look
        await chat.say("et menneske, tak")
        await chat.settled()
        assert await desk.wait(5)


def test_places_follow_who_came_first(engine: Engine) -> None:
    first, second, third = (i_koe(engine, efter(n)) for n in (0, 1, 2))
    mette = ansat(engine, "Mette")
    assert [(one.samtale_id, one.plads) for one in koe.venteliste(engine, mette)] == [(first, 1), (second, 2), (third, 3)]
    assert koe.naeste_plads(engine) == 4
    overtagelse.tag(engine, first, mette, LIBRARY, efter(10))
    assert [(one.samtale_id, one.plads) for one in koe.venteliste(engine, mette)] == [(second, 1), (third, 2)]
    assert koe.antal(engine) == {"venter": 2, "menneske": 1}


def test_two_in_the_same_instant_have_each_their_place(engine: Engine) -> None:
    for _ in range(3):
        i_koe(engine, NU)
    assert sorted(one.plads for one in koe.venteliste(engine, ansat(engine, "Mette"))) == [1, 2, 3]


def test_a_list_shows_what_its_reader_may_take(engine: Engine) -> None:
    general = i_koe(engine)
    mette, hr = ansat(engine, "Mette"), ansat(engine, "Hanne", rolle="konsulent", enhed="team-hr")
    assert koe.venteliste(engine, hr) == []
    assert [one.samtale_id for one in koe.venteliste(engine, mette)] == [general]
    assert koe.venteliste(engine, ansat(engine, "Aia", rolle="analytiker")) == []


def test_the_last_thing_typed_is_shown_not_a_buttons_title(engine: Engine) -> None:
    samtale_id = i_koe(engine)
    skriver(engine, samtale_id, "vi er tre i kø her")
    [waiting] = koe.venteliste(engine, ansat(engine, "Mette"))
    assert waiting.sidste == "vi er tre i kø her"


def test_the_fingerprint_changes_with_anything_the_lists_show(engine: Engine) -> None:
    seen = [koe.aftryk(engine)]
    samtale(engine)
    assert koe.aftryk(engine) == seen[0]
    samtale_id = i_koe(engine)
    seen.append(koe.aftryk(engine))
    skriver(engine, samtale_id, "hej")
    seen.append(koe.aftryk(engine))
    overtagelse.tag(engine, samtale_id, ansat(engine, "Mette"), LIBRARY, NU)
    seen.append(koe.aftryk(engine))
    assert len(set(seen)) == len(seen)
    assert rk(engine, samtale_id).state == "menneske" and sidste(engine, samtale_id)["from"] == "system"
