"""Registering in a browser: by keyboard alone, live and without JavaScript, on a laptop and a tablet; nothing typed is lost."""

import asyncio
import os
import re
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from connectors.crm import henvendelser
from connectors.database import off_loop
from tests.browser.desk_office import KODE, Office
from tests.browser.test_desk import LAPTOP, TABLET, AtDesk, at_desk, fits, focused, library, office
from tests.desk.mening import mening

__all__ = ["at_desk", "library", "office"]
pytestmark = pytest.mark.asyncio(loop_scope="session")
REGISTRER = "/desk/registrer"
SHOTS = os.environ.get("ERHVERV_SKAERMBILLEDER")


async def shot(page: Page, name: str, *, whole: bool = True) -> None:
    """A picture for whoever wants to look, where ``ERHVERV_SKAERMBILLEDER`` names a folder."""
    if SHOTS:
        await page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=whole)


async def tab_to(page: Page, ident: str, most: int = 60) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        if await page.evaluate("document.activeElement.id") == ident:
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{ident} kan ikke nås med Tab; her: {await focused(page)}")


async def tab_to_button(page: Page, text: str, most: int = 80) -> None:
    for _ in range(most):
        if text in str(
            await page.evaluate("document.activeElement.tagName === 'BUTTON' ? document.activeElement.textContent : ''")
        ):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"knappen »{text}« kan ikke nås med Tab")


async def test_a_call_by_keyboard_alone(at_desk: AtDesk, office: Office) -> None:
    office.rasa.meaning = mening("ydelse/udeservering", "pakke/cafe-restaurationspakke")
    page = await at_desk(REGISTRER)
    await tab_to(page, "reg-sagt")
    await page.keyboard.type("Jeg hedder Karla Prøvesen og vil have borde ud på fortovet, ring på 20417703")
    suggestion = page.get_by_role("button", name="Tilladelse til udendørsservering")
    await expect(suggestion).to_be_visible()
    await tab_to_button(page, "udendørsservering")
    await page.keyboard.press("Enter")
    await expect(page.locator("#reg-ydelse-udeservering")).to_be_checked()
    await expect(page.locator(".vurdering")).to_contain_text("Teknik- og Miljøforvaltningen, byliv")
    await expect(page.locator("#reg-svar-navn")).to_have_value("Karla Prøvesen")
    await expect(page.locator("#reg-svar-telefon")).to_have_value("20 41 77 03")
    await tab_to(page, "reg-samtykke")
    await page.keyboard.press("Space")
    await shot(page, "registrer-ydelse")
    await tab_to_button(page, "Opret henvendelsen")
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(r"/desk/sager/KBH-"))
    await expect(page.get_by_role("main")).to_contain_text("er oprettet")
    number = page.url.rsplit("/", 1)[1].split("?")[0]
    case = await off_loop(henvendelser.som_json, office.engine, number)
    assert case is not None
    assert (case["kanal"], case["team"], case["ydelser"]) == ("telefon", "tmf-byliv", ["udeservering"])


async def test_a_package_is_judged_while_it_is_filled_in_by_keyboard(at_desk: AtDesk, office: Office) -> None:
    page = await at_desk(REGISTRER)
    await tab_to(page, "reg-pakke")
    await page.keyboard.type("HR")
    await expect(page.locator("#reg-svar-ansatte")).to_be_visible()
    assert await focused(page) == "reg-pakke"
    await tab_to(page, "reg-svar-stadie")
    await page.keyboard.type("vi har kørt i 12 år")
    await page.keyboard.press("Tab")
    await expect(page.locator("#reg-valg-stadie-2")).to_be_checked()
    await tab_to(page, "reg-svar-beliggenhed")
    await page.keyboard.type("Valby")
    await tab_to(page, "reg-svar-ansatte")
    await page.keyboard.type("8")
    await expect(page.locator(".vurdering")).to_contain_text("passer ikke")
    await page.keyboard.type("0")
    await expect(page.locator(".vurdering .badge-success")).to_have_text("passer")
    await expect(page.locator(".vurdering")).to_contain_text("HR-teamet")
    assert await focused(page) == "reg-svar-ansatte"
    await page.keyboard.press("Tab")
    await expect(page.locator("input[name=ydelse]").first).to_be_visible()
    await shot(page, "registrer-pakke")
    await fits(page)


async def test_a_wrong_cvr_is_told_at_its_field_and_the_summary_leads_there(at_desk: AtDesk) -> None:
    page = await at_desk(REGISTRER)
    await page.locator("#reg-sagt").fill("vi vil have et skilt op")
    await page.locator("#reg-svar-cvr").fill("97225248")
    await page.locator("#reg-svar-cvr").press("Tab")
    await expect(page.locator("#reg-svar-cvr-fejl")).to_contain_text("Cifrene passer ikke sammen")
    await page.get_by_role("button", name="Opret henvendelsen").click()
    summary = page.get_by_role("alert")
    await expect(summary).to_contain_text("Ret dette")
    await expect(summary).to_be_focused()
    await shot(page, "registrer-fejl")
    await fits(page)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert await focused(page) == "reg-svar-cvr"
    await expect(page.locator("#reg-sagt")).to_have_value("vi vil have et skilt op")


