"""``/desk/admin/api``: which other systems may use the API. A client's token is shown when it is made, and never again."""

from __future__ import annotations

from aiohttp import web

from connectors.api import tokens
from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import revision
from connectors.desk.adgang import bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.sider import besked, videre, vis
from connectors.website.gateway import GATEWAY

SIDE = "/desk/admin/api"
NAVN = "klient"
SCOPES = {
    "laes": "Læse henvendelser og virksomheder",
    "skriv": "Oprette og ændre henvendelser",
    "admin": "Handle på en medarbejders vegne, og oprette mærker",
}


def ruter(app: web.Application) -> None:
    """List, make, revoke."""
    app.router.add_get("/admin/api", side)
    app.router.add_post("/admin/api", opret)
    app.router.add_post(r"/admin/api/{id:\d{1,9}}/tilbagekald", tilbagekald)


@kraev("admin")
async def side(request: web.Request) -> web.StreamResponse:
    """The clients, and a form for a new one."""
    return await _vis(request, None, [])


@kraev("admin")
async def opret(request: web.Request) -> web.StreamResponse:
    """Make a client, and show its token this once."""
    sendt = await request.post()
    form, scopes = Formular(NAVN, sendt), [str(value) for value in sendt.getall("scopes", [])]
    engine = request.config_dict[GATEWAY].engine
    try:
        token = await off_loop(tokens.lav, engine, form["navn"], scopes, nu())
    except ValueError as error:
        felt = "navn" if "navn" in str(error) else "scopes"
        form.fejl[felt] = f"{str(error)[:1].upper()}{str(error)[1:]}."
        return await _vis(request, form, scopes)
    await off_loop(revision.skriv, engine, bruger(request), "oprettet", "api-klient", form["navn"], {"scopes": scopes})
    return await vis(request, "admin_api_token.html", navn=form["navn"], token=token)


@kraev("admin")
async def tilbagekald(request: web.Request) -> web.StreamResponse:
    """Let a client in no more."""
    engine, klient_id = request.config_dict[GATEWAY].engine, int(request.match_info["id"])
    navne = {klient.id: klient.navn for klient in await off_loop(tokens.alle, engine)}
    if klient_id not in navne:
        raise web.HTTPNotFound
    if await off_loop(tokens.tilbagekald, engine, klient_id, nu()):
        await off_loop(revision.skriv, engine, bruger(request), "tilbagekaldt", "api-klient", navne[klient_id])
    await besked(request, f"{navne[klient_id]} har ikke længere adgang.")
    return videre(request, SIDE)


async def _vis(request: web.Request, form: Formular | None, valgte: list[str]) -> web.Response:
    klienter = await off_loop(tokens.alle, request.config_dict[GATEWAY].engine)
    status = 400 if form else 200
    return await vis(request, "admin_api.html", status=status, klienter=klienter, form=form, valgte=valgte, SCOPES=SCOPES)
