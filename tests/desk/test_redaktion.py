"""The editors' page."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from bot.knowledge.problem import Problem
from tests.desk.kontor import Browser, log_ind
from tests.website.fakes import House

SIDE = "/desk/redaktion"


@pytest.fixture
async def redaktoer(client: TestClient[Any, Any], engine: Engine) -> Browser:
    return await log_ind(client, engine, "rikke", ["redaktør"])


async def test_the_version_in_force_and_the_example_values(redaktoer: Browser) -> None:
    page = await redaktoer.side(SIDE)
    assert "udgave <strong>prøve</strong>" in page and "Alle filer er i orden" in page
    assert "<li>svarfrist_ellers</li>" in page


async def test_what_is_wrong_is_told_with_file_and_line(redaktoer: Browser, house: House) -> None:
    house.knowledge.problems += [
        Problem("ydelser/x.yml", 3, "mangler <navn>"),
        Problem("tekster/y.yml", 7, "uden prøve", blocking=False),
    ]
    page = await redaktoer.side(SIDE)
    blocking, rest = page.split("Bør rettes")
    assert "<code>knowledge/ydelser/x.yml</code>, linje 3: mangler &lt;navn&gt;" in blocking and "1 fejl holder" in blocking
    assert "<code>knowledge/tekster/y.yml</code>, linje 7: uden prøve" in rest and "Alle filer er i orden" not in page
