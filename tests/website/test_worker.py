"""Answers come in order, once each, and when they can't come an apology does; nothing typed is lost over a restart."""

import asyncio
import datetime as dt
import json
import logging
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, OperationalError

from connectors.database import reading
from connectors.tracker import NewEvents
from connectors.website import answers, erase, lease, receiving, store, tilstand, worker
from connectors.website.gateway import GATEWAY, now
from connectors.website.messages import Draft
from connectors.website.models import Knap
from connectors.website.rasa_client import Answer
from tests.website.fakes import Chat, FakeRasa, House, HungUp, afventer, compact, echo, haendelser, library, marks, stand, taget
from tests.website.personale import samtale, skriver


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
    "no answer": web.json_response({"text": "hej"}),
    "no list": web.json_response({"answers": {"text": "hej"}, "have": 0, "events": []}),
    "no events": web.json_response({"answers": [{"text": "hej"}], "have": 0}),
    "events of a wrong shape": web.json_response({"answers": [{"text": "hej"}], "have": 0, "events": [{"event": "user"}]}),
    "events of no place": web.json_response({"answers": [{"text": "hej"}], "have": None, "events": ["{}"]}),
    "nothing said": web.json_response({"answers": [], "have": 0, "events": ["{}"]}),
    "no texts": web.json_response([{"data": {}}, {"text": ""}]),
    "wrong shape": web.json_response([{"text": 5}]),
    "too large": web.json_response([{"text": "x" * 1_100_000}]),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_no_usable_answer_becomes_an_apology_with_a_way_on(house: House, chat: Chat, rasa: FakeRasa, name: str):
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
    assert rasa.asked[-1]["mark"] == ""  # of what was not answered the bot remembers nothing
    assert [json.loads(event).get("text") for event in haendelser(house.engine, chat.id)] == ["heldig", None]


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
    assert [body["mark"] for body in rasa.asked] == marks(haendelser(house.engine, chat.id))[:6:2]
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
        assert heard(house.engine, chat.id) == said
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
    assert len(rasa.asked) == 1 and haendelser(house.engine, chat.id) == []
    tilstand.skift_tilstand(house.engine, chat.id, "bot", 1, "Nu svarer assistenten igen", now())
    await chat.say("tilbage til dig")
    assert (await chat.settled())[-1]["text"] == "svar på tilbage til dig"
    assert [(body["message"], body["mark"]) for body in rasa.asked] == [("jeg vil tale med nogen", ""), ("tilbage til dig", "")]


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
    answer = Answer([Draft("bot", "kun én gang")], NewEvents(0, ["{}"]))
    library, til = house.knowledge.current, lease.Lease("prøve", 15)
    stored = [answers.save_answer(house.engine, pending, answer, now(), library, til).stored for _ in range(2)]
    assert stored == [True, False]
    assert [m["text"] for m in await chat.settled()][2:] == ["kun én gang"]
    assert haendelser(house.engine, chat.id) == ["{}"]


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


@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize("how", ["erased here", "taken over elsewhere"])
async def test_what_is_erased_or_taken_over_while_it_waits_for_room_is_never_answered_and_mostly_not_even_asked(
    house: House, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, how: str, long: bool
):
    """Not where it is this gateway that has erased it; not after a while where it is another that has done something."""
    monkeypatch.setenv("ERHVERV_PARALLEL_CONVERSATIONS", "1")
    monkeypatch.setattr(worker, "LONG_SECONDS", 0.0 if long else 60.0)
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
    if how == "erased here":
        await gateway.post("/api/chat/close", headers=second.headers)
    else:
        tilstand.skift_tilstand(house.engine, second.id, "menneske", 0, "Du taler nu med Prøve", now())
    go.set()
    await first.settled()
    await asyncio.sleep(0.3)
    asked = how == "taken over elsewhere" and not long
    assert rasa.texts == (["den første", "den anden"] if asked else ["den første"])
    of_bot = [m["text"] for m in (await second.get())["messages"] if m["from"] == "bot" and m["reply_to"]]
    assert of_bot == haendelser(house.engine, second.id) == []


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
            new = NewEvents(int(pending.mark.partition(":")[0] or 0), [remembered(pending.seq), "{}"])
            saved = answers.save_answer(house.engine, pending, Answer([Draft("bot", "svar")], new), now(), library, til)
            pending = saved.next

    def business(til: lease.Lease) -> None:
        for number in range(15):
            incoming = receiving.Incoming(str(uuid.uuid4()), text=str(number))
            receipt = receiving.receive(house.engine, samtale_id, incoming, None, now(), til)
            answer(til, receipt.pending)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(business, lease.Lease(name, 600)) for name in ("a", "b")]:
            done.result()
    answered = [m["reply_to"] for m in store.fetch(house.engine, samtale_id, 1).messages if m["from"] == "bot"]
    assert answered == sorted(set(asked)) and len(asked) == 30
    assert heard(house.engine, samtale_id) == answered
    assert afventer(house.engine, samtale_id) is None and taget(house.engine, samtale_id, lease.Lease("c", 1))


