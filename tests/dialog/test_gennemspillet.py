"""What two reviewers who played businesses found wrong, kept right."""

from sqlalchemy import Engine

from connectors.crm.henvendelser import som_json
from tests.talk import Talk


async def _vaekst_to_services(talk: Talk) -> None:
    await talk.say("vækstpakken")
    await talk.say("ja tak")
    for text in ("etableret", "Vesterbro", "8", "ja", "en ny butik i Valby", "detail", "hjælp til salg"):
        await talk.say(text)


async def _to_summary(talk: Talk) -> None:
    await _vaekst_to_services(talk)
    for text in ("det hele", "ja", "Maja Prøvesen", "20417703", "spring over", "Prøve ApS"):
        await talk.say(text)
    assert talk.data("opsummering")


async def test_pressed_choices_are_kept_by_a_plain_no_to_more(talk: Talk) -> None:
    await talk.say("byggepakken")
    await talk.say("ja")
    for text in ("nyt kontor", "Nørrebro"):
        await talk.say(text)
    await talk.press("Byggetilladelse")
    await talk.press("Stillads")
    await talk.say("nej")
    for text in ("stort", "snart"):
        await talk.say(text)
    assert talk.data("anbefaling")["passer"] is True


async def test_the_whole_does_not_forget_what_was_picked(talk: Talk) -> None:
    await _vaekst_to_services(talk)
    await talk.say("videnpilot")
    await talk.say("det hele")
    await talk.say("ja")
    while not any(message["data"].get("type") == "opsummering" for message in talk.last):
        asks = talk.data("screening")["asks"]
        await talk.say({"navn": "Maja Prøvesen", "telefon": "20417703"}.get(asks, "spring over"))
    assert "Videnpilot" in talk.text


async def test_a_yes_with_a_but_corrects_and_sends_nothing(talk: Talk) -> None:
    await _to_summary(talk)
    await talk.say("ja men vi er 9")
    assert "Antal i virksomheden: 9" in talk.text
    await talk.say("telefonen skal være 30 30 30 30")
    assert "30 30 30 30" in talk.text
    assert not any(message["data"].get("type") == "henvendelse" for message in talk.last)


async def test_a_changed_verdict_is_told_before_it_is_sent(talk: Talk) -> None:
    await _to_summary(talk)
    await talk.press("Ret: Antal")
    await talk.say("3")
    assert talk.data("anbefaling")["passer"] is False


async def test_yes_after_an_offered_switch_is_no_consent(talk: Talk) -> None:
    await _vaekst_to_services(talk)
    await talk.say("det hele")
    assert talk.data("screening")["asks"] == "samtykke"
    await talk.say("jeg vil hellere have hr-pakken")
    await talk.say("ja")
    assert talk.data("screening")["pakke"] == "hr-pakke"


async def test_yes_after_a_made_case_starts_nothing(talk: Talk) -> None:
    await _to_summary(talk)
    await talk.say("ja")
    assert talk.data("henvendelse")
    await talk.say("ja")
    assert not any(message["data"].get("type") == "screening" for message in talk.last)


async def test_moving_here_is_not_lying_elsewhere(talk: Talk) -> None:
    await talk.say("vi flytter hovedkontoret fra Lyngby til Sydhavnen, vi er 220 ansatte, lokaliseringspakken")
    await talk.say("ja")
    assert talk.data("screening")["asks"] == "projekt"


async def test_a_single_service_asked_for_after_a_refusal_goes_along(talk: Talk, cases: Engine) -> None:
    await talk.say("byggepakken")
    await talk.say("ja")
    for text in ("nyt tag", "Nørrebro", "kun asbest"):
        await talk.say(text)
    while not any(message["data"].get("type") == "anbefaling" for message in talk.last):
        await talk.say("spring over")
    assert talk.data("anbefaling")["passer"] is False
    await talk.press("Asbestanmeldelse")
    await talk.press("Bliv kontaktet")
    for text in ("ja", "Maja Prøvesen", "20417703", "spring over", "spring over", "ja"):
        await talk.say(text)
    case = som_json(cases, talk.data("henvendelse")["number"])
    assert case is not None
    assert case["ydelser"] == ["asbestanmeldelse"]
    assert case["team"] == "tmf-miljoe"


async def test_a_question_on_a_service_at_the_consent_gets_the_service(talk: Talk) -> None:
    await _vaekst_to_services(talk)
    await talk.say("det hele")
    await talk.say("hvad er jobrotation?")
    assert talk.data("ydelse")["id"] == "jobrotation"
    assert talk.data("screening")["asks"] == "samtykke"


async def test_services_named_by_a_part_of_their_name(talk: Talk) -> None:
    await talk.say("jeg vil gerne i gang med opstartspakken")
    for text in ("jeg har en idé", "Valby", "webshop", "lære at føre regnskab", "ingen særlige planer"):
        await talk.say(text)
    await talk.say("kurser og 1:1 rådgivning")
    for text in ("ja", "Maja Prøvesen", "20417703", "spring over", "spring over"):
        await talk.say(text)
    assert "Det vil I have: 1:1 rådgivning, Iværksætterkurser\n" in talk.text


async def _skipped_contact_then_a_person(talk: Talk) -> None:
    """A case that ended for want of a phone and an e-mail, and then a person is wanted after all."""
    await _vaekst_to_services(talk)
    for text in ("det hele", "ja", "Maja Prøvesen", "spring over", "spring over"):
        await talk.say(text)
    await talk.say("jeg vil tale med et menneske")


async def _answer_until_summary(talk: Talk) -> list[str]:
    """What was asked for on the way; e-mail, CVR and the firm's name are skipped."""
    asked: list[str] = []
    answers = {"behov": "hjælp til salg", "samtykke": "ja", "navn": "Maja Prøvesen", "telefon": "20417703"}
    while not any(message["data"].get("type") == "opsummering" for message in talk.last):
        asked.append(talk.data("kontakt")["asks"])
        await talk.say(answers.get(asked[-1], "spring over"))
    return asked


async def test_a_skipped_phone_is_asked_again_when_a_person_is_wanted(talk: Talk) -> None:
    await _skipped_contact_then_a_person(talk)
    assert "telefon" in await _answer_until_summary(talk)
    await talk.say("ja")
    assert talk.data("henvendelse")["number"]


async def test_an_answer_of_the_screening_before_can_be_corrected_in_the_contact_data(talk: Talk) -> None:
    await _skipped_contact_then_a_person(talk)
    await _answer_until_summary(talk)
    await talk.press("Ret: Antal")
    assert talk.data("kontakt")["asks"] == "ansatte"
    await talk.say("12")
    assert "Antal i virksomheden: 12" in talk.text


async def test_services_taken_back_in_the_contact_data_leave_the_need_to_be_told(talk: Talk) -> None:
    await _skipped_contact_then_a_person(talk)
    await _answer_until_summary(talk)
    await talk.press("Ret: Det vil I have")
    assert talk.data("kontakt")["asks"] == "behov"
    await talk.say("en akademiker til regnskabet")
    assert "en akademiker til regnskabet" in talk.text
