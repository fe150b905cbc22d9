"""Many cases, everything failing at random, processes that die: in the end one ticket each, right, each article once."""

from __future__ import annotations

import asyncio
import datetime as dt
import random

import pytest
from aiohttp import web

from connectors.crm import artikler, henvendelser
from connectors.zammad.oversigt import status
from connectors.zammad.tabel import TILSTANDE
from tests.zammad.conftest import Hus
from tests.zammad.falsk import EFTER, FOER

SAGER = 8
RUNDER = 12
TEAMS = ("frontfunktion", "team-hr", "team-opstart-vaekst")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_fails_each_case_ends_as_one_right_ticket(hus: Hus, seed: int) -> None:
    chance = random.Random(seed)
    hus.changes = {"zammad_timeout_seconds": 0.5}
    hus.zammad.langsom_sekunder = 0.8

    def fejl(_: web.Request) -> str | None:
        return chance.choice((*FOER, *EFTER)) if chance.random() < 0.25 else None

    hus.zammad.fejl = fejl
    numbers = [hus.sag(f"n{index}") for index in range(SAGER)]
    written: dict[str, list[str]] = {number: [] for number in numbers}
    for turn in range(RUNDER):
        number = chance.choice(numbers)
        if chance.random() < 0.6:
            written[number].append(f"artikel {turn}")
            artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", f"artikel {turn}", nu=hus.nu)
        else:
            hus.aendr(number, status=chance.choice([*TILSTANDE]), team=chance.choice(TEAMS))
        await _a_while(hus, chance)
        hus.nu += dt.timedelta(minutes=chance.randint(0, 30))
    hus.zammad.indekseret = True
    hus.zammad.fejl = lambda _: None
    found = await hus.alle()
    assert (found.leveret, found.venter, found.opgivet) == (SAGER, 0, 0), found.linjer
    assert sorted(ticket["number"] for ticket in hus.zammad.tickets.values()) == sorted(numbers)
    for number in numbers:
        case = henvendelser.som_json(hus.engine, number)
        ticket = hus.zammad.ticket(number)
        assert case is not None
        assert (ticket["state"], ticket["group"]) == (TILSTANDE[case["status"]][1], case["team"])
        assert hus.zammad.bodies(number)[1:] == written[number]
    assert len(hus.zammad.users) == len(hus.zammad.organizations) == 1


async def _a_while(hus: Hus, chance: random.Random) -> None:
    """Two processes deliver a little; now and then both are killed in the middle."""
    hus.zammad.indekseret = chance.random() < 0.5
    workers = [asyncio.create_task(_some(hus)) for _ in range(2)]
    if chance.random() < 0.3:
        await asyncio.wait(workers, timeout=chance.random() / 5)
        for worker in workers:
            worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    assert all(not line.opgivet for line in status(hus.engine).linjer)


async def _some(hus: Hus) -> None:
    for _ in range(3):
        if not await hus.en():
            return
