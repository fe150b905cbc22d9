"""Answers come in order, once each, and when they can't come an apology does; nothing typed is lost over a restart."""

import asyncio
import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from connectors.website import answers, erase, lease, store, tilstand
from connectors.website.gateway import GATEWAY, now
from connectors.website.messages import Draft
from tests.website.fakes import Chat, FakeRasa, House, HungUp, afventer, echo, taget


async def test_messages_of_a_conversation_are_answered_one_by_one_and_in_order(chat: Chat, rasa: FakeRasa):
    async def slow_at_first(body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(0.2 if body["message"] == "0" else 0)
        return await echo(body)

    rasa.answering = slow_at_first
    said = [await chat.say(str(number)) for number in range(5)]
    messages = await chat.settled()
    assert rasa.texts == ["0", "1", "2", "3", "4"]
    assert rasa.most_in_one == 1
    assert [m["reply_to"] for m in messages if m["from"] == "bot"] == [None, *said]
    assert [body["metadata"]["seq"] for body in rasa.asked] == said


async def test_conversations_are_answered_side_by_side(chat: Chat, rasa: FakeRasa):
    both = asyncio.Event()

    async def wait_for_the_other(body: dict[str, Any]) -> web.StreamResponse:
        if rasa.most_at_once == 2:
            both.set()
        await asyncio.wait_for(both.wait(), 5)
        return await echo(body)

    rasa.answering = wait_for_the_other
    other = await Chat(chat.client).open()
    await chat.say("a")
    await other.say("b")
    assert len(await chat.settled()) == len(await other.settled()) == 3


async def test_busy_while_something_is_unanswered(chat: Chat, rasa: FakeRasa):
    go = asyncio.Event()

    async def wait(body: dict[str, Any]) -> web.StreamResponse:
        await go.wait()
        return await echo(body)

    rasa.answering = wait
    await chat.say("hej")
    assert (await chat.get())["busy"] is True
    go.set()
    await chat.settled()
    assert (await chat.get())["busy"] is False


async def test_several_messages_of_one_answer_stay_together(chat: Chat, rasa: FakeRasa):
    async def two(_: dict[str, Any]) -> web.StreamResponse:
        return web.json_response([{"text": "for det første"}, {"text": "for det andet", "data": {"type": "ydelse", "id": "x"}}])

    rasa.answering = two
    await chat.say("hej")
    _, _, first, second = await chat.settled()
    assert (first["text"], second["text"]) == ("for det første", "for det andet")
    assert first["reply_to"] == second["reply_to"] == 2
    assert second["data"] == {"type": "ydelse", "id": "x"}


FAILURES: dict[str, web.Response | Exception | bytes] = {
    "empty": web.json_response([]),
    "500": web.Response(status=500, text="transcript"),
    "404": web.Response(status=404),
    "redirect": web.Response(status=302, headers={"Location": "/andetsteds"}),
    "no json": web.Response(text="hov"),
    "no list": web.json_response({"text": "hej"}),
    "no texts": web.json_response([{"data": {}}, {"text": ""}]),
    "wrong shape": web.json_response([{"text": 5}]),
    "too large": web.json_response([{"text": "x" * 1_100_000}]),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_no_usable_answer_becomes_an_apology_with_a_way_on(chat: Chat, rasa: FakeRasa, name: str):
    async def fail(body: dict[str, Any]) -> web.StreamResponse:
        if body["message"] != "uheldig":
            return await echo(body)
        made = FAILURES[name]
        assert isinstance(made, web.Response)
        return web.Response(status=made.status, body=made.body, headers={"Content-Type": made.content_type, **made.headers})

    rasa.answering = fail
    await chat.say("uheldig")
    await chat.say("heldig")
    _, _, _, sorry, answer = sorted(await chat.settled(), key=lambda m: (m["reply_to"] or 0, m["seq"]))
    assert sorry["data"]["type"] == "fejl" and sorry["data"]["reference"] in sorry["text"]
    assert "Beklager" in sorry["text"]
    assert "Prøvetorvet 1" in sorry["text"] and "00 00 00 00" not in sorry["text"]
    assert [button["title"] for button in sorry["buttons"]] == ["Tal med et menneske"]
    assert answer["text"] == "svar på heldig"


async def test_a_silent_rasa_becomes_an_apology(house: House, rasa: FakeRasa):
    async def silent(_: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    rasa.answering = silent
    chat = await Chat(await house.gateway(rasa_timeout_seconds=0.2)).open()
    await chat.say("hej")
    assert (await chat.settled())[-1]["data"]["type"] == "fejl"
    assert chat.client.app[GATEWAY].metrics.value("erhverv_failures_total", aarsag="timeout") == 1


async def test_a_dead_rasa_becomes_an_apology_and_only_the_first_message_waits_for_it(house: House, rasa: FakeRasa):
    await rasa.stop()
    chat = await Chat(await house.gateway(patience=1)).open()
    for number in range(4):
        await chat.say(str(number))
    messages = await chat.settled(8)
    assert [m["data"].get("type") for m in messages if m["from"] == "bot"] == [None, "fejl", "fejl", "fejl", "fejl"]


async def test_the_button_of_an_apology_reaches_rasa_once_it_is_back(chat: Chat, rasa: FakeRasa):
    async def fail(_: dict[str, Any]) -> web.StreamResponse:
        return web.json_response([])

    rasa.answering = fail
    await chat.say("hej")
    sorry = (await chat.settled())[-1]
    rasa.answering = echo
    await chat.press(sorry["buttons"][0]["payload"])
    assert (await chat.settled())[-1]["text"] == "svar på /menneske"


async def test_a_rasa_that_starts_again_gets_the_message(house: House, rasa: FakeRasa, unused_tcp_port: int):
    chat = await Chat(await house.gateway(patience=20, rasa_url=f"http://127.0.0.1:{unused_tcp_port}")).open()
    await chat.say("hej")
    await asyncio.sleep(0.3)
    late = FakeRasa()
    await late.start(unused_tcp_port)
    try:
        assert (await chat.settled())[-1]["text"] == "svar på hej"
    finally:
        await late.stop()


@pytest.mark.parametrize("half", [True, False])
async def test_an_answer_broken_off_is_asked_for_again(chat: Chat, rasa: FakeRasa, half: bool):
    async def break_off(_: dict[str, Any]) -> web.StreamResponse:
        rasa.answering = echo
        raise HungUp(half)

    rasa.answering = break_off
    await chat.say("hej")
    assert (await chat.settled())[-1]["text"] == "svar på hej"
    assert [body["metadata"]["seq"] for body in rasa.asked] == [2, 2]


async def test_what_was_unanswered_is_answered_after_a_restart(house: House, rasa: FakeRasa):
    async def never(_: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    rasa.answering = never
    first = await house.gateway()
    chat = await Chat(first).open()
    for number in range(3):
        await chat.say(str(number))
    await asyncio.sleep(0.1)
    await first.close()
    rasa.answering = echo
    rasa.asked.clear()
    again = Chat(await house.gateway(), chat.token)
    messages = await again.settled()
    assert rasa.texts == ["0", "1", "2"]
    assert [(m["seq"], m["from"], m["reply_to"]) for m in messages[4:]] == [(5, "bot", 2), (6, "bot", 3), (7, "bot", 4)]


async def test_a_gateway_that_died_is_replaced_by_another_when_its_lease_runs_out(house: House, rasa: FakeRasa):
    first = await house.gateway(name="a")
    chat = await Chat(first).open()
    assert taget(house.engine, chat.id, lease.Lease("død", 1))
    await chat.say("hej")
    await asyncio.sleep(0.3)
    assert rasa.asked == []
    assert (await chat.settled())[-1]["text"] == "svar på hej"


async def test_two_replicas_answer_each_message_once(house: House, rasa: FakeRasa):
    first, second = await house.gateway(name="a"), await house.gateway(name="b")
    chats = [await Chat(first).open() for _ in range(4)]
    for chat in chats:
        for number in range(3):
            await Chat([first, second][number % 2], chat.token).say(str(number))
    for chat in chats:
        messages = await chat.settled()
        said = [m["seq"] for m in messages if m["from"] == "user"]
        assert [m["reply_to"] for m in messages if m["from"] == "bot"] == [None, *said]
    assert rasa.most_in_one == 1
    assert len(rasa.asked) == 12


async def test_an_answer_under_way_never_lands_on_top_of_a_person(house: House, chat: Chat, rasa: FakeRasa):
    asked, go = asyncio.Event(), asyncio.Event()

    async def wait(body: dict[str, Any]) -> web.StreamResponse:
        asked.set()
        await go.wait()
        return await echo(body)

    rasa.answering = wait
    await chat.say("jeg vil tale med nogen")
    await chat.say("og helst nu")
    await asked.wait()
    assert tilstand.skift_tilstand(house.engine, chat.id, "menneske", 0, "Du taler nu med Prøve", now()) == 1
    go.set()
    await asyncio.sleep(0.2)
    await chat.say("hej menneske")
    body = await chat.get()
    assert (body["state"], body["busy"]) == ("menneske", False)
    assert [m["from"] for m in body["messages"]] == ["bot", "user", "user", "system", "user"]
    assert body["messages"][3]["data"] == {"type": "overdragelse", "state": "menneske", "plads": None}
    assert len(rasa.asked) == 1
    tilstand.skift_tilstand(house.engine, chat.id, "bot", 1, "Nu svarer assistenten igen", now())
    await chat.say("tilbage til dig")
    assert (await chat.settled())[-1]["text"] == "svar på tilbage til dig"
    assert rasa.texts == ["jeg vil tale med nogen", "tilbage til dig"]


async def test_an_answer_is_stored_once_however_often_it_comes(house: House, chat: Chat, rasa: FakeRasa):
    asked = asyncio.Event()

    async def wait(_: dict[str, Any]) -> web.StreamResponse:
        asked.set()
        await asyncio.sleep(30)
        return web.Response()

    rasa.answering = wait
    await chat.say("hej")
    await asked.wait()
    pending = afventer(house.engine, chat.id)
    assert pending is not None
    draft = [Draft("bot", "kun én gang")]
    library, til = house.knowledge.current, lease.Lease("prøve", 15)
    stored = [answers.save_answers(house.engine, pending, draft, now(), library, til).stored for _ in range(2)]
    assert stored == [True, False]
    assert [m["text"] for m in await chat.settled()][2:] == ["kun én gang"]


async def test_text_with_a_slash_is_text(chat: Chat, rasa: FakeRasa):
    for text in ("/restart", "  /menneske{}", "/omraader"):
        await chat.say(text)
    await chat.settled()
    assert [(body["message"], body["command"]) for body in rasa.asked] == [
        ("/restart", False), ("/menneske{}", False), ("/omraader", False),
    ]  # fmt: skip
    assert all("knap" not in body["metadata"] for body in rasa.asked)


async def test_without_editors_texts_there_is_still_an_apology(house: House, chat: Chat, rasa: FakeRasa):
    await rasa.stop()
    house.knowledge.current = type(house.knowledge.current)()
    await chat.say("hej")
    last = (await chat.settled())[-1]
    assert last["data"]["type"] == "fejl" and last["data"]["reference"] in last["text"]
    response = await chat.client.post("/api/chat/close", headers=chat.headers)
    assert response.status == 200
    assert (await chat.get())["messages"][0]["text"]


@pytest.mark.parametrize("how", ["erased", "taken over"])
async def test_what_is_erased_or_taken_over_while_it_waits_for_room_is_never_asked(
    house: House, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, how: str
):
    monkeypatch.setenv("ERHVERV_PARALLEL_CONVERSATIONS", "1")
    go = asyncio.Event()

    async def slow(body: dict[str, Any]) -> web.StreamResponse:
        if body["message"] == "den første":
            await go.wait()
        return await echo(body)

    rasa.answering = slow
    gateway = await house.gateway()
    first, second = await Chat(gateway).open(), await Chat(gateway).open()
    await first.say("den første")
    await second.say("den anden")
    if how == "erased":
        await gateway.post("/api/chat/close", headers=second.headers)
    else:
        tilstand.skift_tilstand(house.engine, second.id, "menneske", 0, "Du taler nu med Prøve", now())
    go.set()
    await first.settled()
    await asyncio.sleep(0.3)
    assert rasa.texts == ["den første"]


async def test_what_could_not_be_erased_is_tried_again_with_the_next_look(house: House, monkeypatch: pytest.MonkeyPatch):
    tries, erased = list[dt.datetime](), asyncio.Event()
    loop = asyncio.get_running_loop()

    def fails_at_first(_: Engine, before: dt.datetime) -> int:
        tries.append(before)
        if len(tries) == 1:
            raise OperationalError("DELETE", {}, Exception("låst"))
        loop.call_soon_threadsafe(erased.set)
        return 0

    monkeypatch.setattr(erase, "purge", fails_at_first)
    await house.gateway()
    await asyncio.wait_for(erased.wait(), 10)
    await asyncio.sleep(0.3)
    assert len(tries) == 2  # and then not before tomorrow


async def test_two_gateways_in_one_conversation_answer_each_message_once_and_in_order(house: House):
    """Without sweep and without Rasa: what a message takes and what an answer gives back leaves no gap between them."""
    library, asked = house.knowledge.current, list[int]()
    samtale_id, _, _ = store.create(house.engine, [Draft("bot", "hej")], now())

    def answer(til: lease.Lease, pending: lease.Pending | None) -> None:
        while pending is not None:
            asked.append(pending.seq)
            saved = answers.save_answers(house.engine, pending, [Draft("bot", "svar")], now(), library, til)
            pending = saved.next

    def business(til: lease.Lease) -> None:
        for number in range(15):
            incoming = store.Incoming(str(uuid.uuid4()), text=str(number))
            receipt = store.receive(house.engine, samtale_id, incoming, None, now(), til)
            answer(til, receipt.pending)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(business, lease.Lease(name, 600)) for name in ("a", "b")]:
            done.result()
    answered = [m["reply_to"] for m in store.fetch(house.engine, samtale_id, 1).messages if m["from"] == "bot"]
    assert answered == sorted(set(asked)) and len(asked) == 30
    assert afventer(house.engine, samtale_id) is None and taget(house.engine, samtale_id, lease.Lease("c", 1))
