"""The report's case 1, the architect, from the first message to the case; and what may go wrong on the way."""

from sqlalchemy import Engine

from connectors.crm.henvendelser import som_json
from tests.architect import FIRST, NEED, PLANS, VIRKSOMHED
from tests.talk import Talk


async def _until_services(talk: Talk) -> None:
    await talk.say(FIRST)
    assert talk.data("pakke")["id"] == "opstartspakke"
    await talk.press("Begynd")
    assert talk.data("screening")["asks"] == "behov"
    await talk.say(NEED)
    assert talk.data("screening")["asks"] == "planer"
    await talk.say(PLANS)


async def _contact(talk: Talk) -> None:
    await talk.press("Ja, opret")
    if talk.data("screening")["asks"] == "videregivelse":
        await talk.press("Nej, jeg kontakter dem selv")
    await talk.say("Aske Testesen")
    await talk.say("20 41 77 03")
    await talk.say("97 22 52 49")
    await talk.say("Tegnestuen Prøve")


async def test_case_1_the_architect(talk: Talk, cases: Engine) -> None:
    await _until_services(talk)
    advice = talk.data("anbefaling")
    assert advice["passer"] is True
    assert "ivaerksaetterkurser" in advice["ydelser"]
    assert advice["henvis_til"] == ["Væksthus Hovedstadsregionen"]
    await talk.press("Iværksætterkurser")
    await talk.press("1:1")
    await talk.press("Nej, det er det")
    await _contact(talk)
    assert talk.data("opsummering")["asks"] == "bekraeft"
    await talk.press("Ja, send det")
    made = talk.data("henvendelse")
    assert made["team"] == "team-opstart-vaekst"
    case = som_json(cases, made["number"])
    assert case is not None
    assert case["virksomhed"] == VIRKSOMHED
    assert (case["kontakt"]["navn"], case["kontakt"]["telefon"]) == ("Aske Testesen", "20417703")
    assert case["servicepakke"] == "opstartspakke"
    assert case["ydelser"] == ["ivaerksaetterkurser", "raadgivning-1-1"]
    assert case["henvist_til"] == ["Væksthus Hovedstadsregionen"]
    assert "fusionerer" in case["svar"]["planer"]
    assert "regnskab" in case["hovedindhold"]
    assert case["samtale"] == talk.id
    assert case["svarfrist"] == made["svarfrist"]


async def test_one_case_however_often_the_button_is_pressed(talk: Talk, cases: Engine) -> None:
    await _until_services(talk)
    await talk.press("Det hele")
    await _contact(talk)
    before = talk.last
    await talk.press("Ja, send det")
    number = talk.data("henvendelse")["number"]
    talk.last = before
    await talk.press("Ja, send det")
    assert all(message["data"].get("type") != "henvendelse" for message in talk.last)
    following = f"{number[:9]}{int(number[9:]) + 1:06d}"
    assert som_json(cases, following) is None


async def test_interrupted_by_a_question_and_back(talk: Talk) -> None:
    await talk.say(FIRST)
    await talk.press("Begynd")
    await talk.say("hvad koster en erhvervslicens til parkering?")
    assert talk.data("ydelse")["id"] == "erhvervslicens"
    assert talk.data("screening")["asks"] == "behov"


async def test_an_answer_that_looks_like_a_service_is_an_answer(talk: Talk) -> None:
    await talk.say(FIRST)
    await talk.press("Begynd")
    await talk.say("jeg vil ansætte en lærling og have nogen til at hjælpe med budgettet")
    assert talk.data("screening")["asks"] == "planer"


async def test_correcting_an_answer_given_before(talk: Talk) -> None:
    await talk.say(FIRST)
    await talk.press("Begynd")
    await talk.say("nej vent, vi er 3 ansatte og ikke kun mig")
    assert talk.data("screening")["asks"] == "behov"
    await talk.say("hjælp til regnskab")
    await talk.say("ingen særlige planer")
    await talk.press("Det hele")
    await _contact(talk)
    assert "Antal i virksomheden: 3" in talk.text
    await talk.press("Ret: Telefon")
    await talk.say("30 12 34 56")
    assert "30 12 34 56" in talk.text


async def test_outside_the_target_group_there_is_another_door(talk: Talk) -> None:
    await talk.say("opstartspakken")
    await talk.press("Begynd")
    await talk.say("jeg har en idé")
    await talk.say("vi ligger i Aarhus")
    advice = talk.data("anbefaling")
    assert advice["passer"] is False
    assert advice["henvis_til"]
    assert "Tal med et menneske" in talk.buttons()


async def test_why_and_dont_know_and_giving_up(talk: Talk) -> None:
    await talk.say(FIRST)
    await talk.press("Begynd")
    await talk.say("hvorfor vil I vide det?")
    assert talk.data("screening")["asks"] == "behov"
    await talk.say("det ved jeg ikke")
    assert talk.data("screening")["asks"] == "planer"
    await talk.say("glem det, jeg gider ikke mere")
    assert not any(message["data"].get("type") == "screening" for message in talk.last)
    await talk.say("hej")
    assert talk.data("smalltalk")


async def test_a_person_in_the_middle_takes_the_answers_along(talk: Talk, cases: Engine) -> None:
    await talk.say(FIRST)
    await talk.press("Begynd")
    await talk.say("kan jeg ikke bare få lov at tale med et menneske")
    assert talk.data("kontakt")["asks"] in ("behov", "samtykke")
    await talk.say("hjælp til at komme i gang")
    await talk.say("ja")
    await talk.say("Bodil Prøvesen")
    await talk.say("bodil@eksempel.dk")
    await talk.say("spring over")
    if talk.data("kontakt")["asks"] == "email":
        await talk.say("bodil@eksempel.dk")
    while any(message["data"].get("type") == "kontakt" for message in talk.last):
        await talk.say("spring over")
    await talk.press("Ja, send det")
    case = som_json(cases, talk.data("henvendelse")["number"])
    assert case is not None
    assert case["team"] == "frontfunktion"
    assert case["virksomhed"]["stadie"] == "nystartet"
    assert case["kontakt"]["email"] == "bodil@eksempel.dk"
