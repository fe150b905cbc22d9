"""The questionnaire's page, ``/s/{token}``: no log-in and no JavaScript; the token in the address is the only key.

So no other site can send the form, for it does not know the address, and the page gives the address to nobody.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Engine, or_, select
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN, dansk_dato
from connectors.crm.artikler import rens
from connectors.database import off_loop, reading, writing
from connectors.survey import besvarelse
from connectors.survey.besvarelse import LAENGSTE_KOMMENTAR
from connectors.survey.models import PARAMETRE, Invitation
from connectors.survey.spoergsmaal import KARAKTERER, KOMMENTAR
from connectors.website.gateway import GATEWAY, now
from connectors.website.incident import log_incident
from connectors.website.tokens import token_hash

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024  # bytes: the longest comment, each of its characters escaped
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
_SIDER = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


@dataclass(frozen=True)
class Fundet:
    """What the holder of a link has: the invitation, and whether it is still to be answered."""

    id: int
    besvaret: bool
    udloeber: dt.datetime


@dataclass(frozen=True)
class Svar:
    """What a form held. ``fejl``: what is wrong with it, in the editors' words; None where it can be kept."""

    karakterer: dict[str, int | None]
    kommentar: str
    fejl: str | None


def ruter(app: web.Application) -> None:
    """Add the page to the gateway."""
    app.router.add_get("/s/{token}", vis)
    app.router.add_post("/s/{token}", modtag)


async def vis(request: web.Request) -> web.Response:
    """The form, or why there is none."""
    library = request.app[GATEWAY].library
    try:
        fundet = await off_loop(find, request.app[GATEWAY].engine, request.match_info["token"])
    except (OperationalError, InterfaceError) as error:
        return _nede(library, error)
    if (lukket := _lukket(library, fundet)) is not None:
        return lukket
    return _form(library, Svar({}, "", None))


async def modtag(request: web.Request) -> web.Response:
    """Keep the answer, or show the form again with what was answered and what is missing."""
    gateway = request.app[GATEWAY]
    library = gateway.library
    try:
        fundet = await off_loop(find, gateway.engine, request.match_info["token"])
        if (lukket := _lukket(library, fundet)) is not None:
            return lukket
        svar = laes(await request.clone(client_max_size=LARGEST_BODY).post(), library)
        if svar.fejl is not None:
            return _form(library, svar, 400)
        if fundet is not None:
            await off_loop(_gem, gateway.engine, fundet.id, svar)
    except web.HTTPRequestEntityTooLarge:
        antal = library.text("survey", "side_fejl_lang", antal=f"over {LAENGSTE_KOMMENTAR}", plads=LAENGSTE_KOMMENTAR)
        return _form(library, Svar({}, "", antal), 413)
    except (OperationalError, InterfaceError) as error:
        return _nede(library, error)
    # loaded anew, so that the browser's back and reload send nothing again
    return web.Response(status=303, headers={**HEADERS, "Location": request.path})


def find(engine: Engine, token: str) -> Fundet | None:
    """The invitation whose link or reminder has this token."""
    kode = token_hash(token)
    with reading(engine) as session:
        row = session.scalar(select(Invitation).where(or_(Invitation.token_hash == kode, Invitation.paamindet_hash == kode)))
        return None if row is None else Fundet(row.id, row.besvaret, row.udloeber)


def laes(form: Mapping[str, Any], library: Library) -> Svar:
    """The answers of a form, with what is wrong with them."""
    raat = {navn: form.get(navn) or "" for navn in PARAMETRE}
    gyldige = {"": None, **{str(value): value for value in KARAKTERER}}
    kommentar = form.get(KOMMENTAR) or ""
    if not isinstance(kommentar, str) or any(value not in gyldige for value in raat.values()):
        return Svar({}, "", library.text("survey", "side_fejl_ugyldig"))
    karakterer = {navn: gyldige[value] for navn, value in raat.items()}
    ren = rens(kommentar)
    fejl = None
    if len(ren) > LAENGSTE_KOMMENTAR:
        fejl = library.text("survey", "side_fejl_lang", antal=len(ren), plads=LAENGSTE_KOMMENTAR)
    elif not ren and not any(karakterer.values()):
        fejl = library.text("survey", "side_fejl_tom")
    return Svar(karakterer, ren, fejl)


def _gem(engine: Engine, invitation_id: int, svar: Svar) -> bool:
    with writing(engine) as session:
        return besvarelse.gem(session, invitation_id, svar.karakterer, svar.kommentar, now())


def _lukket(library: Library, fundet: Fundet | None) -> web.Response | None:
    """Why there is nothing to answer; None where there is."""
    if fundet is None:
        return _besked(library, "ukendt", 404)
    if fundet.besvaret:
        return _besked(library, "besvaret", 200)
    if fundet.udloeber <= now():
        sidste_dag = (fundet.udloeber - dt.timedelta(seconds=1)).astimezone(KOEBENHAVN).date()
        return _besked(library, "udloebet", 410, dato=dansk_dato(sidste_dag))
    return None


def _form(library: Library, svar: Svar, status: int = 200) -> web.Response:
    return _side(library, "form.html", status, svar=svar, parametre=PARAMETRE, karakterer=KARAKTERER, plads=LAENGSTE_KOMMENTAR)


def _besked(library: Library, navn: str, status: int, **values: str) -> web.Response:
    titel, tekst = library.text("survey", f"side_{navn}_titel"), library.text("survey", f"side_{navn}", **values)
    return _side(library, "besked.html", status, titel=titel, tekst=tekst)


def _nede(library: Library, error: Exception) -> web.Response:
    log_incident(logger, "databasen svarer ikke (spørgeskemaet)", error)
    return _besked(library, "nede", 503)


def _side(library: Library, skabelon: str, status: int, **values: Any) -> web.Response:
    def tekst(navn: str, **indhold: object) -> str:
        return library.text("survey", navn, **indhold)

    html = _SIDER.get_template(skabelon).render(t=tekst, kommune=library.kommunen.navn, **values)
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)
