"""What can stand in the way of a change to a case or a company."""

from __future__ import annotations

import datetime as dt

from bot.language.dato import dansk_dato


class UkendtHenvendelse(LookupError):
    """No case has this number."""


class UkendtVirksomhed(LookupError):
    """No company has this id."""


class ForaeldetVersion(Exception):
    """Somebody else changed the case since it was read; ``number`` and the ``aktuel`` version and status say to what,
    ``af`` and ``tid`` who changed it last and when, as the history has it (None where it has nothing)."""

    def __init__(self, number: str, aktuel: int, status: str, af: str | None = None, tid: dt.datetime | None = None) -> None:
        when = f" {dansk_dato(tid)}" if tid else " i mellemtiden"
        super().__init__(f"{number} er ændret af {af or 'en anden'}{when} (nu version {aktuel}, status {status})")
        self.number = number
        self.aktuel = aktuel
        self.status = status
        self.af = af
        self.tid = tid


class ForaeldetVirksomhed(Exception):
    """Somebody else changed the company's record since it was read; ``aktuel`` is its version now."""

    def __init__(self, virksomhed_id: int, aktuel: int) -> None:
        super().__init__(f"virksomhed nr. {virksomhed_id} er ændret af en anden i mellemtiden (nu version {aktuel})")
        self.virksomhed_id = virksomhed_id
        self.aktuel = aktuel
