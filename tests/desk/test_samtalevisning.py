"""A conversation as staff see it: how it stands for each of them, and what is in it after a message."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.crm.tid import nu
from connectors.desk import samtalevisning
from connectors.desk.adgang import Bruger, som_bruger
from connectors.desk.samtalevisning import IngenSamtale
from connectors.website import noter, overtagelse, store
from tests.desk.kontor import medarbejder
from tests.desk.sager import opret
from tests.desk.samtaler import revideret, venter
from tests.website.personale import samtale


def person(engine: Engine, navn: str, rolle: str = "front", enhed: str = "frontfunktion") -> Bruger:
    return som_bruger(medarbejder(engine, navn, [rolle], [enhed]), "x")


def stilling(found: dict[str, Any]) -> tuple[str, bool, str | None, bool]:
    return found["state"], found["din"], found["ejer"], found["maa_tages"]


def test_how_it_stands_for_the_owner_a_colleague_and_others(engine: Engine, bibliotek: Library) -> None:
    anna, bo, hr = person(engine, "anna"), person(engine, "bo"), person(engine, "hanne", "konsulent", "team-hr")
    samtale_id = venter(engine, "hej")
    assert stilling(samtalevisning.hent(engine, samtale_id, anna)) == ("venter", False, None, True)
    overtagelse.tag(engine, samtale_id, anna, bibliotek, nu())
    assert stilling(samtalevisning.hent(engine, samtale_id, anna)) == ("menneske", True, "Anna Prøve", False)
    assert stilling(samtalevisning.hent(engine, samtale_id, bo)) == ("menneske", False, "Anna Prøve", False)
    assert samtalevisning.har(engine, samtale_id, anna) and not samtalevisning.har(engine, samtale_id, bo)
    with pytest.raises(IngenSamtale):
        samtalevisning.hent(engine, samtale_id, hr)
    overtagelse.tilbage(engine, samtale_id, anna, bibliotek, nu())
    assert stilling(samtalevisning.hent(engine, samtale_id, anna)) == ("bot", False, None, True)
    assert not samtalevisning.har(engine, samtale_id, anna)


def test_whose_case_it_has_led_to_sees_it_and_does_not_take_it(engine: Engine) -> None:
    hr = person(engine, "hanne", "konsulent", "team-hr")
    samtale_id = samtale(engine, nu())
    opret(engine, team="team-hr", samtale=samtale_id)
    assert stilling(samtalevisning.hent(engine, samtale_id, hr)) == ("bot", False, None, False)
    samtalevisning.kraev_adgang(engine, samtale_id, hr)


def test_only_what_came_after_is_told_and_notes_always(engine: Engine, bibliotek: Library) -> None:
    anna = person(engine, "anna")
    samtale_id = venter(engine, "hej")
    overtagelse.tag(engine, samtale_id, anna, bibliotek, nu())
    seq = overtagelse.skriv(engine, samtale_id, anna, "0f0e0d0c-0b0a-4009-8807-060504030201", "Goddag", nu())
    noter.skriv_note(engine, samtale_id, anna, "husk", nu())
    store.mark_read(engine, samtale_id, seq)
    found = samtalevisning.hent(engine, samtale_id, anna, seq - 1)
    assert [(one["seq"], one["client_id"]) for one in found["messages"]] == [(seq, "0f0e0d0c-0b0a-4009-8807-060504030201")]
    assert found["laest"] == seq
    again = samtalevisning.hent(engine, samtale_id, anna, seq)
    assert again["messages"] == [] and [note["tekst"] for note in again["noter"]] == ["husk"]
    assert "client_id" not in samtalevisning.hent(engine, samtale_id, anna)["messages"][0]


def test_looks_that_follow_each_other_are_one_look_of_each_person(engine: Engine) -> None:
    anna, bo = person(engine, "anna"), person(engine, "bo")
    samtale_id = venter(engine, "hej")
    now = nu()
    for who, after in ((anna, 0), (anna, 5), (bo, 6), (anna, 16)):
        samtalevisning.noter_set(engine, samtale_id, who, now + dt.timedelta(minutes=after))
    assert [hvem for hvem, _, _ in revideret(engine, samtale_id)] == ["Anna Prøve", "Bo Prøve", "Anna Prøve"]
