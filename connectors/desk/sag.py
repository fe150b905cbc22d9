"""``/desk/sager/{nummer}``: everything about a case on one page, and the forms that change it."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from aiohttp import web

from bot.language.dato import KOEBENHAVN
from connectors.crm.sagsgang import AFSLUTTET
from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import fortryd, ordliste, revision, sagsdele, sagsfelter, sagshandling, sagsskrift
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.haendelser import Haendelse, haendelser
from connectors.desk.sagshandling import SAGSROLLER
from connectors.desk.sagsvisning import SagVist, hent
from connectors.desk.sider import vis
from connectors.website.gateway import GATEWAY


def ruter(app: web.Application) -> None:
    """The page, and an address for each of its forms."""
    app.router.add_get("/sager/{nummer}", vis_sag)
    for handling in (*sagsfelter.HANDLINGER, *sagsskrift.HANDLINGER, *sagsdele.PAA_SAGEN, fortryd.HANDLING):
        app.router.add_post("/sager/{nummer}/" + handling.navn, sagshandling.handler(handling, _igen))
    for handling in sagsdele.PAA_EN_DEL:
        app.router.add_post("/sager/{nummer}/" + handling.navn + r"/{id:\d{1,9}}", sagshandling.handler(handling, _igen))


@kraev(*SAGSROLLER)
async def vis_sag(request: web.Request) -> web.StreamResponse:
    """The case's page."""
    return await _side(request, await _hent(request))


async def _igen(request: web.Request, form: Formular, status: int, siden: int | None) -> web.StreamResponse:
    """The page as it is now, with a refused form as it was filled in; ``siden`` is the line of history after which others'
    changes are told."""
    sag = await _hent(request)
    library = request.config_dict[GATEWAY].library
    changes = None if siden is None else haendelser([linje for linje in sag.row.historik if linje.id > siden], library)
    return await _side(request, sag, form, status, changes)


async def _hent(request: web.Request) -> SagVist:
    gateway = request.config_dict[GATEWAY]
    hvem, number = bruger(request), request.match_info["nummer"]
    sag = await off_loop(hent, gateway.engine, number, hvem, gateway.library, nu())
    await off_loop(revision.skriv, gateway.engine, hvem, "set", "henvendelse", sag.row.nummer)
    return sag


async def _side(
    request: web.Request,
    sag: SagVist,
    form: Formular | None = None,
    status: int = 200,
    aendret: list[Haendelse] | None = None,
) -> web.Response:
    library = request.config_dict[GATEWAY].library
    code, seen = request.query.get("fortryd", ""), request.query.get("v", "")
    undo = fortryd.tilbud(code, seen, sag.row, library, sag.kolleger)
    return await vis(
        request,
        "sag.html",
        status=status,
        sag=sag,
        form=form,
        aendret=aendret,
        fortryd=undo if form is None else None,
        ORD=ordliste.alle(),
        genveje=_genveje(sag, bruger(request)),
        noegler={"note": uuid.uuid4().hex, "svar": uuid.uuid4().hex},
        enheder=ordliste.enheder(library),
        ydelsesvalg=sorted(((one.id, one.navn) for one in library.ydelser.values()), key=lambda pair: pair[1]),
        statusvalg=[(value, ordliste.STATUSSER[value]) for value in sagsfelter.AABNE],
        dag=_dag,
        klokken=_klokken,
        aftaleejere=partial(_aftaleejere, sag),
    )


def _genveje(sag: SagVist, hvem: Bruger) -> list[tuple[str, str]]:
    """The shortcuts of this case's page: of what can be done on it now."""
    is_open = sag.row.status != AFSLUTTET
    every = [
        ("n", "Skriv en note", True),
        ("s", "Skriv et svar til virksomheden", sag.vej is not None),
        ("t", "Gå til »Tildel til mig«", is_open and sag.row.ejer_id != hvem.id),
        ("r", "Gå til »Send til et andet team«", is_open),
        ("a", "Gå til »Ny aftale«", is_open),
        ("l", "Gå til »Luk sagen«", is_open),
        ("/", "Søg i henvendelser", True),
    ]
    return [(key, what) for key, what, there in every if there]


def _aftaleejere(sag: SagVist, ejer: str | None) -> list[tuple[str, str]]:
    """Who can keep an agreement, by name; ``ejer`` too, who may be a unit or have left."""
    names = {navn for _, navn in sag.kolleger} | ({ejer} if ejer else set())
    return [(name, name) for name in sorted(names)]


def _dag(moment: dt.datetime | None) -> str:
    """As a date field wants it: ``2026-11-26`` in Copenhagen, "" for none."""
    return moment.astimezone(KOEBENHAVN).date().isoformat() if moment else ""


def _klokken(moment: dt.datetime | None) -> str:
    """As a time field wants it: ``16:00`` in Copenhagen, "" for none."""
    return moment.astimezone(KOEBENHAVN).strftime("%H:%M") if moment else ""
