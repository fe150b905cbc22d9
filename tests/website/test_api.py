"""The chat over HTTP: the contract's shapes, refusals that say why and store nothing, and idempotency."""

import asyncio
import datetime as dt
import time
import uuid

import pytest

from tests.website.fakes import Chat, House

SHAPE = {"seq", "from", "reply_to", "text", "buttons", "data", "time"}


async def test_a_session_greets_and_says_that_a_computer_answers(chat: Chat):
    assert len(chat.token) >= 43 and len(chat.id) == 32
    [hello] = chat.greeting
    assert set(hello) == SHAPE
    assert hello["seq"] == 1 and hello["from"] == "bot" and hello["reply_to"] is None
    assert "computer" in hello["text"]
    assert [button["title"] for button in hello["buttons"]] == ["Se alle områder", "Servicepakker", "Tal med et menneske"]
    assert all(len(button["payload"]) >= 43 for button in hello["buttons"])
    assert dt.datetime.fromisoformat(hello["time"]).utcoffset() == dt.timedelta(0)


async def test_a_message_is_answered(chat: Chat):
    assert await chat.say("Hvad koster et skilt?") == 2
    hello, question, answer = await chat.settled()
    assert hello == chat.greeting[0]
    assert (question["seq"], question["from"], question["text"], question["reply_to"]) == (
        2,
        "user",
        "Hvad koster et skilt?",
        None,
    )
    assert (answer["seq"], answer["from"], answer["reply_to"]) == (3, "bot", 2)
    assert answer["data"] == {"type": "smalltalk"}
    assert answer["buttons"][0]["title"] == "Videre"
    assert all(set(message) == SHAPE for message in (question, answer))


async def test_after_gives_only_what_is_new(chat: Chat):
    await chat.say("hej")
    await chat.settled()
    body = await chat.get(after=2)
    assert [message["seq"] for message in body["messages"]] == [3]
    assert (body["state"], body["busy"]) == ("bot", False)
    assert (await chat.get(after=3))["messages"] == []
    assert (await chat.get(after=2_000_000_000))["messages"] == []


async def test_waiting_ends_as_soon_as_there_is_something(chat: Chat):
    waiting = asyncio.create_task(chat.get(after=1, wait=20))
    await asyncio.sleep(0.05)
    await chat.say("hej")
    body = await asyncio.wait_for(waiting, 5)
    assert body["messages"][0]["text"] == "hej"


async def test_waiting_ends_with_an_empty_list_when_time_is_up(chat: Chat):
    begun = time.monotonic()
    assert (await chat.get(after=1, wait=0.3))["messages"] == []
    assert time.monotonic() - begun >= 0.3


async def test_waiting_finds_what_another_replica_stored(house: House):
    first, second = await house.gateway(name="a"), await house.gateway(name="b")
    chat = await Chat(first).open()
    waiting = asyncio.create_task(chat.get(after=1, wait=20))
    await asyncio.sleep(0.05)
    await Chat(second, chat.token).say("fra den anden")
    assert (await asyncio.wait_for(waiting, 5))["messages"][0]["text"] == "fra den anden"


async def test_the_same_message_again_is_stored_once(chat: Chat):
    client_id = str(uuid.uuid4())
    answers = await asyncio.gather(*(chat.post(client_id=client_id, text="én gang") for _ in range(5)))
    assert {response.status for response in answers} == {202}
    assert {(await response.json())["seq"] for response in answers} == {2}
    messages = await chat.settled()
    assert [message["from"] for message in messages] == ["bot", "user", "bot"]
    again = await chat.post(client_id=client_id.upper(), text="én gang")
    assert (again.status, (await again.json())["seq"]) == (202, 2)


