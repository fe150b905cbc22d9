"""What the chat page's script sends: messages, notes, read marks. JSON in, JSON out, the form's secret in a header."""

from __future__ import annotations

import uuid

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import live, revision, samtalevisning
from connectors.desk.adgang import bruger, kraev
from connectors.desk.samtalevisning import IngenSamtale
from connectors.website import noter, overtagelse
from connectors.website.errors import ApiError, invalid
from connectors.website.gateway import GATEWAY
from connectors.website.hvem import TAGER
from connectors.website.incoming import json_body
from connectors.website.overtagelse import IkkeDin, SamtaleLukket
from connectors.website.tilstand import UnknownConversation


def ruter(app: web.Application) -> None:
    """Addresses below a conversation."""
    app.router.add_post("/api/samtaler/{id}/beskeder", skriv)
    app.router.add_post("/api/samtaler/{id}/noter", skriv_note)
    app.router.add_post("/api/samtaler/{id}/laest", saet_laest)


def findes_ikke() -> ApiError:
    """No such conversation, or none for this member of staff."""
    return ApiError(404, "findes_ikke", "Samtalen findes ikke, eller du har ikke adgang til den.")


@kraev(*TAGER)
async def skriv(request: web.Request) -> web.StreamResponse:
    """``POST …/beskeder`` ``{"client_id", "text"}``: 202 ``{"seq"}``, the same for the same ``client_id`` again. 409 where the
    conversation is not (or no more) with this member of staff, or has ended."""
    gateway, hvem, samtale_id = request.config_dict[GATEWAY], bruger(request), request.match_info["id"]
    body = await json_body(request)
    client_id, text = _uuid(body.get("client_id")), body.get("text")
    if not isinstance(text, str):
        raise invalid("ugyldig_tekst", "text skal være en tekst.")
    try:
        seq = await off_loop(overtagelse.skriv, gateway.engine, samtale_id, hvem, client_id, text, nu())
    except ValueError as error:
        raise invalid("ugyldig_besked", str(error)) from None
    except IkkeDin:
        raise ApiError(409, "ikke_din", "Samtalen er ikke hos dig længere, så beskeden er ikke sendt.") from None
    except SamtaleLukket:
        raise ApiError(409, "lukket", "Virksomheden har lukket samtalen, så beskeden er ikke sendt.") from None
    except UnknownConversation:
        raise findes_ikke() from None
    gateway.changed(samtale_id)
    await off_loop(revision.skriv, gateway.engine, hvem, "skrevet", "samtale", samtale_id, {"besked": seq})
    return web.json_response({"seq": seq}, status=202)


@kraev(*TAGER)
async def skriv_note(request: web.Request) -> web.StreamResponse:
    """``POST …/noter`` ``{"tekst"}``: 201. Whoever may see the conversation may write a note on it."""
    gateway, hvem, samtale_id = request.config_dict[GATEWAY], bruger(request), request.match_info["id"]
    text = (await json_body(request)).get("tekst")
    if not isinstance(text, str):
        raise invalid("ugyldig_tekst", "tekst skal være en tekst.")
    try:
        await off_loop(samtalevisning.kraev_adgang, gateway.engine, samtale_id, hvem)
        await off_loop(noter.skriv_note, gateway.engine, samtale_id, hvem, text, nu())
    except IngenSamtale:
        raise findes_ikke() from None
    except ValueError as error:
        raise invalid("ugyldig_note", str(error)) from None
    await off_loop(revision.skriv, gateway.engine, hvem, "ændret", "samtale", samtale_id, {"handling": "note"})
    gateway.notifier.wake(samtale_id)
    return web.json_response({}, status=201)


@kraev(*TAGER)
async def saet_laest(request: web.Request) -> web.StreamResponse:
    """``POST …/laest`` ``{"seq"}``: how far they have read, for those whom no WebSocket reaches."""
    gateway, hvem, samtale_id = request.config_dict[GATEWAY], bruger(request), request.match_info["id"]
    await live.laest(gateway, samtale_id, hvem, live.beskednummer((await json_body(request)).get("seq")))
    return web.json_response({})


def _uuid(value: object) -> str:
    try:
        if isinstance(value, str) and len(value) <= 36:
            return str(uuid.UUID(value))
    except ValueError:
        pass
    raise invalid("ugyldig_client_id", "client_id skal være en UUID.")
