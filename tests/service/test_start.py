from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service import start as module
from bot.service.problem import StartProblem
from bot.settings import Settings, settings


@pytest.fixture(autouse=True)
def fresh_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("ERHVERV_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_a_hindrance_is_one_line_on_stderr_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        monkeypatch.setenv("PORT", str(min(taken.getsockname()[1], 65_000)))
        if taken.getsockname()[1] > 65_000:
            pytest.skip("systemet gav en port i den øverste ende")
        assert module.start() == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("FEJL: Port ")
    assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []  # nothing was begun


def test_a_database_that_is_down_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bruger:hemmelig@127.0.0.1:1/erhverv")
    with pytest.raises(StartProblem, match="kan ikke bruges") as problem:
        module.migrate(Settings())
    assert "hemmelig" not in str(problem.value)
    assert "\n" not in str(problem.value)


def test_the_database_is_brought_up_to_date(tmp_path: Path) -> None:
    module.migrate(Settings())
    assert (tmp_path / "erhverv.db").exists()


def test_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8090")
    assert "Erhvervsassistenten kører: http://127.0.0.1:8090/" in module.addresses(Settings())
