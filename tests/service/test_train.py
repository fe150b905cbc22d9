"""``erhverv train``: what hinders it is one line and an exit code, never a traceback."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.service import model
from bot.service.problem import StartProblem


@pytest.mark.parametrize(("stale", "arguments", "trained"), [(True, [], 1), (False, [], 0), (False, ["--force"], 1)])
def test_it_trains_when_stale_or_told_to(
    monkeypatch: pytest.MonkeyPatch, stale: bool, arguments: list[str], trained: int
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(model, "is_stale", lambda: stale)
    for name in ("train", "ensure"):
        monkeypatch.setattr(model, name, lambda: calls.append(None))
    result = CliRunner().invoke(main, ["train", *arguments])
    assert (result.exit_code, len(calls)) == (0, trained)
    assert ("aktuel" in result.output) == (not trained)


def test_what_hinders_it_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise StartProblem("config.yml mangler.")

    monkeypatch.setattr(model, "train", broken)
    result = CliRunner().invoke(main, ["train", "--force"])
    assert (result.exit_code, result.output) == (1, "FEJL: config.yml mangler.\n")
