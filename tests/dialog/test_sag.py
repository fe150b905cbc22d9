"""A question on a case: what is told of it, and which unit to ask where it isn't in this system."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, delete

from bot.dialog.sag import enhed_for, for_mange, status, uden_nummer
from bot.language.dato import dansk_dato
from connectors.crm.ejer import Ejer
from connectors.crm.henvendelser import Status, find
from connectors.crm.sagsgang import aendr
from connectors.crm.sagsopslag import FLEST, ForkertOpslag
from connectors.crm.tid import nu
from connectors.database import reading, writing
from tests.crm.eksempler import FRIST, NU
from tests.crm.medarbejdere import library
from tests.dialog.test_menneske import _make_case
from tests.talk import Talk

TEAM = "team-opstart-vaekst"


def _told(**andre: object) -> str:
    values = {"number": "KBH-2026-000123", "status": "i gang", "svarfrist": FRIST, "team": TEAM, "ejer": None, "aftaler": ()}
    return status(Status(**{**values, **andre}), library(), NU).text  # type: ignore[arg-type]


def test_the_contact_is_named_or_the_unit() -> None:
    unit = library().enheder[TEAM].navn
    assert f"Jeres kontaktperson er Prøve Kollega hos {unit}." in _told(ejer="Prøve Kollega")
    hr = library().enheder["team-hr"].navn
    assert f"Jeres kontaktperson er Prøve Kollega hos {hr}." in _told(ejer="Prøve Kollega", ejer_enhed="team-hr")
    assert f"Den ligger hos {unit}." in _told() and "kontaktperson" not in _told()


@pytest.mark.parametrize("tilstand", ["ny", "i gang"])
def test_the_deadline_is_told_and_that_it_was_not_kept(tilstand: str) -> None:
    assert f"senest {dansk_dato(FRIST)}" in _told(status=tilstand)
    late = status(Status("KBH-2026-000123", tilstand, FRIST, TEAM, None), library(), FRIST + dt.timedelta(hours=1))
    assert f"senest {dansk_dato(FRIST)}, og det har vi ikke nået" in late.text


def test_no_deadline_where_the_next_move_is_not_ours() -> None:
    assert "senest" not in _told(status="afventer virksomheden") and "venter på svar fra jer" in _told(
        status="afventer virksomheden"
    )
    assert _told(status="afsluttet", aftaler=(("Vi ringer", FRIST),)) == "Sag KBH-2026-000123 er afsluttet."


def test_what_is_agreed_is_told_with_its_time_and_the_call_back_not_twice() -> None:
    told = _told(aftaler=((library().text("resume", "aftale"), FRIST), ("Fælles møde", FRIST), ("Vi sender et link", None)))
    assert told.endswith(f"Det er aftalt med jer:\n- Fælles møde (senest {dansk_dato(FRIST)})\n- Vi sender et link")


def test_nothing_is_told_of_a_wrong_pair() -> None:
    told = status(None, library(), NU)
    assert told.data == {} and "passer ikke sammen" in told.text
    assert for_mange(15, library()).data == {} and "om 15 minutter" in for_mange(15, library()).text


@pytest.mark.parametrize(
    ("text", "candidates", "unit"),
    [
        ("hvordan går det med min byggesag", ["byggesag-kompliceret"], "tmf-byggeri"),
        ("hvordan går det med min byggesag", [], "tmf-byggeri"),
        ("hvor er min ansøgning om alkoholbevilling", ["alkoholbevilling"], "kff-bevilling"),
        ("den om skiltet på facaden", ["skilte-bannere"], "tmf-byliv"),
        ("hvordan går det med min sag", ["miljoegodkendelse"], None),
        ("hvad sker der med min ansøgning", ["byggevejledning-kundecenter"], None),
        ("hvordan går det med tilladelsen", ["byggesag-kompliceret"], None),
        ("fjernvarme og alkoholbevilling", [], None),
        ("", ["alkoholbevilling"], None),
    ],
)
def test_the_unit_is_the_one_that_the_words_name(text: str, candidates: list[str], unit: str | None) -> None:
    understanding = {"candidates": [{"kind": "sag", "id": None}, *({"kind": "ydelse", "id": ident} for ident in candidates)]}
    assert enhed_for(text, understanding, library()) == unit


def test_the_unit_is_told_with_the_offer_of_a_henvendelse() -> None:
    told = uden_nummer(library(), "tmf-byggeri")
    assert library().enheder["tmf-byggeri"].navn in told.text
    assert [button.payload for button in told.buttons] == [{"intent": "menneske"}]


async def test_a_building_permit_in_a_back_office(talk: Talk) -> None:
    await talk.say("hvordan går det med min byggesag?")
    assert library().enheder["tmf-byggeri"].navn in talk.text
    await talk.press("Opret en henvendelse")
    assert talk.data("kontakt")["asks"], "the contact form begins"


async def test_the_owner_and_an_agreement_are_told_in_the_chat(talk: Talk, cases: Engine) -> None:
    number = await _make_case(talk)
    with reading(cases) as session:
        version = find(session, number).version
    aendr(cases, library(), number, version, "Prøve Kollega", {"ejer": Ejer(7, "Prøve Kollega"), "status": "i gang"}, nu())
    owner = Talk(talk.agent)
    await owner.say(f"hvordan går det med {number}?")
    await owner.say("20 41 77 03")
    assert owner.data("sag")["status"] == "i gang" and "Jeres kontaktperson er Prøve Kollega" in owner.text


async def test_who_guesses_is_told_to_come_back_later(talk: Talk, cases: Engine) -> None:
    number = await _make_case(talk)
    guesser = Talk(talk.agent)
    try:
        for _ in range(FLEST):
            await guesser.say(f"hvad sker der med {number}?")
            await guesser.say("forkert@example.com")
            assert "passer ikke sammen" in guesser.text
        owner = Talk(talk.agent)
        await owner.say(f"hvad sker der med {number}?")
        await owner.say("20417703")
        assert "for mange gange" in owner.text
        assert not any(message["data"].get("type") == "sag" for message in owner.last)
    finally:
        with writing(cases) as session:
            session.execute(delete(ForkertOpslag))
