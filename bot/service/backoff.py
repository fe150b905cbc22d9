"""How long to wait before a program that stopped is started again."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 30.0
STEADY_AFTER = 30.0


@dataclass
class Backoff:
    """At once the first time, then 1, 2, 4 … at most 30 s; forgotten when it has run for 30 s."""

    failures: int = 0
    started: float | None = None

    def next_wait(self, now: float) -> float:
        """Seconds to wait before the start that is about to happen at ``now`` (seconds on any steady clock)."""
        if self.started is None:
            wait = 0.0
        else:
            self.failures = 1 if now - self.started >= STEADY_AFTER else self.failures + 1
            wait = 0.0 if self.failures == 1 else min(LONGEST, 2.0 ** (self.failures - 2))
        self.started = now + wait
        return wait
