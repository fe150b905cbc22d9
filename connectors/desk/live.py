"""The live part of the desk: one WebSocket a page, and the same by ordinary requests where none gets through.

``/desk/ws`` is opened by the log-in's cookie and from the desk's own pages alone (``sikkerhed.egen_side``). The server
sends ``{"type": "status", …}`` (``status``), ``{"type": "samtale", …}`` (``samtalevisning.hent``), and passes on
``typing`` and ``read`` of the conversation that is followed; ``{"type": "ingen_adgang"}`` where that is not for them. The
client may send ``{"type": "foelg", "samtale", "after"}``, ``{"type": "typing", "on"}``, ``{"type": "laest", "seq"}`` and
``{"type": "puls"}``, which is answered by the same: so it knows that it is still heard.

As long as a page is connected its member of staff is there, and keeps the conversations they have.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Coroutine
from typing import Any

from aiohttp import WSMsgType, web
from sqlalchemy import Engine

from connectors.crm.tid import nu
from connectors.database import off_loop, reading
from connectors.desk import cookies, koevisning, samtalevisning, sessioner
from connectors.desk.adgang import SETTINGS, Bruger, bruger, kraev
from connectors.desk.models import Medarbejder
from connectors.desk.samtalevisning import IngenSamtale
from connectors.website import koe, overtagelse, tilstede
from connectors.website.api import LARGEST_SEQ
from connectors.website.errors import ApiError, invalid
from connectors.website.gateway import GATEWAY, Gateway
from connectors.website.hvem import TAGER
from connectors.website.incident import log_incident
from connectors.website.incoming import json_body, json_object
from connectors.website.ws import GOING_AWAY, LARGEST_FRAME, UNAUTHORIZED

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 10.0  # a browser that is gone without a word is found out after this and half of it again
LIVSTEGN_SECONDS = 10.0  # how often a sign of life is written, and the log-in looked at again
LOOK_SECONDS = 5.0  # what another gateway has told of read marks comes so late
INTERNAL_ERROR = 1011


def ruter(app: web.Application) -> None:
    """The socket, and what stands in for it."""
    app.router.add_get("/ws", socket, allow_head=False)
    app.router.add_get("/api/live", live, allow_head=False)
    app.router.add_post("/api/tilstede", saet_tilstede)


def status(engine: Engine, hvem: Bruger) -> dict[str, Any]:
    """What stands in the head of every page: ``tager_chat``; ``koe`` (ids of the conversations that ``hvem`` may take,
    longest waiting first); ``skrevet`` (changes with what those have written); ``mine`` (``{"id", "ulaeste"}`` of those they
    have)."""
    with reading(engine) as session:
        row = session.get(Medarbejder, hvem.id)
    waiting = koe.venteliste(engine, hvem)
    return {
        "tager_chat": row is not None and row.tager_chat,
        "koe": [one.samtale_id for one in waiting],
        "skrevet": hashlib.sha256(repr([one.sidste for one in waiting]).encode()).hexdigest()[:16],
        "mine": [{"id": chat.id, "ulaeste": chat.ulaeste} for chat in koevisning.mine(engine, hvem.id, nu())],
    }


@kraev(*TAGER)
async def live(request: web.Request) -> web.StreamResponse:
    """``GET /desk/api/live?samtale=&after=``: ``{"status", "samtale"}``, and a sign of life. ``samtale`` is null where none
    is asked for or it is not for this member of staff."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    await off_loop(tilstede.livstegn, gateway.engine, None, hvem.id, nu())
    found, after = None, beskednummer(request.query.get("after", "0"))
    if samtale_id := request.query.get("samtale"):
        try:
            found = await off_loop(samtalevisning.hent, gateway.engine, samtale_id, hvem, after)
            await off_loop(samtalevisning.noter_set, gateway.engine, samtale_id, hvem, nu())
        except IngenSamtale:
            found = None
    return web.json_response({"status": await off_loop(status, gateway.engine, hvem), "samtale": found})


