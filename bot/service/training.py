"""Runs the training program and tells how far it is, in a line now and then instead of Rasa's hundreds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.service.parent import Parent
from bot.service.problem import StartProblem

CHILD = Path(__file__).with_name("child.py")
TELL_EVERY = 15.0
_COMPONENT = re.compile(r"Starting to train component '(\w+)'")
# For whatever runs Rasa: no telemetry, and no TensorFlow chatter in the log.
RASA_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
}


def run_training(
    command: tuple[str, ...], root: Path, log: Path, say: Callable[[str], None], parent: Parent | None = None
) -> None:
    """Run ``command`` in ``root`` with its output in ``log``; ``StartProblem`` when it fails, with its last words."""
    say("Træner sprogmodellen (et par minutter, kun når noget af det, den er trænet på, er ændret) …")
    began = time.monotonic()
    told = began
    with log.open("wb") as output:
        watched = (sys.executable, "-I", "-S", str(CHILD), str(os.getpid()), "-", "0", "--", *command)
        process = subprocess.Popen(  # noqa: S603 (our own command)
            watched,
            cwd=root,
            env=os.environ | RASA_ENVIRONMENT | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                if parent and parent.wants_stop():
                    raise KeyboardInterrupt
                if time.monotonic() - told >= TELL_EVERY:
                    told = time.monotonic()
                    say(f"  … {told - began:.0f} s{_component(log)}")
                time.sleep(0.2)
        finally:
            process.kill()
            process.wait()
    if process.returncode != 0:
        raise StartProblem(_explanation(log))
    say(f"Sprogmodellen er trænet på {time.monotonic() - began:.0f} s.")


def _component(log: Path) -> str:
    names = _COMPONENT.findall(log.read_text(encoding="utf-8", errors="replace"))
    return f" ({names[-1]})" if names else ""


def _explanation(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    if any("No space left on device" in line for line in lines):
        return "Disken blev fuld under træningen af sprogmodellen. Slet noget, og prøv igen."
    return (
        f"Træningen af sprogmodellen mislykkedes; hele forløbet står i {log}. Sidste linje: {lines[-1] if lines else '(ingen)'}"
    )
