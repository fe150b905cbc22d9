"""Case numbers are found as people write them, and counted by the year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, update

from connectors.crm.henvendelser import opret
from connectors.crm.models import Nummerserie
from connectors.crm.nummer import NumreOpbrugt, find_nummer
from connectors.database import writing
from tests.crm.eksempler import FRIST, NU, udkast


@pytest.mark.parametrize(
    ("text", "nummer"),
    [
        ("KBH-2026-000123", "KBH-2026-000123"),
        ("hvad sker der med kbh-2026-000123?", "KBH-2026-000123"),
        ("kbh 2026 123", "KBH-2026-000123"),
        ("KBH2026000123", "KBH-2026-000123"),
        ("Kbh. 2026/123.", "KBH-2026-000123"),
        ("KBH\u20132026\u2013000123", "KBH-2026-000123"),
        ("KBH - 2026 - 000 123", "KBH-2026-000123"),
        ("(KBH_2026_000123)", "KBH-2026-000123"),
        ("kbh nr. 2026-123", "KBH-2026-000123"),
        ("sag 2026-000123", "KBH-2026-000123"),
        ("kbh 2026 123 og KBH-2026-000124", "KBH-2026-000123"),
        ("KBH-2026-999999", "KBH-2026-999999"),
        ("KBH-2026-0001234", None),
        ("KBH-2026-000000", None),
        ("KBH-2026", None),
        ("KBH-1999-000123", None),
        ("2026-123", None),
        ("xkbh 2026 123", None),
        ("12026-000123", None),
        ("2026-000123-7", None),
        ("kbh 2026 og 12 ansatte", None),
        ("tlf. 20 41 77 03", None),
        ("", None),
    ],
)
def test_numbers_in_free_text(text: str, nummer: str | None) -> None:
    assert find_nummer(text) == nummer


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    found = find_nummer(text)
    assert found is None or find_nummer(found) == found


def test_the_year_is_copenhagens_and_each_year_counts_from_one(engine: Engine) -> None:
    before = dt.datetime(2026, 12, 31, 22, 59, tzinfo=dt.UTC)
    assert opret(engine, udkast(noegle="a"), FRIST, before).number == "KBH-2026-000001"
    assert opret(engine, udkast(noegle="b"), FRIST, before + dt.timedelta(minutes=1)).number == "KBH-2027-000001"
    assert opret(engine, udkast(noegle="c"), FRIST, before).number == "KBH-2026-000002"


def test_the_last_number_of_a_year_is_followed_by_an_error_not_by_a_longer_or_used_one(engine: Engine) -> None:
    opret(engine, udkast(noegle="a"), FRIST, NU)
    with writing(engine) as session:
        session.execute(update(Nummerserie).values(sidste=999_998))
    assert opret(engine, udkast(noegle="b"), FRIST, NU).number == "KBH-2026-999999"
    with pytest.raises(NumreOpbrugt):
        opret(engine, udkast(noegle="c"), FRIST, NU)
