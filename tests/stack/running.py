"""``erhverv start`` on ports, folders and a database of its own: started, watched, killed in parts and stopped."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.pool import NullPool

from bot.service.checks import why_not
from bot.settings import ROOT

ERHVERV = str(Path(sys.executable).with_name("erhverv"))
CHILD = ROOT / "bot" / "service" / "child.py"
MODULES = {"web": "connectors.website", "rasa": "bot.rasa_server"}
PORTS = 4  # the gateway's, two Rasas', and that of actions that run for themselves
START_SECONDS = 400.0  # a stale model is trained first
STOP_SECONDS = 30.0


class Stack:
    """All processes under their supervisor. ``knowledge`` is a copy that a test may edit.

    ``extra`` is set in the environment beside. ``own_actions``: the actions run as a program of their own, which nobody
    watches (``start_actions``); else in Rasa.
    """

    def __init__(
        self, folder: Path, database_url: str | None = None, extra: Mapping[str, str] | None = None, own_actions: bool = False
    ) -> None:
        self.folder = folder
        self.port = free_ports()
        self._extra = dict(extra or {})
        self._actions: subprocess.Popen[bytes] | None = None
        if own_actions:
            self._extra["ERHVERV_ACTIONS_URL"] = f"http://127.0.0.1:{self._port('actions')}"
        self.url = f"http://127.0.0.1:{self.port}"
        self.knowledge = folder / "knowledge"
        self.database_url = database_url or f"sqlite:///{folder / 'var' / 'stack.db'}"
        self._log = folder / "log.txt"
        self._process: subprocess.Popen[bytes] | None = None
        shutil.copytree(ROOT / "knowledge", self.knowledge)

    def start(self) -> None:
        """Start, and wait until everything answers."""
        if "ERHVERV_ACTIONS_URL" in self._extra:
            self.start_actions()
        self._process = self._started(ERHVERV, "start")
        give_up = time.monotonic() + START_SECONDS
        while f"kører: {self.url}/" not in self.log():
            assert self._process.poll() is None, f"gik i stå ved start:\n{self.log()}"
            assert time.monotonic() < give_up, f"blev ikke klar:\n{self.log()}"
            time.sleep(0.2)

    def start_actions(self) -> None:
        """The actions as ``rasa run actions`` serves them, on loopback; waits for nothing."""
        self._actions = self._started(
            *(sys.executable, "-m", "rasa", "run", "actions", "--port", str(self._port("actions"))), SANIC_HOST="127.0.0.1"
        )

    def _started(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        # by child.py, so that nothing lives on should the tests be killed
        child = [sys.executable, "-I", "-S", str(CHILD), str(os.getpid()), "-", "0", "--", *command]
        with self._log.open("ab") as out:
            return subprocess.Popen(
                child,
                cwd=ROOT,
                env=self.environment() | more,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Ctrl-C; nothing that was started is left, and the ports are free."""
        assert self._process is not None
        ours = [psutil.Process(self._process.pid), *psutil.Process(self._process.pid).children(recursive=True)]
        self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        left = [process for process in ours if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
        assert (code, left) == (0, []), self.log()
        if self._actions is not None:
            self._actions.kill()
            self._actions.wait()
        assert [why_not("127.0.0.1", self.port + step) for step in range(PORTS)] == [0] * PORTS

    def log(self) -> str:
        """What has been printed so far."""
        return self._log.read_text(encoding="utf-8")

    def process(self, name: str) -> psutil.Process | None:
        """The running process of that name (``web``, ``rasa``, ``rasa2``, ``actions``), if it runs just now."""
        assert self._process is not None
        if name == "actions":
            assert self._actions is not None
            return psutil.Process(self._actions.pid) if self._actions.poll() is None else None
        module = MODULES[name.rstrip("2")]
        for child in psutil.Process(self._process.pid).children():
            try:
                command = child.cmdline()
            except psutil.Error:
                continue
            if command[1:3] == ["-m", module] and (name == "web" or command[-1] == str(self._port(name))):
                return child
        return None

    def _port(self, name: str) -> int:
        return self.port + ["web", "rasa", "rasa2", "actions"].index(name)

    def kill(self, name: str) -> int:
        """``kill -9``; returns the process id that was."""
        process = self.process(name)
        assert process is not None, f"{name} kører ikke"
        process.kill()
        return int(process.pid)

    def is_back(self, name: str, before: int) -> bool:
        """Whether another process than ``before`` runs under that name, and everything answers."""
        process = self.process(name)
        if process is None or process.pid == before:
            return False
        try:
            body = self.ready()
        except OSError:
            return False
        return [body[part]["status"] for part in ("database", "model", "actions")] == ["ok"] * 3

    def erhverv(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command line on the same database and files."""
        command = [ERHVERV, *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )

    def ready(self) -> dict[str, Any]:
        """What ``/readyz`` says. Raises ``OSError`` while the gateway is away."""
        with urlopen(self.url + "/readyz", timeout=10) as response:
            body: dict[str, Any] = json.load(response)
        return body

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table, by the table's name."""
        engine = create_engine(self.database_url, poolclass=NullPool)
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            return {t.name: [dict(row) for row in connection.execute(select(t)).mappings()] for t in tables.sorted_tables}

    def heard(self, conversation: str) -> list[int]:
        """``seq`` of every message that Rasa has taken in a conversation, in the order in which it did."""
        rows = sorted((row["seq"], row["data"]) for row in self.rows()["tracker_event"] if row["sender"] == conversation)
        events = [json.loads(data) for _, data in rows]
        return [event["metadata"]["seq"] for event in events if event["event"] == "user"]

    def cases(self, conversation: str) -> list[str]:
        """Numbers of the henvendelser that a conversation has made."""
        return [row["nummer"] for row in self.rows()["henvendelse"] if row["samtale"] == conversation]

    def has_heard(self, conversation: str, seq: int, seconds: float) -> bool:
        """Whether Rasa stores a turn with message ``seq`` before the time is up."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if seq in self.heard(conversation):
                return True
            time.sleep(0.1)
        return False

    def waits(self, conversation: str) -> bool:
        """Whether a message of the conversation is still unanswered."""
        return any(row["pending"] for row in self.rows()["besked"] if row["samtale_id"] == conversation)

    def environment(self) -> dict[str, str]:
        """Without what the machine or the developer has set for a run of theirs."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ERHVERV_")}
        return clean | {
            "PORT": str(self.port),
            "DATABASE_URL": self.database_url,
            "ERHVERV_VAR": str(self.folder / "var"),
            "ERHVERV_KNOWLEDGE": str(self.knowledge),
            "ERHVERV_LIFT_LIMITS": "true",  # many businesses on one address
            **self._extra,
        }


def free_ports() -> int:
    """The first of ``PORTS`` free ports in a row, below those that the kernel lends to clients."""
    while True:
        port = random.randrange(20_000, 32_000, PORTS)
        if not any(why_not("127.0.0.1", port + step) for step in range(PORTS)):
            return port
