"""Who is there: wanted, seen lately, able."""

from __future__ import annotations

from sqlalchemy import Engine, update

from connectors.database import writing
from connectors.desk.models import Medarbejder
from connectors.website import overtagelse, tilstede
from tests.website.fakes import library
from tests.website.personale import NU, ansat, efter, i_koe, rk

LIBRARY = library()


def test_there_is_who_wants_chats_and_was_seen_lately(engine: Engine) -> None:
    assert tilstede.nogen(engine, None, NU, 60) is False
    mette = ansat(engine, "Mette", her=None)
    assert tilstede.nogen(engine, None, NU, 60) is False
    tilstede.saet(engine, mette.id, True, NU)
    assert tilstede.nogen(engine, None, efter(59), 60) is True
    assert tilstede.nogen(engine, None, efter(60), 60) is False
    tilstede.livstegn(engine, [], mette.id, efter(60))
    assert tilstede.nogen(engine, None, efter(100), 60) is True
    tilstede.saet(engine, mette.id, False, efter(100))
    assert tilstede.nogen(engine, None, efter(100), 60) is False


def test_a_sign_of_life_alone_is_no_wish_for_chats(engine: Engine) -> None:
    mette = ansat(engine, "Mette", her=None)
    tilstede.livstegn(engine, None, mette.id, NU)
    assert tilstede.nogen(engine, None, NU, 60) is False


def test_the_front_and_each_unit_for_itself(engine: Engine) -> None:
    ansat(engine, "Hanne", rolle="konsulent", enhed="team-hr")
    assert tilstede.nogen(engine, None, NU, 60) is False
    assert tilstede.nogen(engine, "team-hr", NU, 60) is True
    assert tilstede.nogen(engine, "team-tmf", NU, 60) is False


def test_who_is_no_longer_employed_or_takes_no_chats_is_not_there(engine: Engine) -> None:
    mette = ansat(engine, "Mette")
    ansat(engine, "Rikke", rolle="redaktør", enhed="team-hr")
    assert tilstede.nogen(engine, "team-hr", NU, 60) is False
    with writing(engine) as session:
        session.execute(update(Medarbejder).where(Medarbejder.id == mette.id).values(aktiv=False))
    assert tilstede.nogen(engine, None, NU, 60) is False


def test_colleagues_to_hand_on_to_those_who_are_there_first(engine: Engine) -> None:
    ansat(engine, "Ali", her=None)
    mette = ansat(engine, "Mette")
    ansat(engine, "Rikke", rolle="redaktør")
    found = tilstede.kolleger(engine, NU, 60)
    assert [(one.fornavn, one.tilstede) for one in found] == [("Mette", True), ("Ali", False)]
    assert (found[0].id, found[0].enheder) == (mette.id, frozenset(["frontfunktion"]))


def test_any_one_browser_keeps_all_their_conversations(engine: Engine) -> None:
    mette, ali = ansat(engine, "Mette"), ansat(engine, "Ali")
    one, two, other = i_koe(engine), i_koe(engine), i_koe(engine)
    for samtale_id in (one, two):
        overtagelse.tag(engine, samtale_id, mette, LIBRARY, NU)
    overtagelse.tag(engine, other, ali, LIBRARY, NU)
    tilstede.livstegn(engine, [one, other], mette.id, efter(30))
    assert [rk(engine, ident).medarbejder_set for ident in (one, two, other)] == [efter(30), NU, NU]
    tilstede.livstegn(engine, None, mette.id, efter(40))
    assert [rk(engine, ident).medarbejder_set for ident in (one, two, other)] == [efter(40), efter(40), NU]
