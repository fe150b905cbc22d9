"""Whether ``make``, under which we run, wants us to stop.

Ctrl-C in a terminal reaches us and ``make`` alike. A signal sent to ``make`` alone (an editor's stop button, a
script's ``kill -INT``) does not: GNU make then waits for us, without a word. What it does do is to give the signal
back its default meaning, which can be read in ``/proc/<pid>/status``.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Parent:
    """The process that started us, at the time of construction."""

    def __init__(self, pid: int | None = None) -> None:
        self.pid = os.getppid() if pid is None else pid
        self._caught = caught(self.pid)

    def wants_stop(self) -> bool:
        """The parent is gone, or no longer catches a signal to stop that it caught at first."""
        now = caught(self.pid)
        return now is None or bool((self._caught or set()) - now)


def under_make() -> Parent | None:
    """The ``make`` above us; None when we were started otherwise (the Makefile says so in the environment)."""
    return Parent() if os.environ.pop("ERHVERV_UNDER_MAKE", None) else None


def caught(pid: int) -> set[int] | None:
    """Those of ``STOPPING`` that ``pid`` has a handler for; None when there is no such process."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    if fields.get("State", "").strip().startswith("Z"):
        return None
    mask = int(fields.get("SigCgt", "0").strip(), 16)
    return {int(number) for number in STOPPING if mask >> (number - 1) & 1}
