"""What the parts of the gateway share, made once an app by ``app.make_app``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy import Engine

from bot.knowledge.library import Library
from bot.settings import Settings
from connectors.group_commit import committed
from connectors.website import addresses, receiving, store
from connectors.website.errors import closed, other_body, too_many, unknown_button
from connectors.website.koe import DESK
from connectors.website.limits import AddressLimiter
from connectors.website.metrics import Metrics
from connectors.website.notifier import Notifier
from connectors.website.rasa_client import RasaClient
from connectors.website.settings import WebsiteSettings
from connectors.website.texts import Knowledge
from connectors.website.worker import Worker


def now() -> dt.datetime:
    """The present, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Gateway:
    """Everything a handler needs."""

    settings: Settings
    website: WebsiteSettings
    engine: Engine
    knowledge: Knowledge
    notifier: Notifier
    metrics: Metrics
    worker: Worker
    rasa: RasaClient
    messages_limit: AddressLimiter
    sessions_limit: AddressLimiter
    proxies: tuple[addresses.Network, ...]
    origins: frozenset[str]
    sockets: set[web.WebSocketResponse] = field(default_factory=set)

    @property
    def library(self) -> Library:
        """The editors' files now in force."""
        return self.knowledge.current

    def lifted(self, request: web.BaseRequest) -> bool:
        """Whether limits are lifted for this request: configured so, and from this very machine."""
        return self.settings.lift_limits and addresses.is_loopback(request)

    def allowed_origin(self, request: web.BaseRequest, origin: str) -> bool:
        """Whether a page of ``origin`` may use the chat; compared exactly."""
        return origin in self.origins or origin == addresses.own_origin(request, self.proxies)

    async def accept(
        self, request: web.BaseRequest, conversation: store.Conversation, incoming: receiving.Incoming
    ) -> receiving.Receipt:
        """Store a message, within the limits, and set the worker on it.

        Raises:
            ApiError: and nothing is stored.
        """
        lifted = self.lifted(request)
        address = addresses.client_address(request, self.proxies)
        if not lifted and (retry_after := self.messages_limit.take(address)):
            self.metrics.count("erhverv_limited_total", graense="adresse")
            raise too_many(retry_after)
        limit = None if lifted else self.settings.messages_per_minute_conversation
        til = self.worker.lease if self.worker.free else None
        receipt: receiving.Receipt | None = None
        try:
            receipt = await committed(receiving.receive, self.engine, conversation.id, incoming, limit, now(), til)
        except receiving.TooMany as refused:
            self.metrics.count("erhverv_limited_total", graense="samtale")
            raise too_many(refused.retry_after) from None
        except receiving.Closed:
            raise closed() from None
        except receiving.OtherBody:
            raise other_body() from None
        except receiving.UnknownButton:
            raise unknown_button() from None
        finally:
            if not lifted and (receipt is None or not receipt.new):
                self.messages_limit.give_back(address)
        if receipt.new:
            self.metrics.count("erhverv_messages_total", slags="tekst" if incoming.payload is None else "knap")
            if incoming.notices:
                self.metrics.count("erhverv_cpr_masked_total")
            self.notifier.wake(conversation.id, receipt.news)
        if receipt.left_queue:
            self.changed(conversation.id, "forladt")
        elif receipt.state == "bot":
            self.worker.wake(conversation.id, receipt.pending)
        else:
            self.notifier.wake(DESK)
        return receipt

    async def read(self, samtale_id: str, seq: int) -> None:
        """The business has read as far as message ``seq``; the person who has the conversation sees it."""
        if await committed(store.mark_read, self.engine, samtale_id, seq):
            self.notifier.tell(samtale_id, {"type": "read", "from": "user", "seq": seq})

    def changed(self, samtale_id: str, hvad: str | None = None, ventet: float | None = None) -> None:
        """A conversation has changed hands, or staff has written in it: whoever follows it or the desk's lists hears of it
        at once, the bot too where it has something to answer.

        Args:
            hvad: what to count it as in the metrics (``metrics.HAENDELSER``); None for nothing.
            ventet: seconds that the business had waited (``overtagelse.tag``).
        """
        if ventet is not None:
            self.metrics.waited(ventet)
        if hvad is not None:
            self.metrics.count("erhverv_handovers_total", haendelse=hvad)
        self.notifier.wake(samtale_id)
        self.notifier.wake(DESK)
        self.worker.wake(samtale_id)


GATEWAY: web.AppKey[Gateway] = web.AppKey("gateway", Gateway)
