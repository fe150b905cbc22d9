"""``/desk/admin/medarbejdere``: the administrators' pages on staff."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from multidict import MultiDictProxy

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import medarbejdere, medarbejderskema
from connectors.desk.adgang import bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.medarbejdere import Foraeldet, Ugyldig, Ukendt
from connectors.desk.models import Medarbejder
from connectors.desk.sider import besked, videre, vis
from connectors.website.gateway import GATEWAY

LISTE = "/desk/admin/medarbejdere"
NAVN = "medarbejder"
FORAELDET = "En anden administrator har ændret personen i mellemtiden, så dit er ikke gemt. Se, hvad der står nu, og prøv igen."
ROLLER = {
    "front": "Front: alle sager, køen, registrering og visitering",
    "konsulent": "Konsulent: egne enheders sager, egne virksomheder, egen kø",
    "backoffice": "Backoffice: egne enheders sager og delopgaver",
    "redaktør": "Redaktør: hvordan det står til med teksterne",
    "analytiker": "Analytiker: tal uden personoplysninger",
    "admin": "Administrator: medarbejdere, API-klienter, revisionslog",
}
FELTER = {"navn": "Navn", "fornavn": "Fornavn", "email": "E-mail", "roller": "Roller", "enheder": "Enheder"}


def ruter(app: web.Application) -> None:
    """List, make, alter, one-time password, unlock, deactivate."""
    app.router.add_get("/admin/medarbejdere", liste)
    app.router.add_get("/admin/medarbejdere/ny", ny)
    app.router.add_post("/admin/medarbejdere/ny", opret)
    app.router.add_get(r"/admin/medarbejdere/{id:\d{1,9}}", en)
    app.router.add_post(r"/admin/medarbejdere/{id:\d{1,9}}", gem)
    app.router.add_post(r"/admin/medarbejdere/{id:\d{1,9}}/adgangskode", nulstil)
    app.router.add_post(r"/admin/medarbejdere/{id:\d{1,9}}/laas-op", laas_op)
    app.router.add_post(r"/admin/medarbejdere/{id:\d{1,9}}/aktiv", aktiv)


@kraev("admin")
async def liste(request: web.Request) -> web.StreamResponse:
    """Everybody."""
    rows = await off_loop(medarbejdere.alle, request.config_dict[GATEWAY].engine)
    return await vis(request, "admin_medarbejdere.html", personer=rows, nu=nu())


@kraev("admin")
async def ny(request: web.Request) -> web.StreamResponse:
    """An empty form."""
    return await _skema(request, None, Formular(NAVN), [], [])


@kraev("admin")
async def opret(request: web.Request) -> web.StreamResponse:
    """Make a person, and show the one-time password this once."""
    sendt = await request.post()
    form, roller, enheder = _laes(sendt)
    engine, library = request.config_dict[GATEWAY].engine, request.config_dict[GATEWAY].library
    try:
        brugernavn = medarbejderskema.brugernavn(form["brugernavn"])
        felter = medarbejderskema.oplysninger(library, form["navn"], form["fornavn"], form["email"], roller, enheder)
        medarbejder_id, kode = await off_loop(medarbejdere.opret, engine, brugernavn, felter, bruger(request), nu())
    except Ugyldig as ugyldig:
        form.fejl.update(ugyldig.fejl)
        return await _skema(request, None, form, roller, enheder)
    return await _kode(request, await off_loop(medarbejdere.hent, engine, medarbejder_id), kode)


@kraev("admin")
async def en(request: web.Request) -> web.StreamResponse:
    """One person's form, filled in."""
    row = await _hent(request)
    return await _skema(request, row, Formular(NAVN), row.roller, row.enheder)


