"""Around every request to the desk: how large it may be, and that it comes from the desk's own pages."""

from __future__ import annotations

import hmac
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler

from connectors.desk import cookies
from connectors.desk.adgang import BRUGER, logget_ind
from connectors.website import addresses
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY

LARGEST_BODY = 256 * 1024  # bytes: a long e-mail to a business, each of its characters escaped
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NY_FOER: web.RequestKey[str] = web.RequestKey("desk_ny_foer", str)


@web.middleware
async def krop(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets staff send more than a business may in a chat message."""
    if request.method in SAFE:
        return await handler(request)
    stoerre = request.clone(client_max_size=LARGEST_BODY)
    return await handler(stoerre)


@web.middleware
async def egen_side(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what another site's page may have sent: a change without the form's secret, a socket of another origin."""
    if request.headers.get("Upgrade", "").lower() == "websocket":
        origin = request.headers.get("Origin")
        if origin != addresses.own_origin(request, request.config_dict[GATEWAY].proxies):
            raise ApiError(403, "fremmed_side", "Siden må ikke bruge skrivebordet.")
    if request.method not in SAFE and request.match_info.http_exception is None and not await _bringer_csrf(request):
        raise ApiError(403, "csrf", "Siden var forældet, så intet er gemt. Hent den igen, og prøv en gang til.")
    return await handler(request)


async def _bringer_csrf(request: web.Request) -> bool:
    expected = request[BRUGER].csrf if logget_ind(request) else cookies.laes(request, cookies.FOER_LOGIN)
    brought: object = request.headers.get("X-CSRF-Token")
    if brought is None and request.content_type in FORMS:
        brought = (await request.post()).get("csrf")
    if not expected or not isinstance(brought, str):
        return False
    return hmac.compare_digest(brought.encode(), expected.encode())


def csrf_token(request: web.Request) -> str:
    """What a form on this page must bring; before log-in a secret that is also set as a cookie (``NY_FOER``)."""
    if logget_ind(request):
        return request[BRUGER].csrf
    token = cookies.laes(request, cookies.FOER_LOGIN) or request.get(NY_FOER)
    if not token:
        token = secrets.token_urlsafe(32)
        request[NY_FOER] = token
    return token
