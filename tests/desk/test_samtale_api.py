"""What the chat page's script sends: messages stored once and from the owner alone, notes that stay inside."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from connectors.crm.tid import nu
from connectors.database import reading
from connectors.website import erase, noter, store
from connectors.website.models import Samtale
from tests.desk.kontor import Browser, log_ind
from tests.desk.samtaler import revideret, skriv, tag, venter


@pytest.fixture
def samtale_id(engine: Engine) -> str:
    return venter(engine, "hej")


def sent(engine: Engine, samtale_id: str) -> list[str]:
    return [message["text"] for message in store.fetch(engine, samtale_id, 0).messages if message["from"] == "agent"]


async def test_a_message_is_stored_once_however_often_it_comes(desk: Browser, engine: Engine, samtale_id: str) -> None:
    await tag(desk, samtale_id)
    client_id = str(uuid.uuid4())
    answers = [await skriv(desk, samtale_id, "Goddag 010190-1234", client_id) for _ in range(3)]
    assert answers[0][0] == 202 and answers == [answers[0]] * 3
    assert sent(engine, samtale_id) == ["Goddag [CPR]"]
    status, answer = await skriv(desk, samtale_id, "Noget andet", client_id)
    assert status == 400 and "client_id" in answer["error"]["message"]


async def test_only_the_owner_writes(kontor: TestClient[Any, Any], desk: Browser, engine: Engine, samtale_id: str) -> None:
    bo = await log_ind(kontor, engine, "bo", ["front"], ["frontfunktion"])
    assert (await skriv(desk, samtale_id, "før den er taget"))[0] == 409
    await tag(desk, samtale_id)
    status, answer = await skriv(bo, samtale_id, "det er mig")
    assert (status, answer["error"]["code"]) == (409, "ikke_din")
    await desk.post(f"/desk/samtaler/{samtale_id}/tilbage")
    assert (await skriv(desk, samtale_id, "bagefter"))[0] == 409
    assert sent(engine, samtale_id) == []


async def test_a_message_to_one_that_has_ended_is_refused(desk: Browser, engine: Engine, samtale_id: str) -> None:
    await tag(desk, samtale_id)
    erase.close_and_erase(engine, samtale_id, "lukket", nu())
    status, answer = await skriv(desk, samtale_id, "er du der?")
    assert (status, answer["error"]["code"]) == (409, "lukket")
    assert (await skriv(desk, "findes-ikke", "hej"))[0] == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "hej"}, "ugyldig_client_id"),
        ({"client_id": "x", "text": "hej"}, "ugyldig_client_id"),
        ({"client_id": str(uuid.uuid4())}, "ugyldig_tekst"),
        ({"client_id": str(uuid.uuid4()), "text": " \u200b"}, "ugyldig_besked"),
        ({"client_id": str(uuid.uuid4()), "text": "x" * 5001}, "ugyldig_besked"),
    ],
)
async def test_what_can_t_be_sent_is_refused_in_danish(
    desk: Browser, engine: Engine, samtale_id: str, body: dict[str, Any], code: str
) -> None:
    await tag(desk, samtale_id)
    response = await desk.post_json(f"/desk/api/samtaler/{samtale_id}/beskeder", body)
    assert (response.status, (await response.json())["error"]["code"]) == (400, code)
    assert sent(engine, samtale_id) == []


@pytest.mark.parametrize("what", ["beskeder", "noter", "laest"])
async def test_without_the_pages_secret_or_a_log_in_nothing_is_stored(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine, samtale_id: str, what: str
) -> None:
    await tag(desk, samtale_id)
    body = {"client_id": str(uuid.uuid4()), "text": "hej", "tekst": "hej", "seq": 1}
    path = f"/desk/api/samtaler/{samtale_id}/{what}"
    for client, status, code in ((desk.client, 403, "csrf"), (kontor, 401, "ikke_logget_ind")):
        response = await client.post(path, json=body)
        assert (response.status, (await response.json())["error"]["code"]) == (status, code)
    assert sent(engine, samtale_id) == [] and noter.noter(engine, samtale_id) == []


async def test_a_note_is_for_colleagues_alone(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine, samtale_id: str
) -> None:
    bo = await log_ind(kontor, engine, "bo", ["front"], ["frontfunktion"])
    response = await bo.post_json(f"/desk/api/samtaler/{samtale_id}/noter", {"tekst": "Ringede i går, 010190-1234"})
    assert response.status == 201
    found = (await (await desk.get(f"/desk/api/live?samtale={samtale_id}")).json())["samtale"]["noter"]
    assert [(note["hvem"], note["tekst"]) for note in found] == [("Bo Prøve", "Ringede i går, [CPR]")]
    assert not any("Ringede" in message["text"] for message in store.fetch(engine, samtale_id, 0).messages)
    assert ("Bo Prøve", "ændret", {"handling": "note"}) in revideret(engine, samtale_id)


async def test_a_note_needs_words_and_a_right_to_see(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine, samtale_id: str
) -> None:
    path = f"/desk/api/samtaler/{samtale_id}/noter"
    for body in ({"tekst": "  "}, {"tekst": "x" * 5001}, {}):
        assert (await desk.post_json(path, body)).status == 400
    hr = await log_ind(kontor, engine, "hanne", ["konsulent"], ["team-hr"])
    assert (await hr.post_json(path, {"tekst": "ikke min"})).status == 404
    assert noter.noter(engine, samtale_id) == []


async def test_how_far_one_has_read_is_only_the_owners_to_say(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine, samtale_id: str
) -> None:
    bo = await log_ind(kontor, engine, "bo", ["front"], ["frontfunktion"])
    await tag(desk, samtale_id)
    path = f"/desk/api/samtaler/{samtale_id}/laest"

    def read() -> int:
        with reading(engine) as session:
            return session.get_one(Samtale, samtale_id).agent_read_seq

    assert (await bo.post_json(path, {"seq": 2})).status == 200 and read() == 0
    assert (await desk.post_json(path, {"seq": 2})).status == 200 and read() == 2
    assert (await desk.post_json(path, {"seq": 1})).status == 200 and read() == 2
    assert (await desk.post_json(path, {"seq": "x"})).status == 400
