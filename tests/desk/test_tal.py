"""The analysts' page."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from connectors.database import off_loop
from connectors.desk import tal
from connectors.survey.models import PARAMETRE
from tests.desk.kontor import Browser, log_ind
from tests.desk.test_optaelling import kl, sag

SIDE = "/desk/tal?fra=16-11-2026&til=29-11-2026"


@pytest.fixture
async def analytiker(client: TestClient[Any, Any], engine: Engine) -> Browser:
    return await log_ind(client, engine, "ida", ["analytiker"])


async def test_the_numbers_are_on_the_page_and_nothing_of_anybody(analytiker: Browser, engine: Engine) -> None:
    await off_loop(sag, engine, 1, kl(17), kl(18), ejer="Anna Ejer", hovedindhold="Vil åbne en café")
    await off_loop(sag, engine, 2, kl(17), svarfrist=kl(18), kanal="telefon", udfald="straks", status="afsluttet")
    page = await analytiker.side(SIDE)
    for told in ("16. november 2026", "50 %", "(1 af 2)", "uge 47, 2026", "Telefon", "Afklaret med det samme", "vises ikke"):
        assert told in page, told
    for secret in ("Anna Ejer", "café", "KBH-2026"):
        assert secret not in page, secret
    assert 'value="16-11-2026"' in page and 'value="29-11-2026"' in page


async def test_without_a_period_it_is_the_last_twelve_weeks(analytiker: Browser) -> None:
    page = await analytiker.side("/desk/tal")
    assert page.count('<th scope="row">uge ') in (12, 13)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("fra=31-02-2026", "kalenderen"),
        ("fra=30-11-2026&til=29-11-2026", "før den slutter"),
        ("fra=1-1-2001&til=1-1-2026", "tre år"),
    ],
)
async def test_a_period_that_is_none_is_told_and_kept(analytiker: Browser, query: str, said: str) -> None:
    answer = await analytiker.get(f"/desk/tal?{query}")
    page = await answer.text()
    assert answer.status == 400 and said in page
    assert f'value="{query.split("=")[1].split("&")[0]}"' in page


def test_every_parameter_of_the_questionnaire_has_its_name() -> None:
    assert tuple(tal.SURVEY) == PARAMETRE
