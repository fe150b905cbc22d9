"""``/desk/virksomheder``: one company, one view. Search, the company's page, its key account manager."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web
from sqlalchemy import select

from bot.knowledge.library import Library
from bot.screening.values import spoken
from connectors.crm import fletning, virksomheder, virksomhedsvisning
from connectors.crm.ejer import Ejer
from connectors.crm.fejl import ForaeldetVirksomhed
from connectors.crm.models import Henvendelse
from connectors.crm.tid import nu
from connectors.crm.virksomhedsvisning import VirksomhedVist
from connectors.database import off_loop, reading
from connectors.desk import ordliste, revision, virksomhedssoegning
from connectors.desk.adgang import Bruger, bruger, har, kraev
from connectors.desk.formular import Formular
from connectors.desk.sagshandling import SAGSROLLER
from connectors.desk.sagsindhold import Oplysning
from connectors.desk.sider import besked, videre, vis
from connectors.website import koe, tilstede
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY, Gateway

STYRER = ("front", "konsulent")  # who decides on a company: its key account manager, and that two records are one
GENVEJE = (("j", "Næste linje"), ("k", "Forrige linje"), ("Enter", "Åbn linjen"), ("/", "Søg i virksomheder"))
SLAGS = "virksomhed"
KUN_FRONT = "Virksomheden har henvendelser hos andre enheder, så det er frontfunktionen, der kan gøre dette."


def ruter(app: web.Application) -> None:
    """Search, page and key account manager."""
    app.router.add_get("/virksomheder", soegeside)
    app.router.add_get(r"/virksomheder/{id:\d{1,9}}", vis_virksomhed)
    app.router.add_post(r"/virksomheder/{id:\d{1,9}}/kam", saet_kam)


@kraev(*SAGSROLLER)
async def soegeside(request: web.Request) -> web.StreamResponse:
    """Companies found; ``flet`` in the address is the company that another is looked for to be merged with."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    text = request.query.get("q", "").strip()[:200]
    found = await off_loop(virksomhedssoegning.soeg, gateway.engine, text, hvem)
    merging = await _flettes(request, gateway, hvem)
    if found:
        shown = {"virksomheder": [one.id for one in found]}
        await off_loop(revision.skriv, gateway.engine, hvem, "søgt", "liste", "virksomheder", shown)
    return await vis(
        request,
        "virksomheder.html",
        soegt=text,
        fundne=[one for one in found if merging is None or one.id != merging.id],
        flettes=merging,
        fuld=len(found) == virksomhedssoegning.MOST,
        genveje=GENVEJE,
    )


@kraev(*SAGSROLLER)
async def vis_virksomhed(request: web.Request) -> web.StreamResponse:
    """The company's page; that of a record merged away is what it was merged into."""
    found = await hent(request)
    if found.id != int(request.match_info["id"]):
        return videre(request, f"/desk/virksomheder/{found.id}")
    return await side(request, found)


