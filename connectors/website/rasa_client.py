"""Asking Rasa. An empty answer, an error or silence is a failure (shared notes, "Production" 1), never an answer."""

from __future__ import annotations

import asyncio
import logging
import math
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
from yarl import URL

from bot.quick_json import dumps
from connectors.tracker import NewEvents
from connectors.website.lease import Pending
from connectors.website.messages import Button, Draft

logger = logging.getLogger(__name__)

LARGEST_ANSWER = 1_000_000  # bytes
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0  # seconds
FORGET_AFTER = 60.0  # seconds
CONNECT = 1.0  # seconds; a Rasa that does not even take the connection can't be reached
JSON = {"Content-Type": "application/json"}
SOON = 3.0  # seconds that somebody who types waits for suggestions


class RasaFailed(Exception):
    """No usable answer. ``reason`` is one of: utilgaengelig, timeout, status, tomt, ugyldigt."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """What the business is told, at least one message; and what the bot will remember of it, to be stored along with it."""

    messages: Sequence[Draft]
    new: NewEvents = NewEvents(0, ())  # noqa: RUF009 - frozen


class RasaClient:
    """One connection pool to the Rasas.

    A conversation is always asked of the same Rasa, which remembers it (``bot.tracker_memory``), and of another only
    where that one can't be reached: what is said stands in the database, where each Rasa finds it. Where none can be
    reached (they are starting, or starting again) they are tried anew for ``patience`` seconds, counted from when one was
    first missed, so that only the first message has to wait so long. Rasa may thereby get the same message twice; nothing
    of the first time is kept, and what it makes is made once (a henvendelse's key).
    """

    def __init__(self, urls: Sequence[str], timeout: float, patience: float) -> None:
        self._urls = tuple(URL(url.rstrip("/") + "/webhooks/erhverv/") for url in urls)
        self._timeout = timeout
        self._patience = patience
        self._missed_since: float | None = None
        self._last_missed = 0.0
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, pending: Pending) -> Answer:
        """Rasa's answer to one message.

        Raises:
            RasaFailed: with the reason.
        """
        body = request_body(pending)
        order = self._order(pending.samtale_id)
        pause, place, since = FIRST_PAUSE, 0, math.inf
        while True:
            try:
                answer = await self._post(order[place] / "webhook", body)
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError) as error:
                # One that broke off may live and still be at it: it is asked again, and waits for itself.
                if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
                    place = (place + 1) % len(order)
                    if place:
                        continue
                since = min(since, self._missed())  # answers to others don't begin this one's patience anew
                if time.monotonic() + pause > since + self._patience:
                    raise RasaFailed("utilgaengelig") from None
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except TimeoutError:
                raise RasaFailed("timeout") from None
            else:
                self._missed_since = None
                return answer

    def _order(self, samtale_id: str) -> tuple[URL, ...]:
        """The Rasas as this conversation asks them; the same in every gateway."""
        first = zlib.crc32(samtale_id.encode()) % len(self._urls)
        return (*self._urls[first:], *self._urls[:first])

    async def forstaa(self, text: str) -> dict[str, Any]:
        """What a text means, in the shape of ``erhverv parse``; asked once, for somebody is looking at the page.

        Raises:
            RasaFailed: with the reason.
        """
        try:
            value = orjson.loads(await self._from_any({"text": text}, min(self._timeout, SOON)))
        except aiohttp.ClientError:
            raise RasaFailed("utilgaengelig") from None
        except TimeoutError:
            raise RasaFailed("timeout") from None
        except ValueError:
            raise RasaFailed("ugyldigt") from None
        if not isinstance(value, dict) or not isinstance(value.get("candidates"), list):
            raise RasaFailed("ugyldigt")
        return value

    async def _from_any(self, body: dict[str, Any], seconds: float) -> bytes:
        """What the first Rasa says that can be reached; raises what the last one raised."""
        for url in self._urls[:-1]:
            try:
                return await self._fetch(url / "forstaa", body, seconds)
            except aiohttp.ClientConnectionError:
                continue
        return await self._fetch(self._urls[-1] / "forstaa", body, seconds)

    async def _post(self, url: URL, body: dict[str, Any]) -> Answer:
        return parse_answer(await self._fetch(url, body, self._timeout))

    async def _fetch(self, url: URL, body: dict[str, Any], seconds: float) -> bytes:
        """The answer's body, never much more than ``LARGEST_ANSWER`` of it."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=100), cookie_jar=aiohttp.DummyCookieJar(), trust_env=False, timeout=timeout
            )
        asked = self._session.post(url, data=dumps(body).encode(), headers=JSON, allow_redirects=False)
        async with asyncio.timeout(seconds), asked as response:
            if response.status != 200:
                self._missed_since = None
                raise RasaFailed("status")
            raw = await response.content.read(LARGEST_ANSWER + 1)
            while len(raw) <= LARGEST_ANSWER and (more := await response.content.read(LARGEST_ANSWER + 1 - len(raw))):
                raw += more
        return raw

    def _missed(self) -> float:
        """Since when Rasa can't be reached, by the monotonic clock; a miss long after the last one begins anew."""
        now = time.monotonic()
        if self._missed_since is None or now - self._last_missed > max(self._patience, FORGET_AFTER):
            self._missed_since = now
        self._last_missed = now
        return self._missed_since

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def request_body(pending: Pending) -> dict[str, Any]:
    """What Rasa's channel is sent. Only a button that the bot has issued is ever a command."""
    metadata: dict[str, Any] = {"seq": pending.seq, "cpr_maskeret": pending.masked}
    told = {"sender": pending.samtale_id, "mark": pending.mark, "metadata": metadata}
    if pending.knap is None:
        return {**told, "message": pending.text, "command": False}
    metadata["knap"] = pending.knap
    return {**told, "message": f"/{pending.knap['intent']}", "command": True}


def parse_answer(raw: bytes) -> Answer:
    """The channel's JSON.

    Raises:
        RasaFailed: where nothing is said in it, or it is not of the agreed shape.
    """
    if len(raw) > LARGEST_ANSWER:
        raise RasaFailed("ugyldigt")
    try:
        value = orjson.loads(raw)
    except ValueError:
        raise RasaFailed("ugyldigt") from None
    if not isinstance(value, dict) or not isinstance(value.get("answers"), list):
        raise RasaFailed("ugyldigt")
    messages = [_message(item) for item in value["answers"]]
    if not any(message.text for message in messages):
        raise RasaFailed("tomt")
    have, events = value.get("have"), value.get("events")
    if type(have) is not int or have < 0 or not isinstance(events, list) or not all(isinstance(event, str) for event in events):
        raise RasaFailed("ugyldigt")
    return Answer(messages, NewEvents(have, events))


def _message(item: object) -> Draft:
    if not isinstance(item, dict):
        raise RasaFailed("ugyldigt")
    text, data, buttons = item.get("text") or "", item.get("data") or {}, item.get("buttons") or []
    if not isinstance(text, str) or not isinstance(data, dict) or not isinstance(buttons, list):
        raise RasaFailed("ugyldigt")
    return Draft("bot", text.replace("\0", ""), data, [button for raw in buttons if (button := _button(raw)) is not None])


def _button(raw: object) -> Button | None:
    """A button with a title and an intent; any other would do nothing when pressed, and is left out."""
    if isinstance(raw, dict):
        title, payload = raw.get("title"), raw.get("payload")
        if isinstance(title, str) and title and isinstance(payload, dict) and isinstance(payload.get("intent"), str):
            return Button(title, payload)
    logger.warning("en knap fra Rasa uden titel eller intent er udeladt")
    return None
