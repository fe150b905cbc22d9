"""Which package to offer beside a single service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.ydelse import Ydelse
from bot.screening.forloeb import Forloeb
from bot.screening.turn import prefill
from bot.screening.verdict import settled


def fitting_package(
    ydelse: Ydelse, candidates: Sequence[Mapping[str, Any]], texts: list[str], company: dict[str, Any], library: Library
) -> Servicepakke | None:
    """The package that holds the service, that the message came near to (``candidates``, best first), and that nothing
    said so far rules out. None where there is no such: a question on a sign alone is no opening of a café."""
    near = [str(candidate.get("id")) for candidate in candidates if candidate.get("kind") == "pakke"]
    for ident in near:
        pakke = library.servicepakker.get(ident)
        if pakke is None or ident not in ydelse.pakker:
            continue
        begun = prefill(Forloeb(slags="pakke", noegle="", pakke=ident), texts, company, library)
        if not settled(pakke, begun.svar):
            return pakke
    return None
