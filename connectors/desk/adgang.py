"""Who is at the desk, and what each role may open.

Every handler says who it is for: ``@kraev("front", "konsulent")`` (any of these roles), ``@kraev()`` (anybody logged in)
or ``@aaben`` (before log-in). ``make_desk`` refuses to start with a route that says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import cookies, sessioner
from connectors.desk.models import ROLLER, DeskSession, Medarbejder
from connectors.desk.settings import DeskSettings
from connectors.website import addresses
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY
from connectors.website.limits import AddressLimiter

LOGIN_LIMIT: web.AppKey[AddressLimiter] = web.AppKey("desk_login_limit", AddressLimiter)
SETTINGS: web.AppKey[DeskSettings] = web.AppKey("desk_settings", DeskSettings)
AF_SIG_SELV = ("/desk/ws", "/desk/api/live")
H = TypeVar("H", bound=Callable[..., object])


@dataclass(frozen=True)
class Bruger:
    """The member of staff who asks. ``roller``: of ``models.ROLLER``; ``enheder``: ids; ``csrf``: what a form brings."""

    id: int
    brugernavn: str
    navn: str
    fornavn: str
    email: str | None
    roller: frozenset[str]
    enheder: frozenset[str]
    csrf: str


@dataclass(frozen=True)
class Krav:
    """Whom a handler is for: ``roller`` is empty where anybody may who is logged in, and None where nobody need be.
    ``engang``: also for those who are in by a one-time password, who may do nothing else before they have changed it."""

    roller: frozenset[str] | None
    engang: bool = False


BRUGER: web.RequestKey[Bruger] = web.RequestKey("desk_bruger", Bruger)
SKIFT: web.RequestKey[bool] = web.RequestKey("desk_skift", bool)
SESSION: web.RequestKey[DeskSession] = web.RequestKey("desk_session", DeskSession)


def kraev(*roller: str, engang: bool = False) -> Callable[[H], H]:
    """A handler for those who have one of ``roller``; with none named, for everybody who is logged in.

    Args:
        engang: also for those who still have to change a one-time password.

    Raises:
        ValueError: for a role that there is not.
    """
    if ukendte := set(roller) - set(ROLLER):
        raise ValueError(f"ukendte roller: {', '.join(sorted(ukendte))}")
    return lambda handler: _maerk(handler, Krav(frozenset(roller), engang))


def aaben(handler: H) -> H:
    """A handler that needs no log-in."""
    return _maerk(handler, Krav(None))


def _maerk(handler: H, krav: Krav) -> H:
    handler.__dict__["desk_krav"] = krav
    return handler


def krav_til(handler: object) -> Krav | None:
    """What ``kraev`` or ``aaben`` said of a handler; None where neither did."""
    krav = getattr(handler, "desk_krav", None)
    return krav if isinstance(krav, Krav) else None


def bruger(request: web.Request) -> Bruger:
    """Who asks. Raises ``KeyError`` in an ``aaben`` handler when nobody is logged in."""
    return request[BRUGER]


def logget_ind(request: web.Request) -> bool:
    """Whether anybody is logged in."""
    return BRUGER in request


def har(request: web.Request, *roller: str) -> bool:
    """Whether the one who asks has one of ``roller``."""
    return logget_ind(request) and not request[BRUGER].roller.isdisjoint(roller)


def af_sig_selv(request: web.BaseRequest) -> bool:
    """Whether a page asks by itself, to stay fresh: that keeps no log-in open and takes nothing that is to be told."""
    return request.path in AF_SIG_SELV or "X-Desk-Live" in request.headers


def er_api(request: web.BaseRequest) -> bool:
    """Whether a script asks, which wants JSON instead of a page."""
    return request.path.startswith("/desk/api/") or request.path == "/desk/ws"


def kontroller_ruter(app: web.Application) -> None:
    """Refuse an app with a route that does not say who it is for.

    Raises:
        RuntimeError: naming the routes.
    """
    uden = [str(route) for route in app.router.routes() if krav_til(route.handler) is None]
    if uden:
        raise RuntimeError(f"ruter uden @kraev eller @aaben: {', '.join(uden)}")


@web.middleware
async def adgangskontrol(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Finds who asks, and lets nobody through to a handler that is not for them."""
    await genkend(request)
    if "%00" in request.raw_path:  # no database holds it, so nothing is called so
        raise ApiError(404, "findes_ikke", "Adressen findes ikke.")
    krav = krav_til(request.match_info.handler)
    if request.match_info.http_exception is not None or (krav is not None and krav.roller is None):
        return await handler(request)
    if not logget_ind(request):
        return _log_ind_foerst(request)
    if request.get(SKIFT) and not (krav and krav.engang):
        if er_api(request):
            raise ApiError(403, "skift_adgangskode", "Skift først din engangskode på siden Din konto.")
        return web.HTTPSeeOther("/desk/konto/adgangskode")
    if krav is None or (krav.roller and not har(request, *krav.roller)):
        raise ApiError(403, "ingen_adgang", "Din rolle giver ikke adgang til dette.")
    return await handler(request)


async def genkend(request: web.Request) -> None:
    """Set ``BRUGER`` and ``SESSION`` where the cookie opens a log-in."""
    found = await _find(request)
    if found is not None:
        request[SESSION] = found.session
        request[SKIFT] = found.medarbejder.skal_skifte
        request[BRUGER] = som_bruger(found.medarbejder, found.session.csrf)


async def stadig(request: web.Request) -> Bruger | None:
    """Who asks, looked up anew and noted as still there; None when the log-in has ended or its person was deactivated.
    For what stays open for long, such as a socket."""
    found = await _find(request)
    return som_bruger(found.medarbejder, found.session.csrf) if found is not None else None


async def _find(request: web.Request) -> sessioner.Fundet | None:
    """The log-in that the cookie opens. A demo log-in opens nothing from another machine."""
    token = cookies.laes(request, cookies.LOGIN)
    if not token:
        return None
    engine = request.config_dict[GATEWAY].engine
    brugt = not af_sig_selv(request)
    found = await off_loop(sessioner.find, engine, token, request.config_dict[SETTINGS], nu(), brugt=brugt)
    return None if found is None or (found.medarbejder.demo and not addresses.is_loopback(request)) else found


def som_bruger(row: Medarbejder, csrf: str) -> Bruger:
    """A row of the staff table as who asks."""
    return Bruger(
        row.id, row.brugernavn, row.navn, row.fornavn, row.email, frozenset(row.roller), frozenset(row.enheder), csrf
    )  # fmt: skip


def _log_ind_foerst(request: web.Request) -> web.StreamResponse:
    if er_api(request) or request.method not in ("GET", "HEAD"):
        raise ApiError(401, "ikke_logget_ind", "Du er ikke logget ind længere. Log ind igen.")
    return web.HTTPSeeOther(f"/desk/login?videre={quote(request.path_qs, safe='/')}")
