"""Which aspect of a service a message asks for: what, who, how, how long, what it costs, whom to contact, must I."""

from __future__ import annotations

from bot.knowledge.library import Library
from bot.knowledge.schema.ydelse import Aspekt
from bot.screening.criteria import mentions


def asked_aspect(text: str, library: Library) -> Aspekt | None:
    """The first aspect, in the order of ``aspekter.yml``, whose words stand in the text; None for a plain question."""
    for aspekt, language in library.aspekter.items():
        if mentions(text, language.ord):
            return aspekt
    return None
