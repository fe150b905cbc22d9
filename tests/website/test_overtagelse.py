"""Taking, writing, giving back and on: one winner, one owner, a message for each change, nothing twice."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine

from bot.knowledge import load_library
from bot.knowledge.library import Library
from bot.settings import settings
from connectors.tracker import NewEvents
from connectors.website import answers, erase, koe, noter, overtagelse, store
from connectors.website.gateway import now
from connectors.website.lease import Lease
from connectors.website.overtagelse import AlleredeTaget, IkkeDin, MaaIkke, SamtaleLukket, tag
from connectors.website.rasa_client import Answer
from connectors.website.tilstand import UnknownConversation
from tests.website.fakes import Chat, FakeRasa, House, afventer, echo, haendelser
from tests.website.personale import NU, Person, ansat, efter, i_koe, rk, samtale, sidste, skriver, tilstand


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


@pytest.fixture
def mette(engine: Engine) -> Person:
    return ansat(engine, "Mette")


@pytest.fixture
def ali(engine: Engine) -> Person:
    return ansat(engine, "Ali")


def test_the_one_who_takes_it_is_named_and_said_to_be_a_person(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    assert tag(engine, samtale_id, mette, library, efter(42)) == 42
    told = sidste(engine, samtale_id)
    assert told["from"] == "system"
    assert told["data"] == {"type": "overdragelse", "state": "menneske", "plads": None}
    front = library.enheder["frontfunktion"].navn
    assert told["text"] == f"Du taler nu med Mette fra {front}. Mette er et menneske, ikke en computer."
    assert "Prøvesen" not in told["text"]


def test_of_many_who_take_it_at_once_one_does_and_the_others_see_who(engine: Engine, library: Library) -> None:
    samtale_id = i_koe(engine)
    staff = [ansat(engine, name) for name in ("Ane", "Bo", "Cai", "Dea", "Eva", "Finn")]

    def take(person: Person) -> str | None:
        try:
            tag(engine, samtale_id, person, library, now())
        except AlleredeTaget as refused:
            return refused.navn
        return None

    with ThreadPoolExecutor(len(staff)) as pool:
        outcome = list(pool.map(take, staff))
    [winner] = [person for person, other in zip(staff, outcome, strict=True) if other is None]
    assert set(outcome) == {None, winner.navn}
    assert rk(engine, samtale_id).medarbejder_id == winner.id
    changes = [m for m in store.fetch(engine, samtale_id, 0).messages if m["data"].get("state") == "menneske"]
    assert len(changes) == 1


def test_two_tabs_of_one_person_are_one_owner(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    before = rk(engine, samtale_id)
    assert tag(engine, samtale_id, mette, library, efter(5)) is None
    assert (rk(engine, samtale_id).epoch, rk(engine, samtale_id).last_seq) == (before.epoch, before.last_seq)


async def test_taken_straight_from_the_bot_its_answer_under_way_is_dropped(
    house: House, chat: Chat, rasa: FakeRasa, library: Library
) -> None:
    asked, go = asyncio.Event(), asyncio.Event()

    async def wait(body: dict[str, Any]) -> web.StreamResponse:
        asked.set()
        await go.wait()
        return await echo(body)

    rasa.answering = wait
    await chat.say("hvad koster det?")
    await asked.wait()
    mette = ansat(house.engine, "Mette", her=now())
    assert tag(house.engine, chat.id, mette, library, now()) is None
    go.set()
    await chat.say("hej")
    await asyncio.sleep(0.3)
    body = await chat.get()
    assert (body["state"], body["busy"]) == ("menneske", False)
    assert [m["from"] for m in body["messages"]] == ["bot", "user", "system", "user"]
    assert len(rasa.asked) == 1 and haendelser(house.engine, chat.id) == []


def test_an_answer_that_hands_over_is_dropped_too_where_a_person_was_faster(
    engine: Engine, mette: Person, library: Library
) -> None:
    samtale_id = samtale(engine)
    skriver(engine, samtale_id, "et menneske, tak")
    pending = afventer(engine, samtale_id)
    assert pending is not None
    tag(engine, samtale_id, mette, library, NU)
    answer = Answer([koe.fortael("nummer 1", 1)], NewEvents(0, ["{}"]))
    assert answers.save_answer(engine, pending, answer, NU, library, Lease("prøve", 15)) == answers.Saved(False)
    assert haendelser(engine, samtale_id) == []
    assert tilstand(engine, samtale_id) == "menneske"


def test_who_may_take_what(engine: Engine, mette: Person, library: Library) -> None:
    hr = ansat(engine, "Hanne", rolle="konsulent", enhed="team-hr")
    editor = ansat(engine, "Rikke", rolle="redaktør")
    general = i_koe(engine)
    for refused in (hr, editor):
        with pytest.raises(MaaIkke):
            tag(engine, general, refused, library, NU)
    tag(engine, general, mette, library, NU)
    overtagelse.videre(engine, general, mette, library, NU, til_enhed="team-hr", begrundelse="det er om ansættelse")
    with pytest.raises(MaaIkke):
        tag(engine, general, ansat(engine, "Tom", rolle="konsulent", enhed="team-tmf"), library, NU)
    tag(engine, general, hr, library, NU)
    assert library.enheder["team-hr"].navn in sidste(engine, general)["text"]


def test_what_a_person_writes_is_stored_once_masked_and_with_the_first_name(
    engine: Engine, mette: Person, library: Library
) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    client_id = str(uuid.uuid4())
    seq = overtagelse.skriv(engine, samtale_id, mette, client_id, " Er det 010190-1234? \0", NU)
    assert overtagelse.skriv(engine, samtale_id, mette, client_id, " Er det 010190-1234? \0", efter(1)) == seq
    told = sidste(engine, samtale_id)
    assert (told["seq"], told["from"], told["text"], told["data"]) == (seq, "agent", "Er det [CPR]?", {"navn": "Mette"})
    with pytest.raises(ValueError, match="allerede brugt"):
        overtagelse.skriv(engine, samtale_id, mette, client_id, "noget andet", NU)


@pytest.mark.parametrize(("text", "why"), [("  \n", "tom"), ("\u200b", "tom"), ("x" * 5001, "for lang")])
def test_what_can_t_be_sent_is_refused_in_danish(engine: Engine, mette: Person, library: Library, text: str, why: str) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    with pytest.raises(ValueError, match=why):
        overtagelse.skriv(engine, samtale_id, mette, str(uuid.uuid4()), text, NU)
    assert overtagelse.skriv(engine, samtale_id, mette, str(uuid.uuid4()), "x" * 5000, NU) > 0


def test_only_the_owner_writes_and_gives_it_on(engine: Engine, mette: Person, ali: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    with pytest.raises(IkkeDin):
        overtagelse.skriv(engine, samtale_id, mette, "a", "hej", NU)
    tag(engine, samtale_id, mette, library, NU)
    before = rk(engine, samtale_id).last_seq
    with pytest.raises(IkkeDin):
        overtagelse.skriv(engine, samtale_id, ali, "a", "hej", NU)
    with pytest.raises(IkkeDin):
        overtagelse.tilbage(engine, samtale_id, ali, library, NU)
    with pytest.raises(IkkeDin):
        overtagelse.afslut(engine, samtale_id, ali, library, NU)
    with pytest.raises(IkkeDin):
        overtagelse.videre(engine, samtale_id, ali, library, NU, til_medarbejder=mette.id, begrundelse="x")
    assert rk(engine, samtale_id).last_seq == before
    with pytest.raises(UnknownConversation):
        tag(engine, "findes-ikke", mette, library, NU)


async def test_given_back_the_bot_is_told_and_says_hello(house: House, chat: Chat, rasa: FakeRasa, library: Library) -> None:
    mette = ansat(house.engine, "Mette", her=now())
    tag(house.engine, chat.id, mette, library, now())
    await chat.say("tak for hjælpen")
    overtagelse.tilbage(house.engine, chat.id, mette, library, now())
    messages = await chat.settled()
    assert [m["from"] for m in messages[-3:]] == ["user", "system", "bot"]
    told, hello = messages[-2:]
    assert told["data"] == {"type": "overdragelse", "state": "bot", "plads": None}
    assert hello["reply_to"] == told["seq"]
    assert rasa.asked == [
        {
            "sender": chat.id, "message": "/tilbage", "command": True, "mark": "",
            "metadata": {"seq": told["seq"], "cpr_maskeret": False, "knap": {"intent": "tilbage"}},
        }
    ]  # fmt: skip
    assert rk(house.engine, chat.id).medarbejder_id is None


async def test_ended_by_the_person_the_bot_has_it_again(house: House, chat: Chat, rasa: FakeRasa, library: Library) -> None:
    mette = ansat(house.engine, "Mette", her=now())
    tag(house.engine, chat.id, mette, library, now())
    overtagelse.afslut(house.engine, chat.id, mette, library, now())
    messages = await chat.settled()
    assert messages[-2]["data"]["state"] == "bot" and "Mette har afsluttet" in messages[-2]["text"]
    assert rasa.asked[-1]["metadata"]["knap"] == {"intent": "tilbage", "afsluttet": True}


async def test_a_second_and_a_third_handover(house: House, chat: Chat, rasa: FakeRasa, library: Library) -> None:
    staff = [ansat(house.engine, name, her=now()) for name in ("Mette", "Ali", "Mia")]
    for number, person in enumerate(staff):
        tag(house.engine, chat.id, person, library, now())
        await chat.say(f"hej {person.fornavn}")
        overtagelse.skriv(house.engine, chat.id, person, str(uuid.uuid4()), "goddag", now())
        overtagelse.tilbage(house.engine, chat.id, person, library, now())
        await chat.settled()
        assert len(rasa.asked) == number + 1
    await chat.say("hej computer")
    messages = await chat.settled()
    assert messages[-1]["text"] == "svar på hej computer"
    assert [m["data"]["navn"] for m in messages if m["from"] == "agent"] == ["Mette", "Ali", "Mia"]
    assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))


def test_handed_on_to_a_colleague_with_a_private_reason(engine: Engine, mette: Person, ali: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    overtagelse.videre(
        engine, samtale_id, mette, library, efter(60), til_medarbejder=ali.id, begrundelse="Ali kender sagen, 010190-1234"
    )
    told = sidste(engine, samtale_id)
    assert told["data"] == {"type": "overdragelse", "state": "venter", "plads": 1} and tilstand(engine, samtale_id) == "venter"
    assert "Ali" in told["text"] and "kender sagen" not in told["text"] and "Prøvesen" not in told["text"]
    assert [button["title"] for button in told["buttons"]] == ["Tilbage til computeren"]
    [note] = noter.noter(engine, samtale_id)
    assert (note.hvem, note.tekst) == ("Mette Prøvesen", "Givet videre til Ali Prøvesen: Ali kender sagen, [CPR]")
    assert [(one.koe_til_id, one.plads) for one in koe.venteliste(engine, ali)] == [(ali.id, 1)]
    tag(engine, samtale_id, ali, library, efter(70))
    assert "Ali" in sidste(engine, samtale_id)["text"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"begrundelse": "  "}, "hvorfor"),
        ({"til_enhed": "team-hr"}, "enten en kollega eller en enhed"),
        ({"til_medarbejder": None}, "enten en kollega eller en enhed"),
        ({"til_medarbejder": None, "til_enhed": "findes-ikke"}, "enhed findes ikke"),
        ({"til_medarbejder": 4711}, "kollega kan ikke"),
    ],
)
def test_handing_on_to_nobody_is_refused(
    engine: Engine, mette: Person, ali: Person, library: Library, changes: dict[str, Any], why: str
) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    values: dict[str, Any] = {"til_medarbejder": ali.id, "til_enhed": None, "begrundelse": "derfor", **changes}
    with pytest.raises(ValueError, match=why):
        overtagelse.videre(engine, samtale_id, mette, library, NU, **values)
    assert tilstand(engine, samtale_id) == "menneske" and noter.noter(engine, samtale_id) == []


def test_handing_on_to_oneself_or_to_one_who_takes_no_chats_is_refused(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    editor = ansat(engine, "Rikke", rolle="redaktør")
    for other in (mette, editor):
        with pytest.raises(ValueError, match="kollega kan ikke"):
            overtagelse.videre(engine, samtale_id, mette, library, NU, til_medarbejder=other.id, begrundelse="x")


def test_ended_by_the_business_nothing_more_can_be_done(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    noter.skriv_note(engine, samtale_id, mette, "ringer i morgen", NU)
    erase.close_and_erase(engine, samtale_id, "slettet", efter(10))
    assert tilstand(engine, samtale_id) == "lukket"
    with pytest.raises(SamtaleLukket):
        overtagelse.skriv(engine, samtale_id, mette, "a", "hej", efter(11))
    with pytest.raises(SamtaleLukket):
        tag(engine, samtale_id, mette, library, efter(11))
    assert noter.noter(engine, samtale_id) == []
    row = rk(engine, samtale_id)
    assert (row.medarbejder_id, row.venter_siden, row.koe_enhed) == (None, None, None)


def test_how_far_the_person_has_read_only_grows(engine: Engine, mette: Person, ali: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    tag(engine, samtale_id, mette, library, NU)
    last = rk(engine, samtale_id).last_seq
    assert overtagelse.laest(engine, samtale_id, mette, last) is True
    for person, seq in ((mette, last), (mette, 1), (mette, last + 1), (ali, last)):
        assert overtagelse.laest(engine, samtale_id, person, seq) is False
    assert rk(engine, samtale_id).agent_read_seq == last
