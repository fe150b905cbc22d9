"""Who has the conversation and how far each side has read, told beside the messages."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from connectors.crm.tid import nu
from connectors.database import writing
from connectors.desk.models import Medarbejder
from connectors.website import store
from connectors.website.models import Samtale
from tests.website.fakes import Chat, House
from tests.website.test_ws import frame_of, opened


def given_to_mette(house: House, chat: Chat, **values: Any) -> None:
    """Mette has the conversation."""
    with writing(house.engine) as session:
        mette = Medarbejder(
            brugernavn="mette", navn="Mette Prøvesen", fornavn="Mette", roller=["front"], enheder=[], oprettet=nu()
        )  # fmt: skip
        session.add(mette)
        session.flush()
        session.execute(update(Samtale).where(Samtale.id == chat.id).values(state="menneske", medarbejder_id=mette.id, **values))


async def test_the_first_name_and_the_read_mark_stand_beside_the_messages(chat: Chat, house: House) -> None:
    assert "hvem" not in await chat.get()
    given_to_mette(house, chat, agent_read_seq=1)
    assert (await chat.get())["hvem"] == {"navn": "Mette", "laest": 1}
    ws = await opened(chat)
    assert (await frame_of(ws, "messages"))["hvem"] == {"navn": "Mette", "laest": 1}


async def test_nothing_of_a_person_is_told_once_the_computer_has_it_again(chat: Chat, house: House) -> None:
    given_to_mette(house, chat, agent_read_seq=1)
    with writing(house.engine) as session:
        session.execute(update(Samtale).where(Samtale.id == chat.id).values(state="bot", medarbejder_id=None))
    assert (await chat.get())["hvem"] == {"navn": None, "laest": 1}


async def test_what_the_business_reads_is_told_to_the_others_once(chat: Chat) -> None:
    staff = await opened(chat, after=1)
    await staff.receive_json()
    for read in (1, 1, 99, 0):
        params = {"after": "1", "read": str(read)}
        async with chat.client.get("/api/chat/messages", params=params, headers=chat.headers) as response:
            assert response.status == 200
    await chat.say("hej")
    frames: list[dict[str, Any]] = []
    async with asyncio.timeout(5):
        while not any(frame.get("messages") for frame in frames):
            frames.append(await staff.receive_json())
    assert [frame for frame in frames if frame["type"] == "read"] == [{"type": "read", "from": "user", "seq": 1}]


@pytest.mark.parametrize("read", ["x", "-1", "9999999999"])
async def test_a_read_mark_that_is_no_number_is_refused(chat: Chat, read: str) -> None:
    response = await chat.client.get("/api/chat/messages", params={"read": read}, headers=chat.headers)
    assert response.status == 400
    assert (await response.json())["error"]["code"] == "ugyldig_read"


async def test_a_read_mark_never_goes_back(chat: Chat, house: House) -> None:
    assert store.mark_read(house.engine, chat.id, 1)
    assert not store.mark_read(house.engine, chat.id, 1)
    assert not store.mark_read(house.engine, chat.id, 0)
