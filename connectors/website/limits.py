"""How much one address may send. Kept in this process's memory: an address is personal data, and nothing is lost
with it. Behind several replicas each counts for itself; the limit a conversation has is counted in the database."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 60.0
MOST_ADDRESSES = 50_000


class AddressLimiter:
    """At most ``limit`` takes in any minute for each address."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._taken: dict[str, deque[float]] = {}

    def take(self, address: str) -> int | None:
        """Count one; or, where that is too many, the seconds until there is room again."""
        now = self._clock()
        times = self._taken.setdefault(address, deque())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        if len(times) >= self._limit:
            return max(1, math.ceil(times[0] + WINDOW_SECONDS - now))
        times.append(now)
        if len(self._taken) > MOST_ADDRESSES:
            self._forget(now)
        return None

    def give_back(self, address: str) -> None:
        """The last one counted turned out to be no new message."""
        times = self._taken.get(address)
        if times:
            times.pop()

    def _forget(self, now: float) -> None:
        self._taken = {address: times for address, times in self._taken.items() if times and times[-1] > now - WINDOW_SECONDS}
