"""Training a stock project once: the model is kept by a hash of what it is made of, with the time that it took."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import stock
from bot.service.training import RASA_ENVIRONMENT

_EPOCH = re.compile(r"Epochs:\s+\d+%[^|]*\|[^|]*\|\s*(\d+)/(\d+)")
_PART = re.compile(r"Starting to train component '(\w+)'")
TELL_EVERY = 30.0  # seconds


@dataclass(frozen=True)
class Trained:
    """A trained stock model: where it lies, its project, and the seconds that its training took when it was made."""

    model: Path
    project: Path
    seconds: float
    cached: bool


def train(folder: Path, name: str, config: dict[str, Any], intents: dict[str, list[str]], say: Callable[[str], None]) -> Trained:
    """The model of ``config``; trained only where none of the same data, configuration and Rasa is there.

    Raises:
        RuntimeError: with the last lines of the training's log.
    """
    project = folder / name
    stock.write(project, config, intents)
    cache = folder / "modeller" / f"{name}-{stock.digest(project)}"
    model, took = cache / "model.tar.gz", cache / "tid.json"
    if model.exists() and took.exists():
        return Trained(model, project, json.loads(took.read_text())["sekunder"], cached=True)
    cache.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    log = cache / "traening.log"
    command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "model", "--out", str(cache)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=project, env=os.environ | RASA_ENVIRONMENT, stdout=output, stderr=subprocess.STDOUT
        )
        _follow(process, log, name, say)
    if process.returncode != 0 or not model.exists():
        raise RuntimeError(f"{name} kunne ikke trænes:\n" + "\n".join(log.read_text(errors="replace").splitlines()[-5:]))
    seconds = time.monotonic() - began
    took.write_text(json.dumps({"sekunder": seconds}))
    return Trained(model, project, seconds, cached=False)


def _follow(process: subprocess.Popen[bytes], log: Path, name: str, say: Callable[[str], None]) -> None:
    began = told = time.monotonic()
    try:
        while process.poll() is None:
            time.sleep(0.5)
            if time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                say(f"  {name}: {told - began:.0f} s{_state(log)}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _state(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace")[-20_000:]
    part, epoch = _PART.findall(text), _EPOCH.findall(text)
    return (f", {part[-1]}" if part else "") + (f", epoke {epoch[-1][0]} af {epoch[-1][1]}" if epoch else "")
