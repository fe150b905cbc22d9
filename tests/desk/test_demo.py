"""The fictitious people: made where they belong, kept out where they don't."""

from __future__ import annotations

import datetime as dt
import json
import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from bot.knowledge.library import load_library
from bot.settings import ROOT, Settings
from connectors.desk import demo, kodeord, medarbejdere
from connectors.desk.indlogning import Inde, log_ind
from connectors.desk.models import ROLLER
from connectors.desk.settings import DeskSettings
from tests.desk.kontor import medarbejder

NU = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kodeord, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def values(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path)


def inde(engine: Engine, login: demo.Login) -> bool:
    found = log_ind(engine, login.brugernavn, login.kode, lokalt=True, settings=DeskSettings(), nu=NU)
    return isinstance(found, Inde)


def test_there_is_one_of_each_role_and_two_in_front_each_in_a_unit_there_is(engine: Engine, values: Settings) -> None:
    logins = demo.sikr(engine, values, DeskSettings(), NU)
    assert sorted(login.rolle for login in logins) == sorted([*ROLLER, "front"])
    assert all(inde(engine, login) for login in logins)
    library, _, _ = load_library(ROOT / "knowledge")
    assert {enhed for row in medarbejdere.alle(engine) for enhed in row.enheder} <= set(library.enheder)
    assert all(row.demo and not row.skal_skifte for row in medarbejdere.alle(engine))


def test_the_passwords_are_this_installation_s_own_and_stay(engine: Engine, values: Settings) -> None:
    first = demo.sikr(engine, values, DeskSettings(), NU)
    kept = values.var / demo.FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert demo.sikr(engine, values, DeskSettings(), NU) == first
    kept.unlink()
    second = demo.sikr(engine, values, DeskSettings(), NU)
    assert not {login.kode for login in first} & {login.kode for login in second}
    assert all(inde(engine, login) for login in second)


@pytest.mark.parametrize("kept", ["{", "[]", json.dumps({"demo-front": ""})])
def test_a_file_that_was_spoilt_is_made_anew(engine: Engine, values: Settings, kept: str) -> None:
    (values.var / demo.FILE).write_text(kept, encoding="utf-8")
    assert all(inde(engine, login) for login in demo.sikr(engine, values, DeskSettings(), NU))


@pytest.mark.parametrize(
    ("host", "database", "on"),
    [("0.0.0.0", None, True), ("127.0.0.1", "postgresql://bruger:kode@vaert/base", True), ("127.0.0.1", None, False)],
)
def test_elsewhere_they_are_not_made_and_those_there_are_are_kept_out(
    engine: Engine, values: Settings, monkeypatch: pytest.MonkeyPatch, host: str, database: str | None, on: bool
) -> None:
    logins = demo.sikr(engine, values, DeskSettings(), NU)
    monkeypatch.setenv("ERHVERV_HOST", host)
    if database:
        monkeypatch.setenv("DATABASE_URL", database)
    assert demo.sikr(engine, Settings(var=values.var), DeskSettings(demo=on), NU) == []
    assert not any(inde(engine, login) for login in logins)
    assert not any(row.aktiv for row in medarbejdere.alle(engine))


def test_they_do_not_join_real_staff(engine: Engine, values: Settings) -> None:
    medarbejder(engine, "anna")
    assert demo.sikr(engine, values, DeskSettings(), NU) == []
    assert [row.brugernavn for row in medarbejdere.alle(engine)] == ["anna"]
