"""The same stack on PostgreSQL: from an empty database to a case, over a ``kill -9`` of each process."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Engine, text

from tests.architect import NEED
from tests.stack.architect import from_plans, until_need
from tests.stack.chat import Chat
from tests.stack.running import Stack
from tests.stack.test_kill import back, settled

pytestmark = pytest.mark.xdist_group("stack")


@pytest.fixture
def on_postgresql(alone: None, postgresql_server: Engine, tmp_path: Path) -> Iterator[Stack]:
    """A stack of its own on an empty database, which is dropped at the end."""
    name = f"erhverv_test_{uuid.uuid4().hex[:12]}"
    with postgresql_server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    try:
        stack = Stack(tmp_path, postgresql_server.url.set(database=name).render_as_string(hide_password=False))
        stack.start()
        yield stack
        stack.stop()
    finally:
        with postgresql_server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


async def test_a_case_over_a_kill_of_each(on_postgresql: Stack, http: aiohttp.ClientSession) -> None:
    stack = on_postgresql
    chat = await Chat.begin(http, stack.url)
    await until_need(chat)
    seq = await chat.post(text=NEED)
    pids = {name: stack.kill(name) for name in ("rasa", "web")}
    for name, pid in pids.items():
        await back(stack, name, pid)
    await settled(chat, seq, text=NEED)
    assert chat.data("screening")["asks"] == "planer"
    made = await from_plans(chat)
    assert stack.cases(chat.id) == [made["number"]]
    assert json.loads(stack.erhverv("sag", made["number"]).stdout)["samtale"] == chat.id
    assert stack.ready()["database"] == {"status": "ok", "slags": "postgresql"}
    chat.check()
