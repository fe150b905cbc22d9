"""Tells those who wait for a conversation, in this process, that there is something new.

What other replicas add is found by ``look``, which the worker calls every second; a lost wake-up costs that second.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from connectors.website.messages import Snapshot


class Listener:
    """One who waits: wakes for new messages, and gets passing frames (typing) in a queue."""

    def __init__(self, frames: bool) -> None:
        self._wants_frames = frames
        self._event = asyncio.Event()
        self._frames: list[dict[str, Any]] = []
        self._look = True
        self._news: list[Snapshot] = []
        self.seen = 0

    def wake(self, news: Snapshot | None = None) -> None:
        """Something is new: this, or something that has to be looked up."""
        if news is None:
            self._look = True
        elif not self._look:
            self._news.append(news)
        self._event.set()

    def news(self) -> list[Snapshot] | None:
        """What is new since the last call and follows upon what has been seen, oldest first; None where one has to look."""
        told, after = self._news, self.seen
        look, self._look, self._news = self._look, False, []
        for snapshot in told:
            look = look or snapshot.messages[0]["seq"] != after + 1
            after = snapshot.messages[-1]["seq"]
        return None if look else told

    def tell(self, frame: dict[str, Any]) -> None:
        """A passing frame; dropped where nobody asked for such."""
        if self._wants_frames:
            self._frames = [*self._frames[-9:], frame]
            self._event.set()

    async def wait(self, seconds: float) -> bool:
        """Wait until woken (true) or for ``seconds`` (false)."""
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await self._event.wait()
        except TimeoutError:
            self._look = True  # a wake-up may have been lost
            return False
        self._event.clear()
        return True

    def frames(self) -> list[dict[str, Any]]:
        """The frames since the last call."""
        taken, self._frames = self._frames, []
        return taken


class Notifier:
    """Listeners by conversation."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self.closing = False

    @contextmanager
    def listening(self, samtale_id: str, frames: bool = False) -> Iterator[Listener]:
        """A listener for as long as the block lasts."""
        listener = Listener(frames)
        self._listeners[samtale_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[samtale_id].discard(listener)
            if not self._listeners[samtale_id]:
                del self._listeners[samtale_id]

    def wake(self, samtale_id: str, news: Snapshot | None = None) -> None:
        """Wake everyone who waits for the conversation; ``news`` where all that is new is known."""
        for listener in list(self._listeners.get(samtale_id, ())):
            listener.wake(news)

    def tell(self, samtale_id: str, frame: dict[str, Any], but: Listener | None = None) -> None:
        """Pass a frame on to everyone but the one that it came from."""
        for listener in list(self._listeners.get(samtale_id, ())):
            if listener is not but:
                listener.tell(frame)

    def watched(self) -> list[str]:
        """Conversations that somebody waits for."""
        return list(self._listeners)

    def look(self, last_seqs: Mapping[str, int]) -> None:
        """Wake those who have not seen the last message there is."""
        for samtale_id, last_seq in last_seqs.items():
            for listener in list(self._listeners.get(samtale_id, ())):
                if listener.seen < last_seq:
                    listener.wake()

    def close(self) -> None:
        """The process is stopping: let nobody wait any longer."""
        self.closing = True
        for samtale_id in self.watched():
            self.wake(samtale_id)
