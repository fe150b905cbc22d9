"""``python -m connectors.website``: the gateway on ``PORT``, until Ctrl-C."""

from __future__ import annotations

import errno
import logging
import platform
import socket
import sys

import uvloop
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot import garbage
from bot.knowledge import LiveLibrary
from bot.settings import settings
from connectors.database import engine_for
from connectors.migrate import upgrade
from connectors.website.app import make_app


def main() -> int:
    """Serve. Returns the exit code: 1, with one line that says why, where it can't."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("alembic", "watchfiles"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    config = settings()
    try:
        # before anything else: whoever holds the port is the gateway of this name (see app.make_app)
        listener = _listen(config.host, config.port)
    except OSError as error:
        why = "er optaget af et andet program" if error.errno == errno.EADDRINUSE else f"kan ikke bruges ({error.strerror})"
        print(f"Port {config.port} på {config.host} {why}. Vælg en anden: PORT=8090 make run", file=sys.stderr)
        return 1
    try:
        live = LiveLibrary(config.knowledge, config.var / "knowledge-web.json")
        upgrade(config.database)
        app = make_app(config, engine_for(config.database), live, name=f"{platform.node()}:{config.port}")
    except SQLAlchemyError as error:
        print(f"Databasen kan ikke bruges: {getattr(error, 'orig', error)}", file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"Kan ikke starte: {error}", file=sys.stderr)
        return 1
    live.start()
    garbage.loaded()
    try:
        web.run_app(app, sock=listener, access_log=None, print=None, shutdown_timeout=5, loop=uvloop.new_event_loop())
    finally:
        live.stop()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(256)
    except OSError:
        listener.close()
        raise
    return listener


if __name__ == "__main__":
    sys.exit(main())
