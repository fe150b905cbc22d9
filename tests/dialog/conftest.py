"""The whole bot in process, on a copy of ``knowledge/`` that tests may change and a database of its own."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.service.model import archive
from bot.settings import ROOT, settings
from connectors.database import engine_for
from connectors.migrate import upgrade
from tests.talk import Talk, load_agent

MODEL = archive()


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy that the bot under test follows."""
    folder = tmp_path_factory.mktemp("bot") / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    return folder


@pytest.fixture(scope="session")
def bot(knowledge: Path):
    if not MODEL.is_file():
        pytest.fail("der er ingen trænet model; kør erhverv train")
    var = knowledge.parent / "var"
    values = {"DATABASE_URL": f"sqlite:///{var}/test.db", "ERHVERV_KNOWLEDGE": str(knowledge), "ERHVERV_VAR": str(var)}
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    settings.cache_clear()
    upgrade(settings().database)
    yield load_agent(str(MODEL))
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
    settings.cache_clear()


@pytest.fixture
def talk(bot) -> Talk:
    """A new business."""
    return Talk(bot)


@pytest.fixture
def cases(bot) -> Engine:
    """The database that the bot makes its cases in."""
    return engine_for(settings().database)
