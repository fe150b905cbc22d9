"""Tokens of the API's clients, and the command that makes one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from bot.commands.api_token import SCOPES as CHOICES
from bot.commands.api_token import command
from bot.settings import settings
from connectors.api import tokens
from connectors.api.models import SCOPES
from connectors.database import engine_for, reading
from tests.crm.eksempler import NU


def test_a_token_lets_its_client_in_and_is_kept_nowhere(engine: Engine) -> None:
    token = tokens.lav(engine, "  Prøve  system ", ["skriv", "laes"], NU)
    klient = tokens.find(engine, token, NU)
    assert klient is not None
    assert klient.navn == "Prøve system" and klient.scopes == {"laes", "skriv"}
    assert tokens.find(engine, token + "x", NU) is None and tokens.find(engine, "", NU) is None
    with reading(engine) as session:
        stored = str(session.execute(text("SELECT * FROM api_token")).all())
    assert token not in stored and token.removeprefix(tokens.PREFIX) not in stored


def test_two_tokens_are_never_the_same(engine: Engine) -> None:
    assert tokens.lav(engine, "a", ["laes"], NU) != tokens.lav(engine, "b", ["laes"], NU)


def test_a_revoked_token_opens_nothing_and_is_revoked_once(engine: Engine) -> None:
    token = tokens.lav(engine, "Prøve", ["laes"], NU)
    klient = tokens.find(engine, token, NU)
    assert klient is not None
    assert tokens.tilbagekald(engine, klient.id, NU)
    assert tokens.find(engine, token, NU) is None
    assert not tokens.tilbagekald(engine, klient.id, NU) and not tokens.tilbagekald(engine, 999, NU)
    (shown,) = tokens.alle(engine)
    assert shown.tilbagekaldt == NU
    tokens.lav(engine, "Prøve", ["laes"], NU)  # the name is free again


def test_the_last_use_is_noted_to_the_minute(engine: Engine) -> None:
    token = tokens.lav(engine, "Prøve", ["laes"], NU)
    assert tokens.alle(engine)[0].brugt is None
    for after, noted in ((0, 0), (59, 0), (60, 60)):
        tokens.find(engine, token, NU + dt.timedelta(seconds=after))
        assert tokens.alle(engine)[0].brugt == NU + dt.timedelta(seconds=noted)


@pytest.mark.parametrize(
    ("navn", "scopes", "siger"),
    [
        (" ", ["laes"], "skal have et navn"),
        ("x" * 101, ["laes"], "højst 100 tegn"),
        ("Prøve", [], "mindst ét scope"),
        ("Prøve", ["laes", "alt"], "alt er ikke et scope"),
        ("Optaget", ["laes"], "allerede en klient"),
    ],
)
def test_what_is_no_client_is_refused_and_nothing_stored(engine: Engine, navn: str, scopes: list[str], siger: str) -> None:
    tokens.lav(engine, "Optaget", ["laes"], NU)
    with pytest.raises(ValueError, match=siger):
        tokens.lav(engine, navn, scopes, NU)
    assert len(tokens.alle(engine)) == 1


def test_the_command_prints_the_token_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'proeve.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    try:
        made = CliRunner().invoke(command, ["Prøve", "--scope", "laes", "--scope", "skriv"])
        again = CliRunner().invoke(command, ["Prøve", "--scope", "laes"])
    finally:
        settings.cache_clear()
    token = made.stdout.strip()
    klient = tokens.find(engine_for(url), token, NU)
    assert made.exit_code == 0 and klient is not None and klient.scopes == {"laes", "skriv"}
    assert "vises kun nu" in made.stderr
    assert again.exit_code == 1 and "allerede en klient" in again.output


def test_the_command_s_scopes_are_the_code_s() -> None:
    assert CHOICES == SCOPES