async def test_the_same_client_id_with_another_body_is_a_conflict(chat: Chat):
    client_id = str(uuid.uuid4())
    assert (await chat.post(client_id=client_id, text="det ene")).status == 202
    for body in ({"text": "det andet"}, {"payload": chat.greeting[0]["buttons"][0]["payload"]}):
        response = await chat.post(client_id=client_id, **body)
        assert response.status == 409
        assert (await response.json())["error"]["code"] == "client_id_brugt"
    assert [m["text"] for m in await chat.settled() if m["from"] == "user"] == ["det ene"]


async def test_two_conversations_may_use_the_same_client_id(chat: Chat):
    other = await Chat(chat.client).open()
    client_id = str(uuid.uuid4())
    assert [(await one.post(client_id=client_id, text="hej")).status for one in (chat, other)] == [202, 202]


async def test_seq_counts_by_one_however_many_write_at_once(chat: Chat):
    await asyncio.gather(*(chat.say(f"besked {number}") for number in range(12)))
    messages = await chat.settled()
    assert [message["seq"] for message in messages] == list(range(1, 26))


BAD = [
    ({"client_id": "x", "text": "hej"}, "ugyldig_client_id"),
    ({"client_id": None, "text": "hej"}, "ugyldig_client_id"),
    ({"client_id": 5, "text": "hej"}, "ugyldig_client_id"),
    ({"client_id": "010190-1234", "text": "hej"}, "ugyldig_client_id"),
    ({}, "text_eller_payload"),
    ({"text": "hej", "payload": "x"}, "text_eller_payload"),
    ({"text": ""}, "tom"),
    ({"text": " \n\t"}, "tom"),
    ({"text": "\u200b\u200b"}, "tom"),
    ({"text": "\0"}, "tom"),
    ({"text": 5}, "ugyldig_tekst"),
    ({"text": ["hej"]}, "ugyldig_tekst"),
    ({"text": "x" * 1001}, "for_lang"),
    ({"payload": ""}, "ugyldig_payload"),
    ({"payload": {"intent": "menneske"}}, "ugyldig_payload"),
    ({"payload": "x" * 201}, "ugyldig_payload"),
    ({"payload": "ø"}, "ugyldig_payload"),
    ({"payload": "/restart"}, "ukendt_knap"),
]


@pytest.mark.parametrize(("body", "code"), BAD)
async def test_bad_messages_are_refused_and_not_stored(chat: Chat, body: dict, code: str):
    response = await chat.post(**body)
    error = (await response.json())["error"]
    assert (response.status, error["code"]) == (400, code)
    assert error["message"].endswith(".") and len(error["message"]) > 10
    assert len((await chat.get())["messages"]) == 1


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"hej"', b"\xff\xfe", b"[" * 10_000, b'{"client_id": NaN'])
async def test_what_is_no_json_object_is_refused(chat: Chat, raw: bytes):
    response = await chat.client.post("/api/chat/messages", data=raw, headers=chat.headers)
    assert response.status == 400
    assert (await response.json())["error"]["message"]


async def test_what_python_alone_takes_for_json_is_refused(chat: Chat):
    body = '{"client_id": "%s", "text": "hej", "tal": %s}'
    statuses = []
    for number in ("1", "NaN", "-Infinity"):
        raw = (body % (uuid.uuid4(), number)).encode()
        statuses.append((await chat.client.post("/api/chat/messages", data=raw, headers=chat.headers)).status)
    assert statuses == [202, 400, 400]


@pytest.mark.parametrize(
    "text", ["x" * 1000, "🥐" * 1000, "a\u0000b", "\ud800 alene", "linje 1\nlinje 2", "<b>æøå</b> 'or 1=1;--"]
)
async def test_odd_but_good_texts_are_kept(chat: Chat, text: str):
    await chat.say(text)
    stored = (await chat.settled())[1]["text"]
    assert stored == text.replace("\0", "").replace("\ud800", "\ufffd")


async def test_the_longest_message_fits_however_it_is_escaped(chat: Chat):
    raw = '{"client_id": "%s", "text": "%s"}' % (uuid.uuid4(), "\\ud83e\\udd50" * 1000)  # noqa: UP031
    response = await chat.client.post("/api/chat/messages", data=raw.encode(), headers=chat.headers)
    assert response.status == 202


async def test_a_body_beyond_the_limit_is_refused(chat: Chat):
    response = await chat.client.post("/api/chat/messages", data=b"x" * 100_000, headers=chat.headers)
    assert (response.status, (await response.json())["error"]["code"]) == (413, "for_stor")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/chat/messages"), ("POST", "/api/chat/messages"), ("POST", "/api/chat/close")]
)
async def test_without_the_right_token_there_is_no_way_in(chat: Chat, method: str, path: str):
    for header in (
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer forkert",
        f"Basic {chat.token}",
        "Bearer \xe6",
        chat.token,
        f"Bearer {chat.id}",
    ):
        headers = {} if header is None else {"Authorization": header}
        response = await chat.client.request(method, path, headers=headers)
        assert (response.status, (await response.json())["error"]["code"]) == (401, "ikke_adgang"), header


