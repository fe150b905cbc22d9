"""A person takes the chat over, with real browsers on both sides of a real gateway.

With ``ERHVERV_BILLEDER=1`` the pictures of the documentation are taken anew.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect
from sqlalchemy import update

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from connectors.database import engine_for, writing
from connectors.desk.models import DeskSession
from tests.browser.chat_page import bubbles, field, launcher, log, say
from tests.browser.overtagelse import Hus
from tests.browser.patience import wait_for
from tests.browser.test_access import PHONE, violations

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "knowledge")[0]


@pytest_asyncio.fixture(loop_scope="session")
async def aabn(browser: Browser, sqlite_template: Path, tmp_path: Path, library: Library) -> AsyncIterator[Callable[..., Any]]:
    """Opens a gateway with the settings given; closed at the end."""
    opened: list[Hus] = []
    path = tmp_path / "overtagelse.db"
    shutil.copy(sqlite_template, path)
    engine = engine_for(f"sqlite:///{path}")

    async def make(**settings: Any) -> Hus:
        opened.append(await Hus.aabn(engine, tmp_path, library, browser, **settings))
        return opened[-1]

    yield make
    for hus in opened:
        await hus.luk()
    engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def hus(aabn: Callable[..., Any]) -> Hus:
    opened: Hus = await aabn()
    return opened


def who(page: Page) -> Locator:
    return page.locator(".hvem-svarer span:not(.hvem-ikon)")


def besked(page: Page) -> Locator:
    return page.get_by_label("Besked til virksomheden")


def chat(page: Page, fra: str = "") -> Locator:
    """The messages on the desk's page."""
    return page.locator(f".chat-besked.fra-{fra}" if fra else ".chat-besked")


async def waiting_business(hus: Hus, **profile: Any) -> Page:
    """A business that has asked for a person and waits."""
    page = await hus.side("/", **profile)
    await launcher(page).click()
    await say(page, "må vi sætte et skilt op", "Computeren svarer på må vi sætte et skilt op.")
    await say(page, "et menneske, tak")
    await expect(who(page)).to_have_text("Du er nr. 1 i køen")
    return page


async def talking(hus: Hus, **profile: Any) -> tuple[Page, Page]:
    """A business and the member of staff who has taken its chat."""
    staff = await hus.medarbejder("mette")
    business = await waiting_business(hus, **profile)
    await staff.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    await expect(staff.get_by_text("Du har samtalen")).to_be_visible()
    await expect(besked(staff)).to_be_visible()
    await expect(who(business)).to_have_text("Mette – menneske")
    return business, staff


async def take(page: Page, name: str, wanted: bool) -> None:
    """A picture for the documentation."""
    if wanted and os.environ.get("ERHVERV_BILLEDER") == "1":
        await page.wait_for_timeout(400)
        await page.screenshot(path=ROOT / "docs" / "billeder" / f"{name}.png")


async def takes(staff: Page, both: asyncio.Barrier) -> None:
    """Presses "Tag samtalen"; what it sends is let go at the same moment as the other's."""

    async def together(route: Route) -> None:
        await both.wait()
        await route.continue_()

    await staff.route("**/tag", together)
    async with staff.expect_navigation():
        await staff.get_by_role("button", name=re.compile("^Tag samtalen")).click(no_wait_after=True)
    await staff.unroute("**/tag")


async def write(staff: Page, text: str) -> None:
    await besked(staff).fill(text)
    await besked(staff).press("Enter")


async def numbers(page: Page, wanted: int) -> None:
    """Every message is on the page once and in order: business or staff."""
    shown = page.locator(".besked[data-seq], .chat-besked[data-seq]")
    await expect(shown).to_have_count(wanted)
    assert await shown.evaluate_all("nodes => nodes.map(node => Number(node.dataset.seq))") == list(range(1, wanted + 1))


