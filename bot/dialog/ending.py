"""What is said at the end: the receipt, or why nothing was made."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from bot.dialog.reply import Reply
from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN, dansk_dato
from bot.screening.criteria import mentions

_ASKS_WAYS = [
    *("telefonnummer", "jeres nummer", "et nummer", "mailadresse", "jeres mail", "jeres adresse"),
    *("åbent", "åbner i", "åbningstid", "hvor ligger i", "hvor holder i til"),
]


class Receipt(Protocol):
    """What a made case tells."""

    @property
    def number(self) -> str:
        """``KBH-2026-000123``."""

    @property
    def team(self) -> str:
        """The unit that has it."""

    @property
    def svarfrist(self) -> dt.datetime:
        """When it must have answered."""


def receipt(made: Receipt, library: Library) -> Reply:
    """Number, team and deadline."""
    text = library.text(
        "screening", "oprettet", nummer=made.number, enhed=_unit(made.team, library), frist=dansk_dato(made.svarfrist)
    )
    data = {"type": "henvendelse", "number": made.number, "team": made.team, "svarfrist": _iso(made.svarfrist)}
    return Reply(f"{text}\n\n{library.text('screening', 'oprettet_gem')}", data=data)


def nothing_made(reason: str, library: Library) -> Reply:
    """Why there is no case: no consent, no way to reach them, nothing wanted. The other ways in stand beside it."""
    key = {"afvist": "afvist", "ingen_kontakt": "ingen_kontakt"}.get(reason, "ingen_valgt")
    return Reply(library.text("screening", key, kontakt=ways(library)))


def ways(library: Library) -> str:
    """The front function's channels; one that is still an example is told as what it is."""
    return "; ".join(f"{way.titel}: {way.vaerdi}" for way in library.kommunen.kontakt)


def ways_in(text: str, library: Library) -> list[Reply]:
    """The front function's channels, where a message asks for a number, an address or opening hours."""
    if not mentions(text, _ASKS_WAYS):
        return []
    return [Reply(library.text("screening", "veje_ind", kontakt=ways(library)))]


def _unit(unit: str, library: Library) -> str:
    return library.enheder[unit].navn if unit in library.enheder else unit


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(KOEBENHAVN).isoformat(timespec="seconds")
