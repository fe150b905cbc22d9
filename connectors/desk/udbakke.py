"""``/desk/udbakke``: mail that has not been delivered, why, and another try; and the same for the mirror to Zammad."""

from __future__ import annotations

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import revision, spejling
from connectors.desk.adgang import bruger, kraev
from connectors.desk.sider import besked, videre, vis
from connectors.desk.udbakkevisning import hent
from connectors.mail import forsendelse
from connectors.website.gateway import GATEWAY

ROLLER = ("front", "admin")


def ruter(app: web.Application) -> None:
    """The page, and trying again."""
    app.router.add_get("/udbakke", side)
    app.router.add_post(r"/udbakke/{id:\d{1,9}}/igen", igen)
    spejling.ruter(app)


@kraev(*ROLLER)
async def side(request: web.Request) -> web.StreamResponse:
    """What has not been delivered. To whom it was is shown to those who have cases only."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    breve = await off_loop(hent, gateway.engine, hvem)
    if breve:
        await off_loop(revision.skriv, gateway.engine, hvem, "set", "liste", "udbakke", {"antal": len(breve)})
    return await vis(request, "udbakke.html", breve=breve, spejl=await spejling.tilstand(request))


@kraev(*ROLLER)
async def igen(request: web.Request) -> web.StreamResponse:
    """Let one mail be tried at once."""
    gateway = request.config_dict[GATEWAY]
    brev = await off_loop(forsendelse.proev_igen, gateway.engine, int(request.match_info["id"]), nu())
    if brev is None:
        await besked(request, "Mailen er sendt i mellemtiden, eller den findes ikke længere.", "info")
        return videre(request, "/desk/udbakke")
    await off_loop(revision.skriv, gateway.engine, bruger(request), "ændret", "brev", str(brev.id), {"handling": "prøv igen"})
    await besked(request, "Mailen prøves igen nu. Hent siden igen om lidt for at se, om den kom af sted.")
    return videre(request, "/desk/udbakke")