def remembered(seq: int) -> str:
    """What the bot keeps of having heard message ``seq``."""
    return compact({"event": "user", "metadata": {"seq": seq}})


def heard(engine: Engine, samtale_id: str) -> list[int]:
    """``seq`` of each message that the bot remembers, in order."""
    events = map(json.loads, haendelser(engine, samtale_id))
    return [event["metadata"]["seq"] for event in events if event.get("event") == "user"]


async def test_the_events_of_an_answer_are_stored_with_it_and_the_next_message_is_asked_with_their_mark(
    house: House, chat: Chat, rasa: FakeRasa
):
    said = [await chat.say(text) for text in ("æblegrød", "i én", "køre")]  # one behind the other
    await chat.settled()
    for text in ("og så", '"en" 🍏\u2028 til'):  # each by itself
        said.append(await chat.say(text))
        await chat.settled()
    events = haendelser(house.engine, chat.id)
    assert [json.loads(event)["event"] for event in events] == ["user", "bot"] * 5
    assert heard(house.engine, chat.id) == said
    assert [json.loads(event)["text"] for event in events[::2]] == rasa.texts
    assert [body["mark"] for body in rasa.asked] == marks(events)[:10:2]
    assert len({body["mark"] for body in rasa.asked}) == 5


async def test_each_conversation_has_its_own_mark(house: House, chat: Chat, rasa: FakeRasa):
    other = await Chat(chat.client).open()
    for one in (chat, other, chat):
        await one.say("hej")
        await one.settled()
    assert [body["mark"].partition(":")[0] for body in rasa.asked] == ["", "", "2"]
    assert rasa.asked[2]["mark"] == marks(haendelser(house.engine, chat.id))[2]


async def test_where_the_events_have_no_room_nothing_of_the_answer_is_stored_but_an_apology(
    house: House, chat: Chat, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)

    async def collides(body: dict[str, Any]) -> web.StreamResponse:
        if body["message"] != "uheldig":
            return await echo(body)
        answer = {"text": "hemmelighedskræmmeri", "buttons": [{"title": "Videre", "payload": {"intent": "hemmelighed"}}]}
        events = [compact({"event": "slot", "name": "emne", "value": "hemmelighed"})] * 3
        return web.json_response({"answers": [answer, answer], "have": 1, "events": events})  # where two are stored

    rasa.answering = collides
    await chat.say("hej")
    await chat.settled()
    before, knapper = haendelser(house.engine, chat.id), await asyncio.to_thread(buttons, house.engine, chat.id)
    uheldig = await chat.say("uheldig")
    messages = await chat.settled()
    [sorry] = [m for m in messages if m["reply_to"] == uheldig]
    assert sorry["data"]["type"] == "fejl" and sorry["data"]["reference"] in caplog.text
    assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))
    assert haendelser(house.engine, chat.id) == before
    new = await asyncio.to_thread(buttons, house.engine, chat.id)
    assert [new[token] for token in new.keys() - knapper] == [{"intent": "menneske"}]  # the apology's
    assert "IntegrityError" in caplog.text and "hemmelighed" not in caplog.text
    await chat.say("heldig")
    assert (await chat.settled())[-1]["text"] == "svar på heldig"
    assert [body["mark"] for body in rasa.asked[1:]] == [marks(before)[-1]] * 2
    metrics = chat.client.app[GATEWAY].metrics
    assert metrics.value("erhverv_answers_total") == 3 and metrics.value("erhverv_dropped_answers_total") == 0


