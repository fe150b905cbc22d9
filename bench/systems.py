"""What is measured, started as its users would: ours whole, and stock Rasa alone behind its own REST channel."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]

from bench.load import ChatDoor, RestDoor
from bench.training import Trained
from bot.service.training import RASA_ENVIRONMENT
from bot.settings import ROOT

READY_SECONDS = 600.0
STOP_SECONDS = 60.0


@dataclass
class System:
    """One system: ``start`` it, talk to it through ``door``, ``stop`` it. ``ready``: addresses that all answer 200 then."""

    name: str
    command: list[str]
    folder: Path
    ready: Sequence[str]
    door: Callable[[], Any]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; returns the seconds until it could answer. Raises ``RuntimeError`` where it never can."""
        began = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=os.environ | dict(self.environment), stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() - began > READY_SECONDS:
                self.stop()
                raise RuntimeError(f"{self.name} kom ikke i gang; se {self.log}")
            time.sleep(0.05)
        return time.monotonic() - began

    def _answers(self) -> bool:
        try:
            for address in self.ready:
                with urlopen(address, timeout=2) as response:
                    if response.status != 200:
                        return False
        except (URLError, OSError):
            return False
        return True

    def processes(self) -> list[psutil.Process]:
        """It and all its children."""
        if self.process is None:
            return []
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def memory(self) -> float:
        """MB of all its processes, what they share counted once (PSS)."""
        total = 0
        for process in self.processes():
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024

    def cpu(self) -> float:
        """Seconds of processor time that all its processes have used so far."""
        return float(sum(sum(process.cpu_times()[:2]) for process in self.processes()))

    def stop(self) -> None:
        """End it and all its children."""
        if self.process is None:
            return
        children = self.processes() if self.process.poll() is None else []
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
        for child in children[1:]:
            if child.is_running():
                child.kill()
        self.process = None


def free_port(count: int = 1) -> int:
    """The first of ``count`` ports in a row that nobody listens on."""
    for first in range(18_000, 28_000, max(count, 1)):
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise RuntimeError("ingen ledige porte")


def ours(var: Path, rasas: int = 1, database: str | None = None, name: str = "vores") -> System:
    """The whole stack as ``make run`` starts it: gateway, Rasa with the actions, and database; limits lifted for loopback."""
    port = free_port(1 + rasas)
    url = f"http://127.0.0.1:{port}"
    environment = {"PORT": str(port), "ERHVERV_VAR": str(var), "ERHVERV_LIFT_LIMITS": "true", "ERHVERV_DEMO": "false"}
    environment["ERHVERV_RASA_WORKERS"] = str(rasas)
    if database:
        environment["DATABASE_URL"] = database
    var.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).with_name("erhverv")), "start"]
    # Ready when a message can be answered, not when the page can be shown.
    ready = [f"{url}/healthz", *(f"http://127.0.0.1:{port + number}/webhooks/erhverv/" for number in range(1, rasas + 1))]
    return System(name, command, ROOT, ready, lambda: ChatDoor(url), var / "start.log", environment)


def stock(name: str, trained: Trained, folder: Path) -> System:
    """``rasa run`` alone, as its documentation has it, conversations in memory."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [
        *(sys.executable, "-m", "rasa", "run", "--model", str(trained.model), "--credentials", "credentials.yml"),
        *("--endpoints", "endpoints.yml", "--interface", "127.0.0.1", "--port", str(port)),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    return System(name, command, trained.project, [f"{url}/"], lambda: RestDoor(url), folder / f"{name}.log", RASA_ENVIRONMENT)
