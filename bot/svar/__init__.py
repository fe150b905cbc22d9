"""Answers as people write them: the value of a slot, read from free Danish text.

Each slot has a pure module of its own; the forms of the values are the contract's (``extract``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.language.cpr import mask
from bot.svar.ansatte import ansatte as _ansatte
from bot.svar.beliggenhed import beliggenhed as _beliggenhed
from bot.svar.cvr import cvr as _cvr
from bot.svar.email import email as _email
from bot.svar.ja_nej import ja_nej as _ja_nej
from bot.svar.navn import navn as _navn
from bot.svar.stadie import stadie as _stadie
from bot.svar.tekst import tekst as _tekst
from bot.svar.telefon import telefon as _telefon
from bot.svar.udtraek import Value, opportunistic

__all__ = ["SLOTS", "Value", "extract", "opportunistic"]


def _cpr(text: str) -> str:
    """The text with CPR numbers masked, as the gateway masks them."""
    return mask(text)[0]


_READERS: dict[str, Callable[[str], Value | None]] = {
    "ansatte": _ansatte,
    "ja_nej": _ja_nej,
    "cvr": _cvr,
    "telefon": _telefon,
    "email": _email,
    "beliggenhed": _beliggenhed,
    "navn": _navn,
    "cpr": _cpr,
    **dict.fromkeys(("branche", "tidsplan", "behov", "projekt", "planer", "virksomhed", "tekst"), _tekst),
}
SLOTS = (*_READERS, "stadie")


def extract(slot: str, text: str, today: date | None = None) -> Value | None:
    """The value of ``slot`` in an answer, or None where the text holds no answer.

    Args:
        slot: one of ``SLOTS``.
        text: the answer as typed.
        today: what years are reckoned from (``stadie``); the day itself unless told.

    Raises:
        KeyError: when there is no such slot.
    """
    if slot == "stadie":
        return _stadie(text, today)
    return _READERS[slot](text)
