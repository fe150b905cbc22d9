"""Something done again and again: an error stops nothing, and is logged once until it has gone."""

from __future__ import annotations

import asyncio
import logging

import pytest

from connectors.website.gentag import Gentag


class Arbejde:
    """Counts its rounds, and fails in those named."""

    def __init__(self, fejler: set[int], nok: int) -> None:
        self.fejler, self.nok, self.omgange, self.faerdig = fejler, nok, 0, asyncio.Event()

    async def omgang(self) -> None:
        self.omgange += 1
        if self.omgange >= self.nok:
            self.faerdig.set()
        if self.omgange in self.fejler:
            raise RuntimeError("hemmeligt")


async def test_it_goes_on_after_errors_and_logs_each_spell_of_them_once(caplog: pytest.LogCaptureFixture) -> None:
    work = Arbejde({1, 2, 4}, 5)
    loop = Gentag("prøvearbejde", work.omgang, 0)
    with caplog.at_level(logging.ERROR):
        loop.start()
        await asyncio.wait_for(work.faerdig.wait(), 5)
        await loop.stop()
    logged = [record.getMessage() for record in caplog.records]
    assert len(logged) == 2 and all("prøvearbejde mislykkedes" in line for line in logged)
    assert "hemmeligt" not in caplog.text


async def test_it_stops_in_the_middle_of_a_round() -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        begun.set()
        await asyncio.Event().wait()

    loop = Gentag("prøvearbejde", endless, 0)
    loop.start()
    await asyncio.wait_for(begun.wait(), 5)
    await asyncio.wait_for(loop.stop(), 5)


async def test_what_was_never_begun_can_be_stopped() -> None:
    await Gentag("prøvearbejde", Arbejde(set(), 1).omgang, 0).stop()
