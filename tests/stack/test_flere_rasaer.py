"""Two Rasas (``ERHVERV_RASA_WORKERS``): each conversation in order and once, also over a ``kill -9`` of one of them."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator

import aiohttp
import pytest

from tests.stack.chat import Chat
from tests.stack.running import Stack
from tests.stack.test_kill import back

pytestmark = pytest.mark.xdist_group("stack")
TEXTS = [
    *("må jeg have borde på fortovet", "hvad koster det", "erhvervslicens", "hvad koster det"),
    *("vi vil have en lærling", "skilt på facaden", "hvor lang tid tager det", "rotter i baggården bag restauranten"),
]
RASAS = ("rasa", "rasa2")


@pytest.fixture(scope="module")
def stack(alone: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack with two Rasas; in place of the one that the other files share."""
    extra = {"ERHVERV_RASA_WORKERS": "2", "ERHVERV_RASA_TIMEOUT_SECONDS": "60"}
    stack = Stack(tmp_path_factory.mktemp("flere"), extra=extra)
    stack.start()
    yield stack
    stack.stop()


def rasa_of(chat: Chat) -> str:
    """The Rasa that is asked first in this conversation."""
    return RASAS[zlib.crc32(chat.id.encode()) % 2]


async def conversations(http: aiohttp.ClientSession, stack: Stack, each: int) -> list[Chat]:
    """New ones, ``each`` of every Rasa."""
    found: dict[str, list[Chat]] = {name: [] for name in RASAS}
    while min(map(len, found.values())) < each:
        chat = await Chat.begin(http, stack.url)
        found[rasa_of(chat)].append(chat)
    return [chat for chats in found.values() for chat in chats[:each]]


async def burst(chat: Chat, texts: list[str]) -> list[int]:
    """One message after another without waiting for an answer; their ``seq``."""
    return [await chat.post(text=text) for text in texts]


async def answered(chat: Chat, stack: Stack, seqs: list[int]) -> None:
    """Every message of the burst is answered, once and in order, and Rasa has heard each once and in that order."""
    await chat.answers(seqs[0])
    chat.check()
    assert seqs == sorted(set(seqs))
    assert await asyncio.to_thread(stack.heard, chat.id) == seqs
    assert "fejl" not in [m["data"].get("type") for m in chat.messages]


async def test_a_burst_in_one_conversation_is_answered_in_the_order_sent(chat: Chat, stack: Stack) -> None:
    seqs = await burst(chat, TEXTS)
    await answered(chat, stack, seqs)
    said = {m["seq"]: m["text"] for m in chat.messages if m["from"] == "user"}
    assert [said[seq] for seq in seqs] == TEXTS
    services = [next(m["data"].get("id") for m in chat.messages if m["reply_to"] == seq) for seq in seqs[:4]]
    assert services == ["udeservering", "udeservering", "erhvervslicens", "erhvervslicens"]


async def test_a_burst_in_each_of_many_conversations_at_once(http: aiohttp.ClientSession, stack: Stack) -> None:
    chats = await conversations(http, stack, 3)
    bursts = await asyncio.gather(*(burst(chat, TEXTS[:5]) for chat in chats))
    for chat, seqs in zip(chats, bursts, strict=True):
        await answered(chat, stack, seqs)
    assert len({str([m["text"] for m in chat.messages if m["from"] == "bot"]) for chat in chats}) == 1


async def test_a_rasa_answers_its_own_conversations_and_no_others(http: aiohttp.ClientSession, stack: Stack) -> None:
    for stopped in RASAS:
        chats = await conversations(http, stack, 1)
        process = stack.process(stopped)
        assert process is not None
        process.suspend()
        try:
            seqs = {chat.id: await burst(chat, TEXTS[:2]) for chat in chats}
            [waits], [goes] = ([chat for chat in chats if (rasa_of(chat) == stopped) is mine] for mine in (True, False))
            await answered(goes, stack, seqs[goes.id])
            assert stack.waits(waits.id) and stack.heard(waits.id) == []
        finally:
            process.resume()
        await answered(waits, stack, seqs[waits.id])


@pytest.mark.parametrize("name", RASAS)
async def test_a_kill_of_one_costs_no_answer_and_none_comes_twice(http: aiohttp.ClientSession, stack: Stack, name: str) -> None:
    chats = await conversations(http, stack, 2)
    first = await asyncio.gather(*(burst(chat, TEXTS[:4]) for chat in chats))
    mine = next(number for number, chat in enumerate(chats) if rasa_of(chat) == name)
    assert await asyncio.to_thread(stack.has_heard, chats[mine].id, first[mine][0], 30.0)
    pid = stack.kill(name)
    then = await asyncio.gather(*(burst(chat, TEXTS[4:]) for chat in chats))
    for chat, before, after in zip(chats, first, then, strict=True):
        await answered(chat, stack, [*before, *after])
    await back(stack, name, pid)
    await chats[mine].say("hvad koster det")  # the one that has started anew knows what the other has said
    assert len(stack.heard(chats[mine].id)) == len(TEXTS) + 1
