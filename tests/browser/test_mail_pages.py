"""The questionnaire's page, without a script and by keyboard alone, and the desk's pages on mail: for everyone."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select, update

from connectors.crm import sagsgang
from connectors.crm.tid import nu
from connectors.database import engine_for, off_loop, reading, writing
from connectors.mail.models import Brev
from connectors.survey.models import Invitation
from connectors.website.tokens import new_token, token_hash
from tests.browser.desk_office import KODE, Office, open_office
from tests.browser.test_access import violations
from tests.crm.medarbejdere import library
from tests.desk.sager import version
from tests.survey.sager import besvarelser

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAPTOP, PHONE = {"width": 1280, "height": 720}, {"width": 360, "height": 740}


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    engine = engine_for(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'post.db')}")
    office = await open_office(engine, tmp_path, library())
    yield office
    await office.close()
    engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def new_browser(browser: Browser, office: Office) -> AsyncIterator[Any]:
    contexts = []

    async def make(**more: Any) -> Page:
        context = await browser.new_context(locale="da-DK", base_url=office.url, **more)
        contexts.append(context)
        return await context.new_page()

    yield make
    for context in contexts:
        await context.close()


def _link(office: Office) -> str:
    """The case is closed; a link to its questionnaire, as a mail would bring it."""
    now, token = version(office.engine, office.sag), new_token()
    closed = {"status": "afsluttet", "udfald": "loest"}
    sagsgang.aendr(office.engine, library(), office.sag, now, "Anna Prøve", closed, nu(), trods_delopgaver=True)
    with writing(office.engine) as session:
        session.execute(update(Invitation).values(token_hash=token_hash(token)))
    return f"/s/{token}"


async def _fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    assert await violations(page) == [], page.url


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["1280", "360"])
async def test_the_questionnaire_is_for_everyone(new_browser: Any, office: Office, viewport: dict[str, int]) -> None:
    page = await new_browser(viewport=viewport)
    link = await off_loop(_link, office)
    await page.goto("/s/findes-ikke")
    await _fits(page)
    await page.goto(link)
    await _fits(page)
    await page.get_by_role("button", name="Send svar").click()
    await expect(page.get_by_role("alert")).to_contain_text("Vælg mindst ét svar")
    await _fits(page)
    await page.get_by_role("group", name="fast kontaktperson").get_by_label("5: meget tilfreds").check()
    await page.get_by_label("Vil I tilføje noget").fill("Tak for hjælpen")
    await page.get_by_role("button", name="Send svar").click()
    await expect(page.get_by_role("heading", name="Tak for svaret")).to_be_visible()
    await _fits(page)


async def test_it_needs_no_script_and_no_mouse(new_browser: Any, office: Office) -> None:
    page = await new_browser(java_script_enabled=False)
    await page.goto(await off_loop(_link, office))
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowUp")  # from "no answer" to 5
    for _ in range(5):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Tak for svaret")).to_be_visible()
    [svar] = await off_loop(besvarelser, office.engine)
    assert (svar.sagsbehandlingstid, svar.kompetence) == (5, None)


@pytest.mark.parametrize("viewport", [LAPTOP, {"width": 768, "height": 1024}], ids=["1280", "768"])
async def test_the_desk_s_pages_on_mail_are_for_everyone(new_browser: Any, office: Office, viewport: dict[str, int]) -> None:
    await off_loop(_link, office)  # closing sends mail
    with writing(office.engine) as session:
        session.execute(update(Brev).values(opgivet=nu(), sendt=None, forsoeg=3, fejl="mailserveren svarede 421"))
        assert session.scalars(select(Brev)).first() is not None
    page = await new_browser(viewport=viewport)
    await page.goto("/desk/login")
    await page.get_by_label("Brugernavn").fill("anna")
    await page.get_by_label("Adgangskode").fill(KODE)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/desk/")
    await page.goto("/desk/udbakke")
    await expect(page.get_by_text("mailserveren svarede 421").first).to_be_visible()
    await _fits(page)
    await page.goto(f"/desk/sager/{office.sag}/henvisning")
    await _fits(page)
    await page.get_by_label("Hvordan?").select_option("telefon")
    await page.get_by_role("button", name="Notér virksomhedens ja").click()
    await expect(page.get_by_role("button", name="Send mailen")).to_be_visible()
    await _fits(page)
    await page.get_by_label("Modtagerens e-mail").fill("kontakt@example.com")
    await page.get_by_role("button", name="Send mailen").click()
    await expect(page.get_by_text("Mailen er sendt af Anna Prøve")).to_be_visible()
    await _fits(page)
    with reading(office.engine) as session:
        assert session.scalars(select(Brev).where(Brev.slags == "henvisning")).one().til == "kontakt@example.com"
