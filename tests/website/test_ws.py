"""The chat over WebSocket: token in the first frame, origin checked, messages pushed and resumed."""

import asyncio
import json
import uuid

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from connectors.database import reading
from connectors.website.models import Samtale
from tests.website.fakes import Chat, House

URL = "/api/chat/ws"


async def opened(chat: Chat, after: int = 0, **options):
    ws = await chat.client.ws_connect(URL, **options)
    await ws.send_json({"token": chat.token, "after": after})
    return ws


async def messages(ws, count: int) -> list[dict]:
    """The next ``count`` messages."""
    found: list[dict] = []
    async with asyncio.timeout(5):
        while len(found) < count:
            frame = await ws.receive_json()
            if frame["type"] == "messages":
                found += frame["messages"]
    return found


async def frame_of(ws, kind: str) -> dict:
    async with asyncio.timeout(5):
        while True:
            frame: dict = await ws.receive_json()
            if frame["type"] == kind:
                return frame


async def test_everything_is_pushed_as_it_comes(chat: Chat):
    ws = await opened(chat)
    first = await ws.receive_json()
    assert first == {"type": "messages", "state": "bot", "busy": False, "messages": chat.greeting}
    await chat.say("hej")
    assert [m["from"] for m in await messages(ws, 2)] == ["user", "bot"]


async def test_what_is_pushed_is_what_is_stored(chat: Chat):
    ws = await opened(chat, after=1)
    await frame_of(ws, "messages")
    pushed = []
    for text in ("æble\n 1", "æble\n 2"):
        await chat.say(text)
        pushed += await messages(ws, 2)
    await chat.press(pushed[-1]["buttons"][0]["payload"])
    pushed += await messages(ws, 2)
    assert pushed == (await chat.get(after=1))["messages"] and pushed[1]["buttons"]


async def test_the_first_frame_comes_also_where_nothing_is_new_and_resumes(chat: Chat):
    await chat.say("hej")
    await chat.settled()
    ws = await opened(chat, after=3)
    assert (await ws.receive_json())["messages"] == []
    ws = await opened(chat, after=2)
    assert [m["seq"] for m in (await ws.receive_json())["messages"]] == [3]


async def test_a_message_can_be_sent_and_sent_again(chat: Chat):
    ws = await opened(chat, after=1)
    client_id = str(uuid.uuid4())
    for _ in range(2):
        await ws.send_json({"type": "message", "client_id": client_id, "text": "over ws"})
        assert await frame_of(ws, "accepted") == {"type": "accepted", "client_id": client_id, "seq": 2}
    assert [m["text"] for m in await chat.settled()][1:] == ["over ws", "svar på over ws"]


async def test_a_button_can_be_pressed(chat: Chat):
    ws = await opened(chat, after=1)
    await ws.send_json({"type": "message", "client_id": str(uuid.uuid4()), "payload": chat.greeting[0]["buttons"][0]["payload"]})
    assert [m["text"] for m in await messages(ws, 2)] == ["Se alle områder", "svar på /omraader"]


async def test_what_is_wrong_is_told_and_the_socket_stays_open(chat: Chat):
    ws = await opened(chat, after=1)
    client_id = str(uuid.uuid4())
    for sent, code in [
        ({"type": "message", "client_id": client_id, "text": ""}, "tom"),
        ({"type": "message", "client_id": client_id, "payload": "x"}, "ukendt_knap"),
        ({"type": "hvad"}, "ukendt_type"),
        ([], "ugyldig_json"),
    ]:
        await ws.send_str(json.dumps(sent))
        frame = await frame_of(ws, "error")
        assert frame["error"]["code"] == code
        assert frame.get("client_id") == (sent.get("client_id") if isinstance(sent, dict) else None)
    await ws.send_json({"type": "message", "client_id": client_id, "text": "hej"})
    assert (await frame_of(ws, "accepted"))["seq"] == 2


async def test_limits_hold_here_too(house: House):
    chat = await Chat(await house.gateway(messages_per_minute_conversation=1)).open()
    ws = await opened(chat)
    for text in "12":
        await ws.send_json({"type": "message", "client_id": str(uuid.uuid4()), "text": text})
    frame = await frame_of(ws, "error")
    assert frame["error"]["code"] == "for_mange" and 1 <= frame["retry_after"] <= 60


@pytest.mark.parametrize("first", ['{"token": "forkert"}', "{}", '{"token": 5}', "x", '{"token": "forkert", "after": -1}'])
async def test_without_the_right_token_it_is_closed(chat: Chat, first: str):
    ws = await chat.client.ws_connect(URL)
    await ws.send_str(first)
    assert (await ws.receive_json())["type"] == "error"
    assert (await ws.receive(timeout=5)).type is WSMsgType.CLOSE
    assert ws.close_code in (4401, 1008)


async def test_the_token_in_the_address_opens_nothing(chat: Chat):
    ws = await chat.client.ws_connect(f"{URL}?token={chat.token}")
    await ws.send_json({"after": 0})
    assert (await ws.receive_json())["error"]["code"] == "ikke_adgang"


async def test_a_page_of_another_origin_is_kept_out(house: House):
    chat = await Chat(await house.gateway(allowed_origins=["https://friend.example"])).open()
    for origin in ("https://stranger.example", "https://friend.example.evil.example", "null"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await chat.client.ws_connect(URL, headers={"Origin": origin})
        assert refused.value.status == 403
    for origin in ("https://friend.example", str(chat.client.make_url("")).rstrip("/")):
        ws = await opened(chat, headers={"Origin": origin})
        assert (await ws.receive_json())["messages"]


async def test_typing_goes_to_the_others_and_read_is_kept(chat: Chat, house: House):
    one, two = await opened(chat, after=1), await opened(chat, after=1)
    await one.receive_json()
    await two.receive_json()
    await one.send_json({"type": "typing"})
    assert await frame_of(two, "typing") == {"type": "typing", "from": "user", "on": True}
    await one.send_json({"type": "read", "seq": 1})
    await one.send_json({"type": "read", "seq": 99})
    await one.send_json({"type": "read", "seq": "x"})
    await one.send_json({"type": "message", "client_id": str(uuid.uuid4()), "text": "hej"})
    assert (await frame_of(two, "typing"))["from"] == "bot"
    await frame_of(one, "accepted")
    with reading(house.engine) as session:
        assert session.get_one(Samtale, chat.id).read_seq == 1


async def test_closing_the_conversation_is_pushed(chat: Chat):
    ws = await opened(chat, after=1)
    await ws.receive_json()
    await chat.client.post("/api/chat/close", headers=chat.headers)
    assert (await frame_of(ws, "messages"))["state"] == "lukket"


async def test_a_gateway_that_stops_lets_its_sockets_and_waits_go(house: House):
    client = await house.gateway()
    chat = await Chat(client).open()
    ws = await opened(chat, after=1)
    await ws.receive_json()
    stopping = asyncio.create_task(client.server.close())
    async with asyncio.timeout(5):
        while (await ws.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
            pass
    assert ws.close_code == 1001
    await stopping