@kraev(*STYRER)
async def saet_kam(request: web.Request) -> web.StreamResponse:
    """Set or take away the key account manager."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    found = await hent(request)
    kraev_styrer(request, found)
    form = Formular("kam", await request.post())
    names = {one.id: one.navn for one in await off_loop(tilstede.kolleger, gateway.engine, nu())}
    wanted = form.tal("kam")
    if (wanted is None and form["kam"]) or (wanted is not None and wanted not in names):
        form.fejl["kam"] = "Vælg en kollega på listen."
        return await side(request, found, form, 422)
    ejer = None if wanted is None else Ejer(wanted, names[wanted])
    version = form.tal("version") or 0
    try:
        await off_loop(virksomheder.saet_kam, gateway.engine, gateway.library, found.id, version, ejer, hvem.navn, nu())
    except ForaeldetVirksomhed:
        fresh = await hent(request)
        if fresh.kam == ejer:  # sent twice
            return videre(request, f"/desk/virksomheder/{found.id}")
        return await side(request, fresh, form, 409)
    await off_loop(revision.skriv, gateway.engine, hvem, "ændret", SLAGS, str(found.id), {"handling": "kam"})
    await vaek(gateway, found.id)
    await besked(request, f"{ejer.navn} er key account manager." if ejer else "Virksomheden har ingen key account manager nu.")
    return videre(request, f"/desk/virksomheder/{found.id}")


async def hent(request: web.Request, navn: str = "id") -> VirksomhedVist:
    """The company that the address names at ``navn``. Raises ``HTTPNotFound`` where there is none, and where the one who
    asks may not see it, all the same."""
    gateway = request.config_dict[GATEWAY]
    found = await off_loop(virksomhedsvisning.vis, gateway.engine, int(request.match_info[navn]), bruger(request))
    if found is None:
        raise web.HTTPNotFound
    return found


def maa_styre(request: web.Request, found: VirksomhedVist) -> bool:
    """Whether the one who asks may decide on the company. A consultant may not where it has cases that they may not see:
    a key account manager sees all of them, so one who made themselves that would see more than is theirs."""
    return har(request, "front") or (har(request, *STYRER) and not found.skjulte)


def kraev_styrer(request: web.Request, *virksomheder: VirksomhedVist) -> None:
    """Raises ``ApiError`` unless the one who asks may decide on all of them."""
    if not all(maa_styre(request, one) for one in virksomheder):
        raise ApiError(403, "ingen_adgang", KUN_FRONT)


async def side(
    request: web.Request, found: VirksomhedVist, form: Formular | None = None, status: int = 200
) -> web.StreamResponse:
    """The company's page, with a form that was refused where there is one (409: somebody else was first)."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    colleagues = await off_loop(tilstede.kolleger, gateway.engine, nu())
    likely = await off_loop(fletning.mulige, gateway.engine, found.id, hvem)
    merged = await off_loop(fletning.for_virksomhed, gateway.engine, found.id)
    await off_loop(revision.skriv, gateway.engine, hvem, "set", SLAGS, str(found.id))
    return await vis(
        request,
        "virksomhed.html",
        status=status,
        virksomhed=found,
        oplysninger=oplysninger(found, gateway.library),
        form=form,
        foraeldet=status == 409,
        mulige=likely,
        fletninger=merged,
        kolleger=sorted(((one.id, one.navn) for one in colleagues), key=lambda pair: pair[1]),
        styrer=maa_styre(request, found),
        ORD=ordliste.alle(),
        genveje=GENVEJE,
        telefonlink=telefonlink,
    )


def oplysninger(found: VirksomhedVist, library: Library) -> list[Oplysning]:
    """What the company told of itself last, in the questions' words."""
    told: dict[str, Any] = {"cvr": found.cvr, **found.oplysninger}
    return [
        Oplysning(library.spoergsmaal[slot].opsummering if slot in library.spoergsmaal else slot, spoken(slot, value, library))
        for slot, value in told.items()
        if value is not None
    ]


def telefonlink(telefon: str) -> str:
    """The number as a phone dials it: with the country's code."""
    return f"+45{telefon}" if re.fullmatch(r"\d{8}", telefon) else telefon.replace(" ", "")


async def vaek(gateway: Gateway, virksomhed_id: int) -> None:
    """Show the chats of the company's cases what has been told there, and the desks their lists."""
    for samtale in await off_loop(_samtaler, gateway, virksomhed_id):
        gateway.notifier.wake(samtale)
    gateway.notifier.wake(koe.DESK)


async def _flettes(request: web.Request, gateway: Gateway, hvem: Bruger) -> VirksomhedVist | None:
    ident = request.query.get("flet", "")
    if not (ident.isascii() and ident.isdigit() and len(ident) < 10) or not har(request, *STYRER):
        return None
    found = await off_loop(virksomhedsvisning.vis, gateway.engine, int(ident), hvem)
    return found if found is not None and maa_styre(request, found) else None


def _samtaler(gateway: Gateway, virksomhed_id: int) -> list[str]:
    with reading(gateway.engine) as session:
        theirs = Henvendelse.virksomhed_id == virksomhed_id, Henvendelse.samtale.is_not(None), Henvendelse.status != "afsluttet"
        return [samtale for samtale in session.scalars(select(Henvendelse.samtale).where(*theirs)) if samtale]
