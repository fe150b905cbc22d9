"""What must not be kept or shown: CPR numbers anywhere, texts in logs, tokens in the database, ended conversations."""

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import Callable

import pytest
from aiohttp import web
from sqlalchemy import Engine, event, select, text

from connectors.database import reading, writing
from connectors.tracker import TrackerEvent
from connectors.website import erase, receiving, store
from connectors.website.gateway import GATEWAY, now
from connectors.website.models import Besked, Knap, Samtale
from tests.website.fakes import Chat, FakeRasa, House, echo


def everything(engine: Engine) -> str:
    """All that the chat's tables hold, and the bot's memory."""
    with reading(engine) as session:
        return "\n".join(
            repr(tuple(row))
            for table in (Samtale, Besked, Knap, TrackerEvent)
            for row in session.execute(select(*table.__table__.columns))
        )


async def test_a_cpr_number_is_gone_before_it_is_stored_or_passed_on(
    engine: Engine, chat: Chat, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    await chat.say("Jeg er 010190–1234 og min medejer 02 02 85 4321. P-nr. 1010101234, tlf. 20 41 77 03")
    _, question, notice, answer = await chat.settled()
    assert question["text"] == "Jeg er [CPR] og min medejer [CPR]. P-nr. 1010101234, tlf. 20 41 77 03"
    assert notice["from"] == "system" and notice["reply_to"] == 2
    assert notice["data"] == {"type": "cpr_maskeret", "antal": 2}
    assert "CPR-nummer" in notice["text"]
    assert answer["reply_to"] == 2
    [asked] = rasa.asked
    assert asked["message"] == question["text"] and asked["metadata"]["cpr_maskeret"] is True
    for place in (everything(engine), caplog.text, str(asked)):
        assert "1234 og" not in place and "010190" not in place and "4321" not in place


async def test_nothing_that_is_written_is_logged(
    house: House, chat: Chat, rasa: FakeRasa, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    caplog.set_level(logging.DEBUG)

    async def fail(body: dict) -> web.StreamResponse:
        return web.Response(status=500, text=body["message"])

    rasa.answering = fail
    await chat.say("hemmelighedskræmmeri")
    await chat.settled()
    await chat.post(text="hemmelighedskræmmeri" * 100)
    await chat.post(client_id="hemmelighedskræmmeri", text="hej")

    def broken(*_: object) -> None:
        raise ValueError("kunne ikke gemme 'hemmelighedskræmmeri'")

    monkeypatch.setattr(receiving, "receive", broken)
    response = await chat.post(text="hemmelighedskræmmeri")
    error = (await response.json())["error"]
    assert (response.status, error["code"]) == (500, "uventet_fejl")
    reference = error["message"].rstrip(".").split()[-1]
    assert reference in caplog.text and "ValueError" in caplog.text
    assert "hemmelighed" not in caplog.text and chat.token not in caplog.text and "hemmelighed" not in error["message"]


async def test_a_lost_database_is_told_and_logged_without_what_was_written(
    chat: Chat, engine: Engine, caplog: pytest.LogCaptureFixture
):
    with writing(engine) as session:
        session.execute(text("ALTER TABLE besked RENAME TO besked_væk"))
    try:
        response = await chat.post(text="hemmelighedskræmmeri")
        assert response.status in (500, 503)
        assert (await response.json())["error"]["message"]
        assert "hemmelighed" not in caplog.text
    finally:
        with writing(engine) as session:
            session.execute(text("ALTER TABLE besked_væk RENAME TO besked"))
    client_id = str(uuid.uuid4())
    assert (await chat.post(client_id=client_id, text="hemmelighedskræmmeri")).status == 202


async def test_a_request_that_cannot_be_read_is_logged_without_its_bytes(chat: Chat, caplog: pytest.LogCaptureFixture):
    assert chat.client.port is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", chat.client.port)
    writer.write(b"POST /api/chat/messages HTTP/1.1\r\nHost: proeve\r\nen hemmelighed: ja\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.0 400")
    writer.close()
    [logged] = [record for record in caplog.records if record.name == "aiohttp.server"]
    assert "BadHttpMessage" in logged.getMessage()
    assert "hemmelighed" not in caplog.text


async def test_the_token_itself_is_kept_nowhere(engine: Engine, chat: Chat):
    assert chat.token not in everything(engine)


async def test_closing_erases_the_conversation_and_rasas_memory_of_it(engine: Engine, chat: Chat, rasa: FakeRasa):
    other = await Chat(chat.client).open()
    await chat.say("slettemig")
    await other.say("behold")
    await chat.settled()
    await other.settled()
    assert tracked(engine) == {chat.id, other.id}
    await chat.client.post("/api/chat/close", headers=chat.headers)
    kept = everything(engine)
    assert "slettemig" not in kept and "behold" in kept
    assert tracked(engine) == {other.id}


@pytest.mark.parametrize("how", ["closed", "purged"])
async def test_of_an_answer_under_way_when_the_conversation_is_erased_nothing_is_ever_stored(
    engine: Engine, chat: Chat, rasa: FakeRasa, how: str
):
    since: list[str] = []  # what the database has been told since the erasing

    async def erase_meanwhile(body: dict) -> web.StreamResponse:
        if body["message"] != "slettemig":
            return await echo(body)
        if how == "closed":
            await chat.client.post("/api/chat/close", headers=chat.headers)
        else:
            assert erase.purge(engine, now() + dt.timedelta(days=1)) == 1
        event.listen(engine, "before_cursor_execute", lambda *args: since.append(f"{args[2]} {args[3]}"))
        return await echo(body)

    rasa.answering = erase_meanwhile
    await chat.say("hej")
    await chat.settled()
    assert tracked(engine) == {chat.id}
    await chat.say("slettemig")
    metrics = chat.client.app[GATEWAY].metrics
    await until(lambda: metrics.value("erhverv_dropped_answers_total") == 1)
    assert tracked(engine) == set() and "slettemig" not in everything(engine)
    assert since and "slettemig" not in str(since)


async def test_old_conversations_are_deleted_and_new_ones_kept(engine: Engine, chat: Chat, rasa: FakeRasa):
    old = await Chat(chat.client).open()
    closed = await Chat(chat.client).open()
    for one in (old, chat, closed):
        await one.say("hej")
        await one.settled()
    await closed.client.post("/api/chat/close", headers=closed.headers)
    assert tracked(engine) == {chat.id, old.id}
    with writing(engine) as session:
        for samtale_id in (old.id, closed.id):
            samtale = session.get_one(Samtale, samtale_id)
            samtale.active = now() - dt.timedelta(days=31)
    assert erase.purge(engine, now() - dt.timedelta(days=30)) == 2
    assert tracked(engine) == {chat.id}
    response = await old.client.get("/api/chat/messages", headers=old.headers)
    assert response.status == 401
    assert len(await chat.settled()) == 3
    assert old.id not in everything(engine) and closed.id not in everything(engine)


async def test_a_gateway_deletes_old_conversations_when_it_starts(house: House, engine: Engine):
    samtale_id, _, _ = store.create(engine, [], now() - dt.timedelta(days=31))
    client = await house.gateway()
    await until(lambda: samtale_id not in everything(engine))
    assert (await client.get("/healthz")).status == 200


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that the gateway does by itself."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nothing in there tells of it
            await asyncio.sleep(0.05)


def tracked(engine: Engine) -> set[str]:
    """The conversations that the bot remembers anything of."""
    with reading(engine) as session:
        return set(session.scalars(select(TrackerEvent.sender)))
