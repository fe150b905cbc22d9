"""The desk in a browser: for everyone, by keyboard alone, on a laptop and a tablet; nothing typed is lost or sent twice."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from connectors.crm import artikler, sagsgang
from connectors.crm.tid import nu
from connectors.database import engine_for, off_loop
from tests.browser.desk_office import KODE, Office, open_office, stored
from tests.browser.test_access import violations
from tests.desk.sager import version

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAPTOP, TABLET = {"width": 1280, "height": 720}, {"width": 768, "height": 1024}
AtDesk = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(ROOT / "knowledge")[0]


@pytest_asyncio.fixture(loop_scope="session")
async def office(sqlite_template: Path, tmp_path: Path, library: Library) -> AsyncIterator[Office]:
    engine = engine_for(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'desk.db')}")
    office = await open_office(engine, tmp_path, library)
    yield office
    await office.close()
    engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def at_desk(browser: Browser, office: Office) -> AsyncIterator[AtDesk]:
    """A function that logs a member of staff in, in a fresh profile, and opens ``path``. An error in a page's script or
    against its content policy fails the test at its end."""
    contexts = []
    problems: list[str] = []

    async def make(path: str = "/desk/", who: str = "anna", viewport: dict[str, int] = LAPTOP) -> Page:
        context = await browser.new_context(viewport=viewport, locale="da-DK", base_url=office.url)  # type: ignore[arg-type]
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None)
        await page.goto("/desk/login")
        await page.get_by_label("Brugernavn").fill(who)
        await page.get_by_label("Adgangskode").fill(KODE)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/desk/")
        if path != "/desk/":
            await page.goto(path)
        return page

    yield make
    for context in contexts:
        await context.close()
    assert problems == []


async def fits(page: Page) -> None:
    """Nothing sticks out to the side, and axe finds nothing."""
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    assert await violations(page) == [], page.url


async def focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


async def ready(page: Page) -> None:
    """Until the page's script listens: then its button shows."""
    await expect(page.get_by_role("button", name="Genveje")).to_be_visible()


async def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the focus is on what is called ``name``."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        if (await focused(page)).startswith(name):
            return
    pytest.fail(f"{name} kan ikke nås med tabulatoren på {page.url}")


@pytest.mark.parametrize("viewport", [LAPTOP, TABLET], ids=["1280", "768"])
async def test_every_page_is_for_everyone_and_fits(at_desk: AtDesk, office: Office, viewport: dict[str, int]) -> None:
    page = await at_desk(viewport=viewport)
    company = f"/desk/virksomheder/{(await off_loop(stored, office.engine, office.sag)).virksomhed_id}"
    for path in (
        *(f"/desk/?liste={name}" for name in ("venter", "mine", "team", "frist", "alle")),
        "/desk/?liste=alle&q=pr%C3%B8ve&kanal=mail&fra=snart",
        "/desk/?liste=alle&q=findesikke",
        f"/desk/sager/{office.sag}",
        "/desk/sager/KBH-2026-999999",
        "/desk/virksomheder",
        company,
        f"{company}/flet/2",
    ):
        await page.goto(path)
        await fits(page)
    await page.goto(f"/desk/sager/{office.sag}")
    for fold in await page.locator("main summary").all():
        await fold.click()
    await fits(page)
    await page.get_by_role("button", name="Genveje").click()
    await expect(page.get_by_role("dialog", name="Genveje på tastaturet")).to_be_visible()
    await fits(page)


async def test_a_refused_form_is_for_everyone_too(at_desk: AtDesk, office: Office, library: Library) -> None:
    page = await at_desk(f"/desk/sager/{office.sag}")
    await page.get_by_role("button", name="Gem note").click()
    summary = page.get_by_role("alert")
    await expect(summary).to_be_focused()
    await fits(page)
    await summary.get_by_role("link", name="Skriv noten, før du gemmer den.").click()
    await expect(page.get_by_label("Note til kolleger")).to_be_focused()


