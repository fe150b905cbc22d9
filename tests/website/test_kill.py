"""``kill -9`` of the gateway, as a process of its own: what was taken in is answered after the restart, once and in order."""

import asyncio
import os
import shutil
import signal
import socket
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.settings import ROOT
from tests.website.fakes import TEKSTER, FakeRasa, echo


class Web:
    """``python -m connectors.website`` on a port of its own."""

    def __init__(self, port: int, env: dict[str, str]) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.env = env
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "connectors.website",
            cwd=ROOT,
            env=self.env,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            while True:
                assert self.process.returncode is None, "gatewayen gik i stå ved start"
                try:
                    async with session.get(self.url + "/healthz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.1)

    async def end(self, how: signal.Signals) -> str:
        """Returns what it printed."""
        assert self.process is not None and self.process.stdout is not None
        if self.process.returncode is None:
            self.process.send_signal(how)
        printed = await self.process.stdout.read()
        await self.process.wait()
        return printed.decode()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
async def gateway(database_url: str, rasa: FakeRasa, tmp_path: Path) -> AsyncIterator[Web]:
    assert rasa.server is not None
    knowledge = tmp_path / "knowledge"
    (knowledge / "tekster").mkdir(parents=True)
    for emne in ("chat", "overtagelse"):
        shutil.copy(TEKSTER / f"{emne}.yml", knowledge / "tekster")
    port = free_port()
    env = {
        **os.environ, "PORT": str(port), "DATABASE_URL": database_url, "ERHVERV_VAR": str(tmp_path / "var"),
        "ERHVERV_KNOWLEDGE": str(knowledge), "ERHVERV_RASA_URL": str(rasa.server.make_url("")).rstrip("/"),
    }  # fmt: skip
    process = Web(port, env)
    await process.start()
    yield process
    await process.end(signal.SIGKILL)


async def test_a_killed_gateway_answers_after_its_restart_what_it_had_taken_in(gateway: Web, rasa: FakeRasa):
    asked = asyncio.Event()

    async def answer_first_only(body: dict[str, Any]) -> web.StreamResponse:
        if body["message"] != "0":
            asked.set()
            await asyncio.sleep(60)
        return await echo(body)

    rasa.answering = answer_first_only
    async with aiohttp.ClientSession() as http:
        async with http.post(gateway.url + "/api/chat/sessions", json={}) as response:
            headers = {"Authorization": "Bearer " + (await response.json())["token"]}
        sent = [{"client_id": str(uuid.uuid4()), "text": text} for text in ("0", "1", "/restart", "3")]
        for body in sent:
            async with http.post(gateway.url + "/api/chat/messages", json=body, headers=headers) as response:
                assert response.status == 202
        await asyncio.wait_for(asked.wait(), 10)
        printed = await gateway.end(signal.SIGKILL)
        assert "Traceback" not in printed

        rasa.answering = echo
        rasa.asked.clear()
        await gateway.start()
        async with http.post(gateway.url + "/api/chat/messages", json=sent[3], headers=headers) as response:
            assert response.status == 202  # sent once more by a client that did not get its receipt
        async with asyncio.timeout(20):
            while True:
                async with http.get(gateway.url + "/api/chat/messages", headers=headers) as response:
                    body = await response.json()
                if not body["busy"]:
                    break
                await asyncio.sleep(0.1)
    messages = body["messages"]
    said = [m for m in messages if m["from"] == "user"]
    assert [m["text"] for m in said] == ["0", "1", "/restart", "3"]
    assert [m["reply_to"] for m in messages if m["from"] == "bot"] == [None, *(m["seq"] for m in said)]
    assert [m["seq"] for m in messages] == list(range(1, 10))
    assert rasa.texts == ["1", "/restart", "3"]
    # each is told of the two events of every answer before it, also of the one that was stored before the kill
    assert [body["mark"].partition(":")[0] for body in rasa.asked] == ["2", "4", "6"]


async def test_ctrl_c_ends_it_cleanly_and_prints_no_texts(gateway: Web, rasa: FakeRasa):
    async with aiohttp.ClientSession() as http:
        async with http.post(gateway.url + "/api/chat/sessions", json={}) as response:
            headers = {"Authorization": "Bearer " + (await response.json())["token"]}
        body = {"client_id": str(uuid.uuid4()), "text": "hemmelighedskræmmeri"}
        async with http.post(gateway.url + "/api/chat/messages", json=body, headers=headers) as response:
            assert response.status == 202
        async with http.get(gateway.url + "/api/chat/messages?after=2&wait=10", headers=headers) as response:
            assert (await response.json())["messages"]
    printed = await gateway.end(signal.SIGINT)
    assert gateway.process is not None and gateway.process.returncode == 0
    assert "hemmelighed" not in printed and "Traceback" not in printed


async def refused(env: dict[str, str]) -> str:
    """What a gateway prints that can't start."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "connectors.website",
        cwd=ROOT,
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    return printed.decode()


async def test_what_keeps_it_from_starting_is_one_clear_line(gateway: Web):
    taken = await refused(gateway.env)
    assert taken.startswith(f"Port {gateway.port} på 127.0.0.1 er optaget")
    free = {**gateway.env, "PORT": str(free_port())}
    proxy = await refused({**free, "ERHVERV_TRUSTED_PROXIES": '["proxy"]'})
    assert "ERHVERV_TRUSTED_PROXIES" in proxy
    database = await refused({**free, "DATABASE_URL": "sqlite:////dev/null/erhverv.db"})
    assert database.startswith(("Kan ikke starte:", "Databasen kan ikke bruges:"))
    texts = await refused({**free, "ERHVERV_KNOWLEDGE": "/findes/ikke"})
    assert "findes ikke" in texts
    assert [printed.count("\n") for printed in (taken, proxy, database, texts)] == [1, 1, 1, 1]
