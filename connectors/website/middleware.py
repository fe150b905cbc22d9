"""Around every request: errors in one shape, foreign pages kept out, security headers, counting."""

from __future__ import annotations

import logging

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy.exc import InterfaceError, OperationalError

from connectors.api import fejl as zammad
from connectors.website import errors
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY
from connectors.website.incident import log_incident

logger = logging.getLogger(__name__)

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Server": "erhverv",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


@web.middleware
async def error_shape(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every failure as ``{"error": {"code", "message"}}``, and in Zammad's shape under its addresses; what is unexpected is
    logged under a reference, without texts."""
    try:
        return await handler(request)
    except ApiError as error:
        return _told(request, error)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _told(request, errors.of_http(error))
    except (OperationalError, InterfaceError) as error:
        log_incident(logger, f"databasen svarer ikke ({request.method} {_route(request)})", error)
        return _told(request, ApiError(503, *errors.OF_STATUS[503], {"Retry-After": "5"}))
    except Exception as error:
        reference = log_incident(logger, f"uventet fejl ({request.method} {_route(request)})", error)
        code, message = errors.UNEXPECTED
        return _told(request, ApiError(500, code, message.format(reference=reference)))


@web.middleware
async def counting(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts requests by route, so that no address with anything in it becomes a label."""
    response = await handler(request)
    method = request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "anden"
    request.app[GATEWAY].metrics.count("erhverv_requests_total", metode=method, rute=_route(request), status=str(response.status))
    return response


@web.middleware
async def cors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The chat is for the gateway's own page and the origins that are allowed by name; no other page may use it."""
    origin = request.headers.get("Origin")
    chat = request.path.startswith("/api/")
    if origin is not None and chat and not request.app[GATEWAY].allowed_origin(request, origin):
        raise ApiError(403, "fremmed_side", "Siden må ikke bruge chatten.")
    if chat and request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return web.Response(status=204, headers=_PREFLIGHT)
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Security and CORS headers on everything that leaves, errors too."""
    stricter = response.headers.get("Referrer-Policy", _HEADERS["Referrer-Policy"])  # than the rest, where a page says so
    for name, value in {**_HEADERS, "Referrer-Policy": stricter}.items():
        response.headers[name] = value
    own = request.path.startswith(("/api/", "/desk"))
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin" if own else "cross-origin"
    response.headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    desk = request.path.startswith("/desk")
    if origin is not None and not desk and request.config_dict[GATEWAY].allowed_origin(request, origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"


def _told(request: web.Request, error: ApiError) -> web.Response:
    return zammad.svar(error) if zammad.er_api(request) else error.response()


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "ukendt"