async def test_from_the_question_to_the_computer_and_to_a_person_again(hus: Hus) -> None:
    mette = await hus.medarbejder("mette")
    ole = await hus.medarbejder("ole")
    await expect(mette.get_by_role("switch", name="Jeg tager imod chat")).to_be_checked()
    business = await waiting_business(hus)

    both = asyncio.Barrier(2)
    # both see it come without doing anything, also in the tab's title; both press at the same moment
    for staff in (mette, ole):
        await expect(staff.get_by_role("link", name="Venter nu: 1")).to_be_visible()
        await expect(staff).to_have_title(re.compile(r"^\(1\) "))
        await expect(staff.get_by_role("link", name="et menneske, tak")).to_be_visible()
        await expect(staff.get_by_role("status").filter(has_text="En virksomhed venter")).to_have_count(1)
    await asyncio.gather(*(takes(page, both) for page in (mette, ole)))
    won = [page for page in (mette, ole) if "/samtaler/" in page.url]
    assert len(won) == 1
    staff = won[0]
    loser = ole if staff is mette else mette
    name = "Mette" if staff is mette else "Ole"
    await expect(loser.get_by_text(f"{name} Prøve har taget samtalen")).to_be_visible()
    await expect(loser.get_by_text("Ingen venter lige nu.")).to_be_visible()
    await expect(who(business)).to_have_text(f"{name} – menneske")
    await expect(business.get_by_role("button", name="Hvad koster det?").first).to_be_disabled()

    # what has been said so far, and who said it, with the summary on top
    await expect(staff.get_by_role("region", name="Kort fortalt")).to_contain_text("må vi sætte et skilt op")
    await expect(chat(staff, "bot").nth(1)).to_contain_text("Computeren svarer på må vi sætte et skilt op.")
    await expect(chat(staff, "user").first).to_contain_text("Virksomheden")

    # typing is seen both ways, by name
    await besked(staff).press_sequentially("Hej")
    await expect(business.locator(".skriver")).to_have_text(f"{name} skriver …")
    await field(business).press_sequentially("Er")
    await expect(staff.get_by_text("Virksomheden skriver …")).to_be_visible()

    # messages and read marks both ways
    await write(staff, "Hej, hvor stort er skiltet?")
    await expect(bubbles(business, "agent")).to_have_text(re.compile("Hej, hvor stort er skiltet?"))
    await expect(chat(staff, "agent").locator(".chat-status")).to_have_text("Læst")
    await say(business, "To meter. Se https://eksempel.invalid/tegning")
    await expect(staff.get_by_role("link", name="https://eksempel.invalid/tegning")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    await expect(staff.get_by_role("status").filter(has_text="Virksomheden skrev: To meter.")).to_have_count(1)
    await expect(bubbles(business, "user").last).to_contain_text("Læst")
    asked = len(hus.rasa.asked)

    # a reload on either side loses and doubles nothing
    total = await chat(staff).count()
    for page in (staff, business):
        await page.reload()
        await numbers(page, total)

    # without a connection what is written is kept, and comes once when it is back
    await staff.context.set_offline(True)
    await expect(staff.get_by_text("Forbindelsen er væk.")).to_be_visible()
    await write(staff, "Skrevet uden forbindelse")
    await expect(chat(staff).last.locator(".chat-status")).to_have_text("Venter på forbindelse …")
    await say(business, "Er du der?")
    await staff.context.set_offline(False)
    await expect(staff.get_by_text("Forbindelsen er væk.")).to_be_hidden()
    await expect(bubbles(business, "agent").last).to_contain_text("Skrevet uden forbindelse")
    await expect(chat(staff, "user").last).to_contain_text("Er du der?")
    await numbers(staff, total + 2)
    await numbers(business, total + 2)
    assert hus.beskeder("agent").count("Skrevet uden forbindelse") == 1
    assert len(hus.rasa.asked) == asked  # the computer has been silent all the time

    # back to the computer, and to a person a second time
    await staff.get_by_role("button", name="Giv tilbage til computeren").click()
    await expect(staff.get_by_text("Computeren svarer virksomheden igen.")).to_be_visible()
    await expect(who(business)).to_have_text("Digital assistent (computer)")
    await expect(log(business)).to_contain_text("Computeren svarer på /tilbage")
    await say(business, "et menneske igen")
    await expect(who(business)).to_have_text("Du er nr. 1 i køen")
    await loser.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    other = "Ole" if name == "Mette" else "Mette"
    await expect(who(business)).to_have_text(f"{other} – menneske")
    await write(loser, "Nu er det mig")
    await expect(bubbles(business, "agent").last).to_contain_text("Nu er det mig")
    await business.reload()
    await expect(who(business)).to_have_text(f"{other} – menneske")
    await numbers(business, await chat(loser).count())


async def test_two_tabs_of_one_person_and_of_one_business(hus: Hus) -> None:
    business, staff = await talking(hus)
    second = await staff.context.new_page()
    await second.goto(staff.url)
    await expect(second.get_by_text("Du har samtalen")).to_be_visible()
    more = await business.context.new_page()
    await more.goto(hus.url)
    await launcher(more).click()
    await write(staff, "fra den første fane")
    await write(second, "fra den anden fane")
    await say(more, "fra en anden fane hos os")
    for page in (staff, second):
        await expect(chat(page, "agent").last).to_contain_text("fra den anden fane")
        await expect(chat(page, "user").last).to_contain_text("fra en anden fane hos os")
    total = await chat(staff).count()
    for page in (staff, second, business, more):
        await numbers(page, total)
    await second.close()
    await write(staff, "stadig her")
    await expect(bubbles(business, "agent").last).to_contain_text("stadig her")


async def test_a_browser_that_is_gone_too_long_loses_the_chat_and_is_told(aabn: Callable[..., Any]) -> None:
    hus: Hus = await aabn(agent_away_seconds=3)
    business, staff = await talking(hus)
    colleague = await hus.medarbejder("ole")  # else nobody is there, and the computer takes it back
    await staff.context.set_offline(True)
    await expect(staff.get_by_text(re.compile("Er du væk i mere end 3 sekunder"))).to_be_visible()
    await write(staff, "for sent")
    await expect(who(business)).to_have_text("Du er nr. 1 i køen")
    await expect(log(business)).to_contain_text("Forbindelsen til Mette er afbrudt")
    await staff.context.set_offline(False)
    await expect(staff.get_by_role("alert").filter(has_text="Den står i køen igen")).to_be_visible()
    await expect(besked(staff)).to_be_hidden()
    refused = chat(staff).last
    await expect(refused).to_contain_text("Kunne ikke sendes. Samtalen er ikke hos dig længere")
    await expect(refused).to_contain_text("for sent")
    assert "for sent" not in hus.beskeder("agent")
    await colleague.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    await expect(staff.get_by_text("Ole Prøve har samtalen")).to_be_visible()
    await expect(who(business)).to_have_text("Ole – menneske")


async def test_a_restart_of_the_gateway_loses_nothing(hus: Hus) -> None:
    business, staff = await talking(hus)
    await write(staff, "før")
    await expect(bubbles(business, "agent").last).to_contain_text("før")
    port = int(hus.url.rsplit(":", 1)[1])
    await hus.house.stop()
    await expect(staff.get_by_text("Forbindelsen er væk.")).to_be_visible()
    await write(staff, "imens")
    await hus.house.gateway(port=port)
    await expect(bubbles(business, "agent").last).to_contain_text("imens")
    await expect(chat(staff, "agent").last).to_contain_text("imens")
    assert hus.beskeder("agent") == ["før", "imens"]


async def test_without_websocket_it_works_by_asking(hus: Hus) -> None:
    staff = await hus.medarbejder("mette")
    await staff.add_init_script(
        "window.WebSocket = class { readyState = 3; constructor() { setTimeout(() => this.onclose?.({ code: 1006 })); } };"
    )
    await staff.reload()
    await expect(staff.get_by_role("switch", name="Jeg tager imod chat")).to_be_checked()
    business = await waiting_business(hus)
    await staff.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    await write(staff, "uden WebSocket")
    await expect(bubbles(business, "agent").last).to_contain_text("uden WebSocket")
    await say(business, "det virker")
    await expect(chat(staff, "user").last).to_contain_text("det virker")
    await expect(bubbles(business, "user").last).to_contain_text("Læst")
    await numbers(staff, await bubbles(business).count())


async def test_notes_are_seen_by_colleagues_and_never_by_the_business(hus: Hus) -> None:
    business, staff = await talking(hus)
    colleague = await hus.medarbejder("ole", staff.url.removeprefix(hus.url))
    await staff.get_by_role("heading", name="Noter til kolleger").click()
    await staff.get_by_label("Ny note").fill("Husk sagen fra marts <b>her</b>")
    await staff.get_by_role("button", name="Gem note").click()
    for page in (staff, colleague):
        await expect(page.locator(".note")).to_contain_text("Husk sagen fra marts <b>her</b>")
        await expect(page.locator(".note .note-hvem")).to_contain_text("Mette Prøve")
    await expect(staff.get_by_label("Ny note")).to_have_value("")
    await write(staff, "Et øjeblik")
    await expect(bubbles(business, "agent").last).to_contain_text("Et øjeblik")
    await expect(log(business)).not_to_contain_text("sagen fra marts")


async def test_suggestions_and_canned_replies_are_drafts_and_are_not_sent(hus: Hus) -> None:
    drafts = [
        {"titel": "Skilte", "tekst": "Et skilt kræver tilladelse.", "ydelse": "skilte-bannere", "pakke": None, "aspekt": None}
    ]
    staff = await hus.medarbejder("mette")
    await staff.context.route("**/desk/api/forslag?*", lambda route: route.fulfill(json=drafts))
    await waiting_business(hus)
    await staff.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    await staff.get_by_role("button", name="Sæt ind Skilte").click()
    await expect(besked(staff)).to_have_value("Et skilt kræver tilladelse.")
    await besked(staff).fill("Goddag.")
    await staff.get_by_role("heading", name="Faste svar").click()
    await staff.get_by_label("Søg i faste svar").fill("øjeblik")
    await staff.get_by_role("button", name="Sæt ind Bed om et øjeblik").click()
    await expect(besked(staff)).to_be_focused()
    await expect(besked(staff)).to_have_value(re.compile(r"^Goddag\.\nLige et øjeblik"))
    await staff.reload()
    await expect(besked(staff)).to_have_value(re.compile("^Goddag"))  # the draft is not lost by a reload
    assert hus.beskeder("agent") == []
    await besked(staff).press("Shift+Enter")
    await besked(staff).press_sequentially("Mere")
    await staff.get_by_role("button", name="Send", exact=True).click()
    await wait_for(staff, lambda: len(hus.beskeder("agent")) == 1)
    assert hus.beskeder("agent")[0].endswith("\nMere")


async def test_sent_on_to_a_colleague_with_a_reason(hus: Hus) -> None:
    business, staff = await talking(hus)
    colleague = await hus.medarbejder("ole")
    await staff.reload()  # to have the colleague in the list
    await staff.get_by_role("heading", name="Send videre").click()
    await staff.get_by_role("button", name="Send videre").click()
    await expect(staff.get_by_role("alert").filter(has_text="Skriv, hvorfor")).to_be_visible()
    await staff.get_by_label("Til", exact=True).select_option(label="Ole Prøve (til stede)")
    await staff.get_by_label("Hvorfor").fill("Ole kender skiltereglerne")
    await staff.get_by_role("button", name="Send videre").click()
    await expect(staff.get_by_text("Samtalen er sendt videre.")).to_be_visible()
    await expect(log(business)).to_contain_text("Mette giver dig videre til sin kollega Ole")
    await expect(log(business)).not_to_contain_text("skiltereglerne")
    await colleague.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    await expect(colleague.locator(".note")).to_contain_text("Ole kender skiltereglerne")
    await expect(who(business)).to_have_text("Ole – menneske")
    await colleague.get_by_role("button", name="Afslut chatten").click()
    await expect(log(business)).to_contain_text("Ole har afsluttet samtalen.")
    await expect(who(business)).to_have_text("Digital assistent (computer)")


async def test_the_business_that_deletes_is_gone_from_the_desk(hus: Hus) -> None:
    business, staff = await talking(hus)
    await business.get_by_role("button", name="Mere").click()
    await business.get_by_role("button", name="Slet samtalen").click()
    await business.get_by_role("button", name="Ja, slet samtalen").click()
    await expect(staff.get_by_role("alert").filter(has_text="Virksomheden har lukket samtalen.")).to_be_visible()
    await expect(besked(staff)).to_be_hidden()


async def test_the_business_leaves_the_queue_by_its_button(hus: Hus) -> None:
    staff = await hus.medarbejder("mette")
    business = await waiting_business(hus)
    await expect(staff.get_by_role("link", name="Venter nu: 1")).to_be_visible()
    await business.get_by_role("button", name="Tilbage til computeren").click()
    await expect(who(business)).to_have_text("Digital assistent (computer)")
    await expect(staff.get_by_role("link", name="Venter nu: 0")).to_be_visible()
    await expect(staff.get_by_text("Ingen venter lige nu.")).to_be_visible()


async def test_presence_can_be_switched_off_and_stays_so(hus: Hus) -> None:
    staff = await hus.medarbejder("mette")
    switch = staff.get_by_role("switch", name="Jeg tager imod chat")
    await expect(switch).to_be_checked()
    await switch.focus()
    await staff.keyboard.press("Space")
    await expect(staff.get_by_role("status").filter(has_text="Du tager ikke imod chat.")).to_have_count(1)
    await staff.reload()
    await expect(switch).to_be_enabled()
    await expect(switch).not_to_be_checked()


async def test_sound_is_off_until_wanted_and_is_remembered(hus: Hus) -> None:
    staff = await hus.medarbejder("mette")
    await staff.add_init_script(
        "window.bip = 0; const start = OscillatorNode.prototype.start;"
        "OscillatorNode.prototype.start = function (...a) { window.bip += 1; return start.apply(this, a); };"
    )
    await staff.reload()
    await expect(staff.get_by_role("switch")).to_be_checked()
    business = await waiting_business(hus)
    await expect(staff.get_by_role("link", name="Venter nu: 1")).to_be_visible()
    assert await staff.evaluate("window.bip") == 0
    await staff.get_by_text("Lyd og besked").click()
    await staff.get_by_label("Lyd, når nogen venter eller skriver").check()
    assert await staff.evaluate("window.bip") == 1  # so that one hears what it is
    await staff.reload()
    await expect(staff.get_by_role("switch")).to_be_checked()
    await business.get_by_role("button", name="Tilbage til computeren").click()
    await expect(staff.get_by_role("link", name="Venter nu: 0")).to_be_visible()
    await say(business, "et menneske igen")
    await expect(staff.get_by_role("link", name="Venter nu: 1")).to_be_visible()
    assert await staff.evaluate("window.bip") == 1


async def test_a_desktop_notice_tells_nothing_of_what_was_written(hus: Hus) -> None:
    staff = await hus.medarbejder("mette")
    await staff.add_init_script(
        "window.vist = []; window.Notification = class { static permission = 'granted';"
        " static requestPermission = async () => 'granted'; constructor(...a) { window.vist.push(a); } };"
        "Object.defineProperty(document, 'hidden', { get: () => true });"
    )
    await staff.reload()
    await expect(staff.get_by_role("switch")).to_be_checked()
    await staff.get_by_text("Lyd og besked").click()
    await staff.get_by_label("Besked på skrivebordet, når vinduet er skjult").check()
    await waiting_business(hus)
    await expect(staff.get_by_role("link", name="Venter nu: 1")).to_be_visible()
    await staff.wait_for_function("window.vist.length")
    [[title, options]] = await staff.evaluate("window.vist")
    assert title == "En virksomhed venter på at tale med et menneske."
    assert set(options) == {"tag", "lang"}


async def test_a_log_in_that_ends_is_said_and_nothing_more_is_told(hus: Hus) -> None:
    _, staff = await talking(hus)
    with writing(hus.engine) as session:
        session.execute(update(DeskSession).values(udloeber=DeskSession.oprettet))
    await expect(staff.get_by_role("alert").filter(has_text="Du er ikke logget ind længere.")).to_be_visible(timeout=15_000)
    await write(staff, "efter udløb")
    await expect(chat(staff).last).to_contain_text("Kunne ikke sendes.")
    assert hus.beskeder("agent") == []


async def test_what_the_business_writes_is_only_text_at_the_desk(hus: Hus) -> None:
    business, staff = await talking(hus)
    attack = "<img src=x onerror=window.ramt=1> [kk.dk](https://ond.invalid/) javascript:window.ramt=1 \u202egnp.exe"
    await say(business, attack)
    last = chat(staff, "user").last.locator(".chat-tekst")
    await expect(last).to_contain_text("<img src=x onerror=window.ramt=1>")
    assert "\u202e" not in (await last.text_content() or "")
    await expect(last.get_by_role("link")).to_have_count(1)
    await expect(last.get_by_role("link")).to_have_text(re.compile(r"^https://ond\.invalid/"))  # no label hides it
    assert await staff.evaluate("window.ramt") is None


@pytest.mark.parametrize(
    "profile", [{}, {"viewport": {"width": 768, "height": 1024}}, PHONE], ids=["skrivebord", "tablet", "telefon"]
)
async def test_axe_and_fit_on_each_screen(hus: Hus, profile: dict[str, Any], request: pytest.FixtureRequest) -> None:
    staff = await hus.medarbejder("mette", **profile)
    business = await waiting_business(hus, **profile)
    await expect(staff.get_by_role("link", name="Venter nu: 1")).to_be_visible()
    assert await violations(staff) == []
    await staff.get_by_role("button", name=re.compile("^Tag samtalen")).click()
    await write(staff, "Hej, jeg kigger på det.")
    await say(business, "Tak")
    await expect(chat(staff, "user").last).to_contain_text("Tak")
    await take(staff, "overtagelse-desk", request.node.callspec.id == "skrivebord")
    await staff.get_by_role("heading", name="Noter til kolleger").click()
    await staff.get_by_role("heading", name="Send videre").click()
    await staff.get_by_text("Lyd og besked").click()
    assert await violations(staff) == []
    await take(business, f"overtagelse-{request.node.callspec.id}", request.node.callspec.id == "telefon")
    await expect(bubbles(business, "agent")).to_have_count(1)
    assert await violations(business) == []
    assert await staff.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await staff.keyboard.press("Escape")
    await staff.context.set_offline(True)
    await write(staff, "uden forbindelse")
    await expect(staff.get_by_text("Forbindelsen er væk.")).to_be_visible()
    assert await violations(staff) == []


async def test_the_chat_fits_a_small_desktop_without_scrolling_the_page(hus: Hus) -> None:
    business, staff = await talking(hus)
    for number in range(12):
        await say(business, f"linje {number}")
    await expect(chat(staff, "user").last).to_contain_text("linje 11")
    await staff.evaluate("window.scrollTo(0, 0)")
    await expect(besked(staff)).to_be_in_viewport(ratio=1)
    await expect(chat(staff, "user").last).to_be_in_viewport()
    await expect(staff.get_by_role("button", name="Giv tilbage til computeren")).to_be_in_viewport()
