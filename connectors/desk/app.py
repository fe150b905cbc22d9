"""The desk as a sub-application of the gateway, mounted at ``/desk``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from connectors.desk import (
    adgang,
    admin_api,
    admin_medarbejdere,
    admin_revision,
    fejlsider,
    fletteside,
    forslag,
    forstaaelse,
    henvisning,
    konto,
    live,
    login,
    login_kommune,
    oversigt,
    redaktion,
    registrering,
    sag,
    samtale,
    samtale_api,
    sider,
    sikkerhed,
    tal,
    udbakke,
    virksomhed,
)
from connectors.desk.adgang import LOGIN_LIMIT, SETTINGS, aaben, bruger, kraev
from connectors.desk.menu import forside
from connectors.desk.settings import DeskSettings
from connectors.website import static_files
from connectors.website.limits import AddressLimiter
from connectors.website.texts import Knowledge

STATIC = Path(__file__).parent / "static"
MODULER: tuple[Callable[[web.Application], None], ...] = (
    oversigt.ruter,
    sag.ruter,
    henvisning.ruter,
    virksomhed.ruter,
    fletteside.ruter,
    live.ruter,
    samtale.ruter,
    samtale_api.ruter,
    forstaaelse.ruter,
    forslag.ruter,
    registrering.ruter,
    login.ruter,
    login_kommune.ruter,
    konto.ruter,
    admin_medarbejdere.ruter,
    admin_api.ruter,
    admin_revision.ruter,
    udbakke.ruter,
    redaktion.ruter,
    tal.ruter,
)


def make_desk(knowledge: Knowledge, settings: DeskSettings) -> web.Application:
    """The desk. Whoever mounts it has a gateway at ``GATEWAY``.

    Raises:
        RuntimeError: for a route that does not say who it is for.
    """
    app = web.Application(middlewares=[sikkerhed.krop, fejlsider.fejl, adgang.adgangskontrol, sikkerhed.egen_side])
    app[SETTINGS] = settings
    app[LOGIN_LIMIT] = AddressLimiter(settings.login_per_minute_address)
    sider.setup(app, knowledge)
    app.router.add_get("", _forside)
    app.router.add_get("/static/{path:.+}", _static)
    for ruter in MODULER:
        ruter(app)
    adgang.kontroller_ruter(app)
    return app


@kraev()
async def _forside(request: web.Request) -> web.StreamResponse:
    return sider.videre(request, forside(bruger(request)))


@aaben
async def _static(request: web.Request) -> web.StreamResponse:
    return await static_files.inside(STATIC, request.match_info["path"])
