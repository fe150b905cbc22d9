"""Actions in Rasa's own process, where no action server is configured (``ERHVERV_ACTIONS_URL``).

Over HTTP, a third of Rasa's time went into writing the conversation as JSON and two thirds of the action server's into
reading it (docs/profil-foer.json). The actions are the same: ``rasa run actions`` runs them as well.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.quick_json import copied

PACKAGE = "actions"


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Answers as ``rasa_sdk.endpoint`` would: the same calls, the same answers, the same refusals."""

    def __init__(self) -> None:
        super().__init__("http://i-processen", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(PACKAGE)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run one action. Raises ``ClientResponseError`` 400 where the action refuses, as a form's validation may."""
        call = kwargs["json"]
        # Of the slots and the message an action gets a copy, for it may change what it has been given. The events are
        # those that are stored: they are many, and actions read them only (actions/context.py).
        given = call["tracker"]
        tracker = {**given, **{name: copied(given.get(name)) for name in ("slots", "latest_message")}}
        try:
            answer = await self._executor.run({**call, "tracker": tracker})
        except ActionExecutionRejection as refusal:
            body = {"error": refusal.message, "action_name": refusal.action_name}
            raise ClientResponseError(400, "Bad Request", json.dumps(body)) from refusal
        # Through JSON as over HTTP: nothing is shared with the action, and what can't be stored fails here.
        return copied(answer)


def use(agent: Agent) -> None:
    """Let the agent, and whatever model it loads from now on, run its actions here."""
    agent.action_endpoint = InProcessActions()
    if agent.processor is not None:
        agent.processor.action_endpoint = agent.action_endpoint
