"""What can stand in the way of a change to a case."""

from __future__ import annotations


class UkendtHenvendelse(LookupError):
    """No case has this number."""


class ForaeldetVersion(Exception):
    """Somebody else changed the case since it was read; ``number`` and the ``aktuel`` version and status say to what."""

    def __init__(self, number: str, aktuel: int, status: str) -> None:
        super().__init__(f"{number} er ændret af en anden i mellemtiden (nu version {aktuel}, status {status})")
        self.number = number
        self.aktuel = aktuel
        self.status = status
