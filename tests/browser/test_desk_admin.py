"""Log-in and the pages of administrators, editors and analysts in a browser: for everyone, by keyboard, on a tablet."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect
from sqlalchemy import update

from bot.knowledge.library import load_library
from bot.settings import ROOT
from connectors.crm.tid import nu
from connectors.database import engine_for, off_loop, writing
from connectors.desk.kodeord import hash_af
from connectors.desk.models import ROLLER, Medarbejder
from tests.browser.desk_office import KODE, Office, open_office
from tests.browser.test_access import violations
from tests.desk.kontor import medarbejder

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAPTOP, TABLET = ViewportSize(width=1280, height=720), ViewportSize(width=768, height=1024)
LISTE = "/desk/admin/medarbejdere"


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    engine = engine_for(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'desk.db')}")
    office = await open_office(engine, tmp_path, load_library(ROOT / "knowledge")[0])
    await off_loop(medarbejder, engine, "asta", ROLLER, ["team-hr"], adgangskode=hash_af(KODE))
    yield office
    await office.close()
    engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, office: Office, request: Any) -> AsyncIterator[Page]:
    """A fresh profile at the log-in page. An error in a script or against the content policy fails the test at its end."""
    viewport: ViewportSize = getattr(request, "param", None) or LAPTOP
    context = await browser.new_context(viewport=viewport, locale="da-DK", base_url=office.url)
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None)
    await page.goto("/desk/login")
    yield page
    await context.close()
    assert problems == []


async def log_ind(page: Page, kode: str = KODE) -> None:
    """On with the tabulator, in with Enter."""
    await page.get_by_label("Brugernavn").fill("asta")
    await page.keyboard.press("Tab")
    await page.keyboard.type(kode)
    await page.keyboard.press("Enter")


async def fits(page: Page) -> None:
    """Nothing sticks out to the side, and axe finds nothing."""
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    assert await violations(page) == [], page.url


@pytest.mark.parametrize("page", [LAPTOP, TABLET], ids=["1280", "768"], indirect=True)
async def test_every_page_is_for_everyone_and_fits(page: Page, office: Office) -> None:
    await fits(page)
    await log_ind(page, "forkert kode")
    await expect(page.get_by_role("alert")).to_contain_text("forkert")
    await fits(page)
    await log_ind(page)
    await page.wait_for_url("**/desk/")
    await off_loop(_locked_out, office)
    for path in (
        "/desk/konto", "/desk/konto/adgangskode", LISTE, f"{LISTE}/ny", f"{LISTE}/1", f"{LISTE}/2", "/desk/admin/api",
        "/desk/admin/revision", "/desk/admin/revision?slags=medarbejder&fra=32-13-2026", "/desk/redaktion", "/desk/tal",
        "/desk/tal?fra=2-1-2026&til=1-1-2026", "/desk/findes-ikke",
    ):  # fmt: skip
        await page.goto(path)
        await fits(page)
    await page.goto("/desk/admin/api")
    await page.get_by_role("button", name="Opret klient").click()
    await expect(page.get_by_role("alert")).to_be_focused()
    await fits(page)
    await page.get_by_label("Navn", exact=True).fill("Bygningssystem")
    await page.get_by_label("Læse henvendelser").check()
    await page.get_by_role("button", name="Opret klient").click()
    await expect(page.get_by_role("heading", name="Nøgle til Bygningssystem")).to_be_visible()
    await fits(page)


def _locked_out(office: Office) -> None:
    with writing(office.engine) as session:
        later = nu().replace(year=nu().year + 1)
        session.execute(update(Medarbejder).where(Medarbejder.brugernavn == "bo").values(laast_til=later))


async def test_a_new_colleague_from_the_form_to_the_first_log_in(page: Page, browser: Browser, office: Office) -> None:
    await log_ind(page)
    await page.wait_for_url("**/desk/")
    await page.get_by_role("link", name="Medarbejdere").click()
    await page.get_by_role("link", name="Opret medarbejder").click()
    await page.get_by_label("Brugernavn").fill("Carl")
    await page.get_by_label("Navn", exact=True).fill("Carl Prøve")
    await page.get_by_label("Front:").check()
    await page.get_by_role("button", name="Opret").click()
    kode = await page.locator(".desk-hemmelig").inner_text()
    await fits(page)

    context = await browser.new_context(base_url=office.url)
    carl = await context.new_page()
    await carl.goto("/desk/login?videre=/desk/konto")
    await carl.get_by_label("Brugernavn").fill("carl")
    await carl.get_by_label("Adgangskode").fill(kode)
    await carl.get_by_role("button", name="Log ind").click()
    await expect(carl.get_by_role("heading", name="Skift adgangskode")).to_be_visible()
    await carl.get_by_label("Nuværende adgangskode").fill(kode)
    await carl.get_by_label("Ny adgangskode", exact=True).fill("carls egen lange kode")
    await carl.get_by_label("Ny adgangskode igen").fill("carls egen lange kode")
    await carl.get_by_role("button", name="Skift adgangskode").click()
    await expect(carl.get_by_text("Adgangskoden må ikke indeholde brugernavnet").first).to_be_visible()
    await fits(carl)
    await carl.get_by_label("Nuværende adgangskode").fill(kode)
    await carl.get_by_label("Ny adgangskode", exact=True).fill("en helt ny lang kode")
    await carl.get_by_label("Ny adgangskode igen").fill("en helt ny lang kode")
    await carl.get_by_role("button", name="Skift adgangskode").click()
    await expect(carl.get_by_text("Carl Prøve").first).to_be_visible()
    await carl.get_by_role("button", name="Log ud", exact=True).click()
    await expect(carl.get_by_role("status")).to_have_text("Du er logget ud.")
    await context.close()
