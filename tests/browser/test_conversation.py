"""A conversation in a real browser: what is typed arrives once, in order, and stays over reloads and tabs."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.chat_page import bubbles, dialog, field, launcher, log, open_chat, say
from tests.browser.conftest import NewPage
from tests.browser.fake_server import FakeServer
from tests.browser.patience import wait_for

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_no_conversation_begins_before_someone_opens_the_chat(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await expect(launcher(page)).to_be_visible()
    await page.wait_for_timeout(300)
    assert server.chats == {}


async def test_whole_conversation_by_keyboard(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await launcher(page).focus()
    await page.keyboard.press("Enter")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("skilt")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("ved vejen")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, "bot").last).to_contain_text("kræver det en tilladelse")
    assert server.posts[0]["text"] == "skilt\nved vejen"
    await page.keyboard.press("Shift+Tab")  # back from the field to the last of the answer's buttons
    await expect(page.get_by_role("button", name="Tal med et menneske").last).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Space")
    await expect(bubbles(page, "user").last).to_contain_text("Hvad koster det?")
    await expect(field(page)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(dialog(page)).to_be_hidden()
    await expect(launcher(page)).to_be_focused()


async def test_buttons_work_once_and_only_in_the_latest_turn(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    areas = page.get_by_role("button", name="Se alle områder")
    await areas.click()
    await expect(log(page)).to_contain_text("Jeg kan hjælpe med")
    await expect(areas).to_be_disabled()
    await expect(areas).to_have_accessible_name("Se alle områder (valgt)")
    await expect(page.get_by_role("button", name="Servicepakker", exact=True)).to_be_disabled()
    await expect(page.get_by_role("button", name="Arbejdskraft", exact=True)).to_be_enabled()
    await say(page, "noget andet", "Du skrev: noget andet")
    await expect(page.get_by_role("button", name="Arbejdskraft", exact=True)).to_be_disabled()
    assert [set(post) for post in server.posts] == [{"client_id", "payload"}, {"client_id", "text"}]


async def test_reload_continues_the_conversation_and_keeps_the_draft(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "skilt", "kræver det en tilladelse")
    await field(page).fill("en kladde")
    await page.reload()
    await expect(dialog(page)).to_be_visible()
    await expect(bubbles(page)).to_have_count(3)
    await expect(field(page)).to_have_value("en kladde")
    assert len(server.chats) == 1
    stored = await page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert "tilladelse" not in stored  # a shared machine keeps no conversation


@pytest.mark.parametrize("websocket", [True, False])
async def test_second_tab_sees_the_same_messages(new_page: NewPage, server: FakeServer, websocket: bool) -> None:
    server.websocket = websocket
    first = await new_page()
    await open_chat(first)
    await say(first, "skilt", "kræver det en tilladelse")
    second = await first.context.new_page()
    await second.goto(server.url)
    await launcher(second).click()
    await expect(bubbles(second)).to_have_count(3)
    await say(second, "to", "Det andet svar.")
    await expect(bubbles(first)).to_have_count(6)
    for page in (first, second):
        texts = await bubbles(page).locator(".tekst").all_inner_texts()
        assert texts[3:] == ["to", "Det første svar.", "Det andet svar."]
    assert len(server.chats) == 1


async def test_writing_notice_and_word_on_long_work(new_page: NewPage, server: FakeServer) -> None:
    server.delay = 9
    page = await new_page()
    await open_chat(page)
    await say(page, "langsomt")
    await expect(page.locator(".skriver")).to_have_text("Assistenten skriver …")
    await expect(page.locator(".skriver")).to_contain_text("længere tid end normalt")
    await expect(log(page)).to_contain_text("Du skrev: langsomt")
    await expect(page.locator(".skriver")).to_be_hidden()


async def test_badge_counts_what_comes_while_the_chat_is_closed(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await page.get_by_role("button", name="Luk chatten").click()
    server.add(server.chat, {"from": "agent", "text": "Er du der endnu?"})
    await expect(page.get_by_role("button", name=re.compile("^Spørg erhvervsassistenten.*, 1 ny besked$"))).to_be_visible()
    await launcher(page).click()
    await expect(log(page)).to_contain_text("Er du der endnu?")
    await page.keyboard.press("Escape")
    await expect(page.locator(".antal")).to_be_hidden()


async def test_erasing_asks_first_and_forgets_everywhere(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "hemmeligt", "Du skrev: hemmeligt")
    other = await page.context.new_page()
    await other.goto(server.url)
    await launcher(other).click()
    await expect(log(other)).to_contain_text("hemmeligt")
    await page.bring_to_front()
    await page.get_by_role("button", name="Mere").click()
    await page.get_by_role("button", name="Slet samtalen").click()
    question = page.get_by_role("alertdialog", name="Vil du slette samtalen?")
    await expect(question.get_by_role("button", name="Fortryd")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(dialog(page)).to_be_visible()
    assert server.chat.state == "bot"
    await page.get_by_role("button", name="Mere").click()
    await page.get_by_role("button", name="Slet samtalen").click()
    await page.get_by_role("button", name="Ja, slet samtalen").click()
    for tab in (page, other):
        await expect(tab.get_by_text("Samtalen er slettet.").first).to_be_visible()
        await expect(tab.get_by_text("hemmeligt")).to_have_count(0)
    assert server.chat.state == "lukket"
    assert await page.evaluate("Object.keys(localStorage).length") == 0
    await expect(page.get_by_role("button", name="Start en ny samtale")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Det er en computer, der svarer")


async def test_without_storage_a_conversation_still_works(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await page.add_init_script(
        "for (const area of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, area, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    await page.reload()
    await open_chat(page)
    await say(page, "skilt", "kræver det en tilladelse")
    assert len(server.chats) == 1


async def test_erasing_that_fails_says_so_and_keeps_the_conversation(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await page.get_by_role("button", name="Mere").click()
    await page.get_by_role("button", name="Slet samtalen").click()
    await server.go_down()
    await page.get_by_role("button", name="Ja, slet samtalen").click()
    await expect(page.get_by_role("alert")).to_contain_text("kunne ikke slettes")
    assert server.chat.state == "bot"
    server.down = False
    await page.get_by_role("button", name="Fortryd").click()
    await say(page, "videre", "Du skrev: videre")


async def test_expired_conversation_is_said_and_a_new_one_can_begin(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await wait_for(page, lambda: server.chat.listening)  # till then it would hide the field before anything is typed
    server.chats.clear()
    await say(page, "er du der?")
    await expect(page.get_by_text("Samtalen er udløbet").first).to_be_visible()
    await page.get_by_role("button", name="Start en ny samtale").click()
    await expect(field(page)).to_be_focused()
    await expect(log(page)).to_contain_text("Det er en computer, der svarer")
    await page.get_by_role("button", name="Prøv igen").click()  # what was typed goes on into the new one
    await expect(log(page)).to_contain_text("Du skrev: er du der?")


async def test_download_is_the_conversation_as_text(new_page: NewPage) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "æble", "Du skrev: æble")
    await page.get_by_role("button", name="Mere").click()
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Hent samtalen").click()
    download = await waiting.value
    text = await asyncio.to_thread((await download.path()).read_text, "utf-8-sig")
    assert "Dig: æble" in text and "Assistenten: Du skrev: æble" in text
    assert download.suggested_filename.endswith(".txt")


async def test_too_long_a_message_is_counted_and_not_sent(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await field(page).fill("a" * 990)
    await expect(page.locator(".taeller")).to_have_text("10 tegn tilbage")
    await field(page).fill("a" * 999 + "😀")  # counts as one character
    await expect(page.locator(".taeller")).to_have_text("0 tegn tilbage")
    await field(page).fill("a" * 1003)
    await field(page).press("Enter")
    await expect(page.locator(".taeller")).to_contain_text("3 tegn for lang")
    await expect(field(page)).to_have_value("a" * 1003)
    assert server.posts == []


async def test_a_long_answer_is_shown_from_its_beginning(new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 390, "height": 500})
    await open_chat(page)
    await say(page, "lang\n" * 40 + "slut", "slut")
    await say(page, "skilt", "kræver det en tilladelse")
    await say(page, "lang\n" * 40)
    await expect(bubbles(page, "bot").last.locator(".tekst")).to_contain_text("Du skrev: lang")
    top = await page.evaluate(
        """() => { const log = document.querySelector('erhvervs-chat').shadowRoot.querySelector('.log');
        const own = [...log.querySelectorAll('.fra-bot')].at(-1).getBoundingClientRect().top - log.getBoundingClientRect().top;
        return own >= 0 && own < log.clientHeight; }"""
    )
    assert top


async def test_reader_of_earlier_messages_is_left_in_peace(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    for _ in range(4):
        await say(page, "skilt", "kræver det en tilladelse")
    await expect(bubbles(page)).to_have_count(9)
    await log(page).evaluate("node => node.scrollTop = 0")
    await page.wait_for_timeout(100)
    server.add(server.chat, {"from": "agent", "text": "Er du der?"})
    jump = page.get_by_role("button", name="Gå til nyeste besked")
    await expect(jump).to_be_visible()
    assert await log(page).evaluate("node => node.scrollTop") == 0
    await jump.click()
    await expect(bubbles(page, "agent")).to_be_in_viewport(ratio=0.9)
