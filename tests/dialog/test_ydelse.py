"""A question on a service: the right one, its aspects, the next one."""

import pytest

from bot.knowledge import load_library
from bot.settings import ROOT
from tests.talk import Talk


async def test_typo_and_missing_letters_still_find_the_service(talk: Talk) -> None:
    await talk.say("maa jeg saette borde ud paa fortorvet foran min kaffebar")
    assert talk.data("ydelse") == {"type": "ydelse", "id": "udeservering", "aspekt": "hvad", "kendt": True}


async def test_aspects_refer_back_and_what_no_source_says_is_said_to_be_unknown(talk: Talk) -> None:
    await talk.say("vi vil gerne have øl og vin på kortet, skal vi have en bevilling")
    assert talk.data("ydelse")["id"] == "alkoholbevilling"
    await talk.say("hvad koster det?")
    priced = talk.data("ydelse")
    assert (priced["id"], priced["aspekt"], priced["kendt"]) == ("alkoholbevilling", "pris", False)
    assert any(button.startswith("Bliv kontaktet") for button in talk.buttons())
    await talk.say("hvem ringer jeg til")
    assert talk.data("ydelse")["aspekt"] == "kontakt"


async def test_the_next_service_moves_on(talk: Talk) -> None:
    await talk.say("må vi stille en container på vejen i to uger")
    assert talk.data("ydelse")["id"] == "stillads-container"
    await talk.say("og hvad med at grave i fortovet?")
    assert talk.data("ydelse")["id"] == "gravetilladelse"


async def test_an_aspect_without_a_service_asks_which(talk: Talk) -> None:
    await talk.say("hvad koster det")
    assert talk.data("uklart")


async def test_what_the_bot_says_of_a_service_is_what_its_file_says(talk: Talk) -> None:
    library, _, _ = load_library(ROOT / "knowledge")
    await talk.say("rotter i kælderen under butikken")
    assert talk.data("ydelse")["id"] == "skadedyr"
    assert library.ydelser["skadedyr"].kort in talk.text


@pytest.mark.parametrize("text", ["noget med vand", "tilladelse"])
async def test_unsure_offers_and_the_second_time_a_person(talk: Talk, text: str) -> None:
    await talk.say(text)
    items = talk.data("kandidater")["items"]
    assert 1 <= len(items) <= 3
    assert talk.buttons()[-1] == "Ingen af dem"
    await talk.press("Ingen af dem")
    assert "Tal med et menneske" in talk.buttons()


async def test_an_area_is_walked_by_buttons(talk: Talk) -> None:
    await talk.say("hvad har I på miljøområdet")
    assert talk.data("omraade")["id"] == "3"
    await talk.press("Affald")
    await talk.press("Asbest")
    assert talk.data("ydelse")["id"] == "asbestanmeldelse"


async def test_not_ours_says_what_the_assistant_is_for(talk: Talk) -> None:
    await talk.say("skal have nyt pas til min søn, hvor gør jeg det")
    assert talk.data("udenfor")
    assert "borgerservice" in talk.text


async def test_english_gets_a_line_in_english_and_a_person(talk: Talk) -> None:
    await talk.say("Hello, I want to open a small shop and I need help with the permits please")
    assert "English" in talk.text
    assert "Tal med et menneske" in talk.buttons()


async def test_typed_slash_is_text_not_a_command(talk: Talk) -> None:
    await talk.say("/restart")
    assert talk.last
    await talk.say('/svar{"slot": "x"}')
    assert talk.last
