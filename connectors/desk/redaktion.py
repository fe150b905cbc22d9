"""``/desk/redaktion``: how the editors' files are: which version is in force, what is wrong, what is only an example."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from connectors.desk.adgang import kraev
from connectors.desk.sider import vis
from connectors.website.gateway import GATEWAY


def ruter(app: web.Application) -> None:
    """The page."""
    app.router.add_get("/redaktion", side)


@kraev("redaktør")
async def side(request: web.Request) -> web.StreamResponse:
    """Errors first: those that keep a file's last good text in force, then the others."""
    gateway = request.config_dict[GATEWAY]
    library, problems = gateway.library, gateway.knowledge.problems
    antal = {
        "ydelser": len(library.ydelser),
        "hovedområder": len(library.omraader),
        "servicepakker": len(library.servicepakker),
        "enheder": len(library.enheder),
        "eksterne": len(library.eksterne),
        "spørgsmål": len(library.spoergsmaal),
        "filer med tekster": len(library.tekster),
        "faste svar": len(library.skabeloner),
    }
    values: dict[str, Any] = {
        "version": library.version,
        "blokerende": [problem for problem in problems if problem.blocking],
        "andre": [problem for problem in problems if not problem.blocking],
        "antal": antal,
        "skabeloner": library.skabeloner,
    }
    return await vis(request, "redaktion.html", **values)
