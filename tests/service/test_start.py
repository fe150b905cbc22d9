from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service import start as module
from bot.service.problem import StartProblem
from bot.settings import Settings, settings
from connectors.desk.settings import DeskSettings


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


def test_the_desk_and_its_demo_log_ins_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8090")
    module.migrate(Settings())
    demo = module.demo_logins(Settings(), DeskSettings())
    told = "\n".join(module.addresses(Settings(), demo))
    assert "http://127.0.0.1:8090/desk" in told
    for login in demo:
        assert re.search(rf"^  {login.brugernavn} +{login.kode}  {login.rolle}$", told, re.MULTILINE)
    assert len(demo) == 7


def test_without_demo_log_ins_none_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    module.migrate(Settings())
    demo = module.demo_logins(Settings(), DeskSettings(demo=False))
    assert "demo" not in "\n".join(module.addresses(Settings(), demo)).lower()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ERHVERV_SESSION_HOURS", "hest", "ERHVERV_SESSION_HOURS"),
        ("ERHVERV_OIDC_ISSUER", "https://login.example.dk", "ERHVERV_OIDC_CLIENT_ID"),
        ("ERHVERV_OIDC_ROLES", "front", "ERHVERV_OIDC_ROLES"),
    ],
)
def test_a_wrong_setting_of_the_desk_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    assert module.start() == 1
    told = capsys.readouterr().err
    assert told.startswith("FEJL: ") and said in told and told.count("\n") == 1
