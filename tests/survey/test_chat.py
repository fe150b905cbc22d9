"""The questionnaire in the chat: the gateway answers it, Rasa hears nothing, and no answer stands in the conversation."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select, text, update

from connectors.crm.fejl import ForaeldetVersion
from connectors.crm.tid import nu
from connectors.database import off_loop, reading, writing
from connectors.survey.besvarelse import gem
from connectors.survey.models import PARAMETRE, Invitation
from connectors.survey.spoergsmaal import KOMMENTAR
from connectors.website import receiving
from connectors.website.messages import Draft
from connectors.website.models import Besked
from connectors.website.tilstand import skift_tilstand, tilfoej
from tests.crm.medarbejdere import library
from tests.crm.samtaler import aabn, beskeder
from tests.survey.sager import LUKKET, aendre, besvarelser, invitationer, sag, tilstand
from tests.website.fakes import Chat, FakeRasa


async def _luk(engine: Engine, chat: Chat, **andre: Any) -> str:
    nummer = await off_loop(sag, engine, samtale=chat.id, **andre)
    await off_loop(aendre, engine, nummer, nu(), **LUKKET)
    return nummer


async def _spoergsmaal(chat: Chat) -> dict[str, Any]:
    """The last question of the questionnaire."""
    return [message for message in await chat.settled() if message["data"].get("type") == "survey"][-1]


async def _svar(chat: Chat, karakter: int) -> None:
    question = await _spoergsmaal(chat)
    await chat.press(question["buttons"][karakter - 1]["payload"])


async def test_four_marks_and_a_comment_by_buttons_and_words(engine: Engine, chat: Chat, rasa: FakeRasa) -> None:
    nummer = await _luk(engine, chat)
    for mark, parameter in zip((5, 4, 3, 2), PARAMETRE, strict=True):
        assert (await _spoergsmaal(chat))["data"] == {"type": "survey", "asks": parameter}
        await _svar(chat, mark)
    question = await _spoergsmaal(chat)
    assert question["data"]["asks"] == KOMMENTAR and [b["title"] for b in question["buttons"]] == ["Spring over"]
    await chat.say("Det gik fint, tak til 010190-1234")
    thanks = (await chat.settled())[-1]
    assert thanks["from"] == "system" and "uden navn" in thanks["text"]
    [svar] = besvarelser(engine)
    assert [getattr(svar, name) for name in PARAMETRE] == [5, 4, 3, 2]
    assert svar.kommentar == "Det gik fint, tak til [CPR]"
    assert tilstand(engine, nummer) == "besvaret"
    assert rasa.asked == [], "the bot never hears of it"


async def test_no_answer_stands_in_the_conversation(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    for mark in (1, 2, 1, 2):
        await _svar(chat, mark)
    await chat.say("Meget utilfreds med ventetiden")
    await chat.settled()
    said = [message["text"] for message in await chat.settled() if message["from"] == "user"]
    assert len(said) == 5 and len(set(said)) == 1, "every answer is shown as the same words"
    with reading(engine) as session:
        rows = session.scalars(select(Besked).where(Besked.sender == "user")).all()
        assert {(row.knap is None, row.knap_seq, row.fingerprint) for row in rows} == {(True, None, "survey")}
        everything = session.execute(text("SELECT * FROM besked")).all()
    assert not any("ventetiden" in str(row) for row in everything)


async def test_the_comment_can_be_skipped(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    for mark in (1, 2, 3, 4):
        await _svar(chat, mark)
    await chat.press((await _spoergsmaal(chat))["buttons"][0]["payload"])
    assert besvarelser(engine)[0].kommentar is None


async def test_a_mark_can_be_typed_and_anything_else_goes_to_the_bot(engine: Engine, chat: Chat, rasa: FakeRasa) -> None:
    await _luk(engine, chat)
    await chat.say(" 5. ")
    assert (await _spoergsmaal(chat))["data"]["asks"] == PARAMETRE[1]
    await chat.say("hvad koster en alkoholbevilling?")
    assert (await chat.settled())[-1]["text"] == "svar på hvad koster en alkoholbevilling?"
    await chat.say("3")
    await chat.settled()
    assert rasa.texts == ["hvad koster en alkoholbevilling?", "3"], "a number after the bot has spoken answers the bot"
    await _svar(chat, 4)  # the button is good for as long as the question is open
    assert (await _spoergsmaal(chat))["data"]["asks"] == PARAMETRE[2]


async def test_what_is_typed_after_the_bot_has_spoken_is_no_comment(engine: Engine, chat: Chat, rasa: FakeRasa) -> None:
    await _luk(engine, chat)
    for mark in (5, 5, 5):
        await _svar(chat, mark)
    await chat.say("hvor ligger I?")
    await chat.settled()
    await _svar(chat, 5)
    await chat.say("kommentaren")
    assert besvarelser(engine)[0].kommentar == "kommentaren"
    assert rasa.texts == ["hvor ligger I?"]


async def test_a_question_answered_twice_keeps_the_first_and_says_so(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    first = await _spoergsmaal(chat)
    await chat.press(first["buttons"][4]["payload"])
    await chat.press(first["buttons"][0]["payload"])
    assert "allerede besvaret" in (await chat.settled())[-1]["text"]
    for mark in (3, 3, 3):
        await _svar(chat, mark)
    await chat.press((await _spoergsmaal(chat))["buttons"][0]["payload"])
    assert besvarelser(engine)[0].sagsbehandlingstid == 5
    await chat.press(first["buttons"][0]["payload"])
    assert "ikke gemt noget nyt" in (await chat.settled())[-1]["text"]
    assert len(besvarelser(engine)) == 1


async def test_the_same_message_sent_again_is_the_same_message(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    for mark in (3, 3, 3, 3):
        await _svar(chat, mark)
    once = str(uuid.uuid4())
    answers = [await (await chat.post(text="kommentar", client_id=once)).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(besvarelser(engine)) == 1


async def test_answered_by_the_link_meanwhile_the_chat_keeps_nothing(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    await _svar(chat, 1)
    with writing(engine) as session:
        assert gem(session, invitationer(engine)[0].id, {"kompetence": 5}, None, nu())
    await _svar(chat, 1)
    assert "allerede besvaret" in (await chat.settled())[-1]["text"]
    [svar] = besvarelser(engine)
    assert (svar.sagsbehandlingstid, svar.kompetence) == (None, 5)
    with reading(engine) as session:
        assert not any(row.knap for row in session.scalars(select(Besked).where(Besked.sender == "user")))


async def test_two_cases_in_one_conversation_keep_their_answers_apart(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    await _svar(chat, 1)
    first = await _spoergsmaal(chat)
    await _luk(engine, chat, noegle="anden", kontakt={"navn": "P", "telefon": "20417703", "samtykke": nu()})
    for mark in (5, 5, 5, 5):
        await _svar(chat, mark)
    await chat.press((await _spoergsmaal(chat))["buttons"][0]["payload"])
    [svar] = besvarelser(engine)
    assert [getattr(svar, name) for name in PARAMETRE] == [5, 5, 5, 5]
    await chat.press(first["buttons"][1]["payload"])
    for _ in range(2):
        await _svar(chat, 2)
    await chat.press((await _spoergsmaal(chat))["buttons"][0]["payload"])
    assert [getattr(besvarelser(engine)[1], name) for name in PARAMETRE] == [1, 2, 2, 2]


async def test_while_a_person_has_the_chat_typed_words_are_theirs(engine: Engine, chat: Chat) -> None:
    skift_tilstand(engine, chat.id, "menneske", 0, "Nu svarer en kollega", nu())
    await _luk(engine, chat)
    await chat.say("4")
    await chat.say("tak for hjælpen")
    assert [m["text"] for m in await chat.settled() if m["from"] == "user"] == ["4", "tak for hjælpen"]
    for mark in (4, 4, 4, 4):
        await _svar(chat, mark)
    assert len(besvarelser(engine)) == 1, "no comment is asked for where nobody could tell it from a message"


async def test_a_person_who_has_spoken_is_answered_not_the_questionnaire(engine: Engine, chat: Chat, rasa: FakeRasa) -> None:
    await _luk(engine, chat)
    tilfoej(engine, chat.id, Draft("agent", "Vil I have et eller to skilte?"), 0, nu())
    await chat.say("2")
    await chat.settled()
    assert rasa.texts == ["2"]


async def test_after_its_time_a_button_says_so(engine: Engine, chat: Chat) -> None:
    await _luk(engine, chat)
    question = await _spoergsmaal(chat)
    with writing(engine) as session:
        session.execute(update(Invitation).values(udloeber=nu() - dt.timedelta(seconds=1)))
    await chat.press(question["buttons"][0]["payload"])
    assert "fristen for det er gået" in (await chat.settled())[-1]["text"]
    assert besvarelser(engine) == []


async def test_the_conversation_deleted_the_link_still_works(engine: Engine, client: TestClient[Any, Any], chat: Chat) -> None:
    await _luk(engine, chat)
    await _svar(chat, 1)
    assert (await client.post("/api/chat/close", headers=chat.headers)).status == 200
    with writing(engine) as session:
        assert gem(session, invitationer(engine)[0].id, {"kompetence": 4}, None, nu())
    assert besvarelser(engine)[0].sagsbehandlingstid is None


@pytest.mark.parametrize("runde", range(3))
def test_staff_and_business_at_once_never_wait_for_each_other_in_a_ring(engine: Engine, runde: int) -> None:
    """Staff change the case, which tells the business in its chat, while the business presses there."""
    samtale_id = aabn(engine, nu())
    nummer = sag(engine, samtale=samtale_id)
    aendre(engine, nummer, nu(), **LUKKET)
    buttons = beskeder(engine, samtale_id)[-1]["buttons"]

    def staff(number: int) -> None:
        felter = {"status": "i gang"} if number % 2 == 0 else LUKKET
        with suppress(ForaeldetVersion, ValueError):  # another one of us was there first
            aendre(engine, nummer, nu(), **felter)

    def business(number: int) -> None:
        message = receiving.Incoming(str(uuid.uuid4()), payload=buttons[number % 5]["payload"], library=library())
        receiving.receive(engine, samtale_id, message, None, nu())

    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(job, number) for number in range(12) for job in (staff, business)]
        for job in jobs:
            job.result(timeout=60)
