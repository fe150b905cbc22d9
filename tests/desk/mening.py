"""What a text means to the fake Rasa: services and packages named by the test."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from tests.website.fakes import Answering


def mening(*idents: str, intent: str | None = None) -> Answering:
    """Each of ``idents`` (``ydelse/udeservering``), the first with the greatest probability."""
    candidates = [
        {"kind": ident.partition("/")[0], "id": ident.partition("/")[2], "score": round(0.8 / (place + 1), 4)}
        for place, ident in enumerate(idents)
    ]
    kind = candidates[0]["kind"] if candidates else "uklart"

    async def meaning(body: dict[str, Any]) -> web.StreamResponse:
        told = {"text": body["text"], "intent": intent or kind, "kind": kind, "confidence": 0.8, "candidates": candidates}
        return web.json_response({**told, "id": candidates[0]["id"] if candidates else None})

    return meaning