async def test_what_is_typed_while_an_answer_is_under_way_stays(at_desk: AtDesk) -> None:
    page = await at_desk(REGISTRER)
    await page.locator("#reg-pakke").select_option("opstartspakke")
    await expect(page.locator("#reg-svar-branche")).to_be_visible()
    await expect(page.locator("#reg-svar-behov")).to_be_visible()  # the page for the package has come, before any is held
    held = asyncio.Event()

    async def hold(route: object) -> None:
        await held.wait()
        await route.continue_()  # type: ignore[attr-defined]

    await page.route(f"**{REGISTRER}", hold)
    await page.locator("#reg-svar-branche").fill("arkitekt")
    await page.keyboard.press("Tab")  # this asks for the page anew
    await page.locator("#reg-svar-behov").focus()
    await page.keyboard.type("lære regnskab")
    async with page.expect_response(f"**{REGISTRER}"):
        held.set()
    await expect(page.locator("[data-melding]")).to_have_text("Vurderingen er opdateret.")
    await expect(page.locator("#reg-svar-behov")).to_have_value("lære regnskab")
    await expect(page.locator("#reg-svar-behov")).to_be_focused()
    await expect(page.locator("#reg-svar-branche")).to_have_value("arkitekt")


async def test_a_server_that_does_not_answer_loses_nothing(at_desk: AtDesk) -> None:
    page = await at_desk(REGISTRER)
    await page.route(f"**{REGISTRER}", lambda route: route.abort())
    await page.locator("#reg-svar-virksomhed").fill("Prøvehuset")
    await page.keyboard.press("Tab")
    await expect(page.locator("[data-melding]")).to_contain_text("står her stadig")
    await expect(page.locator("#reg-svar-virksomhed")).to_have_value("Prøvehuset")


async def test_without_rasa_the_lists_remain(at_desk: AtDesk, office: Office) -> None:
    async def broken(_: dict[str, object]) -> web.StreamResponse:
        return web.json_response({"error": "intern fejl"}, status=500)

    office.rasa.meaning = broken
    page = await at_desk(REGISTRER)
    await page.locator("#reg-sagt").press_sequentially("vi vil have borde ud", delay=5)
    await expect(page.locator('[data-del="forslag"]')).to_contain_text("Vælg selv")
    await page.locator("#reg-tilfoej_ydelse").select_option("udeservering")
    await page.get_by_role("button", name="Tilføj ydelsen").click()
    await expect(page.locator("#reg-ydelse-udeservering")).to_be_checked()


async def test_it_works_without_javascript(browser: Browser, office: Office) -> None:
    office.rasa.meaning = mening("ydelse/udeservering")
    context = await browser.new_context(java_script_enabled=False, base_url=office.url, locale="da-DK")
    page = await context.new_page()
    await page.goto("/desk/login")
    await page.get_by_label("Brugernavn").fill("anna")
    await page.get_by_label("Adgangskode").fill(KODE)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/desk/")
    await page.goto(REGISTRER)
    await page.locator("#reg-sagt").fill("vi vil have borde ud på fortovet")
    await page.get_by_role("button", name="Læs teksten").click()
    await page.get_by_role("button", name="udendørsservering").click()
    await expect(page.locator("#reg-ydelse-udeservering")).to_be_checked()
    await page.locator("#reg-svar-navn").fill("Karla Prøvesen")
    await page.locator("#reg-svar-telefon").fill("20 41 77 03")
    await page.get_by_role("button", name="Vis vurdering").click()
    await expect(page.locator(".vurdering")).to_contain_text("byliv")
    await expect(page.locator("#reg-svar-navn")).to_have_value("Karla Prøvesen")
    await page.locator("#reg-samtykke").check()
    await page.get_by_role("button", name="Opret henvendelsen").click()
    await expect(page.get_by_role("main")).to_contain_text("er oprettet")
    await context.close()


@pytest.mark.parametrize(("name", "viewport"), [("laptop", LAPTOP), ("tablet", TABLET)])
async def test_it_fits_a_laptop_and_a_tablet_and_axe_finds_nothing(
    at_desk: AtDesk, office: Office, name: str, viewport: dict[str, int]
) -> None:
    office.rasa.meaning = mening("pakke/cafe-restaurationspakke", "ydelse/alkoholbevilling", "ydelse/udeservering")
    page = await at_desk(REGISTRER, viewport=viewport)
    await fits(page)
    await shot(page, f"registrer-tom-{name}")
    await page.locator("#reg-sagt").fill("vi åbner café på Vesterbro til maj og vil have alkohol og borde ude")
    await page.get_by_role("button", name="Pakke: Café").click()
    await page.locator("#reg-valg-type_sted-0").check()
    await page.locator("#reg-valg-lokale-0").check()
    await page.locator("#reg-valg-beliggenhed-0").check()
    await page.locator("#reg-valg-cafe_tilladelser-0").check()
    await page.locator("#reg-svar-cvr").fill("97225249")
    await page.locator("#reg-svar-cvr").press("Tab")
    await expect(page.locator('[data-del="opslag"]')).to_contain_text("Kendt:")
    await page.get_by_role("button", name="Vælg alle anbefalede").click()
    await expect(page.locator("#reg-ydelse-alkoholbevilling")).to_be_checked()
    await expect(page.locator('[data-del="delopgaver"]')).to_contain_text("bevillinger")
    await fits(page)
    await shot(page, f"registrer-fyldt-{name}")
    await page.evaluate("scrollTo(0, 0)")
    await shot(page, f"registrer-{name}", whole=False)
