"""Around every handler of the API: who calls, how often, what was sent, and what came of it."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy import Engine, or_, select

from connectors.api import fejl, tokens
from connectors.api.fejl import ZammadFejl, ugyldig
from connectors.api.kald import Handler, Kald, Svar
from connectors.api.numre import MEDARBEJDER_FRA
from connectors.api.tokens import Klient
from connectors.crm.fejl import ForaeldetVersion, ForaeldetVirksomhed, UkendtHenvendelse
from connectors.crm.tid import nu
from connectors.crm.udkast import UNSTORABLE
from connectors.database import off_loop, reading
from connectors.desk.models import Medarbejder
from connectors.website import addresses
from connectors.website.gateway import GATEWAY
from connectors.website.limits import AddressLimiter

LARGEST_BODY = 256 * 1024  # bytes: an article of 20,000 characters, each escaped, and some
LONGEST_WHO = 190  # characters of 200 in history, articles and (after "API: ") the audit log
LIMITER: web.AppKey[AddressLimiter] = web.AppKey("api_limiter", AddressLimiter)


def rute(scope: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """``handler`` for those whose token has ``scope``; it runs outside the event loop."""

    async def called(request: web.Request) -> web.StreamResponse:
        klient = await _klient(request)
        _pace(request, f"klient:{klient.id}")
        if scope not in klient.scopes:
            raise ZammadFejl(403, "Not authorized", f"Nøglen har ikke scopet {scope}.")
        if "%00" in request.raw_path:  # no database holds it
            raise ugyldig("Adressen har et tegn, der ikke kan bruges.")
        gateway = request.app[GATEWAY]
        body = await _body(request)
        moment = nu()
        kald = Kald(
            engine=gateway.engine, library=gateway.library, klient=klient, hvem=await _hvem(request, klient), nu=moment,
            match=request.match_info, query=request.query, body=body, key=request.headers.get("Idempotency-Key"),
        )  # fmt: skip
        answer = await off_loop(_run, handler, kald)
        data = answer.data
        if "laes" not in klient.scopes and isinstance(data, dict):
            data = {name: data[name] for name in ("id", "number", "ticket_id", "created_at") if name in data}
        return web.json_response(data, status=answer.status, dumps=_dumps)

    return called


def _run(handler: Handler, kald: Kald) -> Svar:
    try:
        return handler(kald)
    except UkendtHenvendelse as error:
        raise fejl.findes_ikke("Ticket", error) from error
    except (ForaeldetVersion, ForaeldetVirksomhed) as error:
        raise ZammadFejl(409, "Object has been changed since it was read", f"{error}. Hent den igen.") from error
    except ValidationError as error:
        raise fejl.af_validering(error) from error
    except ValueError as error:
        raise ugyldig(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


async def _klient(request: web.Request) -> Klient:
    token = _token(request.headers.get("Authorization", ""))
    if token is None:
        raise fejl.adgang("Authentication required", "Adgangsnøglen mangler: Authorization: Token token=…")
    klient = await off_loop(tokens.find, request.app[GATEWAY].engine, token, nu())
    if klient is None:
        _pace(request, f"adresse:{addresses.client_address(request, request.app[GATEWAY].proxies)}")
        raise fejl.adgang("Can't find User for Token", "Adgangsnøglen er ukendt eller tilbagekaldt.")
    return klient


def _token(header: str) -> str | None:
    """Zammad's own form, and that of OAuth, in which its clients send a token too."""
    kind, _, rest = header.strip().partition(" ")
    if kind.lower() == "bearer":
        return rest.strip() or None
    if kind.lower() == "token":
        name, _, value = rest.strip().partition("=")
        return value.strip().strip('"') or None if name.strip() == "token" else None
    return None


def _pace(request: web.Request, who: str) -> None:
    gateway = request.app[GATEWAY]
    wait = None if gateway.lifted(request) else request.app[LIMITER].take(who)
    if wait is not None:
        gateway.metrics.count("erhverv_limited_total", graense="api")
        text = f"For mange kald. Prøv igen om {wait} sekunder."
        raise ZammadFejl(429, "Too many requests", text, {"Retry-After": str(math.ceil(wait))})


async def _hvem(request: web.Request, klient: Klient) -> str:
    """The name that what is done stands under: the client's, or that of the member of staff it acts for."""
    behalf = request.headers.get("X-On-Behalf-Of")
    if not behalf:
        return klient.navn
    if "admin" not in klient.scopes:
        raise ZammadFejl(403, "Not authorized", "X-On-Behalf-Of kræver scopet admin.")
    name = await off_loop(_medarbejder, request.app[GATEWAY].engine, behalf.strip())
    if name is None:
        raise ZammadFejl(403, f"No such user '{behalf}'", "X-On-Behalf-Of nævner ingen medarbejder, der er aktiv.")
    via = f" (via {klient.navn})"  # at most 107 characters, see tokens.LONGEST_NAME
    return name[: LONGEST_WHO - len(via)] + via


def _medarbejder(engine: Engine, who: str) -> str | None:
    same = [Medarbejder.brugernavn == who, Medarbejder.email == who]
    if who.isascii() and who.isdecimal() and len(who) < 10:
        same.append(Medarbejder.id == int(who) - MEDARBEJDER_FRA)
    with reading(engine) as session:
        found = session.scalars(select(Medarbejder).where(or_(*same), Medarbejder.aktiv)).first()
        return None if found is None else found.navn


async def _body(request: web.Request) -> dict[str, Any]:
    if request.method == "GET" or not request.body_exists:
        return {}
    raw = await request.content.read(LARGEST_BODY + 1)
    while len(raw) <= LARGEST_BODY and (more := await request.content.read(LARGEST_BODY + 1)):
        raw += more
    if len(raw) > LARGEST_BODY:
        raise ZammadFejl(413, "Payload too large", f"Forespørgslen er for stor; der er plads til {LARGEST_BODY // 1024} KB.")
    if not raw.strip():
        return {}
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ZammadFejl(400, "Invalid JSON", "Indholdet er ikke gyldig JSON.") from error
    if not isinstance(said, dict):
        raise ZammadFejl(400, "Invalid JSON", "Indholdet skal være et JSON-objekt.")
    found: dict[str, Any] = _storable(said)
    return found


def _storable(value: Any) -> Any:
    """Without what no database can hold."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=_json)


def _json(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} er ikke JSON")
