"""The live connection: for whom it opens, what it tells, and that a connected page keeps its person there."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, update

from connectors.crm.tid import nu
from connectors.database import reading, writing
from connectors.desk import live
from connectors.desk.models import DeskSession, Medarbejder
from connectors.website.models import Samtale
from tests.desk.kontor import Browser, log_ind, ny_browser
from tests.desk.samtaler import forbind, ramme, revideret, skriv, stand, tag, venter
from tests.website.fakes import Chat
from tests.website.personale import skriver


async def refused(browser: TestClient[Any, Any], **headers: str) -> int:
    with pytest.raises(WSServerHandshakeError) as error:
        await browser.ws_connect("/desk/ws", headers=headers)
    return error.value.status


async def test_without_a_log_in_or_from_another_page_it_does_not_open(kontor: TestClient[Any, Any], desk: Browser) -> None:
    own = str(kontor.make_url("")).rstrip("/")
    assert await refused(ny_browser(kontor), Origin=own) in (401, 403)
    assert await refused(desk.client, Origin="https://fremmed.example") == 403
    assert await refused(desk.client, Origin="null") == 403
    assert await refused(desk.client) == 403
    assert (await desk.get("/desk/ws")).status == 400
    ws = await forbind(desk)
    assert (await ramme(ws, "status"))["mine"] == []


@pytest.mark.parametrize("rolle", ["redaktør", "analytiker", "admin"])
async def test_it_is_for_those_who_talk_with_businesses(kontor: TestClient[Any, Any], engine: Engine, rolle: str) -> None:
    other = await log_ind(kontor, engine, "ida", [rolle])
    assert await refused(other.client, Origin=str(kontor.make_url("")).rstrip("/")) == 403


async def test_the_queue_is_told_at_once_to_those_who_may_take_it(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine
) -> None:
    hr = await log_ind(kontor, engine, "hanne", ["konsulent"], ["team-hr"])
    ours, theirs = await forbind(desk), await forbind(hr)
    assert (await ramme(ours, "status"))["koe"] == []
    assert (await ramme(theirs, "status"))["koe"] == []
    samtale_id = venter(engine, "hej")
    assert (await ramme(ours, "status"))["koe"] == [samtale_id]
    await tag(desk, samtale_id)
    status = await ramme(ours, "status")
    assert (status["koe"], status["mine"]) == ([], [{"id": samtale_id, "ulaeste": 1}])
    with pytest.raises(TimeoutError):
        await theirs.receive_json(timeout=0.3)


async def test_a_conversation_is_followed_from_a_message_on_and_each_comes_once(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "hej")
    await tag(desk, samtale_id)
    ws = await forbind(desk)
    await ws.send_json({"type": "foelg", "samtale": samtale_id, "after": 2})
    first = await ramme(ws, "samtale")
    assert (first["state"], first["din"], first["ejer"], first["laest"]) == ("menneske", True, "Anna Prøve", 0)
    assert [message["seq"] for message in first["messages"]] == [3, 4]
    status, answer = await skriv(desk, samtale_id, "Goddag", "0f0e0d0c-0b0a-4009-8807-060504030201")
    assert status == 202
    [message] = (await ramme(ws, "samtale"))["messages"]
    assert (message["seq"], message["client_id"]) == (answer["seq"], "0f0e0d0c-0b0a-4009-8807-060504030201")
    assert message["data"] == {"navn": "Anna"}
    await ws.send_json({"type": "foelg", "samtale": samtale_id, "after": answer["seq"]})  # as after a break
    assert (await ramme(ws, "samtale"))["messages"] == []


async def test_a_button_of_the_business_is_seen_and_can_t_be_pressed(kontor: TestClient[Any, Any], desk: Browser) -> None:
    chat = await Chat(kontor).open()
    ws = await forbind(desk)
    await ws.send_json({"type": "foelg", "samtale": chat.id, "after": 0})
    [greeting] = (await ramme(ws, "samtale"))["messages"]
    assert greeting["buttons"] and all(set(button) == {"title"} for button in greeting["buttons"])


async def test_typing_and_read_marks_go_both_ways_and_only_from_the_owner(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine
) -> None:
    chat = await Chat(kontor).open()
    business = await kontor.ws_connect("/api/chat/ws")
    await business.send_json({"token": chat.token, "after": 0})
    await business.receive_json()
    bo = await log_ind(kontor, engine, "bo", ["front"], ["frontfunktion"])
    await tag(desk, chat.id)
    owner, other = await forbind(desk), await forbind(bo)
    for ws in (owner, other):
        await ws.send_json({"type": "foelg", "samtale": chat.id, "after": 0})
        await ramme(ws, "samtale")
    await other.send_json({"type": "typing", "on": True})
    await other.send_json({"type": "laest", "seq": 1})
    await other.send_json({"type": "puls"})
    await ramme(other, "puls")  # so the two before it have been dealt with
    await owner.send_json({"type": "typing", "on": True})
    await owner.send_json({"type": "laest", "seq": 2})
    passing: list[dict[str, Any]] = []
    async with asyncio.timeout(5):
        while not passing or passing[-1]["type"] != "read":
            frame = await business.receive_json()
            passing += [frame] if frame["type"] != "messages" else []
    assert passing == [{"type": "typing", "from": "agent", "on": True}, {"type": "read", "from": "agent", "seq": 2}]
    assert (await chat.get())["hvem"] == {"navn": "Anna", "laest": 2}
    await business.send_json({"type": "typing", "on": True})
    await business.send_json({"type": "read", "seq": 2})
    for kind, beside in (("typing", {"on": True}), ("read", {"seq": 2})):
        while (frame := await ramme(owner, kind))["from"] != "user":
            pass  # one's own, which one's other tabs hear too
        assert frame == {"type": kind, "from": "user", **beside}


async def test_a_conversation_that_is_not_theirs_to_see_is_not_told(kontor: TestClient[Any, Any], engine: Engine) -> None:
    hr = await log_ind(kontor, engine, "hanne", ["konsulent"], ["team-hr"])
    samtale_id = venter(engine, "hemmeligt")
    ws = await forbind(hr)
    await ws.send_json({"type": "foelg", "samtale": samtale_id, "after": 0})
    assert await ramme(ws, "ingen_adgang") == {"type": "ingen_adgang", "id": samtale_id}
    answer = await (await hr.get(f"/desk/api/live?samtale={samtale_id}&after=0")).json()
    assert answer["samtale"] is None and answer["status"]["koe"] == []
    assert revideret(engine, samtale_id) == []


async def test_following_is_a_look_that_is_written_down_once(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "hej")
    ws = await forbind(desk)
    for _ in range(2):
        await ws.send_json({"type": "foelg", "samtale": samtale_id, "after": 0})
        await ramme(ws, "samtale")
    await (await desk.get(f"/desk/api/live?samtale={samtale_id}")).json()
    assert revideret(engine, samtale_id) == [("Anna Prøve", "set", None)]


async def test_what_is_wrong_is_told_and_the_connection_stays(desk: Browser) -> None:
    ws = await forbind(desk)
    for frame in (
        "x",
        "[]",
        '{"type": "foelg", "samtale": "x", "after": -1}',
        '{"type": "foelg", "samtale": "x", "after": true}',
    ):
        await ws.send_str(frame)
        assert (await ramme(ws, "error"))["error"]["message"]
    await ws.send_json({"type": "ukendt"})
    await ws.send_json({"type": "puls"})
    await ramme(ws, "puls")
    assert (await desk.get("/desk/api/live?after=x")).status == 400


async def test_a_connected_page_keeps_its_person_there_and_the_chat_theirs(
    desk: Browser, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LIVSTEGN_SECONDS", 0.1)
    samtale_id = venter(engine, "hej")
    await tag(desk, samtale_id)
    long_ago = nu() - dt.timedelta(hours=1)

    def forget() -> None:
        with writing(engine) as session:
            session.execute(update(Medarbejder).values(set=long_ago, tager_chat=True))
            session.execute(update(Samtale).values(medarbejder_set=nu() - dt.timedelta(seconds=30)))

    def signs() -> bool:
        with reading(engine) as session:
            person, row = session.get_one(Medarbejder, desk.bruger.id), session.get_one(Samtale, samtale_id)
            assert person.set is not None and row.medarbejder_set is not None
            return person.set > long_ago and row.medarbejder_set > nu() - dt.timedelta(seconds=20)

    forget()
    assert not signs()
    ws = await forbind(desk)
    for _ in range(100):
        if signs():
            break
        await asyncio.sleep(0.05)
    assert signs()
    await ws.close()
    forget()
    await asyncio.sleep(0.4)
    assert not signs()  # nobody is connected any more
    await (await desk.get("/desk/api/live")).json()
    assert signs()


async def test_a_log_in_that_has_ended_closes_it(desk: Browser, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LIVSTEGN_SECONDS", 0.1)
    ws = await forbind(desk)
    await ramme(ws, "status")
    with writing(engine) as session:
        session.execute(update(DeskSession).values(udloeber=nu()))
    assert (await ws.receive(timeout=5)).type is WSMsgType.CLOSE
    assert ws.close_code == 4401
    assert (await desk.get("/desk/api/live")).status == 401


async def test_who_gets_other_roles_is_let_in_anew(desk: Browser, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LIVSTEGN_SECONDS", 0.1)
    ws = await forbind(desk)
    await ramme(ws, "status")
    with writing(engine) as session:
        session.execute(update(Medarbejder).values(roller=["analytiker"]))
    assert (await ws.receive(timeout=5)).type is WSMsgType.CLOSE


async def test_a_page_that_only_stands_open_keeps_no_log_in(desk: Browser, engine: Engine) -> None:
    before = nu() - dt.timedelta(minutes=10)
    with writing(engine) as session:
        session.execute(update(DeskSession).values(brugt=before))
    ws = await forbind(desk)
    await ramme(ws, "status")
    await (await desk.get("/desk/api/live")).json()
    await (await desk.get("/desk/?liste=venter", headers={"X-Desk-Live": "1"})).text()

    def used() -> dt.datetime:
        with reading(engine) as session:
            return session.query(DeskSession).one().brugt

    assert used() == before
    await desk.side("/desk/?liste=venter")  # somebody sits there
    assert used() > before


async def test_presence_is_switched_with_the_pages_secret_alone(desk: Browser, engine: Engine) -> None:
    assert (await desk.client.post("/desk/api/tilstede", json={"tager_chat": True})).status == 403
    assert (await desk.post_json("/desk/api/tilstede", {"tager_chat": "ja"})).status == 400
    ws = await forbind(desk)
    assert (await ramme(ws, "status"))["tager_chat"] is False
    assert (await desk.post_json("/desk/api/tilstede", {"tager_chat": True})).status == 200
    assert (await ramme(ws, "status"))["tager_chat"] is True


async def test_the_counts_follow_what_the_business_writes_and_what_is_read(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "hej")
    await tag(desk, samtale_id)
    ws = await forbind(desk)
    assert (await ramme(ws, "status"))["mine"] == [{"id": samtale_id, "ulaeste": 1}]
    seq = skriver(engine, samtale_id, "er I der?", nu())
    assert (await ramme(ws, "status"))["mine"] == [{"id": samtale_id, "ulaeste": 2}]
    await ws.send_json({"type": "foelg", "samtale": samtale_id, "after": seq})
    await ws.send_json({"type": "laest", "seq": seq})
    assert (await ramme(ws, "status"))["mine"] == [{"id": samtale_id, "ulaeste": 0}]
    assert stand(engine, samtale_id) == ("menneske", desk.bruger.id)


async def test_a_gateway_that_stops_lets_its_pages_go(kontor: TestClient[Any, Any], desk: Browser) -> None:
    ws = await forbind(desk)
    await ramme(ws, "status")
    stopping = asyncio.create_task(kontor.server.close())
    assert (await ws.receive(timeout=5)).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
    assert ws.close_code == 1001
    await stopping
