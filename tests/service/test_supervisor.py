"""The supervisor over dummy programs: restarts, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.settings import ROOT

HERE = Path(__file__).parent
PATIENCE = 30.0


class Run:
    """A supervisor in a process of its own, what it has printed, and the pids that its programs told."""

    def __init__(self, *arguments: str, command: tuple[str, ...] = (sys.executable, str(HERE / "supervised.py"))) -> None:
        self.process = subprocess.Popen(
            (*command, *arguments),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        assert self.process.stdout
        os.set_blocking(self.process.stdout.fileno(), False)
        self.output = ""

    def read(self) -> str:
        if self.process.stdout is None:
            return self.output
        with suppress(BlockingIOError, TypeError):
            while chunk := self.process.stdout.read():
                self.output += chunk.decode()
        return self.output

    def until(self, holds: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{what}\n{self.read()}"
            time.sleep(0.05)

    def until_says(self, text: str) -> None:
        self.until(lambda: text in self.read(), f"aldrig: {text}")

    def pids(self) -> list[int]:
        return [int(pid) for line in re.findall(r"\| pid (\d+ \d+)", self.read()) for pid in line.split()]

    def ended(self) -> int:
        self.until(lambda: self.process.poll() is not None, "slutter ikke")
        return self.process.returncode


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture
def runs() -> Iterator[list[Run]]:
    started: list[Run] = []
    yield started
    for run in started:
        for pid in [run.process.pid, *run.pids()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        run.process.wait()
        if run.process.stdout:
            run.process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_process_and_its_children(runs: list[Run], number: signal.Signals) -> None:
    runs.append(run := Run(f"a={port()}", f"b={port()}"))
    run.until_says("KLAR")
    assert len(run.pids()) == 4
    run.process.send_signal(number)
    assert run.ended() == 0
    assert [pid for pid in run.pids() if alive(pid)] == []
    assert run.read().endswith("Stopper …\nAlt er stoppet.\n")


def test_one_that_will_not_stop_is_killed(runs: list[Run]) -> None:
    runs.append(run := Run(f"a={port()}:stubborn"))
    run.until_says("KLAR")
    run.process.send_signal(signal.SIGINT)
    assert run.ended() == 0
    assert "Traceback" not in run.read()
    assert [pid for pid in run.pids() if alive(pid)] == []


def test_a_killed_process_is_started_again_and_its_children_ended(runs: list[Run]) -> None:
    runs.append(run := Run(f"a={port()}", f"b={port()}"))
    run.until_says("KLAR")
    first = next(int(pid) for pid in re.findall(r"a   \| pid (\d+)", run.output))
    child = run.pids()[run.pids().index(first) + 1]
    os.kill(first, signal.SIGKILL)
    run.until(lambda: len(run.pids()) == 6, "startes ikke igen")
    assert "prøven a stoppede uventet (signal 9) og startes igen." in run.read()
    assert not alive(child)
    assert sum(map(alive, run.pids())) == 4


def test_both_killed_at_once_are_started_again_once_each(runs: list[Run]) -> None:
    runs.append(run := Run(f"a={port()}", f"b={port()}"))
    run.until_says("KLAR")
    for pid in run.pids()[::2]:
        os.kill(pid, signal.SIGKILL)
    run.until(lambda: len(run.pids()) == 8, "startes ikke igen")
    time.sleep(1)
    assert len(run.pids()) == 8
    assert sum(map(alive, run.pids())) == 4


def test_programs_die_with_a_supervisor_that_is_killed(runs: list[Run]) -> None:
    runs.append(run := Run(f"a={port()}", f"b={port()}"))
    run.until_says("KLAR")
    run.process.kill()
    run.process.wait()
    run.until(lambda: not any(alive(pid) for pid in run.pids()[::2]), "lever videre")


def test_one_that_cannot_start_ends_all_with_its_last_words(runs: list[Run]) -> None:
    runs.append(run := Run(f"a={port()}", f"b={port()}:fail"))
    assert run.ended() == 1
    assert "b   | kan ikke: noget mangler" in run.read()
    assert "FEJL: prøven b kan ikke starte" in run.read()
    assert [pid for pid in run.pids() if alive(pid)] == []


def test_a_signal_to_make_alone_stops_all(runs: list[Run], tmp_path: Path) -> None:
    rule = f"run:\n\t@exec {sys.executable} {HERE / 'supervised.py'} a={port()}\n"
    (tmp_path / "Makefile").write_text("export ERHVERV_UNDER_MAKE=1\n" + rule)
    make = Run(command=("make", "-s", "-f", str(tmp_path / "Makefile"), "run"))
    runs.append(make)
    make.until_says("KLAR")
    make.process.send_signal(signal.SIGINT)
    make.ended()
    assert [pid for pid in make.pids() if alive(pid)] == []


def test_nobody_reading_the_log_stops_nothing(runs: list[Run]) -> None:
    runs.append(run := Run(f"a={port()}"))
    run.until_says("KLAR")
    first = run.pids()[0]
    assert run.process.stdout
    run.process.stdout.close()  # as `make run | head` does
    run.process.stdout = None
    os.kill(first, signal.SIGKILL)
    run.until(lambda: not alive(first), "lever")
    time.sleep(1.5)
    assert run.process.poll() is None
    run.process.send_signal(signal.SIGINT)
    assert run.ended() == 0
