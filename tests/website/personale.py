"""Made-up staff, and conversations in the queue, for the tests of the take-over."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Engine

from connectors.database import reading, writing
from connectors.desk.models import Medarbejder
from connectors.website import koe, receiving, store
from connectors.website.messages import Draft, append
from connectors.website.models import Samtale

NU = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def efter(sekunder: float) -> dt.datetime:
    """So many seconds after ``NU``."""
    return NU + dt.timedelta(seconds=sekunder)


@dataclass(frozen=True)
class Person:
    """As the desk's ``Bruger``."""

    id: int
    navn: str
    fornavn: str
    roller: frozenset[str]
    enheder: frozenset[str]


def ansat(
    engine: Engine, fornavn: str, *, rolle: str = "front", enhed: str = "frontfunktion", her: dt.datetime | None = NU
) -> Person:
    """Somebody employed; ``her``: their browser's last sign of life, None for one who wants no chats."""
    navn = f"{fornavn} Prøvesen"
    with writing(engine) as session:
        row = Medarbejder(
            brugernavn=fornavn.lower(), navn=navn, fornavn=fornavn, roller=[rolle], enheder=[enhed], tager_chat=her is not None,
            set=her, oprettet=NU,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return Person(row.id, navn, fornavn, frozenset([rolle]), frozenset([enhed]))


def samtale(engine: Engine, naar: dt.datetime = NU) -> str:
    """A conversation that is the bot's."""
    return store.create(engine, [Draft("bot", "hej")], naar)[0]


def i_koe(engine: Engine, naar: dt.datetime = NU) -> str:
    """A conversation that waits for a person since ``naar``."""
    samtale_id = samtale(engine, naar)
    with writing(engine) as session:
        row = session.get(Samtale, samtale_id)
        assert row is not None
        plads = koe.stil_i_koe(session, row, naar)
        append(session, samtale_id, [koe.fortael(f"Du er nummer {plads}", plads)], naar)
    return samtale_id


def skriver(engine: Engine, samtale_id: str, text: str, naar: dt.datetime = NU) -> int:
    """The business types something."""
    incoming = receiving.Incoming(str(uuid.uuid4()), text=text)
    return receiving.receive(engine, samtale_id, incoming, None, naar).seq


def tilstand(engine: Engine, samtale_id: str) -> str:
    return store.fetch(engine, samtale_id, 0).state


def rk(engine: Engine, samtale_id: str) -> Samtale:
    """The conversation's row."""
    with reading(engine) as session:
        row = session.get(Samtale, samtale_id)
        assert row is not None
        return row


def sidste(engine: Engine, samtale_id: str) -> dict:
    """The last message, as the business sees it."""
    return store.fetch(engine, samtale_id, 0).messages[-1]
