"""The chat over WebSocket.

The first frame is ``{"token", "after"}``. From then on the server sends ``{"type": "messages", "state", "busy",
"messages"}`` (the first one at once, also where it is empty; ``hvem`` beside where a person has had the conversation),
``{"type": "typing", "from", "on"}``, ``{"type": "read", "from", "seq"}``, ``{"type": "accepted", "client_id", "seq"}``
and ``{"type": "error", "error", "client_id"}``; the client may send ``{"type": "message", "client_id", "text" |
"payload"}``, ``{"type": "read", "seq"}`` and ``{"type": "typing", "on"}``.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiohttp import WSMsgType, web

from bot.quick_json import dumps
from connectors.database import off_loop
from connectors.website import errors, store
from connectors.website.api import LARGEST_SEQ
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY, Gateway
from connectors.website.incident import log_incident
from connectors.website.incoming import json_object, message
from connectors.website.notifier import Listener

logger = logging.getLogger(__name__)

FIRST_FRAME_SECONDS = 10.0
HEARTBEAT_SECONDS = 25.0
LOOK_SECONDS = 30.0  # the worker wakes listeners far sooner; this is only for a wake-up lost with it
LARGEST_FRAME = 16 * 1024  # bytes
POLICY_VIOLATION, UNAUTHORIZED, GOING_AWAY = 1008, 4401, 1001


async def socket(request: web.Request) -> web.StreamResponse:
    """``GET /api/chat/ws``. A page of another origin is refused before this by ``cors``."""
    gateway = request.app[GATEWAY]
    if request.headers.get("Upgrade", "").lower() != "websocket":
        raise errors.invalid("kun_websocket", "Adressen kan kun bruges med WebSocket.")
    ws = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LARGEST_FRAME, compress=False)
    await ws.prepare(request)
    gateway.sockets.add(ws)
    try:
        opened = await _open(ws, gateway)
        if opened is not None:
            await _serve(ws, request, gateway, *opened)
    finally:
        gateway.sockets.discard(ws)
    return ws


async def _open(ws: web.WebSocketResponse, gateway: Gateway) -> tuple[store.Conversation, int] | None:
    """The conversation and ``after`` of the first frame; where it is wrong, the reason is told and the socket closed."""
    try:
        first = await ws.receive(timeout=FIRST_FRAME_SECONDS)
        if first.type is not WSMsgType.TEXT:
            await ws.close(code=POLICY_VIOLATION)
            return None
        frame = json_object(first.data)
        token, after = frame.get("token"), frame.get("after", 0)
        if not isinstance(after, int) or isinstance(after, bool) or not 0 <= after <= LARGEST_SEQ:
            raise errors.invalid("ugyldig_after", "after skal være nummeret på en besked, 0 eller derover.")
        conversation = await off_loop(store.find, gateway.engine, token) if isinstance(token, str) else None
        if conversation is None:
            raise errors.unauthorized()
    except TimeoutError:
        await ws.close(code=POLICY_VIOLATION)
    except ApiError as error:
        await _send(ws, {"type": "error", **error.as_json()})
        await ws.close(code=UNAUTHORIZED if error.status == 401 else POLICY_VIOLATION)
    else:
        return conversation, after
    return None


async def _serve(
    ws: web.WebSocketResponse, request: web.Request, gateway: Gateway, conversation: store.Conversation, after: int
) -> None:
    with gateway.notifier.listening(conversation.id, frames=True) as listener:
        listener.seen = after
        pushing = asyncio.create_task(_push(ws, gateway, conversation.id, listener))
        try:
            async for received in ws:
                if received.type is WSMsgType.TEXT:
                    await _take(ws, request, gateway, conversation, listener, received.data)
        finally:
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)


async def _push(ws: web.WebSocketResponse, gateway: Gateway, samtale_id: str, listener: Listener) -> None:
    shown: tuple[Any, ...] | None = None
    try:
        while not ws.closed and not gateway.notifier.closing:
            news = listener.news()
            if news is None:
                news = [await off_loop(store.fetch, gateway.engine, samtale_id, listener.seen)]
            for snapshot in news:
                now = snapshot.state, snapshot.busy, snapshot.hvem
                if snapshot.messages or shown != now:
                    await _send(ws, {"type": "messages", **snapshot.as_json()})
                    shown = now
                listener.seen = max([listener.seen, *(item["seq"] for item in snapshot.messages)])
            for frame in listener.frames():
                await _send(ws, frame)
            await listener.wait(LOOK_SECONDS)
        await ws.close(code=GOING_AWAY)
    except ConnectionError:
        return  # the client has gone
    except Exception as error:
        log_incident(logger, "en WebSocket måtte lukkes", error)
        await ws.close(code=1011)  # the client connects again and asks for what is missing


async def _take(
    ws: web.WebSocketResponse,
    request: web.Request,
    gateway: Gateway,
    conversation: store.Conversation,
    listener: Listener,
    raw: str,
) -> None:
    frame: dict[str, Any] = {}
    try:
        frame = json_object(raw)
        match frame.get("type"):
            case "message":
                incoming = message(frame, gateway.library)
                receipt = await gateway.accept(request, conversation, incoming)
                await _send(ws, {"type": "accepted", "client_id": incoming.client_id, "seq": receipt.seq})
            case "read":
                seq = frame.get("seq")
                if isinstance(seq, int) and not isinstance(seq, bool) and 0 <= seq <= LARGEST_SEQ:
                    await gateway.read(conversation.id, seq)
            case "typing":
                on = frame.get("on") is not False
                gateway.notifier.tell(conversation.id, {"type": "typing", "from": "user", "on": on}, but=listener)
            case _:
                raise errors.invalid("ukendt_type", "Rammens type kendes ikke.")
    except ApiError as error:
        await _send(ws, _told(error, frame.get("client_id")))
    except ConnectionError:
        return
    except Exception as error:
        reference = log_incident(logger, "en ramme over WebSocket kunne ikke behandles", error)
        code, text = errors.UNEXPECTED
        await _send(ws, _told(ApiError(500, code, text.format(reference=reference)), frame.get("client_id")))


async def _send(ws: web.WebSocketResponse, frame: dict[str, Any]) -> None:
    await ws.send_str(dumps(frame))


def _told(error: ApiError, client_id: object) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "error", "status": error.status, **error.as_json()}
    if isinstance(client_id, str) and len(client_id) <= 36:
        told["client_id"] = client_id
    if "Retry-After" in error.headers:
        told["retry_after"] = int(error.headers["Retry-After"])
    return told


async def close_all(app: web.Application) -> None:
    """Close every socket, so that the process can stop; clients connect again."""
    for ws in list(app[GATEWAY].sockets):
        await ws.close(code=GOING_AWAY)
