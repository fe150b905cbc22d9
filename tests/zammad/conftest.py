"""A mirror on each database, a clock that goes when told to, and a fake Zammad."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from connectors.crm import henvendelser
from connectors.website.metrics import Metrics
from connectors.zammad.klient import ZammadKlient
from connectors.zammad.oversigt import Tilstand, status
from connectors.zammad.settings import ZammadSettings
from connectors.zammad.spejl import Spejl
from connectors.zammad.spejler import Spejler
from tests.crm.eksempler import FRIST, NU, udkast
from tests.zammad.falsk import TOKEN, FalskZammad


@dataclass
class Hus:
    """The mirror of one database to one Zammad."""

    engine: Engine
    zammad: FalskZammad
    url: str
    nu: dt.datetime = NU
    metrics: Metrics = field(default_factory=Metrics)
    changes: dict[str, Any] = field(default_factory=dict)

    def settings(self) -> ZammadSettings:
        """As an operator sets them."""
        values = {"zammad_url": self.url, "zammad_token": SecretStr(TOKEN), "zammad_timeout_seconds": 10, **self.changes}
        return ZammadSettings(_env_file=None, **values)

    def spejler(self) -> Spejler:
        """A process's mirror; several are replicas, one after another are restarts."""
        return Spejler(self.engine, self.settings(), self.metrics, lambda: self.nu)

    def klient(self) -> ZammadKlient:
        """A client of the fake."""
        settings = self.settings()
        assert settings.zammad_url is not None and settings.zammad_token is not None
        return ZammadKlient(settings.zammad_url, settings.zammad_token.get_secret_value(), settings.zammad_timeout_seconds)

    async def en(self) -> bool:
        """Deliver one case."""
        async with self.klient() as klient:
            return await self.spejler().en(Spejl(klient, self.settings().zammad_groups))

    async def alle(self, runder: int = 60) -> Tilstand:
        """Deliver whatever is due, an hour later whatever is due then, until nothing waits."""
        spejler = self.spejler()
        async with self.klient() as klient:
            spejl = Spejl(klient, self.settings().zammad_groups)
            for _ in range(runder):
                while await spejler.en(spejl):
                    pass
                found = status(self.engine)
                if not found.venter:
                    return found
                self.nu += dt.timedelta(hours=1)
        raise AssertionError(f"blev ikke færdig: {status(self.engine).linjer}")

    def sag(self, noegle: str = "n1", **andre: Any) -> str:
        """A case. Returns its number."""
        return henvendelser.opret(self.engine, udkast(noegle=noegle, **andre), FRIST, NU).number

    def aendr(self, number: str, **felter: Any) -> None:
        """Change it."""
        version = henvendelser.version(self.engine, number)
        assert version is not None
        henvendelser.aendr(self.engine, number, felter, "Prøve Kollega", version, self.nu)


@pytest.fixture
async def zammad() -> AsyncIterator[FalskZammad]:
    fake = FalskZammad()
    yield fake
    await fake.stop()


@pytest.fixture
async def hus(engine: Engine, zammad: FalskZammad) -> Hus:
    return Hus(engine, zammad, await zammad.start())
