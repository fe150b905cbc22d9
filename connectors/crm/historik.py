"""The lines of a case's history: what a reader sees of a change.

A line can never be erased, so it never holds what may have to be: no text of a note, an agreement or an answer, no
name of a company or a contact. Names of staff and units may stand there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from connectors.crm import tid
from connectors.crm.models import Historik

# Columns whose name is no word; the others are called in the history what they are called.
_NAVNE = {"key_account_manager": "key account manager"}
UDFALD_NAVNE = {
    "straks": "afklaret straks",
    "loest": "løst",
    "henvist": "henvist",
    "ikke_muligt": "ikke muligt",
    "trukket": "trukket tilbage",
    "dublet": "dublet",
}
# Columns that follow from another one or that only the machinery reads: they have no line of their own.
TAVSE = frozenset({"ejer_id", "afsluttet", "varslet", "eskaleret"})


def linje(hvem: str, felt: str, fra: Any, til: Any, nu: dt.datetime | None = None) -> Historik:
    """An unsaved line; ``felt`` is a column or a Danish word, times become ISO 8601 with Copenhagen's offset."""
    return Historik(tid=nu or tid.nu(), hvem=hvem, felt=_NAVNE.get(felt, felt), fra=_tekst(felt, fra), til=_tekst(felt, til))


def _tekst(felt: str, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return tid.iso(value)
    return UDFALD_NAVNE.get(value, str(value)) if felt == "udfald" else str(value)
