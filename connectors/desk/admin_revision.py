"""``/desk/admin/revision``: the audit log, filtered, page by page, and as CSV. Taking it out is itself noted in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from aiohttp import web

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import revision, revisionslog
from connectors.desk.adgang import bruger, kraev
from connectors.desk.formular import Formular, dag
from connectors.desk.revisionslog import Filtre
from connectors.desk.sider import vis
from connectors.website.gateway import GATEWAY

NAVN = "filter"


def ruter(app: web.Application) -> None:
    """The page and the file."""
    app.router.add_get("/admin/revision", side)
    app.router.add_get("/admin/revision.csv", som_csv)


@kraev("admin")
async def side(request: web.Request) -> web.StreamResponse:
    """The newest lines first; that an administrator read it is noted, with what was looked for."""
    engine, form = request.config_dict[GATEWAY].engine, Formular(NAVN, request.query)
    filtre = _filtre(form)
    nummer = max(1, form.tal("side") or 1)
    await off_loop(revision.skriv, engine, bruger(request), "set", "revision", "", _brugt(filtre))
    fundet = await off_loop(revisionslog.hent, engine, filtre, nummer)
    valg = await off_loop(revisionslog.valg, engine)
    values = {"form": form, "fundet": fundet, "nummer": min(nummer, fundet.sider), "valg": valg, "brugt": _brugt(filtre)}
    return await vis(request, "admin_revision.html", status=400 if form.fejl else 200, **values)


@kraev("admin")
async def som_csv(request: web.Request) -> web.StreamResponse:
    """The same lines as a file."""
    engine, form = request.config_dict[GATEWAY].engine, Formular(NAVN, request.query)
    filtre = _filtre(form)
    text, antal = await off_loop(revisionslog.som_csv, engine, filtre)
    await off_loop(revision.skriv, engine, bruger(request), "eksporteret", "revision", "", {**_brugt(filtre), "linjer": antal})
    navn = f"revision-{nu():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{navn}"'}
    return web.Response(body=text.encode(), content_type="text/csv", charset="utf-8", headers=headers)


def _filtre(form: Formular) -> Filtre:
    return Filtre(form["hvem"], form["handling"], form["slags"], form["noegle"], _dag(form, "fra"), _dag(form, "til"))


def _dag(form: Formular, felt: str) -> dt.date | None:
    try:
        return dag(form[felt]) if form[felt] else None
    except ValueError as error:
        form.fejl[felt] = str(error)
        return None


def _brugt(filtre: Filtre) -> dict[str, str]:
    """The filters in use, as a query's parameters."""
    return {felt: str(value) for felt, value in asdict(filtre).items() if value}
