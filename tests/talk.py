"""A conversation with the whole bot in one process: Rasa's model, the real actions, a database of its own."""

from __future__ import annotations

import uuid
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore

from bot import in_process, rasa_repairs
from bot.channel import Collector, defused


def load_agent(model: str) -> Agent:
    """The trained bot as ``bot.channel`` has it: mended, with its actions in process."""
    rasa_repairs.apply()
    agent = Agent.load(model)
    in_process.use(agent)
    agent.tracker_store = InMemoryTrackerStore(agent.domain)
    agent.processor.tracker_store = agent.tracker_store
    return agent


class Talk:
    """One business's conversation. ``say`` types, ``press`` presses a button of the last answers by its title."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.id = uuid.uuid4().hex
        self.seq = 0
        self.last: list[dict[str, Any]] = []
        self.transcript: list[str] = []

    async def say(self, text: str) -> list[dict[str, Any]]:
        self.transcript.append(f"> {text}")
        return await self._send(defused(text), {})

    async def press(self, title: str) -> list[dict[str, Any]]:
        """Raises ``LookupError`` where no button of the last answers begins so."""
        for message in self.last:
            for button in message["buttons"]:
                if button["title"].startswith(title):
                    self.transcript.append(f"> [{button['title']}]")
                    return await self._send("/" + button["payload"]["intent"], {"knap": button["payload"]})
        raise LookupError(f"ingen knap begynder med {title!r}: {self.buttons()}")

    async def command(self, payload: dict[str, Any]) -> list[dict[str, Any]]:
        """What the gateway tells the bot by a system message, such as that it has the conversation again."""
        self.transcript.append(f"> ({payload})")
        return await self._send("/" + payload["intent"], {"knap": payload})

    def buttons(self) -> list[str]:
        return [button["title"] for message in self.last for button in message["buttons"]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.last)

    def data(self, kind: str) -> dict[str, Any]:
        """The data of the last answer of one type. Raises ``LookupError`` where there is none."""
        for message in self.last:
            if message["data"].get("type") == kind:
                return dict(message["data"])
        raise LookupError(f"intet svar af typen {kind}: {[m['data'] for m in self.last]}")

    async def _send(self, text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        self.seq += 1
        collector = Collector()
        await self.agent.handle_message(
            UserMessage(text, collector, self.id, input_channel="erhverv", metadata={"seq": self.seq, **metadata})
        )
        self.last = collector.messages
        for message in self.last:
            buttons = "".join(f" [{button['title']}]" for button in message["buttons"])
            self.transcript.append(f"{message['text']}{buttons}   {message['data']}")
        return self.last