@kraev(*TAGER)
async def saet_tilstede(request: web.Request) -> web.StreamResponse:
    """``POST /desk/api/tilstede`` ``{"tager_chat": true | false}``: whether they want chats."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    wants = (await json_body(request)).get("tager_chat")
    if not isinstance(wants, bool):
        raise invalid("ugyldig", "tager_chat skal være true eller false.")
    await off_loop(tilstede.saet, gateway.engine, hvem.id, wants, nu())
    gateway.notifier.wake(koe.DESK)
    return web.json_response({"tager_chat": wants})


@kraev(*TAGER)
async def socket(request: web.Request) -> web.StreamResponse:
    """``GET /desk/ws``."""
    gateway = request.config_dict[GATEWAY]
    if request.headers.get("Upgrade", "").lower() != "websocket":
        raise invalid("kun_websocket", "Adressen kan kun bruges med WebSocket.")
    ws = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LARGEST_FRAME, compress=False)
    await ws.prepare(request)
    gateway.sockets.add(ws)
    try:
        await Forbindelse(request, gateway, ws).koer()
    finally:
        gateway.sockets.discard(ws)
    return ws


class Forbindelse:
    """One page's connection."""

    def __init__(self, request: web.Request, gateway: Gateway, ws: web.WebSocketResponse) -> None:
        self._request = request
        self._gateway = gateway
        self._engine = gateway.engine
        self._hvem = bruger(request)
        self._ws = ws
        self._samtale: str | None = None
        self._foelger: asyncio.Task[None] | None = None

    async def koer(self) -> None:
        """Serve the page until it goes or may no longer."""
        watching = asyncio.create_task(self._pas_paa(self._hold_ajour()))
        try:
            await self._pas_paa(self._laes())
        finally:
            tasks = [task for task in (watching, self._foelger) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _laes(self) -> None:
        async for received in self._ws:
            if received.type is WSMsgType.TEXT:
                await self._tag_imod(received.data)

    async def _pas_paa(self, work: Coroutine[Any, Any, None]) -> None:
        """A task of ours: what goes wrong in it closes the socket, and the page connects again."""
        try:
            await work
        except ConnectionError:
            return
        except Exception as error:
            log_incident(logger, "en WebSocket på skrivebordet måtte lukkes", error)
            await self._ws.close(code=INTERNAL_ERROR)

    async def _hold_ajour(self) -> None:
        shown: dict[str, Any] | None = None
        due = 0.0
        with self._gateway.notifier.listening(koe.DESK) as listener:
            while not self._ws.closed and not self._gateway.notifier.closing:
                if time.monotonic() >= due:
                    if not await off_loop(self._logget_ind):
                        await self._ws.close(code=UNAUTHORIZED)
                        return
                    await off_loop(tilstede.livstegn, self._engine, None, self._hvem.id, nu())
                    due = time.monotonic() + LIVSTEGN_SECONDS
                now = await off_loop(status, self._engine, self._hvem)
                if now != shown:
                    await self._ws.send_json({"type": "status", **now})
                    shown = now
                await listener.wait(due - time.monotonic())
        await self._ws.close(code=GOING_AWAY)

    def _logget_ind(self) -> bool:
        """Whether the log-in that opened the socket is still one, of the same person with the same roles."""
        token = cookies.laes(self._request, cookies.LOGIN)
        found = sessioner.find(self._engine, token, self._request.config_dict[SETTINGS], nu(), brugt=False) if token else None
        return (
            found is not None
            and found.medarbejder.id == self._hvem.id
            and frozenset(found.medarbejder.roller) == self._hvem.roller
            and frozenset(found.medarbejder.enheder) == self._hvem.enheder
        )

    async def _tag_imod(self, raw: str) -> None:
        try:
            frame = json_object(raw)
            match frame.get("type"):
                case "foelg":
                    await self._foelg(frame.get("samtale"), beskednummer(frame.get("after", 0)))
                case "typing" if self._samtale is not None:
                    await self._skriver(self._samtale, frame.get("on") is not False)
                case "puls":
                    await self._ws.send_json({"type": "puls"})
                case "laest" if self._samtale is not None:
                    await laest(self._gateway, self._samtale, self._hvem, beskednummer(frame.get("seq")))
        except ApiError as error:
            await self._ws.send_json({"type": "error", **error.as_json()})

    async def _foelg(self, samtale_id: object, after: int) -> None:
        """Follow a conversation from now on, instead of another."""
        if self._foelger is not None:
            self._foelger.cancel()
            await asyncio.gather(self._foelger, return_exceptions=True)
        self._samtale = samtale_id if isinstance(samtale_id, str) else None
        if self._samtale is not None:
            self._foelger = asyncio.create_task(self._pas_paa(self._vis_samtale(self._samtale, after)))

    async def _vis_samtale(self, samtale_id: str, after: int) -> None:
        shown: dict[str, Any] | None = None
        with self._gateway.notifier.listening(samtale_id, frames=True) as listener:
            while not self._ws.closed:
                try:
                    found = await off_loop(samtalevisning.hent, self._engine, samtale_id, self._hvem, after)
                except IngenSamtale:
                    await self._ws.send_json({"type": "ingen_adgang", "id": samtale_id})
                    return
                if shown is None:
                    await off_loop(samtalevisning.noter_set, self._engine, samtale_id, self._hvem, nu())
                beside = {key: value for key, value in found.items() if key != "messages"}
                if found["messages"] or beside != shown:
                    await self._ws.send_json({"type": "samtale", **found})
                    shown = beside
                after = listener.seen = max([after, *(message["seq"] for message in found["messages"])])
                for frame in listener.frames():
                    await self._ws.send_json(frame)
                await listener.wait(LOOK_SECONDS)

    async def _skriver(self, samtale_id: str, on: bool) -> None:
        """The business sees that the person writes; only theirs does."""
        if await off_loop(samtalevisning.har, self._engine, samtale_id, self._hvem):
            self._gateway.notifier.tell(samtale_id, {"type": "typing", "from": "agent", "on": on})


async def laest(gateway: Gateway, samtale_id: str, hvem: Bruger, seq: int) -> None:
    """The person who has the conversation has read as far as ``seq``; the business sees it, and so do the desk's counts."""
    if await off_loop(overtagelse.laest, gateway.engine, samtale_id, hvem, seq):
        gateway.notifier.tell(samtale_id, {"type": "read", "from": "agent", "seq": seq})
        gateway.notifier.wake(koe.DESK)


def beskednummer(value: object) -> int:
    """The number of a message, from a frame or an address. Raises a 400 where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_SEQ:
        raise invalid("ugyldigt_nummer", "after og seq skal være nummeret på en besked, 0 eller derover.")
    return value
