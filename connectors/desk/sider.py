"""Pages: a template with who asks, the menu and what is to be told; and the way on after a form."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Literal

import aiohttp_jinja2
from aiohttp import web
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from connectors.database import off_loop
from connectors.desk import adgang, cookies, sessioner, sikkerhed
from connectors.desk.adgang import BRUGER, SESSION
from connectors.desk.filtre import filtre
from connectors.desk.menu import menu_for
from connectors.website.gateway import GATEWAY
from connectors.website.texts import Knowledge

TEMPLATES = Path(__file__).parent / "templates"
Slags = Literal["succes", "fejl", "info"]
_LAGT: web.RequestKey[bool] = web.RequestKey("desk_besked_lagt", bool)


def setup(app: web.Application, knowledge: Knowledge) -> None:
    """Give the desk its templates. A name that a template gets wrong is an error, not an empty place."""
    env = aiohttp_jinja2.setup(
        app,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        filters=filtre(knowledge),
    )
    env.globals["ikon"] = ikon


async def vis(request: web.Request, skabelon: str, status: int = 200, **values: Any) -> web.Response:
    """A page. Beside ``values`` a template knows ``bruger`` (None before log-in), ``menu``, ``sti``, ``beskeder``, ``har``,
    ``csrf()`` (the hidden field), ``csrf_token``, ``eksempelvaerdier`` and ``kommune_navn``."""
    token = sikkerhed.csrf_token(request)
    library = request.config_dict[GATEWAY].library
    kommune = library.kommune
    context = {
        "bruger": request.get(BRUGER),
        "menu": menu_for(request.get(BRUGER)),
        "sti": request.path,
        "beskeder": await _beskeder(request),
        "har": partial(adgang.har, request),
        "csrf": partial(_csrf_felt, token),
        "csrf_token": token,
        "eksempelvaerdier": library.eksempelvaerdier(),
        "kommune_navn": kommune.navn if kommune else "Kommunen",
        **values,
    }
    response = aiohttp_jinja2.render_template(skabelon, request, context, status=status)
    if sikkerhed.NY_FOER in request:
        cookies.saet(request, response, cookies.FOER_LOGIN, token)
    return response


async def besked(request: web.Request, tekst: str, slags: Slags = "succes") -> None:
    """Tell ``tekst`` on the next page that this person sees."""
    await off_loop(sessioner.laeg_besked, request.config_dict[GATEWAY].engine, request[SESSION].token_hash, slags, tekst)
    request[_LAGT] = True


def videre(request: web.Request, path: str) -> web.HTTPSeeOther:
    """The answer to a form: go on to ``path``, which is one of the desk's own; else to its front page."""
    return web.HTTPSeeOther(path if egen_sti(path) else "/desk")


def egen_sti(path: str) -> bool:
    """Whether ``path`` is an address of the desk: no other host's, and none that a browser could read as one."""
    inside = path == "/desk" or path.startswith(("/desk/", "/desk?"))
    return inside and "\\" not in path and ".." not in path and path.isprintable()


def ikon(navn: str, etiket: str = "") -> Markup:
    """One of dkfds' icons. Without ``etiket`` it is only decoration."""
    how = Markup('role="img" aria-label="{}"').format(etiket) if etiket else Markup('aria-hidden="true"')
    use = Markup('<use href="/static/vendor/dkfds/img/all-svg-icons.svg#{}"></use>').format(navn)
    return Markup('<svg class="icon-svg alert-icon" focusable="false" {}>{}</svg>').format(how, use)


def _csrf_felt(token: str) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(token)


async def _beskeder(request: web.Request) -> list[dict[str, Any]]:
    session = request.get(SESSION)
    if session is None or adgang.af_sig_selv(request) or not (session.beskeder or request.get(_LAGT)):
        return []
    return await off_loop(sessioner.tag_beskeder, request.config_dict[GATEWAY].engine, session.token_hash)
