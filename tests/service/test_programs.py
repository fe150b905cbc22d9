from __future__ import annotations

import pytest

from bot.service.programs import programs
from bot.settings import Settings


def test_three_in_a_row_of_ports_with_rasa_and_actions_on_loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8090")
    monkeypatch.setenv("ERHVERV_HOST", "0.0.0.0")
    actions, rasa, web = programs(Settings())
    assert [web.port, rasa.port, actions.port] == [8090, 8091, 8092]
    assert (rasa.host, actions.host) == ("127.0.0.1", "127.0.0.1")
    assert rasa.command[rasa.command.index("--interface") + 1] == "127.0.0.1"
    assert actions.env["SANIC_HOST"] == "127.0.0.1"
    assert "--enable-api" not in rasa.command
    assert web.ready_url == "http://127.0.0.1:8090/healthz"


def test_rasa_is_told_where_the_actions_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERHVERV_ACTIONS_URL", "http://10.0.0.5:5055")
    rasa, web = programs(Settings())
    assert (rasa.name, web.name) == ("rasa", "web")
    assert rasa.env["ERHVERV_ACTIONS_WEBHOOK"] == "http://10.0.0.5:5055/webhook"


def test_what_runs_elsewhere_is_not_started_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERHVERV_RASA_URL", "http://10.0.0.5:5005")
    assert [program.name for program in programs(Settings())] == ["actions", "web"]
