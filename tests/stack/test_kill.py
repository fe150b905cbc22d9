"""``kill -9`` of each process in the middle of a screening: what was acknowledged is answered once, and it goes on."""

import asyncio

import pytest

from tests.stack.architect import FIRST, NEED, contact, from_plans, until_need
from tests.stack.chat import Chat
from tests.stack.running import Stack

pytestmark = pytest.mark.xdist_group("stack")
QUESTION = "hvad koster en erhvervslicens til parkering?"
BACK_SECONDS = 90.0


async def back(stack: Stack, name: str, before: int) -> None:
    """Wait until another process has taken over and all three answer."""
    async with asyncio.timeout(BACK_SECONDS):
        while True:
            if await asyncio.to_thread(stack.is_back, name, before):
                return
            await asyncio.sleep(0.3)


async def settled(chat: Chat, seq: int) -> None:
    """Wait for the answer to message ``seq``; after an apology, "Prøv igen" until it works."""
    await chat.answers(seq)
    async with asyncio.timeout(BACK_SECONDS):
        while "fejl" in [message["data"].get("type") for message in chat.last]:
            await asyncio.sleep(0.5)
            await chat.press("Prøv igen")


@pytest.mark.parametrize("name", ["web", "rasa", "actions"])
async def test_a_screening_survives_and_makes_one_case(chat: Chat, stack: Stack, name: str) -> None:
    await until_need(chat)
    before_kill = await chat.post(text=QUESTION)
    pid = stack.kill(name)
    after_kill = await chat.post(text=QUESTION)
    await back(stack, name, pid)
    await chat.answers(before_kill)
    assert after_kill in [m["reply_to"] for m in chat.messages if m["from"] == "bot"]
    for seq in (before_kill, after_kill):  # the answer, or an apology; never silence
        kinds = [m["data"].get("type") for m in chat.messages if m["reply_to"] == seq]
        assert kinds[0] in ("ydelse", "fejl"), kinds
    await chat.say(QUESTION)
    assert chat.data("ydelse")["id"] == "erhvervslicens"
    assert chat.data("screening")["asks"] == "behov"

    answered = await chat.post(text=NEED)
    pid = stack.kill(name)
    await settled(chat, answered)
    assert chat.data("screening")["asks"] == "planer"
    await back(stack, name, pid)
    made = await from_plans(chat)
    assert stack.cases(chat.id) == [made["number"]]


async def test_a_case_whose_making_is_cut_off_is_made_once(chat: Chat, stack: Stack) -> None:
    await chat.say("jeg vil gerne tale med et menneske")
    if chat.data("kontakt")["asks"] == "behov":
        await chat.say("et skilt på facaden")
    await contact(chat)
    seq = await chat.post(payload=chat.payload("Ja, send det"))
    pid = stack.kill("rasa")
    await settled(chat, seq)
    assert chat.data("henvendelse")["number"]
    assert len(stack.cases(chat.id)) == 1
    await back(stack, "rasa", pid)


async def test_without_the_actions_the_answer_is_an_apology_or_comes_when_they_are_back(chat: Chat, stack: Stack) -> None:
    pid = stack.kill("actions")
    await chat.say(FIRST)
    [first, *_] = chat.last
    assert first["data"].get("type") in ("fejl", "pakke")
    if first["data"]["type"] == "fejl":
        assert first["data"]["reference"] and "Tal med et menneske" in [button["title"] for button in first["buttons"]]
    await back(stack, "actions", pid)
    await chat.say(FIRST)
    assert chat.data("pakke")["id"] == "opstartspakke"
