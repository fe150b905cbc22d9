"""What a business sends, checked and with CPR numbers masked before anything else sees it."""

from __future__ import annotations

import json
import unicodedata
import uuid
from typing import Any

from aiohttp import web

from bot.dialog.forlad import vil_forlade
from bot.knowledge.library import Library
from bot.language.cpr import mask
from connectors.website.errors import ApiError, invalid
from connectors.website.receiving import Incoming
from connectors.website.texts import cpr_notice, told

LONGEST_TEXT = 1000  # characters (contract)
LONGEST_PAYLOAD = 200


async def json_body(request: web.Request) -> dict[str, Any]:
    """The request's JSON object; an empty body counts as an empty object.

    Raises:
        ApiError: 400 where it is no JSON object.
    """
    raw = await request.read()
    return json_object(raw) if raw.strip() else {}


def json_object(raw: bytes | str) -> dict[str, Any]:
    """A JSON object, else a 400 (also for nesting so deep that the reader gives up, and for NaN, which is no JSON)."""
    try:
        value = json.loads(raw, parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise invalid("ugyldig_json", "Indholdet er ikke gyldig JSON.") from None
    if not isinstance(value, dict):
        raise invalid("ugyldig_json", "Indholdet skal være et JSON-objekt.")
    return value


def _no_json(constant: str) -> Any:
    raise ValueError(constant)


def message(body: dict[str, Any], library: Library) -> Incoming:
    """A message from ``{"client_id", "text"}`` or ``{"client_id", "payload"}``.

    Raises:
        ApiError: 400 that says what is wrong; the text is never quoted.
    """
    client_id = _client_id(body.get("client_id"))
    text, payload = body.get("text"), body.get("payload")
    if (text is None) == (payload is None):
        raise invalid("text_eller_payload", "Beskeden skal have enten text eller payload.")
    if payload is not None:
        if not isinstance(payload, str) or not 0 < len(payload) <= LONGEST_PAYLOAD or not payload.isascii():
            raise invalid("ugyldig_payload", "payload skal være den tekst, som knappen havde.")
        return Incoming(client_id, payload=payload, told=told(library), library=library)
    masked, count = mask(_text(text))
    notices = [cpr_notice(library, count)] if count else []
    return Incoming(client_id, text=masked, notices=notices, forlader=vil_forlade(masked), told=told(library), library=library)


def _client_id(value: object) -> str:
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) and len(value) <= 36 else _no_client_id()
    except ValueError:
        return _no_client_id()


def _no_client_id() -> str:
    raise invalid("ugyldig_client_id", "client_id skal være en UUID.")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise invalid("ugyldig_tekst", "text skal være en tekst.")
    if len(value) > LONGEST_TEXT:
        raise ApiError(400, "for_lang", f"Beskeden er for lang. Den må højst være på {LONGEST_TEXT} tegn.")
    if not (text := clean(value)):
        raise invalid("tom", "Beskeden er tom.")
    return text


def clean(text: str) -> str:
    """Text that any database stores, without blanks around it; empty where nothing in it can be seen."""
    # lone surrogates and NUL are valid JSON, but no database stores them
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(char for char in whole if char in "\n\t" or unicodedata.category(char) != "Cc").strip()
    return "" if all(char.isspace() or unicodedata.category(char) == "Cf" for char in kept) else kept
