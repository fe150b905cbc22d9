"""The report's case 1 (the architect's opstartspakke), typed and pressed over HTTP."""

from __future__ import annotations

from typing import Any

from tests.architect import FIRST, PLANS
from tests.stack.chat import Chat

CONTACT = {"navn": "Aske Testesen", "telefon": "20 41 77 03", "cvr": "97 22 52 49", "virksomhed": "Tegnestuen Prøve"}


async def until_need(chat: Chat) -> None:
    """The screening runs and asks for ``behov``."""
    await chat.say(FIRST)
    assert chat.data("pakke")["id"] == "opstartspakke"
    await chat.press("Begynd")
    assert chat.data("screening")["asks"] == "behov"


async def from_plans(chat: Chat) -> dict[str, Any]:
    """From the question of ``planer`` to the case; returns the data of its receipt."""
    await chat.say(PLANS)
    assert chat.data("anbefaling")["passer"] is True
    await chat.press("Det hele")
    await contact(chat)
    await chat.press("Ja, send det")
    return chat.data("henvendelse")


async def contact(chat: Chat) -> None:
    """Consent and contact data, to the question whether all is right."""
    for _ in range(12):
        asks = next(message["data"]["asks"] for message in reversed(chat.last) if "asks" in message["data"])
        if asks == "bekraeft":
            return
        if asks in CONTACT:
            await chat.say(CONTACT[asks])
        else:  # a consent, or something that a package wants beside
            await chat.press(chat.buttons()[0]["title"])
    raise AssertionError(f"opsummeringen kom aldrig: {chat.last}")
