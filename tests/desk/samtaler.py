"""Conversations for the tests of the desk's chat page, and what the desk tells of them."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from aiohttp import ClientWebSocketResponse
from sqlalchemy import Engine, select

from connectors.crm.tid import nu
from connectors.database import reading
from connectors.desk.models import Revision
from connectors.website.models import Samtale
from tests.desk.kontor import Browser
from tests.website.personale import i_koe, skriver


def venter(engine: Engine, *skrevet: str) -> str:
    """A conversation that waits, with what the business has written."""
    samtale_id = i_koe(engine, nu())
    for text in skrevet:
        skriver(engine, samtale_id, text, nu())
    return samtale_id


async def tag(browser: Browser, samtale_id: str) -> None:
    """Take it, which must succeed."""
    response = await browser.post(f"/desk/samtaler/{samtale_id}/tag")
    assert (response.status, response.headers["Location"]) == (303, f"/desk/samtaler/{samtale_id}")


async def skriv(browser: Browser, samtale_id: str, text: str, client_id: str | None = None) -> tuple[int, dict[str, Any]]:
    """Write to the business; returns status and answer."""
    body = {"client_id": client_id or str(uuid.uuid4()), "text": text}
    response = await browser.post_json(f"/desk/api/samtaler/{samtale_id}/beskeder", body)
    return response.status, await response.json()


async def forbind(browser: Browser, **headers: str) -> ClientWebSocketResponse[bool]:
    """The page's live connection."""
    origin = str(browser.client.make_url("")).rstrip("/")
    return await browser.client.ws_connect("/desk/ws", headers={"Origin": origin, **headers})


async def ramme(ws: ClientWebSocketResponse[bool], type_: str) -> dict[str, Any]:
    """The next frame of a type."""
    async with asyncio.timeout(10):
        while True:
            frame: dict[str, Any] = await ws.receive_json()
            if frame["type"] == type_:
                return frame


def stand(engine: Engine, samtale_id: str) -> tuple[str, int | None]:
    """State, and whose it is."""
    with reading(engine) as session:
        row = session.get_one(Samtale, samtale_id)
        return row.state, row.medarbejder_id


def revideret(engine: Engine, samtale_id: str) -> list[tuple[str, str, dict[str, Any] | None]]:
    """Who did what to it, in order."""
    with reading(engine) as session:
        rows = session.scalars(select(Revision).where(Revision.noegle == samtale_id).order_by(Revision.id))
        return [(row.hvem, row.handling, row.detaljer) for row in rows]
