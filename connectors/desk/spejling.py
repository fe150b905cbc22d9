"""The part of ``/desk/udbakke`` on the mirror: cases that Zammad lacks, why, and another try."""

from __future__ import annotations

import dataclasses

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import revision
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.sider import besked, videre
from connectors.website.gateway import GATEWAY
from connectors.zammad import levering, oversigt
from connectors.zammad.oversigt import Linje, Tilstand
from connectors.zammad.sundhed import ZAMMAD

ROLLER = ("front", "admin")
SIDE = "/desk/udbakke"


def ruter(app: web.Application) -> None:
    """Trying again: one case, or all of them. The page itself is the outbox's."""
    app.router.add_post("/udbakke/spejling/igen", igen)
    app.router.add_post(r"/udbakke/spejling/{nummer:KBH-\d{4}-\d{6}}/igen", igen)


async def tilstand(request: web.Request) -> Tilstand | None:
    """How the mirror is, as the one who asks may see it; None where no Zammad is set."""
    if not request.config_dict[ZAMMAD].sat_op:
        return None
    found = await off_loop(oversigt.status, request.config_dict[GATEWAY].engine)
    seen = [_seen(line, bruger(request)) for line in found.linjer]
    return dataclasses.replace(found, linjer=seen)


@kraev(*ROLLER)
async def igen(request: web.Request) -> web.StreamResponse:
    """Let what has failed be tried at once."""
    engine, nummer = request.config_dict[GATEWAY].engine, request.match_info.get("nummer")
    count = await off_loop(levering.proev_igen, engine, nu(), nummer)
    if count:
        await off_loop(revision.skriv, engine, bruger(request), "ændret", "spejling", nummer or "alle", {"antal": count})
        what = "Henvendelsen prøves" if count == 1 else f"{count} henvendelser prøves"
        await besked(request, f"{what} igen nu. Hent siden igen om lidt for at se, om det lykkedes.")
    else:
        await besked(request, "Der er ikke noget at prøve igen: alt er leveret i mellemtiden.", "info")
    return videre(request, SIDE)


def _seen(line: Linje, who: Bruger) -> Linje:
    # What Zammad says may quote the case, and an administrator of the machinery has no business with cases.
    if "front" in who.roller or line.fejl is None:
        return line
    return dataclasses.replace(line, fejl=line.fejl.partition(":")[0])
