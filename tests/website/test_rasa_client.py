"""Asking Rasa what a text means: the answer as it is, and every failure told as one. Several Rasas: each conversation's own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from connectors.tracker import NewEvents
from connectors.website.lease import Pending
from connectors.website.rasa_client import Answer, RasaClient, RasaFailed, parse_answer
from tests.website.fakes import FakeRasa, HungUp, echo

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


def asked(samtale_id: str, mark: str = "") -> Pending:
    return Pending(samtale_id, seq=2, text="hej", epoch=0, knap=None, stale=False, masked=False, mark=mark)


def texts(answers: Iterable[Answer]) -> list[str]:
    return [answer.messages[0].text for answer in answers]


async def test_a_message_is_asked_with_its_mark_and_the_answer_brings_events(client: RasaClient, rasa: FakeRasa) -> None:
    answer = await client.ask(asked("en", "17:0badcafe"))
    assert [(body["sender"], body["mark"], body["message"]) for body in rasa.asked] == [("en", "17:0badcafe", "hej")]
    assert answer.new.have == 17
    assert [json.loads(event)["event"] for event in answer.new.events] == ["user", "bot"]
    assert texts([answer]) == ["svar på hej"]


SAID: dict[str, Any] = {"answers": [{"text": "hej"}], "have": 3, "events": ['{"event":"user","text":"æ\u2028"}', "{}"]}


def test_an_answer_is_read_with_its_events_as_they_are() -> None:
    answer = parse_answer(json.dumps(SAID).encode())
    assert ([message.text for message in answer.messages], answer.new) == (["hej"], NewEvents(3, SAID["events"]))
    assert parse_answer(json.dumps({**SAID, "have": 0, "events": []}).encode()).new == NewEvents(0, [])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([{"text": "hej"}], "ugyldigt"),  # no events beside
        ("hej", "ugyldigt"),
        ({**SAID, "answers": {"text": "hej"}}, "ugyldigt"),
        ({**SAID, "answers": [["hej"]]}, "ugyldigt"),
        ({**SAID, "answers": []}, "tomt"),
        ({**SAID, "answers": [{"text": ""}]}, "tomt"),
        ({**SAID, "have": None}, "ugyldigt"),
        ({**SAID, "have": "3"}, "ugyldigt"),
        ({**SAID, "have": 3.5}, "ugyldigt"),
        ({**SAID, "have": True}, "ugyldigt"),
        ({**SAID, "have": -1}, "ugyldigt"),
        ({**SAID, "events": None}, "ugyldigt"),
        ({**SAID, "events": "{}"}, "ugyldigt"),
        ({**SAID, "events": ["{}", {}]}, "ugyldigt"),
        *(({name: value for name, value in SAID.items() if name != missing}, "ugyldigt") for missing in SAID),
    ],
)
def test_an_answer_of_another_shape_is_none(value: Any, reason: str) -> None:
    with pytest.raises(RasaFailed) as failed:
        parse_answer(json.dumps(value).encode())
    assert failed.value.reason == reason


@pytest.mark.parametrize("raw", [b"", b"{", b'{"answers": [{"text": "halvt', b"[" * 200_000, b"\xff"])
def test_what_is_no_json_is_no_answer(raw: bytes) -> None:
    with pytest.raises(RasaFailed) as failed:
        parse_answer(raw)
    assert failed.value.reason == "ugyldigt"


IDS = [f"samtale-{number}" for number in range(41)]  # an odd number: taking turns is not mistaken for it


@dataclass
class Several:
    """Two Rasas and one who asks them."""

    rasas: tuple[FakeRasa, FakeRasa]
    urls: list[str]
    client: RasaClient

    def of(self, samtale_id: str) -> list[int]:
        """How often each has been asked in a conversation."""
        return [sum(body["sender"] == samtale_id for body in rasa.asked) for rasa in self.rasas]


@pytest.fixture
async def several(rasa: FakeRasa) -> AsyncIterator[Several]:
    other = FakeRasa()
    assert rasa.server is not None
    urls = [str(rasa.server.make_url("")), await other.start()]
    client = RasaClient(urls, timeout=5, patience=0.7)
    yield Several((rasa, other), urls, client)
    await client.close()
    await other.stop()


async def test_a_conversation_is_always_asked_of_the_same_rasa_and_each_has_some(several: Several) -> None:
    for _ in range(3):
        await asyncio.gather(*(several.client.ask(asked(samtale_id)) for samtale_id in IDS))
    shared = [several.of(samtale_id) for samtale_id in IDS]
    assert [sorted(counts) for counts in shared] == [[0, 3]] * len(IDS)
    assert all(len(rasa.asked) > 3 * len(IDS) / 5 for rasa in several.rasas)
    again = RasaClient(several.urls, timeout=5, patience=0.7)
    mine = [several.client._urls[counts.index(3)] for counts in shared]
    assert [again._order(samtale_id)[0] for samtale_id in IDS] == mine  # another gateway, or this one after a restart


@pytest.mark.parametrize("down", [0, 1])
async def test_where_one_is_down_the_other_answers_at_once(several: Several, down: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RasaClient, "_missed", lambda _: pytest.fail("der blev ventet"))
    await several.rasas[down].stop()
    async with asyncio.timeout(10):
        answers = [await several.client.ask(asked(samtale_id)) for samtale_id in IDS]
    assert texts(answers) == ["svar på hej"] * len(IDS)
    assert [several.of(samtale_id)[1 - down] for samtale_id in IDS] == [1] * len(IDS)


async def test_one_that_breaks_off_and_lives_may_still_be_at_it_and_is_asked_again(several: Several) -> None:
    broken: set[str] = set()

    async def break_off(body: dict[str, Any]) -> web.StreamResponse:
        if body["sender"] in broken:
            return await echo(body)
        broken.add(body["sender"])
        raise HungUp(half=True)

    for rasa in several.rasas:
        rasa.answering = break_off
    answers = await asyncio.gather(*(several.client.ask(asked(samtale_id)) for samtale_id in IDS[:8]))
    assert texts(answers) == ["svar på hej"] * 8
    assert [sorted(several.of(samtale_id)) for samtale_id in IDS[:8]] == [[0, 2]] * 8


@pytest.mark.parametrize("down", [0, 1])
async def test_a_meaning_is_had_from_whichever_rasa_is_there(several: Several, down: int) -> None:
    await several.rasas[down].stop()
    found = await several.client.forstaa("x")
    assert isinstance(found["candidates"], list)


async def test_an_error_of_one_is_no_reason_to_ask_the_other(several: Several) -> None:
    async def fail(_: dict[str, Any]) -> web.StreamResponse:
        return web.json_response({"error": "intern fejl"}, status=500)

    for rasa in several.rasas:
        rasa.answering = fail
    with pytest.raises(RasaFailed) as failed:
        await several.client.ask(asked("en"))
    assert failed.value.reason == "status" and sum(several.of("en")) == 1


async def test_where_both_are_down_patience_runs_out_once_for_all(several: Several) -> None:
    for rasa in several.rasas:
        await rasa.stop()
    begun = time.monotonic()
    for samtale_id in IDS[:10]:
        with pytest.raises(RasaFailed) as failed:
            await several.client.ask(asked(samtale_id))
        assert failed.value.reason == "utilgaengelig"
    assert 0.2 <= time.monotonic() - begun < 10 * 0.7  # only the first has waited


async def test_where_both_are_down_the_first_that_is_back_answers(several: Several) -> None:
    assert several.rasas[1].server is not None
    port = several.rasas[1].server.port
    for rasa in several.rasas:
        await rasa.stop()
    several.client._patience = 20
    waits = asyncio.create_task(several.client.ask(asked("en")))
    await asyncio.sleep(0.3)
    back = FakeRasa()
    await back.start(port)
    try:
        assert texts([await waits]) == ["svar på hej"]
    finally:
        await back.stop()


async def test_a_message_that_breaks_rasa_each_time_is_given_up_whatever_else_is_answered(several: Several) -> None:
    async def poisoned(body: dict[str, Any]) -> web.StreamResponse:
        if body["sender"] == "gift":
            raise HungUp(half=False)
        return await echo(body)

    for rasa in several.rasas:
        rasa.answering = poisoned

    async def others() -> None:
        while True:
            await asyncio.gather(*(several.client.ask(asked(samtale_id)) for samtale_id in IDS[:4]))
            await asyncio.sleep(0.02)

    beside = asyncio.create_task(others())
    several.client._patience = 2.5  # longer than the longest pause, in which others are answered
    try:
        with pytest.raises(RasaFailed) as failed:
            await asyncio.wait_for(several.client.ask(asked("gift")), 30)
    finally:
        beside.cancel()
    assert failed.value.reason == "utilgaengelig"


async def test_one_that_does_not_even_take_the_connection_is_passed_by(rasa: FakeRasa) -> None:
    assert rasa.server is not None
    with socket.socket() as silent, contextlib.ExitStack() as waiting:
        silent.bind(("127.0.0.1", 0))
        silent.listen(0)
        for _ in range(4):  # its queue is full: the kernel answers nobody any more, as a host that is down
            caller = waiting.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(silent.getsockname())
        client = RasaClient([f"http://127.0.0.1:{silent.getsockname()[1]}", str(rasa.server.make_url(""))], 20, patience=20)
        try:
            answers = [await client.ask(asked(samtale_id)) for samtale_id in IDS[:3]]
            meaning = await client.forstaa("x")
        finally:
            await client.close()
    assert texts(answers) == ["svar på hej"] * 3 and isinstance(meaning["candidates"], list)
