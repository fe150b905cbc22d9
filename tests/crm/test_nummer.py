"""Case numbers are counted by the year and never given twice."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, update

from connectors.crm.henvendelser import opret
from connectors.crm.models import Nummerserie
from connectors.crm.nummer import NumreOpbrugt
from connectors.database import writing
from tests.crm.eksempler import FRIST, NU, udkast


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