@kraev("admin")
async def gem(request: web.Request) -> web.StreamResponse:
    """Alter a person. A form made before another's change is refused and shown with what stands now."""
    row, sendt = await _hent(request), await request.post()
    form, roller, enheder = _laes(sendt)
    engine, library = request.config_dict[GATEWAY].engine, request.config_dict[GATEWAY].library
    try:
        felter = medarbejderskema.oplysninger(library, form["navn"], form["fornavn"], form["email"], roller, enheder)
        await off_loop(medarbejdere.ret, engine, row.id, form.tal("version") or 0, felter, bruger(request), nu())
    except Ugyldig as ugyldig:
        form.fejl.update(ugyldig.fejl)
        return await _skema(request, row, form, roller, enheder)
    except Foraeldet:
        return await _skema(request, await _hent(request), form, roller, enheder, foraeldet=True)
    await besked(request, f"{felter.navn} er gemt.")
    return videre(request, LISTE)


@kraev("admin")
async def nulstil(request: web.Request) -> web.StreamResponse:
    """A one-time password, shown this once."""
    row, form = await _hent(request), Formular(NAVN, await request.post())
    engine = request.config_dict[GATEWAY].engine
    try:
        kode = await off_loop(medarbejdere.nulstil, engine, row.id, form.tal("version") or 0, bruger(request), nu())
    except Foraeldet:
        return await _foraeldet(request, row)
    return await _kode(request, row, kode)


@kraev("admin")
async def laas_op(request: web.Request) -> web.StreamResponse:
    """End a lock-out."""
    row = await _hent(request)
    await off_loop(medarbejdere.laas_op, request.config_dict[GATEWAY].engine, row.id, bruger(request), nu())
    await besked(request, f"{row.navn} kan logge ind igen.")
    return videre(request, f"{LISTE}/{row.id}")


@kraev("admin")
async def aktiv(request: web.Request) -> web.StreamResponse:
    """Let a person in again (``aktiv=ja``) or keep them out."""
    row, form = await _hent(request), Formular(NAVN, await request.post())
    ja, engine = form["aktiv"] == "ja", request.config_dict[GATEWAY].engine
    try:
        await off_loop(medarbejdere.saet_aktiv, engine, row.id, form.tal("version") or 0, ja, bruger(request), nu())
    except Foraeldet:
        return await _foraeldet(request, row)
    except Ugyldig as ugyldig:
        await besked(request, str(ugyldig), "fejl")
        return videre(request, f"{LISTE}/{row.id}")
    await besked(request, f"{row.navn} {'kan logge ind igen' if ja else 'er logget ud overalt og kan ikke logge ind'}.")
    return videre(request, f"{LISTE}/{row.id}")


def _laes(sendt: MultiDictProxy[Any]) -> tuple[Formular, list[str], list[str]]:
    return (
        Formular(NAVN, sendt),
        [str(value) for value in sendt.getall("roller", [])],
        [str(value) for value in sendt.getall("enheder", [])],
    )


async def _hent(request: web.Request) -> Medarbejder:
    try:
        return await off_loop(medarbejdere.hent, request.config_dict[GATEWAY].engine, int(request.match_info["id"]))
    except Ukendt:
        raise web.HTTPNotFound from None


async def _skema(
    request: web.Request, row: Medarbejder | None, form: Formular, roller: list[str], enheder: list[str], foraeldet: bool = False
) -> web.Response:
    library = request.config_dict[GATEWAY].library
    valg = sorted(((id_, enhed.navn) for id_, enhed in library.enheder.items()), key=lambda each: each[1])
    status = 409 if foraeldet else 400 if form.fejl else 200
    values = {
        "person": row, "form": form if form.felter else None, "roller": roller, "enheder": enheder, "ROLLER": ROLLER,
        "valg": valg, "foraeldet": FORAELDET if foraeldet else None, "FELTER": FELTER, "nu": nu(),
    }  # fmt: skip
    return await vis(request, "admin_medarbejder.html", status=status, **values)


async def _foraeldet(request: web.Request, row: Medarbejder) -> web.StreamResponse:
    await besked(request, FORAELDET, "fejl")
    return videre(request, f"{LISTE}/{row.id}")


async def _kode(request: web.Request, row: Medarbejder, kode: str) -> web.Response:
    return await vis(request, "admin_kode.html", person=row, kode=kode)
