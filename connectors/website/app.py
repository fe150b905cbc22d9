"""The gateway as an aiohttp application."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator

from aiohttp import web
from sqlalchemy import Engine

from bot.settings import Settings
from connectors.api import ruter
from connectors.api.settings import ApiSettings
from connectors.desk.app import make_desk
from connectors.desk.settings import DeskSettings
from connectors.mail.settings import MailSettings
from connectors.survey import side as survey
from connectors.website import addresses, api, baggrund, health, middleware, static_files, ws
from connectors.website.gateway import GATEWAY, Gateway, now
from connectors.website.incident import without_quotes
from connectors.website.limits import AddressLimiter
from connectors.website.metrics import Metrics
from connectors.website.notifier import Notifier
from connectors.website.rasa_client import RasaClient
from connectors.website.settings import WebsiteSettings
from connectors.website.texts import Knowledge
from connectors.website.vagt import Graenser
from connectors.website.worker import Worker
from connectors.zammad.settings import ZammadSettings
from connectors.zammad.sundhed import ZAMMAD

LARGEST_BODY = 16 * 1024  # bytes: 1,000 characters, each escaped as two \\uXXXX, and some


def make_app(
    settings: Settings,
    engine: Engine,
    knowledge: Knowledge,
    website: WebsiteSettings | None = None,
    name: str | None = None,
    desk: DeskSettings | None = None,
    mail: MailSettings | None = None,
    zammad: ZammadSettings | None = None,
    rest: ApiSettings | None = None,
) -> web.Application:
    """The gateway, on a migrated database.

    Args:
        knowledge: a ``LiveLibrary``, or anything with ``current`` and ``problems``.
        website: the gateway's own settings; from the environment where None.
        name: what other gateways know this one as. One that starts again under its name takes up at once what it
            was answering when it was killed; under another name that takes ``lease_seconds``.
        desk: the desk's own settings; from the environment where None.
        mail: how mail leaves; from the environment where None.
        zammad: the Zammad to mirror to; from the environment where None.
        rest: limits of the API for other systems; from the environment where None.

    Raises:
        ValueError: in Danish, where a trusted proxy, an allowed origin or a sender of mail is no such thing.
    """
    website = website or WebsiteSettings()
    logging.getLogger("aiohttp.server").addFilter(without_quotes)
    notifier, metrics = Notifier(), Metrics()
    rasa = RasaClient(settings.rasa_urls, settings.rasa_timeout_seconds, website.rasa_patience_seconds)
    graenser = Graenser(settings.agent_away_seconds, settings.queue_seconds)
    worker = Worker(engine, rasa, knowledge, notifier, metrics, website, graenser, name or secrets.token_hex(8), now)
    per_address = settings.messages_per_minute_address
    middlewares = [middleware.counting, middleware.error_shape, middleware.cors]
    app = web.Application(middlewares=middlewares, client_max_size=LARGEST_BODY)
    app[GATEWAY] = Gateway(
        settings=settings,
        website=website,
        engine=engine,
        knowledge=knowledge,
        notifier=notifier,
        metrics=metrics,
        worker=worker,
        rasa=rasa,
        messages_limit=AddressLimiter(per_address),
        sessions_limit=AddressLimiter(per_address),
        proxies=addresses.networks(settings.trusted_proxies),
        origins=addresses.origins(settings.allowed_origins),
    )
    app[ZAMMAD] = zammad or ZammadSettings()
    app.router.add_post("/api/chat/sessions", api.new_session)
    app.router.add_post("/api/chat/messages", api.post_message)
    app.router.add_get("/api/chat/messages", api.get_messages, allow_head=False)
    app.router.add_post("/api/chat/close", api.close)
    app.router.add_get("/api/chat/kontakt", api.kontakt)
    app.router.add_get("/api/chat/ws", ws.socket, allow_head=False)
    app.router.add_get("/healthz", health.healthz)
    app.router.add_get("/readyz", health.readyz)
    app.router.add_get("/metrics", health.metrics)
    ruter.tilfoej(app, rest or ApiSettings())
    static_files.add_routes(app)
    survey.ruter(app)
    app.add_subapp("/desk", make_desk(knowledge, desk or DeskSettings()))

    opgaver = baggrund.opgaver(settings, mail or MailSettings(), engine, knowledge, app[ZAMMAD], metrics)

    async def running(_: web.Application) -> AsyncIterator[None]:
        await worker.start()
        for opgave in opgaver:
            opgave.start()
        yield
        for opgave in opgaver:
            await opgave.stop()
        await worker.stop()
        await rasa.close()

    async def stopping(_: web.Application) -> None:
        notifier.close()

    app.cleanup_ctx.append(running)
    app.on_response_prepare.append(middleware.add_headers)
    app.on_shutdown.append(stopping)
    app.on_shutdown.append(ws.close_all)
    return app
