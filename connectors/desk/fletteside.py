"""``/desk/virksomheder/{id}/flet/{anden}``: two records side by side, made one on a yes, and made two again."""

from __future__ import annotations

from aiohttp import web

from connectors.crm import fletning
from connectors.crm.tid import nu
from connectors.crm.virksomhedsvisning import VirksomhedVist
from connectors.database import off_loop
from connectors.desk import ordliste, revision
from connectors.desk.adgang import bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.sider import besked, videre, vis
from connectors.desk.virksomhed import SLAGS, STYRER, hent, kraev_styrer, oplysninger, vaek
from connectors.website.gateway import GATEWAY


def ruter(app: web.Application) -> None:
    """The comparison, the merge, and its undoing."""
    app.router.add_get(r"/virksomheder/{id:\d{1,9}}/flet/{anden:\d{1,9}}", sammenlign)
    app.router.add_post(r"/virksomheder/{id:\d{1,9}}/flet/{anden:\d{1,9}}", flet)
    app.router.add_post(r"/virksomheder/{id:\d{1,9}}/fortryd/{fletning:\d{1,9}}", fortryd)


@kraev(*STYRER)
async def sammenlign(request: web.Request) -> web.StreamResponse:
    """Both records, and which of them is kept."""
    first, second = await hent(request), await hent(request, "anden")
    kraev_styrer(request, first, second)
    if first.id == second.id:
        return videre(request, f"/desk/virksomheder/{first.id}")
    return await _side(request, first, second)


@kraev(*STYRER)
async def flet(request: web.Request) -> web.StreamResponse:
    """Make the one a part of the other that is to be kept (``behold``)."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    first, second = await hent(request), await hent(request, "anden")
    kraev_styrer(request, first, second)
    if first.id == second.id:  # sent twice, or done by somebody else
        return videre(request, f"/desk/virksomheder/{first.id}")
    form = Formular("flet", await request.post())
    kept = form.valg("behold", (str(first.id), str(second.id)), "Vælg, hvilken af de to der skal beholdes.")
    if form.fejl:
        return await _side(request, first, second, form, 422)
    til, fra = (first.id, second.id) if kept == str(first.id) else (second.id, first.id)
    try:
        await off_loop(fletning.flet, gateway.engine, gateway.library, fra, til, hvem.navn, nu())
    except ValueError as error:
        form.fejl["behold"] = str(error)
        return await _side(request, first, second, form, 422)
    await off_loop(revision.skriv, gateway.engine, hvem, "ændret", SLAGS, str(til), {"handling": "flet", "fra": fra})
    await vaek(gateway, til)
    await besked(request, "De to er lagt sammen. Det kan fortrydes nederst på siden.")
    return videre(request, f"/desk/virksomheder/{til}")


@kraev(*STYRER)
async def fortryd(request: web.Request) -> web.StreamResponse:
    """Make two again of what was merged into this company."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    found = await hent(request)
    number = int(request.match_info["fletning"])
    merges = await off_loop(fletning.for_virksomhed, gateway.engine, found.id)
    if number not in {one.id for one in merges}:
        await besked(request, "Sammenlægningen er allerede fortrudt.", "info")
        return videre(request, f"/desk/virksomheder/{found.id}")
    try:
        await off_loop(fletning.fortryd, gateway.engine, gateway.library, number, hvem.navn, nu())
    except ValueError as error:
        text = str(error)
        await besked(request, f"{text[:1].upper()}{text[1:]}.", "fejl")
        return videre(request, f"/desk/virksomheder/{found.id}")
    await off_loop(revision.skriv, gateway.engine, hvem, "ændret", SLAGS, str(found.id), {"handling": "fortryd flet"})
    for company in (found.id, *(one.fra_id for one in merges if one.id == number)):
        await vaek(gateway, company)
    await besked(request, "Sammenlægningen er fortrudt. Virksomhederne er to igen.")
    return videre(request, f"/desk/virksomheder/{found.id}")


async def _side(
    request: web.Request, first: VirksomhedVist, second: VirksomhedVist, form: Formular | None = None, status: int = 200
) -> web.StreamResponse:
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    for one in (first, second):
        await off_loop(revision.skriv, gateway.engine, hvem, "set", SLAGS, str(one.id))
    likely = await off_loop(fletning.mulige, gateway.engine, first.id, hvem)
    return await vis(
        request,
        "flet.html",
        status=status,
        begge=[(one, oplysninger(one, gateway.library)) for one in (first, second)],
        grunde=next((one.grunde for one in likely if one.id == second.id), ()),
        forslag=_forslag(first, second),
        form=form,
        ORD=ordliste.alle(),
    )


def _forslag(first: VirksomhedVist, second: VirksomhedVist) -> int:
    """Which is better kept: the one that the company register can tell of, else the one with more henvendelser."""
    return max((first, second), key=lambda one: (one.cvr is not None, len(one.henvendelser), -one.id)).id
