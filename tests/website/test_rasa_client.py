"""Asking Rasa what a text means: the answer as it is, and every failure told as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from connectors.website.rasa_client import RasaClient, RasaFailed
from tests.website.fakes import FakeRasa

MEANING = {"text": "x", "intent": "ydelse", "kind": "ydelse", "id": "udeservering", "confidence": 0.9, "candidates": []}


@pytest.fixture
async def client(rasa: FakeRasa) -> AsyncIterator[RasaClient]:
    assert rasa.server is not None
    client = RasaClient([str(rasa.server.make_url(""))], timeout=0.3, patience=30)
    yield client
    await client.close()


def gives(value: Any, status: int = 200) -> Any:
    async def meaning(_: dict[str, Any]) -> web.StreamResponse:
        return web.json_response(value, status=status)

    return meaning


async def test_the_meaning_of_a_text(client: RasaClient, rasa: FakeRasa) -> None:
    rasa.meaning = gives(MEANING)
    assert await client.forstaa("borde på fortovet") == MEANING
    assert rasa.understood == ["borde på fortovet"]
    assert rasa.asked == []  # no conversation was touched


@pytest.mark.parametrize(
    ("value", "status", "reason"),
    [([], 200, "ugyldigt"), ({"kind": "ydelse"}, 200, "ugyldigt"), ({"error": "intern fejl"}, 500, "status")],
)
async def test_what_is_no_answer_is_a_failure(client: RasaClient, rasa: FakeRasa, value: Any, status: int, reason: str) -> None:
    rasa.meaning = gives(value, status)
    with pytest.raises(RasaFailed) as failed:
        await client.forstaa("x")
    assert failed.value.reason == reason


async def test_silence_is_a_failure_soon(client: RasaClient, rasa: FakeRasa) -> None:
    never = asyncio.Event()

    async def silent(_: dict[str, Any]) -> web.StreamResponse:
        await never.wait()
        return web.Response()

    rasa.meaning = silent
    with pytest.raises(RasaFailed) as failed:
        await client.forstaa("x")
    never.set()
    assert failed.value.reason == "timeout"


async def test_a_rasa_that_is_not_there_is_told_at_once_and_not_waited_for(client: RasaClient, rasa: FakeRasa) -> None:
    await rasa.stop()
    async with asyncio.timeout(2):  # its patience for messages is 30 seconds
        with pytest.raises(RasaFailed) as failed:
            await client.forstaa("x")
    assert failed.value.reason == "utilgaengelig"
