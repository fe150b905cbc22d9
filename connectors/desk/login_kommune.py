"""``/desk/login/kommune``: to the municipality's log-in and back."""

from __future__ import annotations

import logging

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import cookies, kommunelogin
from connectors.desk.adgang import SETTINGS, aaben
from connectors.desk.indlogning import Inde
from connectors.desk.kommunelogin import Ude
from connectors.desk.login import inde
from connectors.desk.oidc import Afvist, Begyndt, Nede, Oidc
from connectors.desk.sider import egen_sti
from connectors.website import addresses
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY
from connectors.website.incident import log_incident

logger = logging.getLogger(__name__)

SVAR = "/desk/login/kommune/svar"
MINUTES = 10  # how long one may take to log in over there
OIDC: web.AppKey[Oidc] = web.AppKey("desk_oidc", Oidc)
FORTRUDT = "Du afbrød log-ind hos kommunen. Prøv igen, når du vil."
FOR_SENT = "Log-ind hos kommunen tog for lang tid eller blev begyndt i en anden browser. Prøv igen."
NEDE = "Kommunens log-ind svarer ikke. Prøv igen om lidt, eller log ind med en lokal konto. Henvisning: {reference}."
UBEVIST = "Kommunens log-ind kunne ikke bekræftes, så du er ikke logget ind. Prøv igen. Henvisning: {reference}."
UDE = {
    Ude.INGEN_ROLLE: "Du er logget ind hos kommunen, men ingen af dine roller giver adgang til desken. Bed din leder om en.",
    Ude.LUKKET: "Din adgang til desken er lukket. Spørg en administrator.",
}


def ruter(app: web.Application) -> None:
    """There and back; only where the settings name a provider."""
    settings = app[SETTINGS]
    if settings.oidc_issuer is not None:
        app[OIDC] = Oidc(settings)
    app.router.add_get("/login/kommune", hen)
    app.router.add_get("/login/kommune/svar", svar)


@aaben
async def hen(request: web.Request) -> web.StreamResponse:
    """Send the browser to the provider, with what it must bring back in a cookie."""
    oidc, wanted = _oidc(request), request.query.get("videre", "")
    try:
        url, begyndt = await oidc.begynd(_svaradresse(request), wanted if egen_sti(wanted) else "")
    except Nede as error:
        raise _nede(error) from error
    response = web.HTTPSeeOther(url)
    cookies.saet(request, response, cookies.KOMMUNE, begyndt.som_cookie(), sekunder=MINUTES * 60)
    return response


@aaben
async def svar(request: web.Request) -> web.StreamResponse:
    """The provider sent the browser back: log in, or say why not."""
    oidc = _oidc(request)
    begyndt = Begyndt.fra_cookie(cookies.laes(request, cookies.KOMMUNE))
    if begyndt is None:
        raise ApiError(400, "for_sent", FOR_SENT)
    if request.query.get("error") == "access_denied":
        raise ApiError(403, "afbrudt", FORTRUDT)
    try:
        claims = await oidc.afslut(begyndt, request.query, _svaradresse(request))
    except Nede as error:
        raise _nede(error) from error
    except Afvist as error:
        reference = log_incident(logger, f"log-ind hos kommunen afvist: {error}", error)
        raise ApiError(403, "ubevist", UBEVIST.format(reference=reference)) from error
    settings = request.config_dict[SETTINGS]
    found = await off_loop(kommunelogin.modtag, request.config_dict[GATEWAY].engine, claims, settings, nu())
    if not isinstance(found, Inde):
        raise ApiError(403, found.value, UDE[found])
    response = await inde(request, found.token, begyndt.hen)
    cookies.slet(request, response, cookies.KOMMUNE)
    return response


def _oidc(request: web.Request) -> Oidc:
    if OIDC not in request.config_dict:
        raise web.HTTPNotFound
    return request.config_dict[OIDC]


def _nede(error: Nede) -> ApiError:
    reference = log_incident(logger, f"kommunens log-ind: {error}", error)
    return ApiError(503, "kommunelogin_nede", NEDE.format(reference=reference))


def _svaradresse(request: web.Request) -> str:
    return addresses.own_origin(request, request.config_dict[GATEWAY].proxies) + SVAR
