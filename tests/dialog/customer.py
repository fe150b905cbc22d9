"""A simulated business: seeded, contrary, and never the same twice.

Run by the thousand: ``python -m tests.dialog.customer --antal 2000 --fro 1`` (prints what went wrong, if anything).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.talk import Talk

_UNFILLED = re.compile(r"\{[a-z_]+\}|\bNone\b")
_WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "customer.yml").read_text(encoding="utf-8"))


@dataclass
class Run:
    """What one conversation came to. ``wrong`` names every broken promise."""

    turns: int = 0
    cases: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    endings: Counter[str] = field(default_factory=Counter)


async def converse(talk: Talk, seed: int, turns: int = 40) -> Run:
    """One conversation of at most ``turns`` messages."""
    chance = random.Random(seed)
    run = Run()
    await talk.say(chance.choice(_WORDS["openings"]))
    _judge(talk, run)
    while run.turns < turns and not (run.cases and chance.random() < 0.7):
        await _act(talk, chance)
        run.turns += 1
        _judge(talk, run)
    return run


async def _act(talk: Talk, chance: random.Random) -> None:
    buttons = talk.buttons()
    roll = chance.random()
    if buttons and roll < 0.5:
        await talk.press(chance.choice(buttons))
        return
    asks = [m["data"].get("asks") for m in talk.last if m["data"].get("asks")]
    if asks and roll < 0.8:
        await talk.say(
            chance.choice([*_WORDS["answers"].get(str(asks[-1]), _WORDS["anything"]), chance.choice(_WORDS["anything"])])
        )
        return
    pools = [_WORDS[name] for name in ("anything", "interruptions", "corrections", "nonsense", "exits", "openings")]
    await talk.say(chance.choice(chance.choices(pools, weights=[4, 4, 3, 2, 1, 2])[0]))


def _judge(talk: Talk, run: Run) -> None:
    last = talk.transcript[-8:]
    if not talk.last or not any(message["text"].strip() for message in talk.last):
        run.wrong.append(f"tavs: {last}")
    for message in talk.last:
        kind = message["data"].get("type")
        if kind == "fejl":
            run.wrong.append(f"fejl: {last}")
        if kind == "henvendelse":
            number = message["data"]["number"]
            if number in run.cases:
                run.wrong.append(f"sagen {number} fortalt to gange: {last}")
            run.cases.append(number)
        if _UNFILLED.search(message["text"]):
            run.wrong.append(f"uudfyldt tekst: {message['text']!r}")
        run.endings[str(kind)] += 1
    if _twice(talk):
        run.wrong.append(f"samme knap to gange: {talk.buttons()}")


def _twice(talk: Talk) -> bool:
    return any(len({b["title"] for b in m["buttons"]}) < len(m["buttons"]) for m in talk.last)


def main() -> None:
    """Run many, two at a time on two cores by giving each process its own seeds."""
    import argparse
    import asyncio
    import os
    import tempfile

    parser = argparse.ArgumentParser(description="Simulerede virksomheder i én proces.")
    parser.add_argument("--antal", type=int, default=1000)
    parser.add_argument("--fro", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/sim.db"
        os.environ["ERHVERV_VAR"] = folder
        asyncio.run(_many(options.antal, options.fro))


async def _many(count: int, seed: int) -> None:
    import logging

    from rasa.utils.log_utils import configure_structlog

    from bot.service.model import archive
    from bot.settings import settings
    from connectors.migrate import upgrade
    from tests.talk import load_agent

    configure_structlog(logging.ERROR)
    logging.getLogger().setLevel(logging.ERROR)
    upgrade(settings().database)
    agent: Any = load_agent(str(archive()))
    turns, cases, wrong = 0, 0, 0
    for number in range(seed, seed + count):
        run = await converse(Talk(agent), number)
        agent.tracker_store.store.clear()
        turns, cases, wrong = turns + run.turns, cases + len(run.cases), wrong + len(run.wrong)
        for line in run.wrong[:2]:
            print(f"{number}: {line}"[:1500], flush=True)
    print(f"{count} samtaler, {turns} beskeder, {cases} sager, {wrong} fejl")


if __name__ == "__main__":
    main()
