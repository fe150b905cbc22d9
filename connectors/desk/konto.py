"""``/desk/konto``: who one is logged in as."""

from __future__ import annotations

from aiohttp import web

from connectors.desk.adgang import kraev
from connectors.desk.sider import vis


def ruter(app: web.Application) -> None:
    """The account's page."""
    app.router.add_get("/konto", konto)


@kraev()
async def konto(request: web.Request) -> web.StreamResponse:
    """Name, roles and units."""
    return await vis(request, "konto.html")
