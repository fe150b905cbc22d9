"""Whether the business is in its chat."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from bot.settings import settings
from connectors.database import writing
from connectors.website import erase
from connectors.website.messages import Draft
from connectors.website.naervaer import til_stede
from connectors.website.tilstand import skift_tilstand, tilfoej
from tests.crm.samtaler import aabn, skriv

NU = dt.datetime(2026, 11, 24, 9, 12, tzinfo=dt.UTC)
VINDUE = dt.timedelta(minutes=settings().present_minutes)
LIDT = dt.timedelta(seconds=1)


def _til_stede(engine: Engine, samtale_id: str | None, nu: dt.datetime) -> bool:
    with writing(engine) as session:
        return til_stede(session, samtale_id, nu) is not None


def test_from_when_it_begins_or_writes_and_for_so_long(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    assert _til_stede(engine, samtale_id, NU + VINDUE)
    assert not _til_stede(engine, samtale_id, NU + VINDUE + LIDT)
    skriv(engine, samtale_id, "er I der?", NU + VINDUE)
    assert _til_stede(engine, samtale_id, NU + VINDUE * 2)
    assert not _til_stede(engine, samtale_id, NU + VINDUE * 2 + LIDT)


def test_what_others_write_says_nothing_of_the_business(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    tilfoej(engine, samtale_id, Draft("agent", "er du der?"), 0, NU + VINDUE)
    assert not _til_stede(engine, samtale_id, NU + VINDUE + LIDT)


@pytest.mark.parametrize("tilstand", ["venter", "menneske"])
def test_whoever_has_the_conversation(engine: Engine, tilstand: str) -> None:
    samtale_id = aabn(engine, NU)
    skift_tilstand(engine, samtale_id, tilstand, 0, "et øjeblik", NU)
    assert _til_stede(engine, samtale_id, NU)


def test_nobody_is_in_a_conversation_that_is_closed_or_gone(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    erase.close_and_erase(engine, samtale_id, "slut", NU)
    assert not _til_stede(engine, samtale_id, NU)
    assert not _til_stede(engine, "findes-ikke", NU)
    assert not _til_stede(engine, None, NU)