async def test_keyboard_alone_from_log_in_to_a_closed_case(browser: Browser, office: Office) -> None:
    context = await browser.new_context(viewport=LAPTOP, locale="da-DK", base_url=office.url)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto("/desk/login")
    await tab_to(page, "brugernavn")
    await page.keyboard.type("anna")
    await page.keyboard.press("Tab")
    await page.keyboard.type(KODE)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/desk/")
    await ready(page)
    await page.keyboard.press("/")
    await page.keyboard.type("tegnestuen iværksætter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=2)).to_contain_text("tegnestuen iværksætter")
    await ready(page)
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/desk/sager/*")
    number = page.url.rsplit("/", 1)[1]
    await ready(page)
    await page.keyboard.press("t")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Sagen er din.")).to_be_visible()
    await ready(page)
    await page.keyboard.press("n")
    await page.keyboard.type("Talt med virksomheden / alt er klaret")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Noten er gemt.")).to_be_visible()
    await ready(page)
    await page.keyboard.press("l")
    await page.keyboard.type("Løst")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")  # a delopgave is open
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Sagen er lukket.", exact=True)).to_be_visible()
    row = await off_loop(stored, office.engine, number)
    assert (row.ejer, row.status, row.udfald) == ("Anna Prøve", "afsluttet", "loest")
    notes = await off_loop(artikler.for_sag, office.engine, number)
    assert "Talt med virksomheden / alt er klaret" in [note.tekst for note in notes]
    await context.close()


async def test_shortcuts_walk_the_list_and_help_tells_of_them(at_desk: AtDesk) -> None:
    page = await at_desk("/desk/?liste=alle")
    rows = page.locator("[data-raekke]")
    await ready(page)
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(rows.nth(1)).to_be_focused()
    await page.keyboard.press("k")
    await expect(rows.nth(0)).to_be_focused()
    await page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Genveje på tastaturet")
    await expect(dialog).to_contain_text("Næste linje")
    await page.keyboard.press("j")  # nothing behind it moves
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(rows.nth(0)).to_be_focused()


async def test_shortcuts_rest_while_somebody_types_and_can_be_switched_off(at_desk: AtDesk) -> None:
    page = await at_desk("/desk/?liste=alle")
    field = page.get_by_role("searchbox", name="Søg i henvendelser")
    await ready(page)
    await page.keyboard.press("/")
    await page.keyboard.type("jk?/n")
    await expect(field).to_have_value("jk?/n")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.get_by_role("button", name="Genveje").click()
    await page.get_by_label("Brug genveje i denne browser").uncheck()
    await page.get_by_role("button", name="Luk").click()
    for _ in range(2):
        await page.locator("h1").click()
        await page.keyboard.press("j")
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        assert await page.evaluate("document.activeElement.dataset.raekke") is None
        await page.reload()
        await ready(page)
    await page.get_by_role("button", name="Genveje").click()  # the way back stays
    await page.get_by_label("Brug genveje i denne browser").check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("j")
    await expect(page.locator("[data-raekke]").first).to_be_focused()


async def test_a_button_pressed_twice_sends_once(at_desk: AtDesk, office: Office) -> None:
    page = await at_desk(f"/desk/sager/{office.sag}")
    before = len(await off_loop(artikler.for_sag, office.engine, office.sag))
    await page.get_by_label("Note til kolleger").fill("Skrevet én gang")
    await page.get_by_role("button", name="Gem note").dblclick()
    await expect(page.get_by_text("Noten er gemt.")).to_be_visible()
    assert len(await off_loop(artikler.for_sag, office.engine, office.sag)) == before + 1


async def test_leaving_with_an_unsent_text_asks_first(at_desk: AtDesk, office: Office) -> None:
    page = await at_desk(f"/desk/sager/{office.sag}")
    asked: asyncio.Queue[str] = asyncio.Queue()

    async def stay(dialog: Any) -> None:
        await dialog.dismiss()
        asked.put_nowait(dialog.type)

    page.on("dialog", stay)
    await page.get_by_label("Note til kolleger").press_sequentially("En halv no")
    await page.get_by_role("link", name="Alle lister").click()
    assert await asyncio.wait_for(asked.get(), 8) == "beforeunload"
    await expect(page.get_by_label("Note til kolleger")).to_have_value("En halv no")


async def test_what_another_changed_is_told_and_the_text_is_kept(at_desk: AtDesk, office: Office, library: Library) -> None:
    page = await at_desk(f"/desk/sager/{office.sag}")
    now = await off_loop(version, office.engine, office.sag)
    await off_loop(sagsgang.aendr, office.engine, library, office.sag, now, "Bo Prøve", {"status": "i gang"}, nu())
    await page.get_by_text("Send til et andet team", exact=True).click()
    await page.get_by_label("Team eller enhed").select_option(label=library.enheder["team-hr"].navn)
    await page.get_by_label("Hvorfor?").fill("De mangler medarbejdere")
    await page.get_by_role("button", name="Send videre").click()
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("Bo Prøve")
    await expect(alert).to_contain_text("Status: Ny → I gang")
    await expect(alert).to_be_focused()
    await fits(page)
    await expect(page.get_by_label("Hvorfor?")).to_have_value("De mangler medarbejdere")
    await page.get_by_role("button", name="Send videre").click()
    await expect(page.get_by_text("Sagen er sendt til")).to_be_visible()
    await page.get_by_role("button", name="Fortryd: tilbage til").click()
    await expect(page.get_by_text("Det er fortrudt.")).to_be_visible()
    assert (await off_loop(stored, office.engine, office.sag)).team == "team-opstart-vaekst"


async def test_a_case_on_paper_has_its_content_and_no_buttons(at_desk: AtDesk, office: Office) -> None:
    page = await at_desk(f"/desk/sager/{office.sag}")
    await page.emulate_media(media="print")
    await expect(page.locator(".sag-handlinger")).to_be_hidden()
    await expect(page.locator(".skriv")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Det handler om")).to_be_visible()
    box = await page.locator(".udskrift li").first.bounding_box()  # folded away on the screen
    assert box is not None and box["height"] > 0
