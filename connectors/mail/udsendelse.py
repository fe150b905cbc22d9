"""Empties the outbox, in the background of the web process; any number of replicas may."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from sqlalchemy import Engine

from connectors.crm import tid
from connectors.database import off_loop
from connectors.mail import forsendelse
from connectors.mail.besked import besked
from connectors.mail.models import Brev
from connectors.mail.settings import MailSettings
from connectors.mail.transport import Baerer, IkkeSendt
from connectors.website.incident import log_incident

logger = logging.getLogger(__name__)

DAY = dt.timedelta(days=1)


class Udsendelse:
    """One process's part in it."""

    def __init__(self, engine: Engine, settings: MailSettings, baerer: Baerer, clock: Callable[[], dt.datetime] = tid.nu) -> None:
        self._engine = engine
        self._settings = settings
        self._baerer = baerer
        self._clock = clock
        self._ryddet: dt.datetime | None = None
        # longer than the carrier may take, so that a mail under way is nobody else's
        self._holdes = dt.timedelta(seconds=settings.smtp_timeout_seconds * 2 + 10)

    async def omgang(self) -> None:
        """One round: carry what is due, and once a day delete what has been sent long ago."""
        await self.toem()
        await self._ryd_op()

    async def toem(self) -> int:
        """Carry what is due now, one mail after another. Returns how many were taken by the carrier."""
        taget = 0
        while (brev := await off_loop(forsendelse.tag, self._engine, self._clock(), self._holdes)) is not None:
            taget += await self._baer(brev)
        return taget

    async def _baer(self, brev: Brev) -> bool:
        try:
            await self._baerer.baer(besked(brev, self._settings.mail_from))
        except IkkeSendt as hvorfor:
            opgiv = hvorfor.endeligt or brev.forsoeg >= self._settings.mail_attempts
            await self._mislykket(brev, str(hvorfor), opgiv)
            return False
        except Exception as error:
            reference = log_incident(logger, f"brev {brev.id} kunne ikke sendes", error)
            await self._mislykket(brev, f"uventet fejl, henvisning {reference}", brev.forsoeg >= self._settings.mail_attempts)
            return False
        await off_loop(forsendelse.sendt, self._engine, brev, self._clock())
        return True

    async def _mislykket(self, brev: Brev, hvorfor: str, opgiv: bool) -> None:
        if opgiv:
            logger.error("brev %d er opgivet efter %d forsøg: %s", brev.id, brev.forsoeg, hvorfor)
        await off_loop(forsendelse.mislykket, self._engine, brev, hvorfor, self._clock(), opgiv=opgiv)

    async def _ryd_op(self) -> None:
        nu = self._clock()
        if self._ryddet is None or nu - self._ryddet > DAY:
            self._ryddet = nu
            await off_loop(forsendelse.ryd_op, self._engine, nu - dt.timedelta(days=self._settings.mail_keep_days))
