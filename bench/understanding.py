"""How well each system understands: the same lines for all, judged as ``erhverv evaluate`` judges.

Run as ``python -m bench.understanding MODEL`` it is the stock side: lines on stdin, what Rasa made of them on stdout.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.training import Trained
from bot.nlu.evaluation import Line, Result, Share, score
from bot.nlu.understanding import CATALOGUE, KIND_OF, Candidate, Understanding
from bot.settings import ROOT


@dataclass(frozen=True)
class Score:
    """Of the services: right at once; right, or asked with it among three. Of all lines: the kind."""

    top1: Share
    three: Share
    kinds: Share


def of_ours(lines: Sequence[Line], twins: Sequence[Sequence[str]]) -> Score:
    """This project's trained model."""
    from bot.nlu.stored import load_ranker

    ranker = load_ranker()
    return _score(score(lines, [ranker.understand(line.text) for line in lines], twins))


def of_stock(trained: Trained, lines: Sequence[Line], twins: Sequence[Sequence[str]]) -> Score:
    """A stock model, in a process of its own. Its fallback counts as asking, with its three best as what it would offer."""
    found = parsed(trained, [line.text for line in lines])
    return _score(score(lines, [_understood(line.text, value) for line, value in zip(lines, found, strict=True)], twins))


def parsed(trained: Trained, texts: Sequence[str]) -> list[dict[str, Any]]:
    """What a stock model makes of each text: ``intent``, ``confidence``, ``ranking`` of (intent, confidence)."""
    command = [sys.executable, "-m", "bench.understanding", str(trained.model)]
    asked = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _score(results: Sequence[Result]) -> Score:
    services = [result for result in results if result.line.kind == "ydelse"]
    return Score(
        Share(sum(result.right for result in services), len(services)),
        Share(sum(result.among for result in services), len(services)),
        Share(sum(result.found.kind == result.line.kind for result in results), len(results)),
    )


def _understood(text: str, parsed: dict[str, Any]) -> Understanding:
    ranking = [(name, float(confidence)) for name, confidence in parsed["ranking"] if name != "nlu_fallback"]
    candidates = tuple(Candidate(*_meaning(name), confidence) for name, confidence in ranking[:5])
    if parsed["intent"] == "nlu_fallback" or not candidates:
        return Understanding(text, "uklart", "uklart", None, 0.0, candidates)
    kind, ident = _meaning(parsed["intent"])
    return Understanding(text, parsed["intent"], kind, ident, float(parsed["confidence"]), candidates)


def _meaning(intent: str) -> tuple[str, str | None]:
    """Kind and id of a stock intent's name (``bench.stock.examples``)."""
    kind, _, ident = intent.partition("_")
    if kind in CATALOGUE and ident:
        return kind, ident
    return KIND_OF.get(intent, intent), None


async def _parse(model: Path) -> None:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    for raw in sys.stdin:
        found = await agent.parse_message(json.loads(raw))
        ranking = [(entry["name"], entry["confidence"]) for entry in found.get("intent_ranking") or []]
        print(json.dumps({"intent": found["intent"]["name"], "confidence": found["intent"]["confidence"], "ranking": ranking}))


if __name__ == "__main__":
    asyncio.run(_parse(Path(sys.argv[1])))