async def test_a_token_opens_its_own_conversation_only(chat: Chat):
    other = await Chat(chat.client).open()
    await chat.say("kun for mig")
    await chat.settled()
    assert len((await other.get())["messages"]) == 1


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=1.5", "after=99999999999999", "after=²", "wait=-1", "wait=x", "wait=nan", "wait=inf"]
)
async def test_bad_queries_are_refused(chat: Chat, query: str):
    response = await chat.client.get(f"/api/chat/messages?{query}", headers=chat.headers)
    assert response.status == 400
    assert (await response.json())["error"]["code"] in ("ugyldig_after", "ugyldig_wait")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/findes/ikke", 404, "findes_ikke"),
        ("GET", "/static/../app.py", 404, "findes_ikke"),
        ("DELETE", "/api/chat/messages", 405, "forkert_metode"),
        ("GET", "/api/chat/sessions", 405, "forkert_metode"),
        ("POST", "/healthz", 405, "forkert_metode"),
        ("GET", "/api/chat/ws", 400, "kun_websocket"),
    ],
)
async def test_every_error_has_the_same_shape(client, method: str, path: str, status: int, code: str):
    response = await client.request(method, path)
    body = await response.json()
    assert (response.status, body["error"]["code"]) == (status, code)
    assert set(body) == {"error"} and set(body["error"]) == {"code", "message"}
    if status == 405:
        assert response.headers["Allow"]


async def test_kontakt_tells_the_other_ways(client):
    response = await client.get("/api/chat/kontakt")
    assert await response.json() == {
        "kontakt": [
            {"titel": "Telefon", "vaerdi": "00 00 00 00", "eksempel": True},
            {"titel": "Skranke", "vaerdi": "Prøvetorvet 1", "eksempel": False},
        ]
    }


async def test_a_closed_conversation_takes_no_more_and_says_so(chat: Chat):
    await chat.say("noget privat")
    await chat.settled()
    response = await chat.client.post("/api/chat/close", headers=chat.headers)
    assert (response.status, await response.json()) == (200, {"state": "lukket"})
    refused = await chat.post(text="mere")
    assert (refused.status, (await refused.json())["error"]["code"]) == (409, "lukket")
    body = await chat.get(wait=20)
    assert (body["state"], body["busy"]) == ("lukket", False)
    [last] = body["messages"]
    assert (last["seq"], last["from"]) == (4, "system")
    assert last["data"] == {"type": "overdragelse", "state": "lukket", "plads": None}
    again = await chat.client.post("/api/chat/close", headers=chat.headers)
    assert again.status == 200
    assert (await chat.get())["messages"] == [last]


async def test_closing_ends_the_wait_of_a_second_tab(chat: Chat):
    waiting = asyncio.create_task(chat.get(after=1, wait=20))
    await asyncio.sleep(0.05)
    await chat.client.post("/api/chat/close", headers=chat.headers)
    assert (await asyncio.wait_for(waiting, 5))["state"] == "lukket"
