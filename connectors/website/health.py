"""``/healthz`` (alive), ``/readyz`` (able to take messages, and how the rest is) and ``/metrics``; the last two only inside."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import Engine, select

from connectors.database import off_loop, reading
from connectors.website import addresses, koe
from connectors.website.errors import OF_STATUS, ApiError
from connectors.website.gateway import GATEWAY, Gateway
from connectors.website.incident import log_incident
from connectors.website.models import Samtale
from connectors.zammad import sundhed

logger = logging.getLogger(__name__)

PROBE_SECONDS = 3.0


async def healthz(_: web.Request) -> web.Response:
    """The process is alive."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 when messages can be stored, whatever the rest; the body says how model, actions and editors' files are."""
    _inner_only(request)
    gateway = request.app[GATEWAY]
    database, models, actions = await asyncio.gather(
        _database(gateway.engine),
        asyncio.gather(*(_probe(f"{url}/webhooks/erhverv/") for url in gateway.settings.rasa_urls)),
        _probe_actions(gateway.settings.actions_url),
    )
    model = _worst(models)
    ready = database["status"] == "ok"
    body = {
        "status": "ok" if ready else "fejl",
        "database": database,
        "model": model,
        "actions": actions or {"status": model["status"]},  # they run in Rasa itself
        "knowledge": _knowledge(gateway),
        "zammad": await sundhed.klar(gateway.engine, request.app[sundhed.ZAMMAD]),
        "eksempelvaerdier": gateway.library.eksempelvaerdier(),
    }
    return web.json_response(body, status=200 if ready else 503)


async def metrics(request: web.Request) -> web.Response:
    """Prometheus' text format; without the database everything but what is counted in it."""
    _inner_only(request)
    gateway = request.app[GATEWAY]
    try:
        states = await off_loop(koe.antal, gateway.engine)
    except Exception as error:
        log_incident(logger, "databasen svarer ikke (/metrics)", error)
        states = {}
    headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
    mirror = await sundhed.maalinger(gateway.engine, request.app[sundhed.ZAMMAD])
    return web.Response(body=(gateway.metrics.text(**states) + mirror).encode(), headers=headers)


def _inner_only(request: web.Request) -> None:
    if not addresses.is_inner(request):
        raise ApiError(403, *OF_STATUS[403])


async def _database(engine: Engine) -> dict[str, Any]:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            await off_loop(_touch, engine)
    except Exception as error:
        log_incident(logger, "databasen svarer ikke (/readyz)", error)
        return {"status": "fejl", "slags": engine.dialect.name}
    return {"status": "ok", "slags": engine.dialect.name}


def _touch(engine: Engine) -> None:
    with reading(engine) as session:
        session.execute(select(Samtale.id).limit(1)).all()


async def _probe_actions(url: str | None) -> dict[str, Any] | None:
    return None if url is None else await _probe(url.rstrip("/") + "/health")


def _worst(models: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How the Rasas are: the first one that is not well, else the first."""
    return next((model for model in models if model["status"] != "ok"), models[0])


async def _probe(url: str) -> dict[str, Any]:
    """``status`` ok or nede, with what the service says of itself where that is a JSON object."""
    try:
        timeout = aiohttp.ClientTimeout(total=PROBE_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            if response.status != 200:
                return {"status": "fejl", "http": response.status}
            try:
                said = await response.json(content_type=None)
            except ValueError:
                said = None
            return {**(said if isinstance(said, dict) else {}), "status": "ok"}
    except (aiohttp.ClientError, TimeoutError, OSError):
        return {"status": "nede"}


def _knowledge(gateway: Gateway) -> dict[str, Any]:
    problems = [
        {"path": f"knowledge/{problem.path}", "line": problem.line, "message": problem.message}
        for problem in gateway.knowledge.problems
        if problem.blocking
    ]
    return {"status": "fejl" if problems else "ok", "version": gateway.library.version, "problems": problems}
