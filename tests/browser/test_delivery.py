"""What is written comes through once, and where it can't the business sees it and gets other ways."""

import pytest
from playwright.async_api import expect

from tests.browser.chat_page import bubbles, launcher, log, open_chat, say
from tests.browser.conftest import NewPage
from tests.browser.fake_server import FakeServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_message_lost_on_the_way_is_resent_without_a_double(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    server.lose_answers = 1
    await say(page, "husk mig", "Du skrev: husk mig")
    await expect(bubbles(page, "user")).to_have_count(1)
    await page.wait_for_timeout(1500)  # past the automatic second attempt
    await expect(bubbles(page, "user")).to_have_count(1)
    await expect(bubbles(page, "bot")).to_have_count(2)
    assert len({post["client_id"] for post in server.posts}) == 1
    assert [m["text"] for m in server.chat.messages if m["from"] == "user"] == ["husk mig"]


async def test_failed_message_is_marked_and_sent_again_with_the_same_id(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    server.refuse_messages = 2
    await say(page, "vigtigt")
    await expect(page.get_by_text("Beskeden blev ikke sendt.")).to_be_visible()
    await page.reload()  # not lost by a reload either
    again = page.get_by_role("button", name="Prøv igen")
    await again.click()
    await expect(bubbles(page, "bot").last).to_contain_text("Du skrev: vigtigt")
    await expect(again).to_have_count(0)
    await expect(bubbles(page, "user")).to_have_count(1)
    assert len(server.posts) == 3 and len({post["client_id"] for post in server.posts}) == 1


@pytest.mark.parametrize("websocket", [True, False])
async def test_server_down_is_told_with_other_ways_and_it_recovers(
    new_page: NewPage, server: FakeServer, websocket: bool
) -> None:
    server.websocket = websocket
    page = await new_page()
    await open_chat(page)
    await say(page, "skilt", "kræver det en tilladelse")
    await server.go_down()
    notice = page.locator(".nede")
    await expect(notice).to_contain_text("Assistenten kan ikke nås lige nu.")
    await expect(notice).to_contain_text("00 00 00 00 (eksempel)")
    await expect(notice.get_by_role("link", name="erhverv@eksempel.invalid")).to_have_attribute(
        "href", "mailto:erhverv@eksempel.invalid"
    )
    await say(page, "mens I var væk")
    await expect(page.get_by_text("Beskeden blev ikke sendt.")).to_be_visible()
    server.add(server.chat, {"text": "Kom mens der var nede."})
    server.down = False
    await page.get_by_role("button", name="Prøv igen").click()
    await expect(notice).to_be_hidden()
    await expect(log(page)).to_contain_text("Du skrev: mens I var væk")
    texts = await bubbles(page).locator(".tekst").all_inner_texts()
    assert texts[3:] == ["Kom mens der var nede.", "mens I var væk", "Du skrev: mens I var væk"]


async def test_chat_opened_while_the_server_is_down_starts_when_it_is_back(new_page: NewPage, server: FakeServer) -> None:
    server.down = True
    page = await new_page()
    await launcher(page).click()
    await expect(page.locator(".nede")).to_be_visible()
    server.down = False
    await expect(log(page)).to_contain_text("Det er en computer, der svarer")
    await expect(page.locator(".nede")).to_be_hidden()


async def test_a_message_that_fails_stays_in_sight_when_the_notice_takes_room(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    for _ in range(3):
        await say(page, "skilt", "kræver det en tilladelse")
    await server.go_down()
    await say(page, "hallo")
    await expect(page.locator(".nede")).to_be_visible()
    await expect(page.get_by_role("button", name="Prøv igen")).to_be_in_viewport(ratio=0.9)
