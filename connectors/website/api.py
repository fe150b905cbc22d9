"""The chat over HTTP, as in the contract."""

from __future__ import annotations

import time

from aiohttp import web

from connectors.database import off_loop
from connectors.group_commit import committed
from connectors.website import addresses, erase, store, texts
from connectors.website.errors import invalid, too_many, unauthorized
from connectors.website.gateway import GATEWAY, now
from connectors.website.incoming import json_body, message

LONGEST_WAIT = 25.0  # seconds (contract)
LARGEST_SEQ = 2**31 - 1


async def conversation_of(request: web.Request) -> store.Conversation:
    """The conversation that the request's token opens. Raises a 401 where it opens none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = None
    if scheme.lower() == "bearer" and token.strip():
        found = await off_loop(store.find, request.app[GATEWAY].engine, token.strip())
    if found is None:
        raise unauthorized()
    return found


async def new_session(request: web.Request) -> web.Response:
    """``POST /api/chat/sessions``."""
    gateway = request.app[GATEWAY]
    await json_body(request)
    if not gateway.lifted(request):
        address = addresses.client_address(request, gateway.proxies)
        if retry_after := gateway.sessions_limit.take(address):
            gateway.metrics.count("erhverv_limited_total", graense="adresse")
            raise too_many(retry_after)
    samtale_id, token, messages = await committed(store.create, gateway.engine, texts.greeting(gateway.library), now())
    gateway.metrics.count("erhverv_sessions_total")
    return web.json_response({"conversation": samtale_id, "token": token, "messages": messages}, status=201)


async def post_message(request: web.Request) -> web.Response:
    """``POST /api/chat/messages``: stored before it is answered with 202."""
    gateway = request.app[GATEWAY]
    conversation = await conversation_of(request)
    incoming = message(await json_body(request), gateway.library)
    receipt = await gateway.accept(request, conversation, incoming)
    return web.json_response({"seq": receipt.seq}, status=202)


async def get_messages(request: web.Request) -> web.Response:
    """``GET /api/chat/messages``: at once where there is something after ``after``, else when there is or time is up.
    ``read``: the business has read as far as that."""
    gateway = request.app[GATEWAY]
    conversation = await conversation_of(request)
    after, wait = _seq(request, "after"), _wait(request)
    if read := _seq(request, "read"):
        await gateway.read(conversation.id, read)
    deadline = time.monotonic() + wait
    with gateway.notifier.listening(conversation.id) as listener:
        while True:
            snapshot = await off_loop(store.fetch, gateway.engine, conversation.id, after)
            listener.seen = max([after, *(item["seq"] for item in snapshot.messages)])
            left = deadline - time.monotonic()
            if snapshot.messages or left <= 0 or snapshot.state == "lukket" or gateway.notifier.closing:
                return web.json_response(snapshot.as_json())
            await listener.wait(left)


async def close(request: web.Request) -> web.Response:
    """``POST /api/chat/close``: "Slet samtalen". Done again, it answers the same."""
    gateway = request.app[GATEWAY]
    conversation = await conversation_of(request)
    await off_loop(erase.close_and_erase, gateway.engine, conversation.id, texts.closing(gateway.library), now())
    gateway.changed(conversation.id)
    return web.json_response({"state": "lukket"})


async def kontakt(request: web.Request) -> web.Response:
    """``GET /api/chat/kontakt``: the other ways to the front function; an example value says that it is one."""
    kommune = request.app[GATEWAY].library.kommune
    ways = [way.model_dump(include={"titel", "vaerdi", "eksempel"}) for way in kommune.kontakt] if kommune else []
    return web.json_response({"kontakt": ways})


def _seq(request: web.Request, name: str) -> int:
    raw = request.query.get(name, "0")
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 10) or int(raw) > LARGEST_SEQ:
        raise invalid(f"ugyldig_{name}", f"{name} skal være nummeret på en besked, 0 eller derover.")
    return int(raw)


def _wait(request: web.Request) -> float:
    raw = request.query.get("wait", "0")
    try:
        wait = float(raw)
    except ValueError:
        wait = -1.0
    if not 0 <= wait < 1e6:
        raise invalid("ugyldig_wait", "wait skal være et antal sekunder fra 0 til 25.")
    return min(wait, LONGEST_WAIT)
