"""What the tests do with the widget, in one place."""

import re

from playwright.async_api import Locator, Page, expect


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Spørg erhvervsassistenten")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Erhvervsassistenten")


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def field(page: Page) -> Locator:
    return page.get_by_label("Skriv en besked")


def bubbles(page: Page, sender: str = "") -> Locator:
    return page.locator(f".besked.fra-{sender}" if sender else ".besked")


async def open_chat(page: Page) -> None:
    """Opens the chat and waits for the greeting."""
    await launcher(page).click()
    await expect(log(page)).to_contain_text("Det er en computer, der svarer")


async def say(page: Page, text: str, answer: str | None = None) -> None:
    """Types and sends; waits for ``answer`` in the conversation if given."""
    await field(page).fill(text)
    await field(page).press("Enter")
    if answer is not None:
        await expect(log(page)).to_contain_text(re.compile(re.escape(answer)))
