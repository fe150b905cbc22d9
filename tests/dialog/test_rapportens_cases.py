"""The report's cases 2 and 3 as chat conversations (case 1 stands in test_opstartspakke)."""

from sqlalchemy import Engine

from connectors.crm.henvendelser import som_json
from tests.talk import Talk


async def _contact(talk: Talk) -> str:
    for text in ("Poul Prøvesen", "20 41 77 03"):
        await talk.say(text)
    await talk.press("Har ikke")
    await talk.press("Har ikke")
    await talk.press("Ja, send det")
    return str(talk.data("henvendelse")["number"])


async def test_case_2_the_bicycle_dealer(talk: Talk, cases: Engine) -> None:
    await talk.say("vækstpakken")
    await talk.press("Begynd")
    await talk.say("vi har kørt i 15 år")
    await talk.say("vi har flere butikker på Østerbro")
    await talk.say("vi er 9 ansatte")
    await talk.say("ja")
    await talk.say("jeg har en idé om at lave butikkerne til en kæde")
    await talk.say("cykelhandel")
    await talk.say("en akademiker til det forretningsstrategiske og administrative")
    advice = talk.data("anbefaling")
    assert advice["passer"] is True
    assert "vaekstakademiker" in advice["ydelser"]
    assert advice["henvis_til"] == ["Væksthus Hovedstadsregionen"]
    await talk.press("Vækstakademiker")
    await talk.press("Nej, det er det")
    await talk.press("Ja, opret")
    assert talk.data("screening")["asks"] == "videregivelse"
    await talk.press("Ja, det må I gerne")
    case = som_json(cases, await _contact(talk))
    assert case is not None
    assert (case["team"], case["servicepakke"], case["ydelser"]) == ("team-opstart-vaekst", "vaekstpakke", ["vaekstakademiker"])
    assert case["svar"]["videregivelse"] is True
    assert "kæde" in case["svar"]["projekt"]
    assert case["virksomhed"]["ansatte"] == 9


async def test_without_the_separate_yes_nothing_is_passed_on(talk: Talk, cases: Engine) -> None:
    await talk.say("opstartspakken")
    await talk.press("Begynd")
    for text in ("jeg har en idé", "i Valby", "webshop", "hjælp til regnskab", "jeg vil skalere og finde en investor"):
        await talk.say(text)
    await talk.press("Det hele")
    await talk.press("Ja, opret")
    assert talk.data("screening")["asks"] == "videregivelse"
    await talk.say("spring over")
    case = som_json(cases, await _contact(talk))
    assert case is not None
    assert case["svar"]["videregivelse"] is False


async def test_case_3_the_manufacturer(talk: Talk, cases: Engine) -> None:
    await talk.say("HR-pakken")
    await talk.press("Begynd")
    for text in ("vi har eksisteret i 30 år", "i Sydhavnen", "140 ansatte", "produktion af møbler"):
        await talk.say(text)
    await talk.say("vi skal bruge mange ufaglærte med det samme")
    await talk.say("så snart som muligt")
    await talk.say("senere skal vi fastholde og efteruddanne dem, og måske bruge plads på vejen")
    advice = talk.data("anbefaling")
    assert advice["passer"] is True
    assert "ordinaere-ansaettelser" in advice["ydelser"]
    await talk.press("Det hele")
    await talk.press("Ja, opret")
    case = som_json(cases, await _contact(talk))
    assert case is not None
    assert (case["team"], case["virksomhed"]["ansatte"]) == ("team-hr", 140)
    assert "fastholde" in case["svar"]["planer"]


async def test_several_units_get_a_task_each_and_a_joint_meeting_can_be_asked_for(talk: Talk, cases: Engine) -> None:
    await talk.say("byggepakken")
    await talk.press("Begynd")
    await talk.say("nyt kontorhus med kælder")
    await talk.say("Nordhavn")
    await talk.press("Byggetilladelse")
    await talk.press("Stillads")
    await talk.press("Nej, det er det")
    await talk.press("Nybyggeri")
    await talk.say("til foråret")
    await talk.press("Det hele")
    assert talk.data("screening")["asks"] == "faellesmoede"
    await talk.say("ja tak")
    await talk.press("Ja, opret")
    case = som_json(cases, await _contact(talk))
    assert case is not None
    assert case["team"] == "team-tmf"
    units = {task["enhed"] for task in case["delopgaver"]}
    assert {"tmf-byggeri", "tmf-trafik"} <= units
    assert all(task["frist"] for task in case["delopgaver"])
    assert any("møde" in agreed["tekst"] for agreed in case["aftaler"])


async def test_a_small_firm_with_an_hr_need_gets_the_front_function_not_the_hr_team(talk: Talk) -> None:
    await talk.say("HR-pakken")
    await talk.press("Begynd")
    for text in (
        "vi har eksisteret i 8 år",
        "på Amager",
        "vi er 12 ansatte",
        "restaurant",
        "vi mangler kokke",
        "snart",
        "ingen planer",
    ):
        await talk.say(text)
        if any(message["data"].get("type") == "anbefaling" for message in talk.last):
            break
    advice = talk.data("anbefaling")
    assert advice["passer"] is False
    assert "Tal med et menneske" in talk.buttons()


async def test_broken_off_and_taken_up_the_next_day(talk: Talk) -> None:
    await talk.say("opstartspakken")
    await talk.press("Begynd")
    await talk.say("jeg har en idé")
    tracker = await talk.agent.tracker_store.retrieve(talk.id)
    for event in tracker.events:
        event.timestamp -= 26 * 3600
    await talk.agent.tracker_store.save(tracker)
    await talk.say("hej")
    assert talk.data("screening")["asks"] == "beliggenhed"
    assert "fortsætte, hvor vi slap" in talk.text
    await talk.say("i Valby")
    assert talk.data("screening")["asks"] == "branche"


async def test_what_is_known_of_the_company_carries_over(talk: Talk) -> None:
    await talk.say("opstartspakken")
    await talk.press("Begynd")
    await talk.say("vi har kørt i 15 år")
    await talk.say("i Valby")
    await talk.say("ja, vi har et vækstprojekt")
    assert talk.data("anbefaling")["anden_pakke"] == "vaekstpakke"
    await talk.say("ja tak")
    assert talk.data("screening")["pakke"] == "vaekstpakke"
    assert talk.data("screening")["asks"] == "ansatte"


async def test_a_package_asked_to_begin_begins(talk: Talk) -> None:
    await talk.say("jeg vil gerne i gang med opstartspakken")
    assert talk.data("screening")["pakke"] == "opstartspakke"
