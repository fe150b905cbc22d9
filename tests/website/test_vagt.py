"""Nobody waits in vain: owners gone, time up, nobody there, places told; by a clock that the test sets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.knowledge import load_library
from bot.knowledge.library import Library
from bot.settings import settings
from connectors.website import overtagelse, store, tilstede, vagt
from connectors.website.gateway import GATEWAY, now
from connectors.website.models import Samtale
from connectors.website.vagt import Graenser, Haendelse
from tests.website.fakes import Chat, FakeRasa, House, afventer
from tests.website.personale import NU, Person, ansat, efter, i_koe, rk, sidste, skriver, tilstand

G = Graenser(vaek=60, koe=300)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


@pytest.fixture
def mette(engine: Engine) -> Person:
    return ansat(engine, "Mette")


def _alive(engine: Engine, person: Person, sekunder: float) -> None:
    tilstede.livstegn(engine, None, person.id, efter(sekunder))


def test_while_all_is_well_nothing_happens(engine: Engine, mette: Person, library: Library) -> None:
    waiting, taken = i_koe(engine), i_koe(engine)
    overtagelse.tag(engine, taken, mette, library, NU)
    for sekunder in (1, 50):
        assert vagt.se_efter(engine, library, G, efter(sekunder)) == []
    assert (tilstand(engine, waiting), tilstand(engine, taken)) == ("venter", "menneske")


def test_time_up_the_bot_has_it_again_and_asks_for_contact_data(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    skriver(engine, samtale_id, "det er om vores skilt", efter(5))
    _alive(engine, mette, 299)
    assert vagt.se_efter(engine, library, G, efter(299)) == []
    assert vagt.se_efter(engine, library, G, efter(300)) == [Haendelse(samtale_id, "udloebet")]
    told = sidste(engine, samtale_id)
    assert (told["from"], told["data"]) == ("system", {"type": "overdragelse", "state": "bot", "plads": None})
    assert "ikke vente længere" in told["text"]
    pending = afventer(engine, samtale_id)
    assert pending is not None and pending.seq == told["seq"] and pending.stale is False
    assert pending.knap == {"intent": "menneske", "uden_koe": True, "skrevet": ["det er om vores skilt"]}
    assert store.fetch(engine, samtale_id, 0).busy is True
    assert vagt.se_efter(engine, library, G, efter(301)) == []


def test_the_last_one_leaves_and_those_who_wait_are_told_at_once(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    tilstede.saet(engine, mette.id, False, efter(10))
    assert vagt.se_efter(engine, library, G, efter(10)) == [Haendelse(samtale_id, "udloebet")]
    assert "ikke længere nogen medarbejdere" in sidste(engine, samtale_id)["text"]
    assert tilstand(engine, samtale_id) == "bot"


def test_an_owner_who_is_gone_loses_it_to_the_head_of_the_queue(engine: Engine, mette: Person, library: Library) -> None:
    first, second = i_koe(engine), i_koe(engine, efter(1))
    overtagelse.tag(engine, first, mette, library, efter(10))
    ali = ansat(engine, "Ali", her=efter(71))
    assert vagt.se_efter(engine, library, G, efter(69)) == [Haendelse(second, None)]  # told that it is first now
    assert vagt.se_efter(engine, library, G, efter(71)) == [Haendelse(first, "vaek")]
    told = sidste(engine, first)
    assert told["data"] == {"type": "overdragelse", "state": "venter", "plads": 1}
    assert "Mette" in told["text"] and "nummer 1" in told["text"] and told["buttons"]
    assert rk(engine, first).medarbejder_id is None
    _alive(engine, mette, 75)
    overtagelse.tag(engine, first, mette, library, efter(75))  # back again, may take it again
    assert tilstand(engine, first) == "menneske"
    with pytest.raises(overtagelse.AlleredeTaget, match="Mette"):
        overtagelse.tag(engine, first, ali, library, efter(76))


def test_where_the_only_one_is_gone_it_waits_a_while_for_them_to_come_back(
    engine: Engine, mette: Person, library: Library
) -> None:
    samtale_id = i_koe(engine)
    overtagelse.tag(engine, samtale_id, mette, library, efter(5))
    assert vagt.se_efter(engine, library, G, efter(65)) == [Haendelse(samtale_id, "vaek")]
    assert vagt.se_efter(engine, library, G, efter(124)) == []
    assert vagt.se_efter(engine, library, G, efter(125)) == [Haendelse(samtale_id, "udloebet")]
    assert tilstand(engine, samtale_id) == "bot"


def test_a_sign_of_life_from_any_tab_keeps_it(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    overtagelse.tag(engine, samtale_id, mette, library, NU)
    for sekunder in range(0, 600, 50):
        _alive(engine, mette, sekunder)
        assert vagt.se_efter(engine, library, G, efter(sekunder + 49)) == []
    assert tilstand(engine, samtale_id) == "menneske"


def test_not_taken_by_a_colleague_the_whole_front_may_and_then_the_bot(engine: Engine, mette: Person, library: Library) -> None:
    ali = ansat(engine, "Ali", her=efter(299))
    samtale_id = i_koe(engine)
    overtagelse.tag(engine, samtale_id, mette, library, NU)
    overtagelse.videre(engine, samtale_id, mette, library, NU, til_medarbejder=ali.id, begrundelse="derfor")
    _alive(engine, mette, 299)
    assert vagt.se_efter(engine, library, G, efter(299)) == []
    assert vagt.se_efter(engine, library, G, efter(300)) == [Haendelse(samtale_id, None)]
    assert rk(engine, samtale_id).koe_til_id is None
    assert "almindelige kø" in sidste(engine, samtale_id)["text"] and sidste(engine, samtale_id)["data"]["plads"] == 1
    for sekunder in (350, 400, 450, 500, 550, 599):
        _alive(engine, mette, sekunder)
        assert vagt.se_efter(engine, library, G, efter(sekunder)) == []
    assert vagt.se_efter(engine, library, G, efter(600)) == [Haendelse(samtale_id, "udloebet")]


def test_handed_to_a_unit_where_nobody_is_it_does_not_wait_the_whole_time(
    engine: Engine, mette: Person, library: Library
) -> None:
    samtale_id = i_koe(engine)
    overtagelse.tag(engine, samtale_id, mette, library, NU)
    overtagelse.videre(engine, samtale_id, mette, library, NU, til_enhed="team-hr", begrundelse="om ansættelse")
    _alive(engine, mette, 60)
    assert vagt.se_efter(engine, library, G, efter(59)) == []
    assert vagt.se_efter(engine, library, G, efter(60)) == [Haendelse(samtale_id, None)]
    assert rk(engine, samtale_id).koe_enhed is None and tilstand(engine, samtale_id) == "venter"


def test_taken_from_a_units_queue_it_goes_back_to_that_one(engine: Engine, mette: Person, library: Library) -> None:
    hr = ansat(engine, "Hanne", rolle="konsulent", enhed="team-hr")
    samtale_id = i_koe(engine)
    overtagelse.tag(engine, samtale_id, mette, library, NU)
    overtagelse.videre(engine, samtale_id, mette, library, NU, til_enhed="team-hr", begrundelse="om ansættelse")
    overtagelse.tag(engine, samtale_id, hr, library, efter(1))
    assert vagt.se_efter(engine, library, G, efter(61)) == [Haendelse(samtale_id, "vaek")]
    _alive(engine, hr, 62)
    overtagelse.tag(engine, samtale_id, hr, library, efter(62))
    assert tilstand(engine, samtale_id) == "menneske"


def test_the_place_is_told_when_it_improves_and_only_then(engine: Engine, mette: Person, library: Library) -> None:
    first, second, third = (i_koe(engine, efter(n)) for n in range(3))
    overtagelse.tag(engine, first, mette, library, efter(5))
    assert vagt.se_efter(engine, library, G, efter(6)) == [Haendelse(second, None), Haendelse(third, None)]
    assert [sidste(engine, ident)["data"]["plads"] for ident in (second, third)] == [1, 2]
    assert "nummer 2" in sidste(engine, third)["text"] and sidste(engine, third)["buttons"]
    assert vagt.se_efter(engine, library, G, efter(7)) == []
    ali = ansat(engine, "Ali", her=efter(66))
    assert vagt.se_efter(engine, library, G, efter(66)) == [Haendelse(first, "vaek")]  # overtakes; nobody is told of it
    assert [rk(engine, ident).koe_plads for ident in (second, third)] == [1, 2]
    overtagelse.tag(engine, first, ali, library, efter(67))
    assert vagt.se_efter(engine, library, G, efter(68)) == []


def test_two_gateways_do_it_once(engine: Engine, mette: Person, library: Library) -> None:
    samtale_id = i_koe(engine)
    due = vagt._forfaldne(engine, G, efter(300))
    assert due == [samtale_id]
    vagt.se_efter(engine, library, G, efter(300))
    before = rk(engine, samtale_id).last_seq
    assert vagt.se_efter(engine, library, G, efter(300)) == []
    assert rk(engine, samtale_id).last_seq == before


async def test_the_gateway_does_it_and_the_bot_goes_on(house: House, rasa: FakeRasa, library: Library) -> None:
    client = await house.gateway(agent_away_seconds=0.5, queue_seconds=1)
    chat = await Chat(client).open()
    ansat(house.engine, "Mette", her=now() + dt.timedelta(minutes=1))
    mia = ansat(house.engine, "Mia", her=None)
    overtagelse.tag(house.engine, chat.id, mia, library, now())
    after = 0
    seen: list[str | None] = []
    while len(rasa.asked) < 1:
        body = await chat.get(after=after, wait=5)
        assert body["messages"], seen
        after = body["messages"][-1]["seq"]
        seen += [m["data"].get("state") for m in body["messages"]]
    assert seen[:4] == [None, "menneske", "venter", "bot"]
    assert (await chat.settled())[-1]["text"] == "svar på /menneske"
    metrics = client.app[GATEWAY].metrics
    assert [metrics.value("erhverv_handovers_total", haendelse=what) for what in ("vaek", "udloebet")] == [1, 1]


def test_right_after_a_start_nobody_counts_as_gone_but_time_is_up_all_the_same(
    engine: Engine, mette: Person, library: Library
) -> None:
    taken, waiting = i_koe(engine), i_koe(engine, efter(250))
    overtagelse.tag(engine, taken, mette, library, NU)
    started = Graenser(vaek=60, koe=300, fra=efter(500))
    assert vagt.se_efter(engine, library, started, efter(501)) == [Haendelse(waiting, None)]  # its place
    assert vagt.se_efter(engine, library, started, efter(549)) == []
    assert vagt.se_efter(engine, library, started, efter(550)) == [Haendelse(waiting, "udloebet")]
    assert vagt.se_efter(engine, library, started, efter(560)) == [Haendelse(taken, "vaek")]


async def test_after_a_restart_nobody_loses_a_conversation_before_they_could_give_a_sign(
    house: House, rasa: FakeRasa, library: Library
) -> None:
    mette = ansat(house.engine, "Mette", her=now() - dt.timedelta(hours=1))
    chat = await Chat(await house.gateway(agent_away_seconds=2)).open()
    overtagelse.tag(house.engine, chat.id, mette, library, now() - dt.timedelta(hours=1))  # the server was down for an hour
    body = await chat.get(after=2, wait=0.6)
    assert (body["state"], body["messages"]) == ("menneske", [])
    tilstede.livstegn(house.engine, None, mette.id, now())
    body = await chat.get(after=2, wait=1.5)
    assert (body["state"], body["messages"]) == ("menneske", [])
    assert (await chat.get(after=2, wait=8))["state"] == "venter"


def test_a_conversation_on_which_it_fails_keeps_no_other_waiting(
    engine: Engine, mette: Person, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = i_koe(engine), i_koe(engine, efter(1))
    flyt = vagt._flyt

    def fails(session: Session, samtale: Samtale, *more: Any) -> None:
        if samtale.id == broken:
            raise RuntimeError
        flyt(session, samtale, *more)

    monkeypatch.setattr(vagt, "_flyt", fails)
    with pytest.raises(RuntimeError):
        vagt.se_efter(engine, library, G, efter(400))
    assert (tilstand(engine, broken), tilstand(engine, other)) == ("venter", "bot")
