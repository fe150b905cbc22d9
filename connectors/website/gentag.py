"""Something that the web process does again and again in the background."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from connectors.website.incident import log_incident

T = TypeVar("T")
logger = logging.getLogger(__name__)


def hver_for_sig(work: Callable[[T], object], ting: Iterable[T]) -> None:
    """Do ``work`` with each, so that one on which it fails keeps none of the others back. Raises the first error at the
    end."""
    first: Exception | None = None
    for one in ting:
        try:
            work(one)
        except Exception as error:
            first = first or error
    if first is not None:
        raise first


class Gentag:
    """Runs ``omgang``, rests for ``sekunder``, and so on until it is stopped. An error is logged once until it has gone,
    and stops nothing."""

    def __init__(self, navn: str, omgang: Callable[[], Awaitable[object]], sekunder: float) -> None:
        self._navn = navn
        self._omgang = omgang
        self._sekunder = sekunder
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin at once."""
        self._task = asyncio.create_task(self._loop())

    async def stop(self) -> None:
        """End, in the middle of a round if need be."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _loop(self) -> None:
        fejler = False
        while True:
            try:
                await self._omgang()
                fejler = False
            except Exception as error:
                if not fejler:
                    log_incident(logger, f"{self._navn} mislykkedes; prøver igen", error)
                fejler = True
            await asyncio.sleep(self._sekunder)
