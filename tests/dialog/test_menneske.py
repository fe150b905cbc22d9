"""A person wanted; a no respected; a case looked up and never shown to the wrong one."""

import re

from sqlalchemy import Engine, func, select

from connectors.crm.henvendelser import som_json
from connectors.crm.models import Henvendelse
from connectors.database import reading
from tests.talk import Talk


async def _ask_for_person(talk: Talk) -> None:
    await talk.say("jeg vil tale med et menneske")
    await talk.say("det drejer sig om vores skilt")


async def _make_case(talk: Talk) -> str:
    await _ask_for_person(talk)
    await talk.say("ja, det må I gerne")
    await talk.say("Karla Prøvesen")
    await talk.say("mit nummer er 20 41 77 03")
    await talk.press("Har ikke")
    await talk.press("Har ikke")
    await talk.press("Ja, send det")
    return str(talk.data("henvendelse")["number"])


def _count(cases: Engine) -> int:
    with reading(cases) as session:
        return session.scalar(select(func.count()).select_from(Henvendelse)) or 0


async def test_a_person_gives_a_case_at_the_front_function(talk: Talk, cases: Engine) -> None:
    number = await _make_case(talk)
    assert re.fullmatch(r"KBH-\d{4}-\d{6}", number)
    case = som_json(cases, number)
    assert case is not None
    assert (case["team"], case["kanal"], case["status"]) == ("frontfunktion", "chat", "ny")
    assert "skilt" in case["hovedindhold"]
    assert case["kontakt"]["samtykke"]
    assert re.search(r"senest \w+dag den \d{1,2}\. \w+ \d{4}", talk.text)


async def test_no_consent_no_case(talk: Talk, cases: Engine) -> None:
    before = _count(cases)
    await _ask_for_person(talk)
    assert "måneder" in talk.text
    await talk.say("nej det må I ikke")
    assert _count(cases) == before
    assert talk.text


async def test_consent_takes_a_yes_or_a_no(talk: Talk, cases: Engine) -> None:
    before = _count(cases)
    await _ask_for_person(talk)
    await talk.say("tja det ved jeg ikke helt")
    assert talk.data("kontakt")["asks"] == "samtykke"
    assert _count(cases) == before


async def test_without_any_way_to_reach_them_nothing_is_made(talk: Talk, cases: Engine) -> None:
    before = _count(cases)
    await _ask_for_person(talk)
    await talk.say("ja")
    await talk.say("Karla Prøvesen")
    await talk.say("spring over")
    await talk.say("spring over")
    assert _count(cases) == before
    assert not any(message["data"].get("type") == "henvendelse" for message in talk.last)


async def test_a_wrong_cvr_is_refused_with_the_reason(talk: Talk) -> None:
    await _ask_for_person(talk)
    await talk.say("ja")
    await talk.say("Karla Prøvesen")
    await talk.say("20417703")
    await talk.say("97225248")
    assert talk.data("kontakt")["asks"] == "cvr"
    assert "CVR" in talk.text


async def test_a_single_service_goes_to_its_own_unit(talk: Talk, cases: Engine) -> None:
    await talk.say("hvad koster en alkoholbevilling?")
    await talk.press("Bliv kontaktet")
    await talk.say("ja")
    await talk.say("Karla Prøvesen")
    await talk.say("20417703")
    await talk.press("Har ikke")
    await talk.press("Har ikke")
    await talk.press("Ja, send det")
    case = som_json(cases, talk.data("henvendelse")["number"])
    assert case is not None
    assert (case["team"], case["ydelser"]) == ("kff-bevilling", ["alkoholbevilling"])


async def test_status_is_told_when_number_and_contact_match_and_nothing_when_not(talk: Talk, bot: object) -> None:
    number = await _make_case(talk)
    stranger = Talk(talk.agent)
    await stranger.say(f"hvad sker der med {number}?")
    await stranger.say("forkert@eksempel.dk")
    assert not any(message["data"].get("type") == "sag" for message in stranger.last)
    wrong = stranger.text
    await stranger.say("hvad sker der med KBH-2019-000001?")
    await stranger.say("20417703")
    assert stranger.text == wrong
    owner = Talk(talk.agent)
    await owner.say(f"hvad sker der med {number}?")
    await owner.say("20 41 77 03")
    told = owner.data("sag")
    assert (told["number"], told["status"]) == (number, "ny")
