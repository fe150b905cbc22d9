"""What a business sees while it waits for a person and while one has the chat, over WebSocket and by long poll."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.browser.chat_page import bubbles, field, launcher, log, open_chat, say
from tests.browser.conftest import NewPage
from tests.browser.fake_server import FakeServer
from tests.browser.patience import wait_for
from tests.browser.test_access import violations

pytestmark = pytest.mark.asyncio(loop_scope="session")


def who(page: Page):
    return page.locator(".hvem-svarer span:not(.hvem-ikon)")


def to_a_person(server: FakeServer, navn: str = "Mette") -> None:
    """The server gives the only conversation to a person."""
    data = {"type": "overdragelse", "state": "menneske", "plads": None}
    server.chat.hvem = {"navn": navn, "laest": 0}
    server.add(server.chat, {"from": "system", "text": f"{navn} svarer nu.", "state": "menneske", "data": data})


@pytest.fixture(params=[True, False], ids=["websocket", "longpoll"])
def either(request: pytest.FixtureRequest, server: FakeServer) -> FakeServer:
    server.websocket = request.param
    return server


async def test_the_head_says_who_answers_all_the_way(new_page: NewPage, either: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await expect(who(page)).to_have_text("Digital assistent (computer)")
    await say(page, "menneske", "En medarbejder kommer i chatten.")
    await expect(who(page)).to_have_text("Du er nr. 1 i køen")
    to_a_person(either)
    await expect(who(page)).to_have_text("Mette – menneske")
    await page.reload()
    await expect(who(page)).to_have_text("Mette – menneske")
    data = {"type": "overdragelse", "state": "bot", "plads": None}
    either.chat.hvem = None
    either.add(either.chat, {"from": "system", "text": "Nu svarer computeren.", "state": "bot", "data": data})
    await expect(who(page)).to_have_text("Digital assistent (computer)")
    seqs = await bubbles(page).evaluate_all("nodes => nodes.map(node => Number(node.dataset.seq))")
    assert seqs == list(range(1, len(either.chat.messages) + 1))


async def test_a_new_place_in_the_queue_is_shown_and_keeps_the_way_back(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    data = {"type": "overdragelse", "state": "venter", "plads": 2}
    back = [{"title": "Tilbage til computeren", "action": "computer"}]
    server.add(server.chat, {"from": "system", "text": "Du er nr. 2.", "state": "venter", "data": data, "buttons": back})
    await expect(who(page)).to_have_text("Du er nr. 2 i køen")
    server.add(server.chat, {"from": "system", "text": "Du er nu nr. 1.", "data": {**data, "plads": 1}})
    await expect(who(page)).to_have_text("Du er nr. 1 i køen")
    await expect(log(page)).to_have_attribute("aria-live", "polite")  # the message is read aloud, so nothing else need be
    await expect(page.get_by_role("button", name="Tilbage til computeren")).to_be_enabled()


async def test_buttons_of_the_computer_rest_while_a_person_has_the_chat(new_page: NewPage, either: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "skilt", "kræver det en tilladelse")
    price = page.get_by_role("button", name="Hvad koster det?")
    await expect(price).to_be_enabled()
    data = {"type": "overdragelse", "state": "venter", "plads": 1}
    wait = {"from": "system", "text": "Du venter.", "state": "venter", "data": data}
    either.add(either.chat, {**wait, "buttons": [{"title": "Tilbage til computeren", "action": "computer"}]})
    back = page.get_by_role("button", name="Tilbage til computeren")
    await expect(back).to_be_enabled()
    await expect(price).to_be_disabled()
    await field(page).fill("Hallo?")
    await field(page).press("Enter")
    await expect(bubbles(page, "user").last).to_contain_text("Hallo?")
    await expect(back).to_be_enabled()  # a word more does not take the way back away
    await back.click()
    await expect(who(page)).to_have_text("Digital assistent (computer)")
    await expect(back).to_be_disabled()


async def test_a_persons_taking_over_puts_even_the_newest_buttons_to_rest(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    areas = page.get_by_role("button", name="Se alle områder")
    await expect(areas).to_be_enabled()
    to_a_person(server)
    await expect(who(page)).to_have_text("Mette – menneske")
    await expect(areas).to_be_disabled()


async def test_typing_is_seen_by_name_and_told_both_on_and_off(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    to_a_person(server)
    await expect(who(page)).to_have_text("Mette – menneske")
    await server.frame({"type": "typing", "from": "agent", "on": True})
    await expect(page.locator(".skriver")).to_have_text("Mette skriver …")
    await server.frame({"type": "typing", "from": "user", "on": True})  # another tab of the same business
    await expect(page.locator(".skriver")).to_have_text("Mette skriver …")
    await server.frame({"type": "typing", "from": "agent", "on": False})
    await expect(page.locator(".skriver")).to_be_hidden()
    await field(page).press_sequentially("he")
    await field(page).fill("")
    await wait_for(page, lambda: [f["on"] for f in server.chat.frames if f["type"] == "typing"] == [True, False])


async def test_read_mark_stands_at_the_last_message_that_has_been_read(new_page: NewPage, either: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    to_a_person(either)
    for text in ("første", "anden"):
        await field(page).fill(text)
        await field(page).press("Enter")
        await expect(bubbles(page, "user").last).to_contain_text(text)
    await expect(page.locator(".laest")).to_have_count(0)
    first, second = [m["seq"] for m in either.chat.messages if m["from"] == "user"]
    either.tell(either.chat, laest=first)
    if not either.websocket:  # a mark alone ends no long poll; the next message brings it
        either.add(either.chat, {"from": "agent", "text": "Et øjeblik."})
    await expect(bubbles(page, "user").first).to_contain_text("Læst")
    await expect(page.locator(".laest")).to_have_count(1)
    if either.websocket:
        await either.frame({"type": "read", "from": "agent", "seq": second})
        await expect(bubbles(page, "user").last).to_contain_text("Læst")
        await expect(page.locator(".laest")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".laest")).to_have_count(1)


async def test_what_the_business_has_read_is_told_also_without_websocket(new_page: NewPage, either: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    to_a_person(either)
    await expect(who(page)).to_have_text("Mette – menneske")
    either.add(either.chat, {"from": "agent", "text": "Hej."})
    await expect(bubbles(page, "agent")).to_have_count(1)
    last = either.chat.messages[-1]["seq"]

    def told() -> bool:
        if either.websocket:
            return {"type": "read", "seq": last} in either.chat.frames
        return str(last) in either.chat.reads

    await wait_for(page, told)


async def test_what_comes_while_the_computer_sleeps_is_there_when_it_wakes(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await page.clock.install()
    await page.reload()
    await open_chat(page)
    await wait_for(page, lambda: server.chat.listening)
    server.add(server.chat, {"text": "Før du sov."})
    await expect(log(page)).to_contain_text("Før du sov.")
    chat = server.chat
    chat.news = asyncio.Event()  # a connection that hangs: nothing more comes over it, and nobody says so
    chat.messages.append({**chat.messages[1], "seq": 3, "text": "Mens du sov."})
    await page.wait_for_timeout(300)
    await expect(bubbles(page)).to_have_count(2)
    await page.clock.fast_forward(120_000)
    await expect(log(page)).to_contain_text("Mens du sov.")
    await expect(bubbles(page)).to_have_count(3)


async def test_axe_while_waiting_and_with_a_person(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "menneske", "En medarbejder kommer i chatten.")
    assert await violations(page) == []
    to_a_person(server)
    server.add(server.chat, {"from": "agent", "text": "Hej, jeg kigger på det.", "data": {"navn": "Mette"}})
    await server.frame({"type": "typing", "from": "agent", "on": True})
    await expect(bubbles(page, "agent")).to_have_count(1)
    assert await violations(page) == []
    await say(page, "karakter", "Hvor tilfreds er du")
    assert await violations(page) == []
    await page.get_by_role("button", name="Luk chatten").click()
    server.add(server.chat, {"from": "agent", "text": "Er du der?", "data": {"navn": "Mette"}})
    await expect(launcher(page)).to_contain_text("1")
    assert await violations(page) == []
