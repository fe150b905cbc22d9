"""Where a message's time goes: the CPU of each of ours' programs, and in it the library or part of ours that spent it.

``python -m bench.profil`` prints the table; ``make bench`` writes it into ``docs/maalinger.md``, beside how it was before
the work on speed (``docs/profil-foer.json``, as this printed it for commit 4047850 with ``--json``). CPU time is counted by
the kernel, so that other work on the machine moves it little; within a program it is shared out by py-spy's samples of the
threads that hold the interpreter, each given to the innermost frame that belongs to somebody named in ``OWNERS``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench import report, systems
from bench.load import drive, said
from bot.settings import ROOT

BEFORE = ROOT / "docs" / "profil-foer.json"
CONVERSATIONS, MESSAGES, RATE = 10, 800, 100

# By the path that py-spy prints: the first that fits.
OWNERS = (
    ("sqlalchemy", "SQLAlchemy"),
    ("psycopg", "SQLAlchemy"),
    ("rasa/core/policies", "Rasa: regler"),
    ("bot/policy", "Rasa: regler"),
    ("rasa/engine", "Rasa: graf"),
    ("dask", "Rasa: graf"),
    ("rasa_sdk", "Rasa SDK"),
    ("jsonschema", "Rasa: handlinger"),
    ("rasa/", "Rasa: samtalen"),
    ("sanic", "Sanic"),
    ("aiohttp", "aiohttp"),
    ("json/", "JSON"),
    ("bot/nlu", "vores: forståelse"),
    ("bot/", "vores: bot"),
    ("actions/", "vores: handlinger"),
    ("connectors/", "vores: gateway"),
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.profil", description="Hvor en beskeds tid går hen.")
    parser.add_argument("--json", action="store_true", help="skriv tallene som JSON")
    options = parser.parse_args()
    measured = measure(ROOT / "var" / "bench" / "profil")
    print(json.dumps(measured, ensure_ascii=False, indent=1) if options.json else table(measured))
    return 0


def measure(var: Path) -> dict[str, dict[str, float]]:
    """By program, then by owner: milliseconds of CPU a message."""
    shutil.rmtree(var, ignore_errors=True)
    texts = said()
    system = systems.ours(var)
    system.start()
    try:
        drive(system.door, texts, CONVERSATIONS, 50)
        programs = {name: process for process in system.processes() if (name := program(process.cmdline()))}
        before = {name: _cpu(process) for name, process in programs.items()}
        drive(system.door, texts, CONVERSATIONS, MESSAGES)  # without samplers, which cost time themselves
        used = {name: (_cpu(process) - before[name]) * 1000 / MESSAGES for name, process in programs.items()}
        samplers = {name: _sampler(process.pid, var / f"{name}.raw") for name, process in programs.items()}
        time.sleep(1)
        drive(system.door, texts, CONVERSATIONS, MESSAGES)
        for sampler in samplers.values():
            sampler.send_signal(signal.SIGINT)
        for sampler in samplers.values():
            sampler.wait(30)
    finally:
        system.stop()
    return {name: shared_out(used[name], (var / f"{name}.raw").read_text().splitlines()) for name in programs}


def program(command: Sequence[str]) -> str | None:
    """Which of our programs a command line is; None for the supervisor."""
    said = " ".join(command)
    known = {"connectors.website": "gateway", "rasa_sdk": "actions", "bot.rasa": "rasa", "-m rasa run": "rasa"}
    return next((name for part, name in known.items() if part in said), None)


def shared_out(total: float, stacks: Sequence[str]) -> dict[str, float]:
    """``total`` by owner; ``stacks`` as py-spy's raw format has them: frames joined by ";", a blank, how often."""
    counted: Counter[str] = Counter()
    for stack in stacks:
        frames, _, times = stack.rpartition(" ")
        counted[owner(frames.split(";"))] += int(times)
    whole = counted.total()
    return {name: total * count / whole for name, count in counted.most_common()} if whole else {"i alt": total}


def owner(frames: Sequence[str]) -> str:
    """Whose the innermost frame is that is anybody's."""
    for frame in reversed(frames):
        for part, name in OWNERS:
            if part in frame:
                return name
    return "Python selv"


def table(measured: Mapping[str, Mapping[str, float]]) -> str:
    """Rows of owners, columns of programs, milliseconds of CPU a message."""
    owners = sorted({name for shares in measured.values() for name in shares}, key=lambda name: -_of(measured, name))
    rows = [
        [name, *(report.spread([shares[name]] if name in shares else [], 2) for shares in measured.values())] for name in owners
    ]
    total = ["**i alt**", *(report.spread([sum(shares.values())], 2) for shares in measured.values())]
    return report.table(["ms CPU pr. besked", *measured], [*rows, total])


def _of(measured: Mapping[str, Mapping[str, float]], name: str) -> float:
    return sum(shares.get(name, 0.0) for shares in measured.values())


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _sampler(pid: int, path: Path) -> subprocess.Popen[bytes]:
    command = [
        "py-spy",
        "record",
        "--format",
        "raw",
        "--gil",
        "--full-filenames",
        "--rate",
        str(RATE),
        "--pid",
        str(pid),
        "--output",
        str(path),
    ]
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("py-spy")), *command[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    sys.exit(main())
