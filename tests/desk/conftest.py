"""A gateway with a desk, on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from tests.desk.kontor import AABNE, Browser, log_ind
from tests.website.fakes import FakeKnowledge, House


@pytest.fixture(autouse=True)
async def browsers_closed() -> AsyncIterator[None]:
    yield
    for browser in AABNE:
        await browser.session.close()
    AABNE.clear()


@pytest.fixture
async def client(house: House) -> TestClient[Any, Any]:
    return await house.gateway()


@pytest.fixture
async def front(client: TestClient[Any, Any], engine: Engine) -> Browser:
    """Front staff, logged in."""
    return await log_ind(client, engine, "anna", ["front"])


@pytest.fixture(scope="session")
def bibliotek() -> Library:
    """The editors' real files."""
    return load_library(ROOT / "knowledge")[0]


@pytest.fixture
async def kontor(house: House, bibliotek: Library) -> TestClient[Any, Any]:
    """A gateway that knows the editors' real files: for pages of cases."""
    house.knowledge = FakeKnowledge(bibliotek)
    return await house.gateway()


@pytest.fixture
async def desk(kontor: TestClient[Any, Any], engine: Engine) -> Browser:
    """Front staff at such a gateway, logged in."""
    return await log_ind(kontor, engine, "anna", ["front"], ["frontfunktion"])
