"""``/desk/``: the lists. Chats that wait, one's own cases, the team's, what is due, all of them; each is a link."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from sqlalchemy import select

from bot.knowledge.library import Library
from bot.language.sagsnummer import find_nummer
from connectors.crm import lister
from connectors.crm.fejl import UkendtHenvendelse
from connectors.crm.lister import Side
from connectors.crm.tid import nu
from connectors.database import off_loop, reading, writing
from connectors.desk import koevisning, ordliste, revision
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.koevisning import Chat
from connectors.desk.listevalg import FANER, UDEN, VENTER, Listevalg, laes, som_liste
from connectors.desk.models import Revision
from connectors.desk.sagshandling import SAGSROLLER
from connectors.desk.sagsvisning import synlig
from connectors.desk.sider import videre, vis
from connectors.website import koe, tilstede
from connectors.website.gateway import GATEWAY, Gateway

ET_BLIK = dt.timedelta(minutes=10)
GENVEJE = (
    ("j", "Næste linje"),
    ("k", "Forrige linje"),
    ("Enter", "Åbn linjen"),
    ("/", "Søg i henvendelser"),
)


@dataclass(frozen=True)
class Indhold:
    """What the list has: ``side`` of cases, or chats that wait (``venter``) and the user's own (``mine``)."""

    antal: dict[str, int]
    side: Side | None = None
    venter: list[Chat] = field(default_factory=list)
    mine: list[Chat] = field(default_factory=list)


def ruter(app: web.Application) -> None:
    """The lists and their counts."""
    app.router.add_get("/", oversigt)
    app.router.add_get("/api/antal", antal)


@kraev(*SAGSROLLER)
async def oversigt(request: web.Request) -> web.StreamResponse:
    """A list; a search for just a case's number goes straight to the case."""
    gateway, hvem = request.config_dict[GATEWAY], bruger(request)
    valg = laes(request.query)
    if valg.soegt and (number := await off_loop(_traef, gateway, hvem, valg.soegt)):
        return videre(request, f"/desk/sager/{number}")
    valg, indhold = await off_loop(_hent, gateway, hvem, valg)
    colleagues = await off_loop(tilstede.kolleger, gateway.engine, nu())
    form = Formular("filter", {**valg.felter, **{key: request.query[key] for key in valg.fejl}})
    form.fejl.update(valg.fejl)
    return await vis(
        request,
        "oversigt.html",
        valg=valg,
        indhold=indhold,
        faner=FANER,
        form=form,
        ORD=ordliste.alle(),
        genveje=GENVEJE,
        **_muligheder(gateway.library, [(one.id, one.navn) for one in sorted(colleagues, key=lambda one: one.navn)]),
    )


@kraev(*SAGSROLLER)
async def antal(request: web.Request) -> web.StreamResponse:
    """How many stand in each list: ``venter``, ``mine_chats``, ``mine``, ``team``, ``frist``, ``alle``."""
    return web.json_response(await off_loop(taelling, request.config_dict[GATEWAY], bruger(request)))


def taelling(gateway: Gateway, hvem: Bruger) -> dict[str, int]:
    """The counts of the lists, and of the user's own chats."""
    counts: dict[str, int] = {VENTER: len(koe.venteliste(gateway.engine, hvem))}
    counts["mine_chats"] = koevisning.antal_mine(gateway.engine, hvem.id)
    return counts | dict(lister.antal(gateway.engine, hvem, nu()))


def _hent(gateway: Gateway, hvem: Bruger, valg: Listevalg) -> tuple[Listevalg, Indhold]:
    """The list asked for, or the first that has something in it; that it was looked at is in the audit log."""
    counts = taelling(gateway, hvem)
    if not valg.liste:
        counted = {**counts, VENTER: counts[VENTER] + counts["mine_chats"]}
        first = next((name for name in FANER if counted[name]), VENTER)
        valg = Listevalg(first, valg.side, valg.felter, valg.fejl)
    if valg.liste == VENTER:
        waiting = koevisning.venter(gateway.engine, hvem, gateway.library, nu())
        own = koevisning.mine(gateway.engine, hvem.id, nu())
        _revider(gateway, hvem, valg, {"samtaler": [chat.id for chat in (*waiting, *own)]})
        return valg, Indhold(counts, venter=waiting, mine=own)
    page = lister.hent(gateway.engine, hvem, som_liste(valg.liste), valg.filtre(hvem.id), nu(), valg.side)
    _revider(gateway, hvem, valg, {"sager": sorted({line.number for line in page.linjer})})
    return valg, Indhold(counts, side=page)


def _revider(gateway: Gateway, hvem: Bruger, valg: Listevalg, shown: dict[str, Any]) -> None:
    """Write down that the list was looked at, and whose data stood on it. A page that keeps itself fresh shows the same
    again and again: that is one look."""
    if not any(shown.values()) and not valg.soegt:
        return
    handling = "søgt" if valg.soegt else "set"
    with writing(gateway.engine) as session:
        newest = select(Revision).where(Revision.medarbejder_id == hvem.id, Revision.tid > nu() - ET_BLIK)
        last = session.scalars(newest.order_by(Revision.id.desc()).limit(1)).one_or_none()
        if last is None or (last.handling, last.slags, last.noegle, last.detaljer) != (handling, "liste", valg.liste, shown):
            revision.skriv(session, hvem, handling, "liste", valg.liste, shown)


def _traef(gateway: Gateway, hvem: Bruger, soegt: str) -> str | None:
    """The number that is all that was searched for, if it is a case that ``hvem`` may see."""
    number = find_nummer(soegt)
    if number is None or len(soegt) > len(number) + 4:
        return None
    try:
        with reading(gateway.engine) as session:
            return synlig(session, number, hvem).nummer
    except UkendtHenvendelse:
        return None


def _muligheder(library: Library, kolleger: list[tuple[int, str]]) -> dict[str, Any]:
    packages = sorted(((one.id, one.navn) for one in library.servicepakker.values()), key=lambda pair: pair[1])
    owners = [("mig", "Mig"), (UDEN, "Ingen"), *kolleger]
    return {"enheder": ordliste.enheder(library), "pakker": packages, "ejere": owners}
