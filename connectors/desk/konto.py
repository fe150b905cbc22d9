"""``/desk/konto``: who one is logged in as, one's password, and logging out everywhere."""

from __future__ import annotations

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import cookies, indlogning, medarbejdere
from connectors.desk.adgang import SETTINGS, bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.login import inde
from connectors.desk.sider import vis
from connectors.website.gateway import GATEWAY

NAVN = "kode"
GENTAGET = "Du har skrevet to forskellige nye adgangskoder."


def ruter(app: web.Application) -> None:
    """The account's pages."""
    app.router.add_get("/konto", konto)
    app.router.add_post("/konto/logud-alle", logud_alle)
    app.router.add_get("/konto/adgangskode", skift)
    app.router.add_post("/konto/adgangskode", gem)


@kraev()
async def konto(request: web.Request) -> web.StreamResponse:
    """Name, roles and units."""
    row = await off_loop(medarbejdere.hent, request.config_dict[GATEWAY].engine, bruger(request).id)
    return await vis(request, "konto.html", har_kode=row.adgangskode is not None)


@kraev()
async def logud_alle(request: web.Request) -> web.StreamResponse:
    """End every log-in of this person, this one too."""
    await off_loop(medarbejdere.luk_overalt, request.config_dict[GATEWAY].engine, bruger(request), nu())
    response = web.HTTPSeeOther("/desk/login?besked=logud")
    cookies.slet(request, response, cookies.LOGIN)
    return response


@kraev(engang=True)
async def skift(request: web.Request) -> web.StreamResponse:
    """The form for a new password."""
    return await _formular(request, None)


@kraev(engang=True)
async def gem(request: web.Request) -> web.StreamResponse:
    """Change the password; every log-in but a fresh one of this browser ends."""
    form = Formular(NAVN, await request.post())
    gammel, ny, gentaget = (form.felter.get(felt, "") for felt in ("gammel", "ny", "gentaget"))
    if ny != gentaget:
        form.fejl["gentaget"] = GENTAGET
        return await _formular(request, form)
    engine, settings = request.config_dict[GATEWAY].engine, request.config_dict[SETTINGS]
    try:
        token = await off_loop(indlogning.skift_kode, engine, bruger(request).id, gammel, ny, settings, nu())
    except medarbejdere.Ugyldig as ugyldig:
        form.fejl.update(ugyldig.fejl)
        return await _formular(request, form)
    return await inde(request, token, "/desk/konto")


async def _formular(request: web.Request, form: Formular | None) -> web.Response:
    if form:
        form.felter.clear()  # a password is never written into a page
    return await vis(request, "konto_kode.html", status=400 if form else 200, form=form)
