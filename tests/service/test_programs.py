from __future__ import annotations

import pytest

from bot.service.programs import programs
from bot.settings import Settings


def test_two_in_a_row_of_ports_with_rasa_on_loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8090")
    monkeypatch.setenv("ERHVERV_HOST", "0.0.0.0")
    rasa, web = programs(Settings())
    assert [web.port, rasa.port] == [8090, 8091]
    assert (web.host, rasa.host) == ("0.0.0.0", "127.0.0.1")
    assert rasa.command[rasa.command.index("--interface") + 1] == "127.0.0.1"
    assert "--enable-api" not in rasa.command
    assert web.ready_url == "http://127.0.0.1:8090/healthz"


def test_several_rasas_each_with_a_name_and_a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8090")
    monkeypatch.setenv("ERHVERV_RASA_WORKERS", "3")
    *rasas, web = programs(Settings())
    assert [program.name for program in rasas] == ["rasa", "rasa2", "rasa3"]
    assert [program.port for program in rasas] == [8091, 8092, 8093]
    assert [program.command[program.command.index("--port") + 1] for program in rasas] == ["8091", "8092", "8093"]
    assert [program.ready_url for program in rasas] == [f"{url}/" for url in Settings().rasa_urls]
    assert len({program.title for program in rasas}) == 3
    assert {program.host for program in rasas} == {"127.0.0.1"} and web.port == 8090


def test_rasa_is_told_where_the_actions_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERHVERV_ACTIONS_URL", "http://10.0.0.5:5055")
    rasa, web = programs(Settings())
    assert (rasa.name, web.name) == ("rasa", "web")
    assert rasa.env["ERHVERV_ACTIONS_WEBHOOK"] == "http://10.0.0.5:5055/webhook"


def test_what_runs_elsewhere_is_not_started_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERHVERV_RASA_URL", "http://10.0.0.5:5005, http://10.0.0.6:5005/")
    monkeypatch.setenv("ERHVERV_RASA_WORKERS", "4")
    assert [program.name for program in programs(Settings())] == ["web"]
    assert Settings().rasa_urls == ("http://10.0.0.5:5005", "http://10.0.0.6:5005")
