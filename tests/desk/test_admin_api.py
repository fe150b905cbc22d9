"""The administrators' page on API clients."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from connectors.api import tokens
from connectors.api.models import SCOPES
from connectors.crm.tid import nu
from connectors.database import off_loop, reading
from connectors.desk import admin_api
from connectors.desk.models import Revision
from tests.desk.kontor import Browser, log_ind

SIDE = "/desk/admin/api"


@pytest.fixture
async def admin(client: TestClient[Any, Any], engine: Engine) -> Browser:
    return await log_ind(client, engine, "asta", ["admin"])


def lines(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        return [(row.handling, row.slags, row.noegle) for row in session.scalars(select(Revision).order_by(Revision.id))]


async def test_a_token_is_shown_once_opens_the_api_and_is_revoked(admin: Browser, engine: Engine) -> None:
    made = await admin.post(SIDE, {"navn": "Bygningssystem", "scopes": "laes"})
    found = re.search(r'<code class="desk-hemmelig">([^<]+)</code>', await made.text())
    assert made.status == 200 and found is not None
    klient = await off_loop(tokens.find, engine, found[1], nu())
    assert klient is not None and klient.scopes == frozenset({"laes"})
    page = await admin.side(SIDE)
    assert "Bygningssystem" in page and found[1] not in page
    await admin.post(f"{SIDE}/{klient.id}/tilbagekald")
    assert await off_loop(tokens.find, engine, found[1], nu()) is None
    assert "har ikke længere adgang" in await admin.side(SIDE)
    await admin.post(f"{SIDE}/{klient.id}/tilbagekald")
    assert await off_loop(lines, engine) == [
        ("oprettet", "api-klient", "Bygningssystem"),
        ("tilbagekaldt", "api-klient", "Bygningssystem"),
    ]


@pytest.mark.parametrize(
    ("sent", "felt"),
    [({"navn": "", "scopes": "laes"}, "navn"), ({"navn": "A"}, "scopes"), ({"navn": "A", "scopes": "alt"}, "scopes")],
)
async def test_what_can_t_be_made_is_told_at_its_field(admin: Browser, engine: Engine, sent: dict, felt: str) -> None:
    refused = await admin.post(SIDE, sent)
    page = await refused.text()
    assert refused.status == 400 and f'href="#klient-{felt}"' in page
    assert await off_loop(tokens.alle, engine) == []


async def test_a_client_that_is_not_there(admin: Browser) -> None:
    assert (await admin.post(f"{SIDE}/999/tilbagekald")).status == 404


def test_the_scopes_offered_are_the_table_s() -> None:
    assert tuple(admin_api.SCOPES) == SCOPES
