"""How long a test in a browser waits for what is to come."""

import asyncio
from collections.abc import Callable

from playwright.async_api import Page

# As long as Playwright waits for a page. A machine that does something else for ten seconds is slow, not wrong.
PATIENCE_MS = 30_000


async def wait_for(page: Page, that: Callable[[], bool]) -> None:
    """Something that no page shows, such as what is in the database."""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while not that():
            await page.wait_for_timeout(20)
