"""``/desk/login`` and ``/desk/logud``."""

from __future__ import annotations

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import cookies, revision, sessioner
from connectors.desk.adgang import LOGIN_LIMIT, SETTINGS, aaben, bruger, kraev, logget_ind
from connectors.desk.formular import Formular
from connectors.desk.indlogning import Afvist, log_ind
from connectors.desk.menu import forside
from connectors.desk.sider import egen_sti, videre, vis
from connectors.website import addresses
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY

FORKERT = (
    "Brugernavnet eller adgangskoden er forkert, eller der er lukket for log-ind, fordi der er prøvet for mange gange. "
    "Vent et kvarter, eller spørg en administrator."
)
KUN_LOKALT = "Demologin virker kun i en browser på den maskine, som assistenten kører på."
TIT = "Der er prøvet at logge ind for mange gange herfra. Vent {sekunder} sekunder."
BESKEDER = {"logud": "Du er logget ud."}


def ruter(app: web.Application) -> None:
    """Log in and out."""
    app.router.add_get("/login", side)
    app.router.add_post("/login", send)
    app.router.add_post("/logud", logud)


@aaben
async def side(request: web.Request) -> web.StreamResponse:
    """The form; straight on for who is in already."""
    if logget_ind(request):
        return videre(request, request.query.get("videre", "") or forside(bruger(request)))
    return await _vis(request, request.query.get("videre", ""), besked=BESKEDER.get(request.query.get("besked", "")))


@aaben
async def send(request: web.Request) -> web.StreamResponse:
    """Try a name and a password; the log-in that the browser may have had before is ended."""
    gateway, settings = request.config_dict[GATEWAY], request.config_dict[SETTINGS]
    adresse = addresses.client_address(request, gateway.proxies)
    limit = request.config_dict[LOGIN_LIMIT]
    if not gateway.lifted(request) and (sekunder := limit.take(adresse)):
        raise ApiError(429, "for_mange", TIT.format(sekunder=sekunder), {"Retry-After": str(sekunder)})
    felter = Formular("login", await request.post()).felter
    navn, kode, hen = (felter.get(felt, "") for felt in ("brugernavn", "adgangskode", "videre"))
    lokalt = addresses.is_loopback(request)
    found = await off_loop(log_ind, gateway.engine, navn, kode, lokalt=lokalt, settings=settings, nu=nu())
    if isinstance(found, Afvist):
        fejl = KUN_LOKALT if found is Afvist.KUN_LOKALT else FORKERT
        return await _vis(request, hen, status=401, fejl=fejl, brugernavn=navn)
    limit.give_back(adresse)
    return await inde(request, found.token, hen)


async def inde(request: web.Request, token: str, hen: str) -> web.StreamResponse:
    """The answer that gives the browser its fresh log-in; the one it had is closed."""
    if old := cookies.laes(request, cookies.LOGIN):
        await off_loop(sessioner.luk, request.config_dict[GATEWAY].engine, old)
    response = web.HTTPSeeOther(hen if egen_sti(hen) else "/desk")
    cookies.saet(request, response, cookies.LOGIN, token)
    cookies.slet(request, response, cookies.FOER_LOGIN)
    return response


@kraev(engang=True)
async def logud(request: web.Request) -> web.StreamResponse:
    """End this log-in."""
    engine = request.config_dict[GATEWAY].engine
    await off_loop(revision.skriv, engine, bruger(request), "logget ud", "medarbejder", bruger(request).brugernavn)
    if token := cookies.laes(request, cookies.LOGIN):
        await off_loop(sessioner.luk, engine, token)
    response = web.HTTPSeeOther("/desk/login?besked=logud")
    cookies.slet(request, response, cookies.LOGIN)
    return response


async def _vis(request: web.Request, hen: str, status: int = 200, **more: object) -> web.Response:
    values = {"fejl": None, "besked": None, "brugernavn": "", **more}
    oidc = request.config_dict[SETTINGS].oidc_issuer is not None
    return await vis(request, "login.html", status=status, hen=hen if egen_sti(hen) else "", oidc=oidc, **values)
