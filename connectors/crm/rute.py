"""Where a matter goes and who takes it first, by ``knowledge/opgavekatalog.yml``; every routing explains itself.

Which unit gets a case is the contract's rule ("Ids": a person wanted or anything unclear to the front function, a
package to its team, a single service to its own unit), the same by which ``bot.screening.case`` makes the bot's cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.library import Library
from bot.knowledge.schema.opgavekatalog import Niveau
from bot.knowledge.schema.ydelse import Ydelse
from bot.screening.case import FRONT


@dataclass(frozen=True)
class Rute:
    """``enhed`` gets the case. ``niveau``: the front clarifies it at once, a company team takes it, or a back office.
    ``forklaring`` is a Danish sentence for staff that says why."""

    enhed: str
    niveau: Niveau
    forklaring: str


def rut(
    library: Library, *, pakke: str | None = None, passer: bool = False, ydelser: Sequence[str] = (), menneske: bool = False
) -> Rute:
    """The routing of one matter.

    Args:
        pakke: the package that was gone through; ``passer`` whether it fits (a borderline or unsettled one doesn't).
        ydelser: the services wanted, where there is no package; ids that the catalogue doesn't know count for nothing.
        menneske: a person is wanted, whatever it is about.

    Raises:
        LookupError: ``opgavekatalog.yml`` has never been readable.
    """
    forklaringer = library.opgaverne.forklaringer
    if menneske:
        return Rute(FRONT, "straks", _filled(forklaringer.menneske, enhed=_unit(FRONT, library)))
    found = library.servicepakker.get(pakke or "")
    if found is not None:
        unit = found.team if passer else FRONT
        sentence = forklaringer.pakke if passer else forklaringer.pakke_graense
        return Rute(unit, _level(unit, library), _filled(sentence, pakke=found.navn, enhed=_unit(unit, library)))
    known = [library.ydelser[ident] for ident in dict.fromkeys(ydelser) if ident in library.ydelser]
    if not known:
        return Rute(FRONT, "straks", _filled(forklaringer.uklart, enhed=_unit(FRONT, library)))
    routes = [_of_service(ydelse, library) for ydelse in known]
    if len(routes) == 1:
        return routes[0]
    if len({route.enhed for route in routes}) > 1:
        return Rute(FRONT, "straks", _filled(forklaringer.flere, enhed=_unit(FRONT, library)))
    slowest = next((route for route in routes if route.niveau != "straks"), routes[0])
    return Rute(slowest.enhed, slowest.niveau, _filled(forklaringer.flere_samme, enhed=_unit(slowest.enhed, library)))


def _of_service(ydelse: Ydelse, library: Library) -> Rute:
    catalogue = library.opgaverne
    forklaringer = catalogue.forklaringer
    told = {"ydelse": ydelse.navn, "enhed": _unit(ydelse.enhed, library)}
    exception = next((item for item in catalogue.undtagelser if item.ydelse == ydelse.id), None)
    if exception is not None:
        sentence = _filled(forklaringer.undtagelse, begrundelse=exception.begrundelse, **told)
        return Rute(ydelse.enhed, exception.niveau, sentence)
    level = _level(ydelse.enhed, library)
    if level == "straks":
        return Rute(ydelse.enhed, level, _filled(forklaringer.front, **told))
    share = ydelse.tal.informationsandel_pct if ydelse.tal else None
    at_once = catalogue.straks
    if share is not None and share >= at_once.informationsandel_mindst and not set(at_once.ikke_ved) & set(ydelse.servicetype):
        sentence = _filled(forklaringer.information, andel=str(share), stand=ydelse.stand, **told)
        return Rute(ydelse.enhed, "straks", sentence)
    return Rute(ydelse.enhed, level, _filled(getattr(forklaringer, level), **told))


def _level(unit: str, library: Library) -> Niveau:
    """A front clarifies at once; what is no unit of the catalogue is a back office for all that is known."""
    kind = library.enheder[unit].type if unit in library.enheder else "backoffice"
    return "straks" if kind == "front" else kind


def _unit(unit: str, library: Library) -> str:
    return library.enheder[unit].navn if unit in library.enheder else unit


def _filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text[:1].upper() + text[1:]
