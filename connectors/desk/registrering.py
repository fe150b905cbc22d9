"""``/desk/registrer``: what comes by phone, mail or a meeting, and what the municipality itself begins, is registered with the
same screening and the same ranking as in the chat: one entrance, one record (report, chapter 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy import Engine

from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN
from bot.screening.skema import vist
from connectors.crm import henvendelser, synlighed
from connectors.crm.fejl import ForaeldetVersion
from connectors.crm.tid import nu
from connectors.database import off_loop, reading
from connectors.desk import (
    fra_samtale,
    ordliste,
    registreringsform,
    registreringsgem,
    registreringsvalg,
    revision,
    samtalevisning,
)
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.firmaopslag import Opslag
from connectors.desk.forstaaelse import NEDE, REGISTRERER, Mulighed, muligheder, spoerg
from connectors.desk.registreringsbillede import Billede, byg
from connectors.desk.registreringsform import Sendt
from connectors.desk.registreringskontrol import kontroller
from connectors.desk.samtale_api import findes_ikke
from connectors.desk.samtalevisning import IngenSamtale
from connectors.desk.sider import besked, videre, vis
from connectors.website.gateway import GATEWAY
from connectors.website.rasa_client import RasaFailed

DEL = "X-Del"  # header of the page's own script while somebody types: it wants the assessment alone


@dataclass(frozen=True)
class Forslag:
    """What the text may be about; ``nede`` says that it can't be known now."""

    muligheder: tuple[Mulighed, ...] = ()
    nede: str = ""


def ruter(app: web.Application) -> None:
    """The page and its form."""
    app.router.add_get("/registrer", ny)
    app.router.add_post("/registrer", send)


@kraev(*REGISTRERER)
async def ny(request: web.Request) -> web.StreamResponse:
    """An empty form; with ``?samtale=`` one that holds what a chat has told."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    samtale = request.query.get("samtale")
    if not samtale:
        return await _side(request, registreringsform.ny(), kendt={})
    try:
        told = await off_loop(fra_samtale.hent, gateway.engine, samtale, hvem, gateway.library)
    except IngenSamtale:
        raise findes_ikke() from None
    await off_loop(revision.skriv, gateway.engine, hvem, "set", "samtale", samtale)
    felter = {"samtale": samtale, "kanal": "chat", "sagt": told.sagt, "pakke": told.pakke or ""}
    if told.samtykke:
        felter["samtykke"] = "ja"
    svar = {slot: vist(gateway.library.spoergsmaal[slot], value, gateway.library) for slot, value in told.svar.items()}
    sendt = replace(registreringsform.ny(**felter), ydelser=told.ydelser, svar=svar)
    return await _side(request, sendt, kendt={}, sag_fra_chat=told.sag)


@kraev(*REGISTRERER)
async def send(request: web.Request) -> web.StreamResponse:
    """The form: ``handling`` says what is to be done with it, and everything but ``opret`` shows it again with that done."""
    sendt = registreringsform.laes((await request.post()).items())
    if sendt.form["samtale"]:
        await _kraev_samtale(request, sendt.form["samtale"])
    gateway = request.config_dict[GATEWAY]
    sendt = await off_loop(registreringsvalg.udfoer, gateway.engine, sendt, gateway.library, bruger(request))
    if sendt.handling[0] == "opret":
        return await _opret(request, sendt)
    return await _side(request, sendt)


async def _opret(request: web.Request, sendt: Sendt) -> web.StreamResponse:
    gateway, hvem, moment = request.config_dict[GATEWAY], bruger(request), nu()
    opslag = await _opslag(request, sendt)
    billede = byg(sendt, gateway.library, opslag.kendt)
    registrering = kontroller(billede, hvem, gateway.library, moment)
    if registrering is None:
        return await _vis(request, billede, opslag, status=422)
    form = billede.sendt.form
    try:
        receipt = await off_loop(registreringsgem.gem, gateway.engine, registrering, hvem, gateway.library, moment)
    except registreringsgem.FormularBrugt as brugt:
        form.felter["noegle"] = registreringsform.ny().noegle
        form.fejl["sagt"] = (
            f"Formularen er allerede brugt til {brugt.number}, og der står noget andet i den nu. Er det en ny henvendelse, så "
            "tryk på »Opret henvendelsen« igen."
        )
        return await _vis(request, billede, opslag, status=409)
    except ValidationError:
        form.fejl["sagt"] = "Noget af det skrevne er for langt eller har en forkert form, så henvendelsen kunne ikke oprettes."
        return await _vis(request, billede, opslag, status=422)
    except ForaeldetVersion as changed:
        await besked(request, f"{changed.number} er oprettet, men en kollega var hurtigere, så den er ikke lukket.", "info")
        return videre(request, f"/desk/sager/{changed.number}")
    if registrering.samtale:
        gateway.changed(registrering.samtale)
    told = f"{receipt.number} er oprettet." if receipt.ny else f"{receipt.number} var allerede oprettet med denne formular."
    if await off_loop(_synlig, gateway.engine, receipt.number, hvem):
        await besked(request, told, "succes" if receipt.ny else "info")
        return videre(request, f"/desk/sager/{receipt.number}")
    unit = gateway.library.enheder[receipt.team].navn if receipt.team in gateway.library.enheder else receipt.team
    await besked(request, f"{told} Den er sendt til {unit}, som du ikke har adgang til.", "succes" if receipt.ny else "info")
    return videre(request, "/desk/registrer")


async def _side(
    request: web.Request, sendt: Sendt, *, kendt: Mapping[str, Any] | None = None, sag_fra_chat: str | None = None
) -> web.StreamResponse:
    """The page for a form; ``kendt`` says what is known of the company where nothing need be looked up."""
    opslag = await _opslag(request, sendt)
    known = opslag.kendt if kendt is None else {**opslag.kendt, **kendt}
    billede = byg(sendt, request.config_dict[GATEWAY].library, known)
    return await _vis(request, billede, opslag, sag_fra_chat=sag_fra_chat)


async def _opslag(request: web.Request, sendt: Sendt) -> Opslag:
    """The company that stands in the form. That staff sees it is a line of the audit log, once a form."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    if DEL in request.headers:
        return Opslag()
    opslag = await off_loop(registreringsvalg.opslag, gateway.engine, sendt, gateway.library, hvem)
    if opslag.firma is not None and sendt.form["opslag"] != str(opslag.firma.id):
        await off_loop(revision.skriv, gateway.engine, hvem, "set", "virksomhed", str(opslag.firma.id))
        sendt.form.felter["opslag"] = str(opslag.firma.id)
    return opslag


