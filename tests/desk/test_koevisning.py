"""The chats on the first list: whom they wait for, how long, what is unread, which case they led to."""

import datetime as dt
from typing import Any

from sqlalchemy import Engine, update

from bot.knowledge.library import Library
from connectors.crm.tid import nu
from connectors.database import writing
from connectors.desk import koevisning
from connectors.desk.adgang import Bruger
from connectors.website.models import Besked, Samtale
from tests.desk.sager import opret


def bruger(ident: int = 1, *roller: str, enheder: tuple[str, ...] = ()) -> Bruger:
    return Bruger(ident, "anna", "Anna Prøve", "Anna", None, frozenset(roller or ("front",)), frozenset(enheder), "hemmelig")


def samtale(engine: Engine, ident: str, minutes: int, said: tuple[str, ...] = ("Hej",), **felter: Any) -> None:
    values = {"state": "venter", "created": nu(), "active": nu(), "venter_siden": nu() - dt.timedelta(minutes=minutes), **felter}
    with writing(engine) as session:
        session.add(Samtale(id=ident, token_hash=ident, epoch=1, last_seq=len(said), read_seq=0, **values))
        session.flush()
        for seq, text in enumerate(said, 1):
            session.add(Besked(samtale_id=ident, seq=seq, sender="user", text=text, data={}, created=nu(), pending=False))


def test_the_longest_waiting_first_with_whom_they_wait_for(engine: Engine, bibliotek: Library) -> None:
    samtale(engine, "a", 3)
    samtale(engine, "b", 9, ("Hej", "Er der nogen?"), koe_enhed="team-hr")
    samtale(engine, "c", 0, koe_til_id=1)
    samtale(engine, "d", 1, koe_til_id=2)
    number = opret(engine, samtale="b")
    found = koevisning.venter(engine, bruger(1), bibliotek, nu())
    hr = bibliotek.enheder["team-hr"].navn
    assert [(chat.id, chat.minutter, chat.for_hvem, chat.sidste, chat.number) for chat in found] == [
        ("b", 9, hr, "Er der nogen?", number),
        ("a", 3, "", "Hej", None),
        ("d", 1, "en kollega", "Hej", None),
        ("c", 0, "dig", "Hej", None),
    ]


def test_a_konsulent_sees_what_waits_for_their_own(engine: Engine, bibliotek: Library) -> None:
    samtale(engine, "a", 3)
    samtale(engine, "b", 3, koe_enhed="team-hr")
    found = koevisning.venter(engine, bruger(1, "konsulent", enheder=("team-hr",)), bibliotek, nu())
    assert [chat.id for chat in found] == ["b"]


def test_own_chats_tell_what_is_unread(engine: Engine) -> None:
    samtale(engine, "a", 3, ("Hej", "Tak", "Er I der?"), state="menneske", medarbejder_id=1, agent_read_seq=1)
    samtale(engine, "b", 3, state="menneske", medarbejder_id=2)
    (chat,) = koevisning.mine(engine, 1, nu())
    assert (chat.id, chat.ulaeste, chat.sidste) == ("a", 2, "Er I der?")
    assert (koevisning.antal_mine(engine, 1), koevisning.antal_mine(engine, 3)) == (1, 0)
    with writing(engine) as session:
        session.execute(update(Samtale).where(Samtale.id == "a").values(agent_read_seq=3))
    assert koevisning.mine(engine, 1, nu())[0].ulaeste == 0
