"""Whether one who waits for a person would rather have the computer back."""

from __future__ import annotations

import re

from bot.screening.criteria import bare

FORLAD = "forlad_koe"  # intent: out of the queue, back to the computer

_MACHINE = r"(?:computer|maskine|bot|botten|robot|chatbot|assistent)\w*"
_BACK = re.compile(
    rf"\b(?:tilbage|hellere|videre|fortsatte?|skift\w*)\b(?: \w+){{0,4}} {_MACHINE}\b"
    r"|\b(?:forlad\w*|ud af|ude af) (?:din |jeres )?kon\b"  # "køen", folded
    r"|\b(?:vil|gider|orker|kan) ikke (?:langere )?(?:sta og )?vente?\b"
)
_WHOLE = frozenset({"stop", "afbryd", "fortryd", "annuller", "glem det", "tilbage", "stop det", "ok stop"})


def vil_forlade(text: str) -> bool:
    """Whether a message says so plainly; what is only about the matter is kept for the person."""
    said = bare(text)
    return said in _WHOLE or _BACK.search(said) is not None
