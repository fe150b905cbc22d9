"""``/desk/tal``: the analysts' page."""

from __future__ import annotations

import datetime as dt

from aiohttp import web

from bot.language.dato import KOEBENHAVN
from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import ordliste
from connectors.desk.adgang import kraev
from connectors.desk.formular import Formular, dag
from connectors.desk.optaelling import FEWEST_ANSWERS, optael
from connectors.desk.sider import vis
from connectors.website.gateway import GATEWAY

NAVN = "periode"
USUAL = dt.timedelta(weeks=12)
LONGEST = dt.timedelta(days=3 * 366)
SURVEY = {
    "sagsbehandlingstid": "Kort sagsbehandlingstid",
    "kompetence": "Kompetente sagsbehandlere",
    "kontaktperson": "Fast kontaktperson",
    "orientering": "Løbende orientering",
}


def ruter(app: web.Application) -> None:
    """The page."""
    app.router.add_get("/tal", side)


@kraev("analytiker")
async def side(request: web.Request) -> web.StreamResponse:
    """The last twelve weeks, or the period asked for."""
    gateway, form, i_dag = request.config_dict[GATEWAY], Formular(NAVN, request.query), nu().astimezone(KOEBENHAVN).date()
    til = _dag(form, "til", i_dag)
    fra = _dag(form, "fra", til - USUAL + dt.timedelta(days=1))
    if not form.fejl and not dt.timedelta() <= til - fra <= LONGEST:
        form.fejl["fra"] = "Perioden skal begynde, før den slutter, og højst vare tre år."
    if form.fejl:
        fra, til = i_dag - USUAL + dt.timedelta(days=1), i_dag
    else:
        form.felter |= {"fra": f"{fra:%d-%m-%Y}", "til": f"{til:%d-%m-%Y}"}
    tal = await off_loop(optael, gateway.engine, fra, til, nu())
    values = {
        "form": form,
        "fra": fra,
        "til": til,
        "tal": tal,
        "ORD": ordliste,
        "SURVEY": SURVEY,
        "FEWEST": FEWEST_ANSWERS,
        "dage": gateway.website.keep_conversations_days,
        "team_navne": {id_: enhed.navn for id_, enhed in gateway.library.enheder.items()},
    }
    return await vis(request, "tal.html", status=400 if form.fejl else 200, **values)


def _dag(form: Formular, felt: str, ellers: dt.date) -> dt.date:
    try:
        return dag(form[felt]) if form[felt] else ellers
    except ValueError as error:
        form.fejl[felt] = str(error)
        return ellers
