"""``/desk/sager/{nummer}/henvisning``: hand the business to a body outside the municipality, with its yes."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from sqlalchemy import Engine

from bot.knowledge.library import Library
from bot.knowledge.schema.enhed import Ekstern
from connectors.crm import henvisningsbrev
from connectors.crm.henvisningsudkast import Udkast, udkast
from connectors.database import off_loop, reading
from connectors.desk import revision, sagshandling
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.sagshandling import SAGSROLLER, Arbejde, Handling, Udfald
from connectors.desk.sagsvisning import navn, synlig
from connectors.desk.sider import vis
from connectors.website.gateway import GATEWAY

LONGEST = 10_000  # characters of the mail
SUBJECT = 200
NAVN = 200
FORMER = (("telefon", "I telefonen"), ("moede", "På et møde"), ("mail", "I en mail"))
_TILBAGE = "/henvisning"


def ruter(app: web.Application) -> None:
    """The page, and its two forms."""
    app.router.add_get("/sager/{nummer}/henvisning", side)
    for handling in (SEND, JA):
        app.router.add_post("/sager/{nummer}/" + handling.navn, sagshandling.handler(handling, _igen))


@kraev(*SAGSROLLER)
async def side(request: web.Request) -> web.StreamResponse:
    """The draft, and whether it may be sent; ``til`` in the address is the body's id."""
    return await _side(request, None, 200)


async def _igen(request: web.Request, form: Formular, status: int, siden: int | None) -> web.StreamResponse:
    return await _side(request, form, status)


async def _side(request: web.Request, form: Formular | None, status: int) -> web.Response:
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    valgt = form["ekstern"] if form else request.query.get("til", "")
    values = await off_loop(_hent, gateway.engine, request.match_info["nummer"], hvem, gateway.library, valgt)
    await off_loop(revision.skriv, gateway.engine, hvem, "set", "henvendelse", values["row"].nummer)
    return await vis(request, "henvisning.html", status=status, form=form, foraeldet=status == 409, former=FORMER, **values)


def _hent(engine: Engine, number: str, hvem: Bruger, library: Library, valgt: str) -> dict[str, Any]:
    with reading(engine) as session:
        row = synlig(session, number, hvem)
        modtagere = henvisningsbrev.modtagere(row, library)
        ekstern = next((body for body in modtagere if body.id == valgt), modtagere[0] if modtagere else None)
        return {
            "row": row,
            "navn": navn(row, session),
            "modtagere": modtagere,
            "ekstern": ekstern,
            "ja": ekstern is not None and henvisningsbrev.har_sagt_ja(row, ekstern),
            "sendt": henvisningsbrev.sendt_i(session, row, ekstern) if ekstern else None,
            "udkast": udkast(row, ekstern, hvem.navn, library, hvem.enheder) if ekstern else None,
            "historik": row.historik[-1].id if row.historik else 0,
        }


def _send(work: Arbejde) -> Udfald | None:
    ekstern = _ekstern(work)
    til = work.form["til"]
    emne = work.form.tekst("emne", "Skriv mailens emne.", SUBJECT)
    tekst = work.form.tekst("tekst", "Skriv mailen.", LONGEST)
    if work.form.fejl or ekstern is None:
        return None
    mail = Udkast(emne, tekst)
    henvisningsbrev.send(
        work.engine, work.library, work.number, work.version, work.bruger.navn, ekstern, til, mail, work.nu
    )  # fmt: skip
    return Udfald(f"Mailen til {ekstern.navn} er lagt i udbakken, og virksomheden får besked.")


def _ja(work: Arbejde) -> Udfald | None:
    ekstern = _ekstern(work)
    sagt_af = work.form.tekst("sagt_af", "Skriv, hvem i virksomheden der har sagt ja.", NAVN)
    form = work.form.valg("form", [value for value, _ in FORMER], "Vælg, hvordan virksomheden sagde ja.")
    if work.form.fejl or ekstern is None:
        return None
    henvisningsbrev.registrer_ja(
        work.engine, work.number, work.version, work.bruger.navn, ekstern, sagt_af, form, work.nu
    )  # fmt: skip
    return Udfald(f"Virksomhedens ja til {ekstern.navn} er noteret.")


def _ekstern(work: Arbejde) -> Ekstern | None:
    found = {body.id: body for body in henvisningsbrev.modtagere(work.row, work.library)}.get(work.form["ekstern"])
    if found is None:
        work.form.fejl["ekstern"] = "Vælg, hvem virksomheden skal gives videre til."
    return found


def _er_sendt(work: Arbejde) -> bool:
    ekstern = _ekstern(work)
    with reading(work.engine) as session:
        return ekstern is not None and henvisningsbrev.sendt_i(session, work.row, ekstern) is not None


def _er_noteret(work: Arbejde) -> bool:
    ekstern = _ekstern(work)
    return ekstern is not None and henvisningsbrev.har_sagt_ja(work.row, ekstern)


SEND = Handling("henvisning", "til", _send, _er_sendt, anker=_TILBAGE)
JA = Handling("henvisning/ja", "sagt_af", _ja, _er_noteret, anker=_TILBAGE)
