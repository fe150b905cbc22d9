"""``erhverv sag`` when there is nothing to show."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.sag import command
from bot.settings import settings


@pytest.mark.parametrize("url", ["postgresql://proeve:hemmelig@127.0.0.1:1/proeve", "hest"])
def test_a_database_out_of_reach_is_one_line_without_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    try:
        result = CliRunner().invoke(command, ["KBH-2026-000001"])
    finally:
        settings.cache_clear()
    assert result.exit_code == 1
    assert result.output.startswith("Error: databasen kan ikke bruges: ")
    assert result.output.count("\n") == 1 and "hemmelig" not in result.output


def test_an_unknown_number_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'proeve.db'}")
    settings.cache_clear()
    try:
        result = CliRunner().invoke(command, ["KBH-2026-999999"])
    finally:
        settings.cache_clear()
    assert result.exit_code == 1 and "ingen henvendelse med nummeret KBH-2026-999999" in result.output
