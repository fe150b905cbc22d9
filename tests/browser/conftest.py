"""Chromium, a fake server and a page for every test here. Without Chromium the tests are skipped, in CI they fail."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.browser.fake_server import FakeServer
from tests.browser.patience import PATIENCE_MS

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

NewPage = Callable[..., Awaitable[Page]]


def chromium() -> str | None:
    """Path of the browser: ERHVERV_CHROMIUM, else the first one on PATH."""
    return (
        os.environ.get("ERHVERV_CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if not path:
        why = "Chromium er ikke installeret (apt-get install chromium, eller sæt ERHVERV_CHROMIUM)"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[FakeServer]:
    server = FakeServer()
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="da-DK")
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser: Browser, server: FakeServer) -> AsyncIterator[NewPage]:
    """A function that opens the demo page (or ``path``) in a fresh profile; keyword arguments go to the profile.

    An error in the page's script or against its content policy fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    async def make(path: str = "/", **profile: object) -> Page:
        context = await browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "da-DK", **profile})  # type: ignore[arg-type]
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None)
        await page.goto(path if path.startswith("http") else server.url + path)
        return page

    yield make
    for context in contexts:
        await context.close()
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_page: NewPage) -> Page:
    return await new_page()
