"""The actions as a program of their own (``ERHVERV_ACTIONS_URL``), as a plain ``rasa run actions`` serves them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp
import psutil  # type: ignore[import-untyped]
import pytest

from tests.architect import FIRST, NEED
from tests.stack.architect import from_plans, until_need
from tests.stack.chat import Chat
from tests.stack.running import Stack
from tests.stack.test_kill import back, settled

pytestmark = pytest.mark.xdist_group("stack")


@pytest.fixture(scope="module")
def stack(alone: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack whose actions run for themselves; in place of the one that the other files share."""
    stack = Stack(tmp_path_factory.mktemp("egne"), own_actions=True)
    stack.start()
    yield stack
    stack.stop()


def spent(process: psutil.Process | None) -> float:
    """Seconds of processor time."""
    assert process is not None
    return float(sum(process.cpu_times()[:2]))


async def test_a_conversation_is_answered_through_them(chat: Chat, stack: Stack) -> None:
    assert stack.ready()["actions"]["status"] == "ok"
    before = spent(stack.process("actions"))
    await chat.say("maa jeg sætte skildt op på facadn")
    assert chat.data("ydelse")["id"] == "skilte-bannere"
    await chat.say("hvad koster det")
    assert (chat.data("ydelse")["id"], chat.data("ydelse")["aspekt"]) == ("skilte-bannere", "pris")
    assert spent(stack.process("actions")) > before


async def test_without_the_actions_the_answer_is_an_apology_and_comes_when_they_are_back(chat: Chat, stack: Stack) -> None:
    pid = stack.kill("actions")
    await chat.say(FIRST)
    assert chat.data("fejl")["reference"]  # Rasa does not run them itself behind the operator's back
    assert stack.ready()["actions"] == {"status": "nede"}
    seq = await chat.post(text=FIRST)
    stack.start_actions()
    await settled(chat, seq, text=FIRST)
    assert chat.data("pakke")["id"] == "opstartspakke"
    await back(stack, "actions", pid)


async def test_a_screening_survives_their_kill_and_makes_one_case(stack: Stack, http: aiohttp.ClientSession) -> None:
    chat = await Chat.begin(http, stack.url)
    await until_need(chat)
    seq = await chat.post(text=NEED)
    pid = stack.kill("actions")
    await asyncio.sleep(0.5)
    stack.start_actions()
    await settled(chat, seq, text=NEED)
    assert chat.data("screening")["asks"] == "planer"
    await back(stack, "actions", pid)
    made = await from_plans(chat)
    assert stack.cases(chat.id) == [made["number"]]
    chat.check()