async def _forslag(request: web.Request, sendt: Sendt) -> Forslag:
    gateway = request.config_dict[GATEWAY]
    if not sendt.sagt or DEL in request.headers:
        return Forslag()
    try:
        return Forslag(muligheder(await spoerg(gateway.rasa, sendt.sagt), gateway.library))
    except RasaFailed:
        return Forslag(nede=NEDE)


def _synlig(engine: Engine, number: str, hvem: Bruger) -> bool:
    with reading(engine) as session:
        return synlighed.maa_se(session, henvendelser.find(session, number), hvem)


async def _kraev_samtale(request: web.Request, samtale: str) -> None:
    try:
        await off_loop(samtalevisning.kraev_adgang, request.config_dict[GATEWAY].engine, samtale, bruger(request))
    except IngenSamtale:
        raise findes_ikke() from None


async def _vis(
    request: web.Request, billede: Billede, opslag: Opslag, *, status: int = 200, sag_fra_chat: str | None = None
) -> web.StreamResponse:
    library = request.config_dict[GATEWAY].library
    forslag = await _forslag(request, billede.sendt)
    return await vis(
        request,
        "registrer.html",
        status=status,
        b=billede,
        form=billede.sendt.form,
        opslag=opslag,
        muligheder=forslag.muligheder,
        nede=forslag.nede,
        sagt=billede.sendt.sagt,
        sag_fra_chat=sag_fra_chat,
        pakker=[(pakke.id, pakke.navn) for pakke in library.servicepakker.values()],
        katalog=_katalog(library),
        enheder=[(unit.id, unit.navn) for unit in library.enheder.values()],
        i_dag=nu().astimezone(KOEBENHAVN),
        ORD=ordliste.alle(),
    )


def _katalog(library: Library) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every service under its ydelsesområde, for choosing by hand."""
    parts = [part for _, area in sorted(library.omraader.items()) for part in area.ydelsesomraader]
    services = sorted(library.ydelser.values(), key=lambda service: service.navn)
    return [
        (f"{part.id} {part.navn}", [(one.id, one.navn) for one in services if one.ydelsesomraade == part.id]) for part in parts
    ]
