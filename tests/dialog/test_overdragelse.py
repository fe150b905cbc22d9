"""A person wanted in the chat: the queue where one can come, the contact form where not; a screening resumed only on a yes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from bot.knowledge import live_library
from bot.language.dato import KOEBENHAVN
from connectors.crm.henvendelser import som_json
from connectors.database import writing
from connectors.desk.models import Medarbejder
from tests.architect import FIRST, NEED
from tests.talk import Talk

TUESDAY = dt.datetime(2026, 11, 24, 10, 0, tzinfo=KOEBENHAVN)  # open from 9 to 15 by the municipality's file


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """The moment at which a person is asked for; a test may set another."""
    moment = [TUESDAY]
    monkeypatch.setattr("actions.menneske.now", lambda: moment[0])
    return moment


@pytest.fixture
def staff(cases: Engine, clock: list[dt.datetime]) -> Iterator[None]:
    """One of the front is there."""
    with writing(cases) as session:
        session.add(
            Medarbejder(
                brugernavn="mette", navn="Mette Prøvesen", fornavn="Mette", roller=["front"], enheder=["frontfunktion"],
                tager_chat=True, set=clock[0], oprettet=clock[0],
            )
        )  # fmt: skip
    yield
    with writing(cases) as session:
        session.execute(delete(Medarbejder))


async def _in_screening(talk: Talk) -> None:
    await talk.say(FIRST)
    await talk.press("Begynd")
    assert talk.data("screening")["asks"] == "behov"


def _asks(talk: Talk) -> list[str]:
    return [message["data"]["asks"] for message in talk.last if "asks" in message["data"]]


async def test_with_somebody_there_the_business_waits_and_no_form_begins(talk: Talk, staff: None) -> None:
    await talk.say("jeg vil tale med et menneske")
    assert talk.data("overdragelse") == {"type": "overdragelse", "state": "venter", "plads": 1}
    assert "nummer 1" in talk.text and "skrive videre" in talk.text
    assert talk.buttons() == ["Tilbage til computeren"]
    assert _asks(talk) == []


async def test_a_button_that_offers_a_person_does_the_same(talk: Talk, staff: None) -> None:
    await talk.say("asdf qwer zxcv")
    await talk.say("asdf qwer zxcv")
    await talk.press("Tal med et menneske")
    assert talk.data("overdragelse")["state"] == "venter"


async def test_in_a_screening_no_question_comes_on_top_of_the_handover(talk: Talk, staff: None) -> None:
    await _in_screening(talk)
    await talk.say("jeg vil hellere tale med et menneske")
    assert talk.data("overdragelse")["state"] == "venter"
    assert _asks(talk) == []


async def test_back_again_the_screening_goes_on_only_on_a_yes(talk: Talk, staff: None) -> None:
    await _in_screening(talk)
    await talk.say("jeg vil hellere tale med et menneske")
    await talk.press("Tilbage til computeren")
    assert _asks(talk) == []
    assert talk.buttons() == ["Ja, gå videre", "Nej tak"]
    await talk.press("Ja, gå videre")
    assert _asks(talk) == ["behov"]
    await talk.say(NEED)
    assert _asks(talk) == ["planer"]


@pytest.mark.parametrize(("answer", "asks"), [("ja tak", ["behov"]), ("nej tak", [])])
async def test_the_yes_and_the_no_may_be_typed(talk: Talk, staff: None, answer: str, asks: list[str]) -> None:
    await _in_screening(talk)
    await talk.say("jeg vil hellere tale med et menneske")
    await talk.command({"intent": "tilbage"})
    await talk.say(answer)
    assert _asks(talk) == asks
    assert len(talk.last) == 1 + len(asks)


async def test_after_a_no_it_stays_away_and_a_later_yes_is_to_nothing(talk: Talk, staff: None) -> None:
    await _in_screening(talk)
    await talk.say("jeg vil hellere tale med et menneske")
    await talk.command({"intent": "tilbage"})
    await talk.press("Nej tak")
    assert "stopper vi her" in talk.text and len(talk.last) == 1
    await talk.say("ja")
    assert _asks(talk) == []
    await talk.command({"intent": "tilbage"})
    assert talk.buttons() == []


async def test_taken_in_the_middle_of_a_question_the_next_message_is_no_answer_to_it(talk: Talk) -> None:
    await _in_screening(talk)
    await talk.command({"intent": "tilbage", "afsluttet": True})  # a person took it straight from the bot, and is done
    assert talk.buttons() == ["Ja, gå videre", "Nej tak"]
    await talk.say("hvad koster en alkoholbevilling?")
    assert talk.data("ydelse")["id"] == "alkoholbevilling"
    assert _asks(talk) == []


async def test_with_nothing_broken_off_it_only_says_hello(talk: Talk) -> None:
    await talk.command({"intent": "tilbage"})
    assert "computeren" in talk.text and talk.buttons() == []
    await talk.command({"intent": "tilbage", "afsluttet": True})
    assert "computer" in talk.text and talk.buttons() == []


async def test_what_the_business_stopped_itself_is_not_asked_about(talk: Talk) -> None:
    await _in_screening(talk)
    await talk.say("stop")
    await talk.command({"intent": "tilbage"})
    assert talk.buttons() == []


async def test_a_second_and_a_third_handover(talk: Talk, staff: None) -> None:
    await _in_screening(talk)
    for _ in range(3):
        await talk.say("jeg vil tale med et menneske")
        assert talk.data("overdragelse")["state"] == "venter" and _asks(talk) == []
        await talk.command({"intent": "tilbage"})
        assert talk.buttons() == ["Ja, gå videre", "Nej tak"]
    await talk.press("Ja, gå videre")
    assert _asks(talk) == ["behov"]


async def test_nobody_there_is_said_plainly_and_contact_data_are_asked_for(talk: Talk, clock: list[dt.datetime]) -> None:
    await talk.say("jeg vil tale med et menneske")
    assert "ingen medarbejdere i chatten lige nu" in talk.text
    assert _asks(talk) == ["behov"]


async def test_closed_is_said_with_when_it_opens_and_that_the_hours_are_an_example(
    talk: Talk, staff: None, clock: list[dt.datetime]
) -> None:
    clock[0] = TUESDAY.replace(hour=16)
    await talk.say("jeg vil tale med et menneske")
    assert "lukket" in talk.text and "onsdag den 25. november 2026 kl. 9" in talk.text and "eksempel" in talk.text
    assert _asks(talk) == ["behov"]


async def test_a_holiday_is_named_and_the_municipalitys_own_hours_are_no_example(
    talk: Talk, staff: None, clock: list[dt.datetime], knowledge: Path
) -> None:
    path = knowledge / "aabningstider.yml"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before.replace("eksempel: true", "eksempel: false"), encoding="utf-8")
        live_library().reload()
        clock[0] = dt.datetime(2026, 12, 25, 10, 0, tzinfo=KOEBENHAVN)
        await talk.say("jeg vil tale med et menneske")
    finally:
        path.write_text(before, encoding="utf-8")
        live_library().reload()
    assert "juledag" in talk.text and "mandag den 28. december 2026 kl. 9" in talk.text and "eksempel" not in talk.text


async def test_to_be_called_back_by_a_services_unit_is_no_chat(talk: Talk, staff: None) -> None:
    await talk.say("hvad koster en alkoholbevilling?")
    await talk.press("Bliv kontaktet")
    assert _asks(talk) == ["samtykke"]


async def test_having_waited_in_vain_gives_a_case_with_all_that_was_said(talk: Talk, staff: None, cases: Engine) -> None:
    await talk.say("jeg vil tale med et menneske")
    written = ["hvornår skal vi søge om nyt skilt til facaden", "vi åbner på fredag"]
    await talk.command({"intent": "menneske", "uden_koe": True, "skrevet": written})
    assert _asks(talk) == ["samtykke"]  # what it is about is known
    await talk.say("ja")
    await talk.say("Karla Prøvesen")
    await talk.say("20417703")
    await talk.press("Har ikke")
    await talk.press("Har ikke")
    assert "skilt til facaden" in talk.text
    await talk.press("Ja, send det")
    case = som_json(cases, talk.data("henvendelse")["number"])
    assert case is not None
    assert (case["team"], "skilt til facaden" in case["hovedindhold"]) == ("frontfunktion", True)


async def test_having_waited_in_vain_in_a_screening_takes_its_answers_along(talk: Talk, staff: None) -> None:
    await _in_screening(talk)
    await talk.say(NEED)
    await talk.say("jeg vil hellere tale med et menneske")
    await talk.command({"intent": "menneske", "uden_koe": True, "skrevet": []})
    assert "det, du allerede har svaret" in talk.text
    assert _asks(talk) == ["samtykke"]


async def test_a_contact_form_broken_off_goes_on_where_it_was(talk: Talk, clock: list[dt.datetime], cases: Engine) -> None:
    await talk.say("jeg vil tale med et menneske om vores skilt")
    await talk.say("ja, det må I gerne")
    await talk.say("Karla Prøvesen")
    assert _asks(talk) == ["telefon"]
    await talk.command({"intent": "tilbage"})
    assert "kontaktoplysninger" in talk.text and _asks(talk) == []
    await talk.press("Ja, gå videre")
    assert _asks(talk) == ["telefon"]
