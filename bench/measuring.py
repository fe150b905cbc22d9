"""One round with one system: cold start, load, memory. Rounds of different systems are interleaved by the caller."""

from __future__ import annotations

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp

from bench.load import drive
from bench.systems import System

CONVERSATIONS = (1, 10, 50)
TURNS = 400
WINDOW = 20  # turns about which a median is taken
Measured = dict[str, list[float]]


def one_round(system: System, texts: Sequence[str], messages: int, into: Measured) -> None:
    """Add one round's numbers: seconds, milliseconds, messages a second, MB."""
    into["start_s"].append(system.start())
    try:
        drive(system.door, texts, 1, 20)  # first use of this and that; for every system alike
        best, used, sent = 0.0, system.cpu(), 0
        for conversations in CONVERSATIONS:
            done = drive(system.door, texts, conversations, messages if conversations > 1 else messages // 2)
            for share in (50, 95, 99):
                into[f"p{share}_{conversations}_ms"].append(done.percentile(share / 100))
            best, sent = max(best, done.per_second), sent + len(done.seconds)
        into["cpu_ms"].append((system.cpu() - used) * 1000 / sent)
        into["per_s"].append(best)
        into["pss_mb"].append(system.memory())
    finally:
        system.stop()


def empty() -> Measured:
    """Nothing measured yet."""
    return defaultdict(list)


def turns(system: System, texts: Sequence[str], say: Callable[[str], None]) -> dict[int, float]:
    """One conversation, long: the median milliseconds around its first, 50th, 100th … turn."""
    system.start()
    try:
        seconds = asyncio.run(_long(system.door, texts))
    finally:
        system.stop()
    say(f"  {system.name}: {TURNS} beskeder i én samtale")
    return {
        place: statistics.median(seconds[max(0, place - WINDOW) : place + WINDOW]) * 1000
        for place in (WINDOW, 50, 100, 200, 300, TURNS - WINDOW)
    }


async def _long(make_door: Any, texts: Sequence[str]) -> list[float]:
    async with aiohttp.ClientSession() as session:
        door = make_door()
        await door.open(session)
        loop, seconds = asyncio.get_running_loop(), []
        for number in range(TURNS):
            began = loop.time()
            await door.ask(texts[number % len(texts)])
            seconds.append(loop.time() - began)
        await door.close()
    return seconds
