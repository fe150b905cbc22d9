"""A real browser on the real stack: from a question with typos to a case number, on a phone and on a desktop.

With ``ERHVERV_BILLEDER=1`` the screenshots of the README are taken anew.
"""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.settings import ROOT
from tests.browser.chat_page import bubbles, dialog, field, log, open_chat
from tests.browser.conftest import browser as browser  # the fixture
from tests.browser.test_access import PHONE, no_sideways_scroll, violations
from tests.stack.running import Stack

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("stack")]
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1}


@pytest_asyncio.fixture(params=["telefon", "desktop"], loop_scope="session")
async def visitor(browser: Browser, stack: Stack, request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, Page]]:
    """The municipality's page, opened on a device; an error in its scripts fails the test."""
    problems: list[str] = []
    context = await browser.new_context(locale="da-DK", **(PHONE if request.param == "telefon" else DESKTOP))
    page = await context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    await page.goto(stack.url)
    yield request.param, page
    await context.close()
    assert problems == []


async def say(page: Page, text: str) -> str:
    """Type, and wait for the answer; returns it."""
    before = await bubbles(page, "bot").count()
    await field(page).fill(text)
    await field(page).press("Enter")
    return await answer(page, before)


async def press(page: Page, name: str) -> str:
    """Press a button of the latest answer, and wait for the answer; returns it."""
    before = await bubbles(page, "bot").count()
    await page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).and_(page.locator(":enabled")).last.click()
    return await answer(page, before)


async def answer(page: Page, before: int) -> str:
    """What the assistant has said after its first ``before`` messages, once it has finished."""
    await expect(page.locator(".skriver")).to_be_hidden()
    await expect(bubbles(page, "bot").nth(before)).to_be_visible()
    return "\n".join((await bubbles(page, "bot").all_inner_texts())[before:])


async def take(page: Page, name: str) -> None:
    if os.environ.get("ERHVERV_BILLEDER") == "1":
        await page.wait_for_timeout(400)
        await page.screenshot(path=ROOT / "docs" / "billeder" / f"{name}.png")


async def test_from_a_question_to_a_case_number(visitor: tuple[str, Page], stack: Stack, tmp_path: Path) -> None:
    device, page = visitor
    await open_chat(page)
    assert "Tilladelse til skilte og bannere" in await say(page, "maa jeg sætte skildt op på facadn")
    await page.wait_for_timeout(300)
    await expect(page.locator(".om-ydelse p").first).to_be_in_viewport(ratio=0.9)  # read from its beginning
    await expect(field(page)).to_be_in_viewport(ratio=0.9)
    await take(page, f"samtale-{device}")
    assert await violations(page) == []
    await press(page, "Hvem er det for?")
    said = await say(page, "jeg vil gerne tale med et menneske")
    consented = False
    for _ in range(12):
        if await page.get_by_role("button", name="Ja, send det").count():
            break
        if await page.get_by_role("button", name="Ja, opret").and_(page.locator(":enabled")).count():
            said, consented = await press(page, "Ja, opret"), True
        else:
            said = await say(page, reply_to(said))
    assert consented
    assert await violations(page) == []
    await press(page, "Ja, send det")
    number = await page.locator(".kort .nummer").inner_text()
    assert re.fullmatch(r"KBH-\d{4}-\d{6}", number)
    await expect(page.locator(".kort .nummer")).to_be_in_viewport()
    assert await violations(page) == []
    await no_sideways_scroll(page)

    texts = await bubbles(page).all_inner_texts()
    await page.reload()
    await expect(dialog(page)).to_be_visible()
    await expect(log(page)).to_contain_text(number)
    assert await bubbles(page).all_inner_texts() == texts
    assert stack.erhverv("sag", number).returncode == 0


def reply_to(question: str) -> str:
    """An answer to a question of contact data, by its words."""
    for word, value in (("telefon", "20 41 77 03"), ("navn", "Aske Testesen"), ("hjælp", "et skilt på vores facade")):
        if word in question.lower():
            return value
    return "ved ikke"
