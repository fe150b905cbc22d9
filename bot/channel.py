"""The gateway's door into Rasa: ``POST /webhooks/erhverv/webhook``, on loopback.

Answers ``[{"text", "buttons", "data"}]``. Text that the user typed can never be a command: unless the gateway says
``"command": true``, a leading slash is taken out of Rasa's reach (shared rasa-notes, "Production" 3).
"""

from __future__ import annotations

import gc
import logging
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import in_process, rasa_repairs, stand_ins
from bot.forstaa import forstaa
from bot.language.pipeline import model_name
from bot.settings import settings
from bot.tracker_store import just_read

logger = logging.getLogger(__name__)

DIVISION_SLASH = "\u2215"  # looks like "/" and means nothing to Rasa


def defused(text: str) -> str:
    """Typed text with a leading slash (blanks before it or not) made harmless."""
    stripped = text.lstrip()
    return DIVISION_SLASH + stripped[1:] if stripped.startswith("/") else text


def said_before(events: Iterable[Event], seq: object) -> list[dict[str, Any]]:
    """What was answered to message ``seq``; empty where it has not been heard, or no answer came.

    The gateway asks again when it was killed before it had stored the answer. Rasa stores a turn as a whole, so the
    turn is all there or not at all; heard twice, an answer in a screening would count for the next question too.
    """
    said: list[dict[str, Any]] = []
    for event in reversed(list(events)) if seq is not None else ():
        if isinstance(event, BotUttered) and (custom := event.data.get("custom")):
            said.insert(0, custom)
        elif isinstance(event, UserUttered):
            return said if event.metadata.get("seq") == seq else []
    return []


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
    """Takes ``{"sender", "message", "command", "metadata"}`` from the gateway."""

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
            gc.collect()
            gc.freeze()  # model and libraries live as long as the process: no use looking through them for garbage

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
            sender, text = body.get("sender"), body.get("message")
            if not isinstance(sender, str) or not sender or not isinstance(text, str):
                return response.json({"error": "sender og message skal være tekster"}, status=400)
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
                # As Agent.handle_message, with a look for the answer under the same lock: it waits for the first time of
                # asking, if that is still under way.
                async with agent.lock_store.lock(sender):
                    tracker = await agent.tracker_store.retrieve(sender)
                    if said := said_before(tracker.events if tracker else (), metadata.get("seq")):
                        return response.json(said)
                    with just_read(sender):
                        await agent.processor.handle_message(message)
            except Exception as error:
                logger.error("En besked kunne ikke besvares: %s", type(error).__name__)
                return response.json({"error": "intern fejl"}, status=500)
            return response.json(collector.messages)

        return routes
