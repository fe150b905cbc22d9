"""The desk's cookies: the log-in, what a log-in form must bring before there is one, and a log-in on its way.

Over https their names begin with ``__Host-``, so that no other host and no page on http can set them.
"""

from __future__ import annotations

from aiohttp import web

from connectors.website import addresses
from connectors.website.gateway import GATEWAY

LOGIN = "desk"
FOER_LOGIN = "desk-foer"
KOMMUNE = "desk-kommune"


def paa_https(request: web.Request) -> bool:
    """Whether the browser reached the desk over https, through a trusted proxy or straight."""
    return addresses.own_origin(request, request.config_dict[GATEWAY].proxies).startswith("https:")


def _navn(request: web.Request, navn: str) -> str:
    return f"__Host-{navn}" if paa_https(request) else navn


def laes(request: web.Request, navn: str) -> str | None:
    """The cookie's value, or None."""
    return request.cookies.get(_navn(request, navn))


def saet(request: web.Request, response: web.StreamResponse, navn: str, vaerdi: str, sekunder: int | None = None) -> None:
    """Set a cookie that ends with the browser, or after so many seconds; no script can read it, and no other site's form
    brings it along."""
    https = paa_https(request)
    response.set_cookie(
        _navn(request, navn), vaerdi, path="/", httponly=True, samesite="Lax", secure=https, max_age=sekunder
    )  # fmt: skip


def slet(request: web.Request, response: web.StreamResponse, navn: str) -> None:
    """Take a cookie away again."""
    response.del_cookie(_navn(request, navn), path="/", httponly=True, samesite="Lax", secure=paa_https(request))
