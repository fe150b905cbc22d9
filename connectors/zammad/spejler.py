"""The mirror's loop in the web process: one case after another, for as long as Zammad answers."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import random
import time
from collections.abc import Callable

from sqlalchemy import Engine

from connectors.database import off_loop, reading
from connectors.website.incident import log_incident
from connectors.website.metrics import Metrics
from connectors.zammad import billede, levering
from connectors.zammad.fejl import Afvist, Midlertidig
from connectors.zammad.klient import ZammadKlient
from connectors.zammad.levering import Opgave
from connectors.zammad.settings import ZammadSettings
from connectors.zammad.spejl import GONE, Spejl

logger = logging.getLogger(__name__)

CALLS = 12  # at most so many requests, each as slow as allowed, fit into the time that a case is taken for
TAELLER = "erhverv_zammad_total"


class Spejler:
    """Mirrors every case of ``engine``. Several may run on one database."""

    def __init__(
        self, engine: Engine, settings: ZammadSettings, metrics: Metrics, clock: Callable[[], dt.datetime]
    ) -> None:  # fmt: skip
        self._engine = engine
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        self._pause_until = 0.0
        self._told = ""

    async def omgang(self) -> None:
        """Deliver what is due, until nothing is, or Zammad would refuse everything. Nothing where no Zammad is set."""
        token = self._settings.zammad_token
        if not self._settings.zammad_url or token is None:
            return
        async with ZammadKlient(
            self._settings.zammad_url, token.get_secret_value(), self._settings.zammad_timeout_seconds
        ) as klient:
            spejl = Spejl(klient, self._settings.zammad_groups)
            while time.monotonic() >= self._pause_until and await self.en(spejl):
                pass

    async def en(self, spejl: Spejl) -> bool:
        """Deliver one case that is due. False where none is, or no other need be tried now."""
        seconds = self._settings.zammad_timeout_seconds * CALLS
        now = self._clock()
        # The time is over before the claim is, so that no two processes are ever at one case.
        opgave = await off_loop(levering.tag, self._engine, now, now + dt.timedelta(seconds=seconds * 2))
        if opgave is None:
            return False
        try:
            async with asyncio.timeout(seconds):
                await self._lever(spejl, opgave)
        except asyncio.CancelledError:
            again = self._clock() + dt.timedelta(seconds=self._settings.zammad_retry_seconds)
            await off_loop(levering.slip, self._engine, opgave, again)
            raise
        except TimeoutError:
            await self._igen(opgave, Midlertidig("Zammad svarede for langsomt"))
        except Midlertidig as error:
            await self._igen(opgave, error)
            return not error.alle
        except Afvist as refused:
            gone = refused.status == GONE and opgave.zammad_id is not None
            text = "sagen findes ikke mere i Zammad; prøv igen laver en ny" if gone else refused.tekst
            await self._opgiv(opgave, text, findes=not gone)
        except Exception as error:
            # What we did not think of must not stop the other cases, nor come round at once.
            reference = log_incident(logger, f"spejlingen af {opgave.sag.nummer} fejlede uventet", error)
            await self._igen(opgave, Midlertidig(f"uventet fejl hos os ({reference})"))
        return True

    async def _lever(self, spejl: Spejl, opgave: Opgave) -> None:
        sag, known = opgave.sag, opgave.zammad_id
        if known is None:
            known = await spejl.find(sag.nummer)
        if known is None and sag.slettet:
            await off_loop(levering.leveret, self._engine, opgave, self._clock(), slettet=True)  # nothing there to erase
            return
        ticket, new = (known, False) if known is not None else await spejl.opret(sag)
        if ticket != opgave.zammad_id:
            await off_loop(levering.fundet, self._engine, opgave, ticket)
        left = await spejl.slet(sag, ticket, self._bruges) if sag.slettet else []
        if not new:
            await spejl.foelg(sag, ticket)
        await spejl.skriv(sag, ticket)
        if left:
            await self._opgiv(opgave, f"Zammad lader os ikke slette {', '.join(left)}; slet det derovre", findes=True)
            return
        await off_loop(levering.leveret, self._engine, opgave, self._clock(), slettet=sag.slettet)
        self._metrics.count(TAELLER, udfald="leveret")
        self._told = ""

    async def _igen(self, opgave: Opgave, error: Midlertidig) -> None:
        wait = self._wait(opgave.forsoeg) if error.vent is None else max(error.vent, self._wait(opgave.forsoeg))
        again = self._clock() + dt.timedelta(seconds=wait)
        await off_loop(levering.fejlet, self._engine, opgave, self._clock(), again, error.tekst)
        self._metrics.count(TAELLER, udfald="fejlet")
        if error.tekst != self._told:
            logger.warning("%s er ikke leveret til Zammad: %s", opgave.sag.nummer, error.tekst)
            self._told = error.tekst
        if error.alle and error.vent:
            self._pause_until = time.monotonic() + error.vent

    async def _opgiv(self, opgave: Opgave, text: str, *, findes: bool) -> None:
        await off_loop(levering.opgiv, self._engine, opgave, self._clock(), text, findes=findes)
        self._metrics.count(TAELLER, udfald="opgivet")
        logger.warning("%s er opgivet af spejlingen; se Udbakke på skrivebordet", opgave.sag.nummer)

    async def _bruges(self, email: str | None, telefon: str | None) -> bool:
        return await off_loop(_holder, self._engine, email, telefon)

    def _wait(self, failures: int) -> float:
        """Seconds: doubled at each failure, and never two cases or processes in step."""
        grown = self._settings.zammad_retry_seconds * 2 ** min(failures, 20)
        longest = self._settings.zammad_longest_wait_seconds
        return float(min(grown, longest) * random.uniform(1.0, 1.5))  # noqa: S311


def _holder(engine: Engine, email: str | None, telefon: str | None) -> bool:
    with reading(engine) as session:
        return billede.holder_kontakt(session, email, telefon)
