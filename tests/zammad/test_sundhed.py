"""The mirror in the web process: it runs by itself, and its state is there to be seen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine

from bot.settings import Settings
from connectors.website.app import make_app
from connectors.website.metrics import Metrics
from connectors.zammad.settings import ZammadSettings
from tests.website.fakes import FakeKnowledge
from tests.zammad.conftest import Hus


async def _gateway(engine: Engine, folder: Path, zammad: ZammadSettings) -> TestClient[Any, Any]:
    settings = Settings(_env_file=None, var=folder, rasa_url="http://127.0.0.1:1", actions_url="http://127.0.0.1:1")
    client: TestClient[Any, Any] = TestClient(TestServer(make_app(settings, engine, FakeKnowledge(), zammad=zammad)))
    await client.start_server()
    return client


async def _ready(client: TestClient[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await (await client.get("/readyz")).json())["zammad"]
    return found


async def test_a_case_is_mirrored_by_the_web_process_itself_and_counted(
    hus: Hus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered, count = asyncio.Event(), Metrics.count

    def counted(self: Metrics, name: str, /, **labels: str) -> None:
        count(self, name, **labels)
        if labels.get("udfald") == "leveret":
            delivered.set()

    monkeypatch.setattr(Metrics, "count", counted)
    hus.changes = {"zammad_sweep_seconds": 0.05}
    number = hus.sag()
    client = await _gateway(hus.engine, tmp_path, hus.settings())
    try:
        await asyncio.wait_for(delivered.wait(), 20)
        found = await _ready(client)
        text = await (await client.get("/metrics")).text()
    finally:
        await client.close()
    assert hus.zammad.ticket(number)
    assert (found["status"], found["venter"], found["opgivet"]) == ("ok", 0, 0) and found["senest"]
    assert 'erhverv_zammad_cases{tilstand="leveret"} 1' in text
    assert 'erhverv_zammad_total{udfald="leveret"} 1' in text


async def test_what_was_given_up_is_seen(hus: Hus, tmp_path: Path) -> None:
    hus.sag(team="tmf-trafik")
    await hus.alle()
    client = await _gateway(hus.engine, tmp_path, hus.settings())
    try:
        found = await _ready(client)
        text = await (await client.get("/metrics")).text()
    finally:
        await client.close()
    assert (found["status"], found["opgivet"]) == ("fejl", 1)
    assert 'erhverv_zammad_cases{tilstand="opgivet"} 1' in text


@pytest.mark.parametrize("half", [{}, {"zammad_url": "https://zammad.example.com"}, {"zammad_token": "x"}])
async def test_without_address_and_token_nothing_runs(hus: Hus, tmp_path: Path, half: dict[str, Any]) -> None:
    hus.sag()
    client = await _gateway(hus.engine, tmp_path, ZammadSettings(_env_file=None, **half))
    try:
        assert await _ready(client) == {"status": "slukket"}
        assert "erhverv_zammad_cases" not in await (await client.get("/metrics")).text()
    finally:
        await client.close()
    assert not hus.zammad.kald
