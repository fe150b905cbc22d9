"""A gateway that has all the editors' texts, on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from tests.crm.medarbejdere import library
from tests.website.fakes import Chat, FakeKnowledge, FakeRasa, House


@pytest.fixture
async def client(engine: Engine, rasa: FakeRasa, tmp_path: Path) -> AsyncIterator[TestClient[Any, Any]]:
    assert rasa.server is not None
    house = House(engine, str(rasa.server.make_url("")).rstrip("/"), tmp_path, FakeKnowledge(library()))
    yield await house.gateway()
    await house.stop()


@pytest.fixture
async def chat(client: TestClient[Any, Any]) -> Chat:
    return await Chat(client).open()
