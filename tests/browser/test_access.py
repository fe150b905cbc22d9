"""For everyone: axe finds nothing, and the chat works on a phone, narrow, zoomed, without motion and on others' pages."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.chat_page import bubbles, dialog, field, launcher, log, open_chat, say
from tests.browser.conftest import NewPage
from tests.browser.fake_server import FakeServer

pytestmark = pytest.mark.asyncio(loop_scope="session")
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


async def violations(page: Page) -> list[str]:
    await page.wait_for_timeout(250)  # past the opening animation: axe measures colours as they stand
    result = await Axe().run(page)
    return [f"{found['id']}: {node['html'][:150]}" for found in result.response["violations"] for node in found["nodes"]]


async def no_sideways_scroll(page: Page) -> None:
    for box in ("document.documentElement", "document.querySelector('erhvervs-chat').shadowRoot.querySelector('.log')"):
        assert await page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth"), box


async def test_axe_demo_page(new_page: NewPage) -> None:
    page = await new_page()
    await expect(launcher(page)).to_be_visible()
    assert await violations(page) == []


@pytest.mark.parametrize("profile", [{}, PHONE], ids=["skrivebord", "telefon"])
async def test_axe_opened_chat_with_buttons_cards_and_trouble(
    new_page: NewPage, server: FakeServer, profile: dict[str, Any]
) -> None:
    page = await new_page(**profile)
    await open_chat(page)
    assert await violations(page) == []
    await say(page, "områder", "Jeg kan hjælpe med")
    await say(page, "screening4", "Opstartspakken")
    await say(page, "sag", "KBH-2026-000123")
    await say(page, "screening3", "Ligger virksomheden i København?")
    server.add(server.chat, {"from": "agent", "text": "Hej, det er mig."})
    server.add(server.chat, {"from": "system", "text": "Et nummer er skjult."})
    await expect(log(page)).to_contain_text("Et nummer er skjult.")
    assert await violations(page) == []
    server.refuse_messages = 2
    await say(page, "tabt")
    await expect(page.get_by_role("button", name="Prøv igen")).to_be_visible()
    await server.go_down()
    await expect(page.locator(".nede")).to_be_visible()
    await page.get_by_role("button", name="Mere").click()
    assert await violations(page) == []
    await page.get_by_role("button", name="Slet samtalen").click()
    assert await violations(page) == []


async def test_names_and_roles(page: Page) -> None:
    await expect(launcher(page)).to_have_attribute("aria-expanded", "false")
    await open_chat(page)
    await expect(dialog(page)).to_be_visible()
    await expect(log(page)).to_have_attribute("aria-live", "polite")
    assert await page.evaluate("document.querySelector('erhvervs-chat').shadowRoot.querySelector('.rod').lang") == "da"
    await page.keyboard.press("Shift+Tab")
    outline = await page.evaluate("getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineWidth")
    assert outline == "3px"


async def test_desktop_chat_leaves_the_page_usable_and_a_phone_chat_does_not(new_page: NewPage) -> None:
    page = await new_page()
    await open_chat(page)
    await page.get_by_role(
        "button", name="Spørg om byggeri", exact=True
    ).click()  # behind a modal window this could not be clicked
    await expect(bubbles(page, "user")).to_contain_text("byggeri")
    phone = await new_page(**PHONE)
    await open_chat(phone)
    await phone.wait_for_timeout(250)  # the opening animation
    box = await dialog(phone).bounding_box()
    assert box is not None and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    for _ in range(12):  # the focus stays inside
        await phone.keyboard.press("Tab")
        assert await phone.evaluate("['ERHVERVS-CHAT', 'BODY'].includes(document.activeElement.tagName)")


async def test_card_opens_the_chat_with_its_question_and_gets_the_focus_back(new_page: NewPage) -> None:
    page = await new_page()
    await expect(launcher(page)).to_be_visible()
    card = page.get_by_role("button", name="Spørg om arbejdskraft", exact=True)
    await card.focus()
    await page.keyboard.press("Enter")
    await expect(bubbles(page, "bot").last).to_contain_text("Du skrev: Hvad kan kommunen hjælpe med inden for arbejdskraft?")
    await expect(bubbles(page).first).to_contain_text("Det er en computer")
    await page.keyboard.press("Escape")
    await expect(card).to_be_focused()


async def test_targets_are_large_enough(new_page: NewPage) -> None:
    page = await new_page(**PHONE)
    await open_chat(page)
    await say(page, "skilt", "kræver det en tilladelse")
    for button in await dialog(page).get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None and box["width"] >= 44 and box["height"] >= 44, await button.inner_text()


@pytest.mark.parametrize("size", [(320, 640), (640, 400), (320, 256)], ids=["320px", "zoom200", "zoom400"])
async def test_narrow_and_zoomed(new_page: NewPage, size: tuple[int, int]) -> None:
    """A 1280 px window at 200 % is 640 × 400 CSS pixels, at 400 % 320 × 256."""
    page = await new_page(viewport={"width": size[0], "height": size[1]})
    await expect(launcher(page)).to_be_in_viewport()
    await open_chat(page)
    await say(page, "områder", "Jeg kan hjælpe med")
    await say(page, "sag", "KBH-2026-000123")
    await say(page, "u" * 300)
    await expect(bubbles(page, "bot").last).to_contain_text("Du skrev: uuu")
    await no_sideways_scroll(page)
    for part in (field(page), page.get_by_role("button", name="Send"), page.get_by_role("button", name="Luk chatten")):
        await expect(part).to_be_in_viewport(ratio=0.9)


async def test_larger_text_of_the_visitors_own_is_respected(new_page: NewPage) -> None:
    page = await new_page()
    await page.evaluate("document.documentElement.style.fontSize = '62.5%'")
    await open_chat(page)
    size = await page.evaluate(
        "getComputedStyle(document.querySelector('erhvervs-chat').shadowRoot.querySelector('.tekst')).fontSize"
    )
    assert size == "16px"


async def test_reduced_motion_stops_what_moves(new_page: NewPage, server: FakeServer) -> None:
    server.delay = 2
    page = await new_page(reduced_motion="reduce")
    await open_chat(page)
    await say(page, "langsomt")
    await expect(page.locator(".skriver")).to_be_visible()
    running = await page.evaluate("document.querySelector('erhvervs-chat').shadowRoot.getAnimations().length")
    assert running == 0


async def test_forced_colors_keep_edges(new_page: NewPage) -> None:
    page = await new_page(forced_colors="active")
    await open_chat(page)
    for part in (".boble", ".valg", ".send"):
        assert await page.locator(part).first.evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"


async def test_on_a_page_of_another_origin(new_page: NewPage, server: FakeServer) -> None:
    other = FakeServer()
    await other.start()
    try:
        page = await new_page(f"{other.url}/fremmed?server={server.url}")
        await open_chat(page)
        await say(page, "skilt", "kræver det en tilladelse")
        colour, size = await page.locator(".boble p").first.evaluate(
            "node => [getComputedStyle(node).color, getComputedStyle(node).fontSize]"
        )
        assert (colour, size) == ("rgb(26, 26, 26)", "16px")  # the page's own styles stay outside
        faces = await page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').length)"
        )
        assert faces > 0
        assert other.chats == {} and len(server.chats) == 1
    finally:
        await other.stop()
