"""Log-ins end when they should, and of their cookie nothing is kept that opens them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, func, select

from connectors.database import reading, writing
from connectors.desk import sessioner
from connectors.desk.models import DeskSession, Medarbejder
from connectors.desk.settings import DeskSettings
from tests.desk.kontor import medarbejder

NU = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
SETTINGS = DeskSettings(session_idle_minutes=60, session_hours=10)
MINUT = dt.timedelta(minutes=1)


@pytest.fixture
def token(engine: Engine) -> str:
    row = medarbejder(engine, "anna")
    with writing(engine) as session:
        return sessioner.opret(session, row.id, SETTINGS, NU)


def test_only_its_hash_is_stored(engine: Engine, token: str) -> None:
    with reading(engine) as session:
        row = session.scalars(select(DeskSession)).one()
    assert token not in vars(row).values() and len(row.token_hash) == 64
    assert sessioner.find(engine, row.token_hash, SETTINGS, NU) is None


def test_it_ends_when_it_is_not_used(engine: Engine, token: str) -> None:
    assert sessioner.find(engine, token, SETTINGS, NU + 59 * MINUT) is not None
    assert sessioner.find(engine, token, SETTINGS, NU + 118 * MINUT) is not None
    assert sessioner.find(engine, token, SETTINGS, NU + 178 * MINUT) is None


def test_it_ends_after_its_longest_time_however_much_it_is_used(engine: Engine, token: str) -> None:
    for minutes in range(0, 600, 30):
        assert sessioner.find(engine, token, SETTINGS, NU + minutes * MINUT) is not None
    assert sessioner.find(engine, token, SETTINGS, NU + 600 * MINUT) is None


def test_it_ends_when_one_logs_out_or_is_deactivated(engine: Engine, token: str) -> None:
    with writing(engine) as session:
        row = session.scalars(select(Medarbejder)).one()
        row.aktiv = False
    assert sessioner.find(engine, token, SETTINGS, NU) is None
    with writing(engine) as session:
        session.get_one(Medarbejder, row.id).aktiv = True
    assert sessioner.find(engine, token, SETTINGS, NU) is not None
    sessioner.luk(engine, token)
    assert sessioner.find(engine, token, SETTINGS, NU) is None


def test_what_has_ended_is_swept_out_at_the_next_log_in(engine: Engine, token: str) -> None:
    with writing(engine) as session:
        medarbejder_id = session.scalars(select(Medarbejder.id)).one()
        sessioner.opret(session, medarbejder_id, SETTINGS, NU + 601 * MINUT)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(DeskSession)) == 1


def test_what_is_to_be_told_is_told_once_and_in_order(engine: Engine, token: str) -> None:
    found = sessioner.find(engine, token, SETTINGS, NU)
    assert found is not None
    for text in ("Gemt.", "Sendt."):
        sessioner.laeg_besked(engine, found.session.token_hash, "succes", text)
    assert [told["tekst"] for told in sessioner.tag_beskeder(engine, found.session.token_hash)] == ["Gemt.", "Sendt."]
    assert sessioner.tag_beskeder(engine, found.session.token_hash) == []
