"""A gateway with a Rasa to order, on each database."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from tests.website.fakes import Chat, House


@pytest.fixture
async def client(house: House) -> TestClient[Any, Any]:
    return await house.gateway()


@pytest.fixture
async def chat(client: TestClient[Any, Any]) -> Chat:
    return await Chat(client).open()
