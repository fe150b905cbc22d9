"""Zammad's search language, as far as we have it: words, "whole phrases", and ``field:value``; all must hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from connectors.api.fejl import ugyldig

LONGEST = 500
_TERM = re.compile(r'\s*(?:(?P<felt>[A-Za-z_.]+):\s*)?(?:"(?P<citat>[^"]*)"|(?P<ord>[^\s"]+))')
_NOT_HERE = re.compile(r"[()\[\]{}~^]|\bTO\b")


@dataclass(frozen=True)
class Led:
    """A part of a query: ``felt`` is None where the words may stand anywhere."""

    felt: str | None
    vaerdi: str


def laes(query: str, felter: Collection[str]) -> list[Led]:
    """The parts of a query; none where it asks for everything (``*`` or nothing).

    Raises:
        ZammadFejl: 422, for what there is of the language in Zammad and not here, and for a field that is not one of
            ``felter``: answered in silence it would be answered wrongly.
    """
    if len(query) > LONGEST:
        raise ugyldig(f"Søgningen må højst være på {LONGEST} tegn.")
    found: list[Led] = []
    position = 0
    while position < len(query.rstrip()):
        match = _TERM.match(query, position)
        if match is None:
            raise ugyldig('Søgningen har et anførselstegn for meget (").')
        position = match.end()
        if match["citat"] is None and match["felt"] is None:
            if match["ord"] in ("OR", "NOT", "||", "&&", "!") or match["ord"].startswith("!"):
                raise ugyldig("OR og NOT understøttes ikke i søgningen; alle led skal passe.")
            if match["ord"] in ("AND", "*"):
                continue
        found.append(_led(match, felter))
    return found


def _led(match: re.Match[str], felter: Collection[str]) -> Led:
    felt, word = match["felt"], match["ord"]
    if felt is not None and felt not in felter:
        raise ugyldig(f"Der kan ikke søges i feltet {felt}. Felter: {', '.join(felter)}.")
    if word is not None and felt is None and re.match(r"[A-Za-z_.]+:$", word):
        raise ugyldig(f"Der mangler en værdi efter {word}")
    if word is not None and (_NOT_HERE.search(word) or word[:1] in "<>" or "*" in word.rstrip("*")):
        raise ugyldig("Parenteser, intervaller og jokertegn understøttes ikke i søgningen; sæt anførselstegn om teksten.")
    value = match["citat"] if word is None else word.rstrip("*")
    if felt is not None and not value.strip():
        raise ugyldig(f"Der mangler en værdi efter {felt}:")
    return Led(felt, value.strip())
