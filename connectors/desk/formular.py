"""A form that was sent in: what was typed, what is wrong with it, and its values once they are right.

What was typed is kept whatever happens, so that a page shown again has it in its fields.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.language.cpr import mask
from bot.language.dato import KOEBENHAVN
from connectors.crm.frister import klokkeslaet

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DATO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")


class Formular:
    """One form: ``navn`` tells which on the page, ``felter`` what was typed, ``fejl`` what is wrong, by field."""

    def __init__(self, navn: str, felter: Mapping[str, Any] | None = None) -> None:
        self.navn = navn
        self.felter = {key: _UNSTORABLE.sub("\ufffd", value) for key, value in (felter or {}).items() if isinstance(value, str)}
        self.fejl: dict[str, str] = {}
        self.maskeret = 0

    def __getitem__(self, felt: str) -> str:
        """What was typed, without blanks around it; "" where nothing was."""
        return self.felter.get(felt, "").strip()

    def tekst(self, felt: str, mangler: str, laengst: int) -> str:
        """A text with every CPR number masked (``maskeret`` counts them). ``mangler`` is what an empty field is told."""
        text, found = mask(self[felt].replace("\r\n", "\n"))
        self.maskeret += found
        if not text:
            self.fejl[felt] = mangler
        elif len(text) > laengst:
            self.fejl[felt] = f"Der er {len(text)} tegn, og der er plads til {laengst}. Gør teksten kortere."
        return text

    def valg(self, felt: str, mulige: Collection[str], mangler: str) -> str:
        """One of ``mulige``; ``mangler`` is told where it is none of them."""
        value = self[felt]
        if value not in mulige:
            self.fejl[felt] = mangler
        return value

    def tal(self, felt: str) -> int | None:
        """A whole number; None where there is none."""
        value = self[felt]
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def tidspunkt(self, dato: str, tid: str, klokken: str) -> dt.datetime | None:
        """A day and a time of day in Copenhagen; without a time ``klokken``, without a day None."""
        if not self[dato]:
            if self[tid]:
                self.fejl[dato] = "Skriv en dato til klokkeslættet."
            return None
        try:
            day = dag(self[dato])
        except ValueError as error:
            self.fejl[dato] = str(error)
            return None
        try:
            return dt.datetime.combine(day, klokkeslaet(self[tid] or klokken), KOEBENHAVN)
        except ValueError:
            self.fejl[tid] = "Skriv klokkeslættet som 14:30."
            return None


def dag(tekst: str) -> dt.date:
    """A day as a browser's date field sends it (2026-11-26) or as Danes type it (26-11-2026). Raises ``ValueError``."""
    found = _DATO.fullmatch(tekst.strip())
    if found is None:
        raise ValueError("Skriv datoen som 26-11-2026.")
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    if not 2000 <= int(year) < 2100:  # a slip of the finger, and days that no clock can reckon with
        raise ValueError("Årstallet skal ligge mellem 2000 og 2099.")
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("Datoen findes ikke i kalenderen.") from None
