from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service import checks
from bot.service.problem import StartProblem
from bot.settings import settings


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def test_a_port_in_use_is_named_with_a_way_out(taken: int) -> None:
    with pytest.raises(StartProblem, match=rf"Port {taken} \(chatten\) er optaget .* PORT=\d+ make run") as problem:
        checks.check_ports([("127.0.0.1", taken, "chatten")], taken)
    assert "\n" not in str(problem.value)


def test_the_port_proposed_is_free_with_its_neighbours(taken: int) -> None:
    proposed = checks.other_port(taken - 10, 4)
    assert proposed != taken
    assert [checks.why_not("127.0.0.1", proposed + step) for step in range(4)] == [0, 0, 0, 0]


def test_a_port_just_let_go_is_free(taken: int) -> None:
    with socket.create_connection(("127.0.0.1", taken)):
        assert checks.why_not("127.0.0.1", taken) == errno.EADDRINUSE


def test_a_free_port_is_no_problem() -> None:
    checks.check_ports([("127.0.0.1", checks.other_port(20_000), "chatten")], 8080)


@pytest.mark.parametrize("port", ["abc", "0", "70000", "65535"])
def test_an_impossible_port_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(StartProblem, match="PORT") as problem:
        checks.checked_settings()
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(("port", "workers", "fits"), [("65533", "2", True), ("65533", "3", False), ("65534", "1", True)])
def test_there_is_room_for_as_many_rasas_as_are_wanted(
    monkeypatch: pytest.MonkeyPatch, port: str, workers: str, fits: bool
) -> None:
    monkeypatch.setenv("PORT", port)
    monkeypatch.setenv("ERHVERV_RASA_WORKERS", workers)
    if fits:
        assert checks.checked_settings().rasa_urls[-1].endswith(str(int(port) + int(workers)))
    else:
        with pytest.raises(StartProblem, match=rf"PORT={port} .*{1 + int(workers)} porte"):
            checks.checked_settings()


@pytest.mark.parametrize("urls", ["", ",", " , "])
def test_a_rasa_that_runs_elsewhere_has_an_address(monkeypatch: pytest.MonkeyPatch, urls: str) -> None:
    monkeypatch.setenv("ERHVERV_RASA_URL", urls)
    with pytest.raises(StartProblem, match="ERHVERV_RASA_URL") as problem:
        checks.checked_settings()
    assert "\n" not in str(problem.value)


def test_an_action_server_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERHVERV_ACTIONS_URL", " ")
    with pytest.raises(StartProblem, match="ERHVERV_ACTIONS_URL"):
        checks.checked_settings()


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(StartProblem, match=r"kun \d+ MB ledigt .* Slet noget"):
        checks.check_disk(tmp_path, megabytes=10**9)
    checks.check_disk(tmp_path, megabytes=0)


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    checks.check_folder(tmp_path / "var")
    assert list((tmp_path / "var").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(StartProblem, match=r"Der kan ikke skrives i .*fil"):
        checks.check_folder(tmp_path / "fil" / "var")


def test_no_space_says_that_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StartProblem, match="Disken er fuld"):
        checks.check_folder(tmp_path)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"ERHVERV_MAIL": "smtp"}, "ERHVERV_SMTP_HOST"),
        ({"ERHVERV_MAIL": "brevdue"}, "ERHVERV_MAIL har"),
        ({"ERHVERV_MAIL_FROM": "ingen"}, "ERHVERV_MAIL_FROM: .*afsender"),
        ({"ERHVERV_SURVEY_DAYS": "0"}, "ERHVERV_SURVEY_DAYS"),
    ],
)
def test_settings_of_the_mail_that_can_t_be_used_are_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: str
) -> None:
    checks.check_mail_settings()
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StartProblem, match=told) as problem:
        checks.check_mail_settings()
    assert "\n" not in str(problem.value)
