"""``kill -9`` of each process in the middle of a screening: what was acknowledged is answered once, and it goes on."""

import asyncio

import aiohttp
import pytest

from tests.architect import NEED
from tests.stack.architect import contact, from_plans, until_need
from tests.stack.chat import Chat
from tests.stack.running import Stack

pytestmark = pytest.mark.xdist_group("stack")
QUESTION = "hvad koster en erhvervslicens til parkering?"
BACK_SECONDS = 90.0


async def back(stack: Stack, name: str, before: int) -> None:
    """Wait until another process has taken over and everything answers."""
    async with asyncio.timeout(BACK_SECONDS):
        while True:
            if await asyncio.to_thread(stack.is_back, name, before):
                return
            await asyncio.sleep(0.3)


async def settled(chat: Chat, seq: int, **again: str) -> None:
    """Wait for the answer to message ``seq``; after an apology do as it says and try ``again`` until it works."""
    await chat.answers(seq)
    async with asyncio.timeout(BACK_SECONDS):
        while (message := chat.last[0])["data"].get("type") == "fejl":
            assert message["data"]["reference"] and "Tal med et menneske" in [button["title"] for button in chat.buttons()]
            await asyncio.sleep(0.5)
            await chat.answers(await chat.post(**again))


@pytest.mark.parametrize("name", ["web", "rasa"])
async def test_a_screening_survives_and_makes_one_case(chat: Chat, stack: Stack, name: str) -> None:
    await until_need(chat)
    before_kill = await chat.post(text=QUESTION)
    pid = stack.kill(name)
    after_kill = await chat.post(text=QUESTION)
    await back(stack, name, pid)
    await chat.answers(before_kill)
    for seq in (before_kill, after_kill):  # the answer, or an apology; never silence
        kind, *_ = (m["data"].get("type") for m in chat.messages if m["reply_to"] == seq)
        assert kind in ("ydelse", "fejl")
    await chat.say(QUESTION)
    assert chat.data("ydelse")["id"] == "erhvervslicens"
    assert chat.data("screening")["asks"] == "behov"

    answered = await chat.post(text=NEED)
    pid = stack.kill(name)
    await settled(chat, answered, text=NEED)
    assert chat.data("screening")["asks"] == "planer"
    await back(stack, name, pid)
    made = await from_plans(chat)
    assert stack.cases(chat.id) == [made["number"]]


async def test_an_answer_that_the_gateway_had_no_time_to_store_counts_once(http: aiohttp.ClientSession, stack: Stack) -> None:
    for milliseconds in (40, 30, 20, 15, 10, 8, 6, 4, 2, 0):  # the gateway is to have asked Rasa, which takes longer to answer
        chat = await Chat.begin(http, stack.url)
        await until_need(chat)
        web = stack.process("web")
        assert web is not None
        seq = await chat.post(text=NEED)
        await asyncio.sleep(milliseconds / 1000)
        web.suspend()
        await asyncio.sleep(1)  # Rasa has heard it by now
        if stack.waits(chat.id):
            break
        web.resume()
        await chat.answers(seq)
    else:
        pytest.fail("gatewayen nåede hver gang at gemme svaret")
    assert seq not in stack.heard(chat.id)  # what the bot remembers is what has been answered
    pid = stack.kill("web")
    await back(stack, "web", pid)
    await chat.answers(seq)
    assert chat.data("screening")["asks"] == "planer" and stack.heard(chat.id).count(seq) == 1
    chat.check()


async def test_a_case_whose_making_is_cut_off_is_made_once(chat: Chat, stack: Stack) -> None:
    await chat.say("jeg vil gerne tale med et menneske")
    if chat.data("kontakt")["asks"] == "behov":
        await chat.say("et skilt på facaden")
    await contact(chat)
    send = chat.payload("Ja, send det")
    seq = await chat.post(payload=send)
    pid = stack.kill("rasa")
    await settled(chat, seq, payload=send)
    assert chat.data("henvendelse")["number"]
    assert len(stack.cases(chat.id)) == 1
    await back(stack, "rasa", pid)
