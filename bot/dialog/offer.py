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
    """The package that holds the service and that nothing said so far rules out; one that the message itself came near
    to (``candidates``, best first) before the others. None where there is no such."""
    near = [str(candidate.get("id")) for candidate in candidates if candidate.get("kind") == "pakke"]
    ordered = sorted(ydelse.pakker, key=lambda ident: near.index(ident) if ident in near else len(near))
    for ident in ordered:
        pakke = library.servicepakker.get(ident)
        if pakke is None:
            continue
        begun = prefill(Forloeb(slags="pakke", noegle="", pakke=ident), texts, company, library)
        if not settled(pakke, begun.svar):
            return pakke
    return None
