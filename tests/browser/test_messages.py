"""How messages are shown: cards, progress, links that are safe, and nothing anyone writes becomes markup."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat_page import bubbles, log, open_chat, say
from tests.browser.conftest import NewPage
from tests.browser.fake_answers import Answer
from tests.browser.fake_server import Chat, FakeServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_markup_from_either_side_is_shown_as_text(new_page: NewPage) -> None:
    page = await new_page()
    await open_chat(page)
    attack = "farlig <img src=x onerror=window.ramt=1><script>window.ramt=1</script>"
    await say(page, attack, "[klik](javascript:window.ramt=1)")
    await expect(bubbles(page, "user").last.locator(".tekst")).to_have_text(attack)
    await expect(page.get_by_role("button", name="<b>knap</b>")).to_be_visible()
    await expect(page.locator(".log img, .log script, .log a, .log b")).to_have_count(0)
    assert await page.evaluate("window.ramt") is None


async def test_links_lists_and_paragraphs(new_page: NewPage) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "skilt", "kræver det en tilladelse")
    answer = bubbles(page, "bot").last
    web = answer.get_by_role("link", name="https://eksempel.invalid/skilte")
    await expect(web).to_have_attribute("href", "https://eksempel.invalid/skilte")  # without the sentence's full stop
    await expect(web).to_have_attribute("rel", "noopener noreferrer")
    await expect(answer.get_by_role("link", name="erhverv@eksempel.invalid")).to_have_attribute(
        "href", "mailto:erhverv@eksempel.invalid"
    )
    await expect(answer.locator("li")).to_have_text(["en tegning af skiltet", "ejerens samtykke"])
    await expect(answer.locator(".tekst > p")).to_have_count(3)


async def test_screening_shows_how_far_recommendation_and_case_number(new_page: NewPage) -> None:
    page = await new_page(permissions=["clipboard-read", "clipboard-write"])
    await open_chat(page)
    await page.get_by_role("button", name="Servicepakker").click()
    await expect(page.locator(".trin span")).to_have_text("Spørgsmål 1 af 3")
    await say(page, "screening3")
    await expect(page.locator(".trin span").last).to_have_text("Spørgsmål 3 af 3")
    await page.get_by_role("button", name="Ja", exact=True).click()
    card = page.locator(".kort").last
    await expect(card).to_contain_text("Anbefaling")
    await expect(card.locator("li")).to_have_text(["Iværksætterkurser", "1:1 rådgivning", "Væksthus Hovedstadsregionen"])
    await page.get_by_role("button", name="Opret en henvendelse").click()
    await expect(page.locator(".nummer")).to_have_text("KBH-2026-000123")
    await expect(page.locator(".fakta")).to_contain_text("torsdag den 26. november 2026 kl. 16.00")
    await page.get_by_role("button", name="Kopiér sagsnummer").click()
    await expect(page.get_by_role("status").filter(has_text="Sagsnummeret er kopieret.")).to_have_count(1)
    assert await page.evaluate("navigator.clipboard.readText()") == "KBH-2026-000123"


async def test_failure_inside_gives_reference_and_a_way_on(new_page: NewPage) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "uheld", "Reference: a1b2c3")
    await expect(page.get_by_role("button", name="Tal med et menneske").last).to_be_enabled()


async def test_person_and_system_are_told_apart(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    await say(page, "menneske", "En medarbejder kommer i chatten.")
    await expect(bubbles(page, "system")).to_have_count(1)
    server.add(server.chat, {"from": "agent", "text": "Hej, det er mig.", "data": {"navn": "Mette"}})
    server.add(server.chat, {"from": "agent", "text": "Er du der?", "data": {"navn": "Mette"}})
    server.add(server.chat, {"from": "agent", "text": "Nu er det mig.", "data": {"navn": "Ole"}})
    await expect(log(page).locator(".dag")).to_have_text("I dag")
    seen = log(page).locator(".hvem")  # once above each run of messages by the same sender
    await expect(seen).to_have_text(["Digital assistent (computer)", "Besked om samtalen", "Mette – menneske", "Ole – menneske"])
    heard = bubbles(page, "agent").nth(1).locator(".hoert")
    await expect(heard).to_have_text("Mette – menneske: ")


ADDRESSES = {
    "script": "<script>window.ramt=1</script>",
    "javascript": "[Klik her](javascript:window.ramt=1)",
    "data": "[Klik her](data:text/html,<script>window.ramt=1</script>)",
    "store og små": "[Klik her](JaVaScRiPt:window.ramt=1) jAvAsCrIpT:window.ramt=1",
    "filer": "[Klik her](file:///etc/passwd) ftp://eksempel.invalid/ //eksempel.invalid/ [x](/desk)",
    "navn foran": "https://www.kk.dk@ond.invalid/ [kommunen](https://kk.dk:x@ond.invalid/)",
    "billede": "![x](javascript:window.ramt=1) ![x](x onerror=window.ramt=1)",
}


@pytest.mark.parametrize("sender", ["agent", "bot", "system"])
async def test_nothing_anyone_writes_becomes_a_harmful_link(new_page: NewPage, server: FakeServer, sender: str) -> None:
    page = await new_page()
    await open_chat(page)
    for text in ADDRESSES.values():
        server.add(server.chat, {"from": sender, "text": text, "data": {"navn": "<b>Mette</b>"}})
    shown = log(page).locator(".besked .tekst")
    await expect(shown).to_have_count(1 + len(ADDRESSES))
    assert (await shown.all_text_contents())[1:] == list(ADDRESSES.values())
    await expect(log(page).locator(".besked :is(a, img, script, b)")).to_have_count(0)
    assert await page.evaluate("window.ramt") is None


async def test_a_label_that_looks_like_an_address_shows_the_true_one(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    text = (
        "[https://www.kk.dk](https://ond.invalid/a) [erhverv@kk.dk](mailto:ond@ond.invalid) [vejledningen](https://god.invalid/)"
    )
    server.add(server.chat, {"from": "agent", "text": text})
    links = bubbles(page, "agent").get_by_role("link")
    await expect(links).to_have_count(3)
    assert [await link.evaluate("a => a.firstChild.data") for link in await links.all()] == [
        "https://ond.invalid/a",
        "ond@ond.invalid",
        "vejledningen",
    ]
    assert {await link.get_attribute("rel") for link in await links.all()} == {"noopener noreferrer"}


async def test_text_is_never_turned_around(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    turned = "\u202ehttps://god.invalid/\u202c \u2066exe.fdp\u2069"
    server.add(server.chat, {"from": "agent", "text": turned, "data": {"navn": "\u202eetteM"}})
    await expect(bubbles(page, "agent").locator(".tekst")).to_contain_text("exe.fdp")
    whole = await bubbles(page, "agent").text_content() or ""
    assert not set(whole) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert await bubbles(page, "agent").get_by_role("link").get_attribute("href") == "https://god.invalid/"


async def test_survey_question_is_five_big_buttons_with_what_the_ends_mean(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page(viewport={"width": 390, "height": 844})
    await open_chat(page)
    await say(page, "karakter", "Hvor tilfreds er du")
    row = page.get_by_role("group", name="Giv en karakter fra 1 til 5").get_by_role("button")
    await expect(row).to_have_text(["1", "2", "3", "4", "5"])
    boxes = [await button.bounding_box() for button in await row.all()]
    assert all(box is not None and box["width"] >= 48 and box["height"] >= 48 for box in boxes)
    assert len({box["y"] for box in boxes if box}) == 1
    await expect(page.locator(".ender span")).to_have_text(["slet ikke tilfreds", "meget tilfreds"])
    await expect(page.get_by_role("button", name="Spring over")).to_be_enabled()
    await page.get_by_role("button", name="5, meget tilfreds").click()
    await expect(bubbles(page, "user").last.locator(".tekst")).to_have_text("5 – meget tilfreds")
    await expect(page.get_by_role("button", name="5, meget tilfreds (valgt)")).to_be_disabled()


async def test_what_the_server_masked_replaces_what_was_typed(new_page: NewPage, server: FakeServer) -> None:
    page = await new_page()
    await open_chat(page)
    original = server.add

    def masking(chat: Chat, answer: Answer, reply_to: int | None = None) -> dict[str, Any]:
        return original(chat, {**answer, "text": answer["text"].replace("010190-1234", "[CPR]")}, reply_to)

    server.add = masking  # type: ignore[method-assign]
    await say(page, "mit nummer er 010190-1234", "[CPR]")
    await expect(bubbles(page, "user")).to_have_count(1)
    await expect(bubbles(page, "user").locator(".tekst")).to_have_text("mit nummer er [CPR]")
    await expect(bubbles(page, "bot")).to_have_count(2)