def buttons(engine: Engine, samtale_id: str) -> dict[str, Any]:
    """What those issued in a conversation stand for, by their token."""
    with reading(engine) as session:
        return {knap.token: knap.payload for knap in session.scalars(select(Knap).where(Knap.samtale_id == samtale_id))}


TIL = lease.Lease("prøve", 600)


@pytest.fixture
def asked(engine: Engine) -> lease.Pending:
    """A message that waits for the bot, in a conversation of which the bot remembers one turn already."""
    samtale_id = samtale(engine)
    for text in ("hej", "hvad koster det?"):
        skriver(engine, samtale_id, text)
    pending = afventer(engine, samtale_id)
    assert pending is not None and pending.mark == ""
    following = answers.save_answer(engine, pending, an_answer(0), now(), library(), TIL).next
    assert following is not None and following.mark == stand(engine, samtale_id) != ""
    return following


def an_answer(have: int) -> Answer:
    """One of two events, to be stored behind ``have`` others."""
    return Answer([Draft("bot", "svar")], NewEvents(have, [compact({"event": "user", "nr": have}), compact({"event": "bot"})]))


def said(engine: Engine, samtale_id: str) -> list[dict[str, Any]]:
    return store.fetch(engine, samtale_id, 0).messages


@pytest.mark.parametrize("have", [0, 1])
def test_events_that_collide_take_the_answer_with_them(engine: Engine, asked: lease.Pending, have: int):
    told, events = said(engine, asked.samtale_id), haendelser(engine, asked.samtale_id)
    with pytest.raises(IntegrityError):
        answers.save_answer(engine, asked, an_answer(have), now(), library(), TIL)
    assert (said(engine, asked.samtale_id), haendelser(engine, asked.samtale_id)) == (told, events)
    assert afventer(engine, asked.samtale_id) == asked
    assert answers.save_answer(engine, asked, an_answer(2), now(), library(), TIL).stored
    assert len(haendelser(engine, asked.samtale_id)) == 4


@pytest.mark.parametrize("name", ["insert_drafts", "with_bot"])
def test_an_answer_that_can_t_be_stored_takes_its_events_with_it(
    engine: Engine, asked: lease.Pending, monkeypatch: pytest.MonkeyPatch, name: str
):
    told, events = said(engine, asked.samtale_id), haendelser(engine, asked.samtale_id)

    def broken(*_: object) -> None:
        raise OSError("disken er fuld")

    with monkeypatch.context() as patch:
        patch.setattr(answers, name, broken)
        with pytest.raises(OSError, match="fuld"):
            answers.save_answer(engine, asked, an_answer(2), now(), library(), TIL)
    assert (said(engine, asked.samtale_id), haendelser(engine, asked.samtale_id)) == (told, events)
    assert afventer(engine, asked.samtale_id) == asked


@pytest.mark.parametrize("have", [0, 2, 4])
@pytest.mark.parametrize("how", ["answered", "taken over", "taken over and given back", "closed", "purged"])
def test_an_answer_that_is_not_due_any_more_stores_no_events(engine: Engine, asked: lease.Pending, how: str, have: int):
    samtale_id = asked.samtale_id
    match how:
        case "answered":
            answers.save_answer(engine, asked, an_answer(2), now(), library(), TIL)
        case "closed":
            erase.close_and_erase(engine, samtale_id, "slettet", now())
        case "purged":
            assert erase.purge(engine, now() + dt.timedelta(days=1)) == 1
        case _:
            tilstand.skift_tilstand(engine, samtale_id, "menneske", 0, "Du taler nu med Prøve", now())
            if how == "taken over and given back":
                tilstand.skift_tilstand(engine, samtale_id, "bot", 1, "Nu svarer assistenten igen", now())
    told, events = said(engine, samtale_id), haendelser(engine, samtale_id)
    assert len(events) == {"answered": 4, "closed": 0, "purged": 0}.get(how, 2)
    assert not answers.save_answer(engine, asked, an_answer(have), now(), library(), TIL).stored
    assert (said(engine, samtale_id), haendelser(engine, samtale_id)) == (told, events)
