"""What staff do to a case: the way of every form of the case's page, from what was sent to the page that follows.

A form that has a mistake, and one that was filled in before somebody else changed the case, is shown again with what
was typed. Sent twice, it does its work once: the second time finds it done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.crm import synlighed
from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.crm.models import Henvendelse
from connectors.crm.tid import nu
from connectors.database import off_loop, reading
from connectors.desk import revision
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.formular import Formular
from connectors.desk.sagsvisning import synlig
from connectors.desk.sider import besked, videre
from connectors.website import koe
from connectors.website.gateway import GATEWAY

SAGSROLLER = ("front", "konsulent", "backoffice")  # who has cases at all


@dataclass
class Arbejde:
    """What a form wants done. ``row`` is the case as it was when the form came, ``del_id`` the agreement or delopgave that
    it is about, ``version`` and ``historik`` what the page had that it was sent from. ``styrer``: whether the case is theirs
    to run (``synlighed.styrer``)."""

    engine: Engine
    library: Library
    bruger: Bruger
    row: Henvendelse
    form: Formular
    nu: dt.datetime
    del_id: int | None = None
    styrer: bool = True

    @property
    def number(self) -> str:
        """The case's number."""
        return self.row.nummer

    @property
    def version(self) -> int:
        """The version that the page had; 0, which no case has, where the form brought none."""
        return self.form.tal("version") or 0

    @property
    def historik(self) -> int:
        """Id of the last line of history that the page had."""
        return self.form.tal("historik") or 0


@dataclass(frozen=True)
class Udfald:
    """That it is done: what the next page tells, and a code that undoes it (``fortryd``), where that makes sense."""

    tekst: str
    fortryd: str | None = None


@dataclass(frozen=True)
class Handling:
    """One form. ``goer`` does it and returns None where the form has a mistake; it may raise ``ForaeldetVersion`` and
    ``ValueError``, which is told at ``felt``. ``gjort``: whether a case is already as the form wants it. ``deltager``: also
    for those whose unit only has a delopgave in the case."""

    navn: str
    felt: str
    goer: Callable[[Arbejde], Udfald | None]
    gjort: Callable[[Arbejde], bool] = lambda _: False
    anker: str = ""
    deltager: bool = False


@dataclass
class Resultat:
    """How a form went: done (``udfald``), done before (neither that nor a mistake), refused with a mistake in ``form``, or
    overtaken (``foraeldet``) by what has happened since line ``siden`` of the history. ``version``: the case's afterwards;
    None where the one who did it may not see it any more."""

    form: Formular
    number: str
    samtale: str | None
    siden: int
    udfald: Udfald | None = None
    foraeldet: ForaeldetVersion | None = None
    version: int | None = None


class Sagsside(Protocol):
    """The case's page, shown again with a form that was refused."""

    async def __call__(self, request: web.Request, form: Formular, status: int, siden: int | None) -> web.StreamResponse: ...


def handler(handling: Handling, side: Sagsside) -> Handler:
    """The handler of a form's address."""

    @kraev(*SAGSROLLER)
    async def post(request: web.Request) -> web.StreamResponse:
        gateway = request.config_dict[GATEWAY]
        del_id = request.match_info.get("id")
        form = Formular(handling.navn if del_id is None else f"{handling.navn}-{del_id}", await request.post())
        result = await off_loop(
            udfoer, handling, gateway.engine, gateway.library, bruger(request), request.match_info["nummer"], form, del_id
        )
        if result.foraeldet is not None:
            return await side(request, result.form, 409, result.siden)
        if result.form.fejl:
            return await side(request, result.form, 422, None)
        if result.udfald is not None:
            if result.samtale:
                gateway.notifier.wake(result.samtale)
            gateway.notifier.wake(koe.DESK)
            await besked(request, result.udfald.tekst)
        return videre(request, _naeste(result, handling))

    return post


def udfoer(
    handling: Handling, engine: Engine, library: Library, hvem: Bruger, number: str, form: Formular, del_id: str | None = None
) -> Resultat:
    """Do what a form wants and write it into the audit log. Raises ``UkendtHenvendelse`` for a case that ``hvem`` may not
    see."""
    row, runs = _row(engine, number, hvem)
    work = Arbejde(engine, library, hvem, row, form, nu(), int(del_id) if del_id else None, runs)
    result = Resultat(form, work.number, work.row.samtale, work.historik, version=work.row.version)
    if not (runs or handling.deltager):
        form.fejl[handling.felt] = "Sagen styres af en anden enhed. I kan skrive en note og sætte jeres egen delopgaves status."
        return result
    try:
        result.udfald = handling.goer(work)
    except ForaeldetVersion as stale:
        work.row, _ = _row(engine, number, hvem)
        result.foraeldet = None if handling.gjort(work) else stale
    except ValueError as error:
        form.fejl[handling.felt] = _saetning(str(error))
    if result.udfald is not None:
        revision.skriv(engine, hvem, "ændret", "henvendelse", work.number, {"handling": handling.navn})
        result.version = _version(engine, number, hvem)
    return result


def _row(engine: Engine, number: str, hvem: Bruger) -> tuple[Henvendelse, bool]:
    with reading(engine) as session:
        row = synlig(session, number, hvem)
        return row, synlighed.styrer(session, row, hvem)


def _version(engine: Engine, number: str, hvem: Bruger) -> int | None:
    try:
        return _row(engine, number, hvem)[0].version
    except UkendtHenvendelse:
        return None


def _naeste(result: Resultat, handling: Handling) -> str:
    if result.version is None:  # sent on to a unit that is not theirs
        return "/desk/"
    query = ""
    if result.udfald is not None and result.udfald.fortryd:
        query = "?" + urlencode({"fortryd": result.udfald.fortryd, "v": result.version})
    return f"/desk/sager/{result.number}{query}{handling.anker}"


def _saetning(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
