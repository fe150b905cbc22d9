"""``erhverv medarbejder``: the first administrator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.medarbejder import ROLLER, command
from bot.settings import settings
from connectors.crm.tid import nu
from connectors.database import engine_for
from connectors.desk import medarbejdere, models
from connectors.desk.indlogning import Inde, log_ind
from connectors.desk.settings import DeskSettings


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'proeve.db'}")
    settings.cache_clear()
    yield
    engine_for(settings().database).dispose()
    settings.cache_clear()


def call(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def inde(result: Result, brugernavn: str = "anna") -> bool:
    kode = result.output.partition("Engangskode: ")[2].split("\n")[0]
    engine = engine_for(settings().database)
    return isinstance(log_ind(engine, brugernavn, kode, lokalt=False, settings=DeskSettings(), nu=nu()), Inde)


def test_it_makes_an_administrator_who_gets_in_once() -> None:
    result = call("Anna", "--navn", "Anna Prøve")
    assert result.exit_code == 0 and inde(result)
    (row,) = medarbejdere.alle(engine_for(settings().database))
    assert (row.roller, row.fornavn, row.skal_skifte) == (["admin"], "Anna", True)


def test_a_new_password_lets_one_in_who_was_shut_out() -> None:
    first = call("anna", "--navn", "Anna Prøve")
    engine = engine_for(settings().database)
    (row,) = medarbejdere.alle(engine)
    medarbejdere.saet_aktiv(engine, row.id, row.version, False, None, nu())
    second = call("anna", "--ny-kode")
    assert second.exit_code == 0 and inde(second) and not inde(first)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["anna"], "navn"),
        (["an na", "--navn", "Anna"], "Brugernavnet må kun"),
        (["anna", "--navn", "Anna", "--rolle", "konsulent"], "mindst én enhed"),
        (["anna", "--navn", "Anna", "--enhed", "findes-ikke"], "enheder fra listen"),
        (["anna", "--ny-kode"], "ingen medarbejder"),
        (["anna", "--navn", "Anna", "--rolle", "kejser"], "kejser"),
    ],
)
def test_what_can_t_be_done_is_told_and_nothing_is_made(words: list[str], said: str) -> None:
    result = call(*words)
    assert result.exit_code != 0 and said in result.output and "Traceback" not in result.output
    assert call("anna", "--ny-kode").exit_code == 1


def test_a_name_that_is_taken_is_told() -> None:
    assert call("anna", "--navn", "Anna Prøve").exit_code == 0
    assert "taget" in call("ANNA", "--navn", "En anden").output


def test_the_roles_offered_are_the_table_s() -> None:
    assert ROLLER == models.ROLLER
