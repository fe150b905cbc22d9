"""The state machine: one winner, a message for each change, nothing after the end."""

import asyncio

import pytest
from sqlalchemy import Engine

from connectors.database import off_loop
from connectors.website import receiving, store
from connectors.website.gateway import now
from connectors.website.messages import Draft
from connectors.website.tilstand import StateChanged, UnknownConversation, skift_tilstand, tilfoej


@pytest.fixture
def samtale(engine: Engine) -> str:
    samtale_id, _, _ = store.create(engine, [Draft("bot", "hej")], now())
    return samtale_id


def test_a_change_is_a_message_and_counts_the_epoch(engine: Engine, samtale: str):
    assert skift_tilstand(engine, samtale, "venter", 0, "Du er nummer 2", now(), plads=2) == 1
    snapshot = store.fetch(engine, samtale, 1)
    assert snapshot.state == "venter"
    assert [(m["from"], m["text"], m["data"]) for m in snapshot.messages] == [
        ("system", "Du er nummer 2", {"type": "overdragelse", "state": "venter", "plads": 2})
    ]


def test_who_saw_an_older_state_is_refused(engine: Engine, samtale: str):
    skift_tilstand(engine, samtale, "venter", 0, "venter", now())
    with pytest.raises(StateChanged):
        skift_tilstand(engine, samtale, "menneske", 0, "for sent", now())
    with pytest.raises(StateChanged):
        tilfoej(engine, samtale, Draft("agent", "for sent"), 0, now())
    assert len(store.fetch(engine, samtale, 0).messages) == 2


async def test_of_two_who_take_it_at_once_one_does(engine: Engine, samtale: str):
    taking = [off_loop(skift_tilstand, engine, samtale, "menneske", 0, f"medarbejder {n}", now()) for n in range(4)]
    results = await asyncio.gather(*taking, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["StateChanged"] * 3 + ["int"]
    assert len(store.fetch(engine, samtale, 0).messages) == 2


def test_a_person_writes_while_it_is_theirs(engine: Engine, samtale: str):
    epoch = skift_tilstand(engine, samtale, "menneske", 0, "goddag", now())
    assert tilfoej(engine, samtale, Draft("agent", "Hvad kan jeg gøre?"), epoch, now()) == 3
    assert store.fetch(engine, samtale, 2).messages[0]["from"] == "agent"


def test_after_the_end_nothing_changes(engine: Engine, samtale: str):
    epoch = skift_tilstand(engine, samtale, "lukket", 0, "farvel", now())
    with pytest.raises(StateChanged):
        skift_tilstand(engine, samtale, "bot", epoch, "igen", now())
    with pytest.raises(receiving.Closed):
        receiving.receive(engine, samtale, receiving.Incoming("x", text="hej"), None, now())


def test_unknown_states_and_conversations_are_refused(engine: Engine, samtale: str):
    with pytest.raises(ValueError, match="sover"):
        skift_tilstand(engine, samtale, "sover", 0, "x", now())
    with pytest.raises(UnknownConversation):
        skift_tilstand(engine, "findes-ikke", "bot", 0, "x", now())
    with pytest.raises(UnknownConversation):
        tilfoej(engine, "findes-ikke", Draft("agent", "x"), 0, now())
