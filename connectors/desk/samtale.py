"""``/desk/samtaler/{id}``: a conversation with a business, and the forms that take it, give it back and hand it on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import ordliste, revision, samtaleoverblik, samtalevisning
from connectors.desk.adgang import bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.samtale_api import findes_ikke
from connectors.desk.samtalevisning import IngenSamtale
from connectors.desk.sider import besked, videre, vis
from connectors.website import overtagelse, tilstede
from connectors.website.gateway import GATEWAY
from connectors.website.hvem import TAGER
from connectors.website.overtagelse import AlleredeTaget, IkkeDin, MaaIkke, SamtaleLukket
from connectors.website.tilstand import UnknownConversation

KOEEN = "/desk/?liste=venter"
IKKE_DIN = "Samtalen var ikke hos dig længere, så der er ikke sket noget."
LUKKET = "Virksomheden har lukket samtalen, så der er ikke sket noget."
GENVEJE = (
    ("b", "Skriv en besked til virksomheden"),
    ("n", "Skriv en note til kollegerne"),
    ("f", "Gå til faste svar"),
    ("v", "Send samtalen videre"),
)


def ruter(app: web.Application) -> None:
    """The page, and an address for each of its forms."""
    app.router.add_get("/samtaler/{id}", vis_samtale)
    app.router.add_post("/samtaler/{id}/tag", tag)
    app.router.add_post("/samtaler/{id}/tilbage", giv_tilbage)
    app.router.add_post("/samtaler/{id}/afslut", afslut)
    app.router.add_post("/samtaler/{id}/videre", send_videre)


@kraev(*TAGER)
async def vis_samtale(request: web.Request) -> web.StreamResponse:
    """The page of a conversation; its messages come over the live connection."""
    return await _side(request)


async def _side(request: web.Request, form: Formular | None = None, status: int = 200) -> web.Response:
    gateway, hvem, samtale_id = request.config_dict[GATEWAY], bruger(request), request.match_info["id"]
    try:
        overblik = await off_loop(samtaleoverblik.hent, gateway.engine, samtale_id, hvem, gateway.library)
    except IngenSamtale:
        raise findes_ikke() from None
    await off_loop(samtalevisning.noter_set, gateway.engine, samtale_id, hvem, nu())
    colleagues = await off_loop(tilstede.kolleger, gateway.engine, nu())
    return await vis(
        request,
        "samtale.html",
        status=status,
        overblik=overblik,
        vaek=round(gateway.settings.agent_away_seconds),
        form=form,
        genveje=GENVEJE,
        kolleger=[one for one in colleagues if one.id != hvem.id],
        enheder=ordliste.enheder(gateway.library),
    )


@kraev(*TAGER)
async def tag(request: web.Request) -> web.StreamResponse:
    """Take the conversation. Who comes second is told who has it."""
    gateway, hvem, samtale_id = request.config_dict[GATEWAY], bruger(request), request.match_info["id"]
    try:
        waited = await off_loop(overtagelse.tag, gateway.engine, samtale_id, hvem, gateway.library, nu())
    except AlleredeTaget as taken:
        await besked(request, f"{taken.navn} har taget samtalen. Du skal ikke gøre mere.", "info")
        return videre(request, KOEEN)
    except SamtaleLukket:
        await besked(request, "Virksomheden har lukket samtalen.", "info")
        return videre(request, KOEEN)
    except (MaaIkke, UnknownConversation):
        raise findes_ikke() from None
    if waited is not None:
        gateway.metrics.waited(waited)
    gateway.changed(samtale_id, "taget")
    await off_loop(revision.skriv, gateway.engine, hvem, "ændret", "samtale", samtale_id, {"handling": "taget"})
    return videre(request, f"/desk/samtaler/{samtale_id}")


@kraev(*TAGER)
async def send_videre(request: web.Request) -> web.StreamResponse:
    """Hand it on to a colleague (``modtager`` is ``kollega:<id>``) or a unit (``enhed:<id>``) with a reason."""
    form = Formular("videre", await request.post())
    form.tekst("begrundelse", "Skriv, hvorfor du sender samtalen videre. Kun kolleger ser det.", 2000)
    kind, _, target = form["modtager"].partition(":")
    if kind not in ("kollega", "enhed") or (kind == "kollega" and not (target.isascii() and target.isdigit())):
        form.fejl["modtager"] = "Vælg, hvem der skal have samtalen."
    if form.fejl:
        return await _side(request, form, 422)

    receiver: dict[str, Any] = {"til_medarbejder": int(target)} if kind == "kollega" else {"til_enhed": target}
    work = partial(overtagelse.videre, begrundelse=form["begrundelse"], **receiver)
    try:
        return await _slip(request, work, "videre", "Samtalen er sendt videre. Virksomheden har fået det at vide.")
    except ValueError as error:
        form.fejl["modtager"] = str(error)
        return await _side(request, form, 422)


@kraev(*TAGER)
async def giv_tilbage(request: web.Request) -> web.StreamResponse:
    """Give it back to the computer; nothing is closed."""
    return await _slip(request, overtagelse.tilbage, "tilbage", "Computeren svarer virksomheden igen.")


@kraev(*TAGER)
async def afslut(request: web.Request) -> web.StreamResponse:
    """Say goodbye."""
    return await _slip(request, overtagelse.afslut, "afsluttet", "Chatten er afsluttet. Virksomheden har fået det at vide.")


async def _slip(request: web.Request, work: Callable[..., None], hvad: str, told: str) -> web.StreamResponse:
    """Let the conversation go by ``work`` and go to the queue; where it was no longer theirs, that is told instead."""
    gateway, hvem, samtale_id = request.config_dict[GATEWAY], bruger(request), request.match_info["id"]
    try:
        await off_loop(work, gateway.engine, samtale_id, hvem, gateway.library, nu())
    except (IkkeDin, SamtaleLukket) as refused:
        await besked(request, LUKKET if isinstance(refused, SamtaleLukket) else IKKE_DIN, "info")
        return videre(request, KOEEN)
    except UnknownConversation:
        raise findes_ikke() from None
    gateway.changed(samtale_id, hvad)
    await off_loop(revision.skriv, gateway.engine, hvem, "ændret", "samtale", samtale_id, {"handling": hvad})
    await besked(request, told)
    return videre(request, KOEEN)
