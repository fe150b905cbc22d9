"""The gateway's door into Rasa: ``POST /webhooks/erhverv/webhook``, on loopback.

Answers ``{"answers": [{"text", "buttons", "data"}], "have", "events"}``: what is said, and what the conversation has got
beside (``connectors.tracker.NewEvents``), which the gateway stores together. Nothing of a turn is kept before it is, so a
message that is asked again is answered as if for the first time.

Text that the user typed can never be a command: unless the gateway says ``"command": true``, a leading slash is taken out
of Rasa's reach (shared rasa-notes, "Production" 3).
"""

from __future__ import annotations

import logging
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import garbage, in_process, rasa_repairs, stand_ins
from bot.forstaa import forstaa
from bot.language.pipeline import model_name
from bot.quick_json import dumps
from bot.settings import settings
from bot.tracker_store import turn
from connectors.tracker import NewEvents

logger = logging.getLogger(__name__)

DIVISION_SLASH = "\u2215"  # looks like "/" and means nothing to Rasa


def defused(text: str) -> str:
    """Typed text with a leading slash (blanks before it or not) made harmless."""
    stripped = text.lstrip()
    return DIVISION_SLASH + stripped[1:] if stripped.startswith("/") else text


class Collector(CollectingOutputChannel):  # type: ignore[misc]
    """Keeps the actions' messages as they were made."""

    @classmethod
    def name(cls) -> str:
        """Rasa's name of the channel."""
        return "erhverv"

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **kwargs: Any) -> None:
        """One whole message of ``bot.dialog.reply``."""
        self.messages.append(json_message)


class ErhvervChannel(InputChannel):  # type: ignore[misc]
    """Takes ``{"sender", "message", "command", "metadata", "mark"}`` from the gateway; ``mark`` says how the conversation
    stands in the database (``connectors.tracker.mark``)."""

    @classmethod
    def name(cls) -> str:
        """Part of the address: ``/webhooks/erhverv``."""
        return "erhverv"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes. Rasa asks for them once, before the first message."""
        rasa_repairs.apply()
        routes = Blueprint("erhverv_webhook", __name__)

        @routes.after_server_start
        async def ready(app: Sanic, _loop: AbstractEventLoop) -> None:
            if settings().actions_url is None:
                in_process.use(app.ctx.agent)
            stand_ins.imported()
            garbage.loaded()

        @routes.route("/", methods=["GET"])
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok", "dansk": model_name()})

        @routes.route("/forstaa", methods=["POST"])
        async def understand(request: Request) -> HTTPResponse:
            text = (request.json or {}).get("text")
            if not isinstance(text, str):
                return response.json({"error": "text skal være en tekst"}, status=400)
            try:
                return response.json(await forstaa(request.app.ctx.agent, defused(text)))
            except Exception as error:
                logger.error("En tekst kunne ikke forstås: %s", type(error).__name__)
                return response.json({"error": "intern fejl"}, status=500)

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            body = request.json or {}
            sender, text, mark = body.get("sender"), body.get("message"), body.get("mark")
            if not isinstance(sender, str) or not sender or not isinstance(text, str) or not isinstance(mark, str):
                return response.json({"error": "sender, message og mark skal være tekster"}, status=400)
            collector = Collector()
            metadata = body.get("metadata") or {}
            message = UserMessage(
                text if body.get("command") is True else defused(text),
                collector,
                sender,
                input_channel=self.name(),
                metadata=metadata,
            )
            try:
                agent = request.app.ctx.agent
                # As Agent.handle_message; asked again, it waits for the first time of asking, if that is still under way.
                async with agent.lock_store.lock(sender):
                    with turn(sender, mark) as told:
                        await agent.processor.handle_message(message)
            except Exception as error:
                logger.error("En besked kunne ikke besvares: %s", type(error).__name__)
                return response.json({"error": "intern fejl"}, status=500)
            new = told.new or NewEvents(0, [])
            answer = {"answers": collector.messages, "have": new.have, "events": new.events}
            return response.text(dumps(answer), content_type="application/json")

        return routes
