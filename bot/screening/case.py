"""From a finished screening to the parts of a henvendelse. Pure: the caller stores it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.knowledge.library import Library
from bot.screening.forloeb import Forloeb
from bot.screening.steps import facts_of, package
from bot.screening.verdict import judge
from bot.svar.branche import map_branche

FRONT = "frontfunktion"
COMPANY = {
    "cvr": "cvr",
    "virksomhed": "navn",
    "branche": "branche",
    "ansatte": "ansatte",
    "stadie": "stadie",
    "beliggenhed": "beliggenhed",
}
NOT_ANSWERS = {*COMPANY, "navn", "telefon", "email", "samtykke"}


@dataclass(frozen=True)
class CaseParts:
    """What a screening says of its case. ``delopgaver``: (unit, service) of units that act beside the coordinator."""

    team: str
    virksomhed: dict[str, Any]
    svar: dict[str, Any]
    ydelser: tuple[str, ...]
    henvist_til: tuple[str, ...]
    delopgaver: tuple[tuple[str, str], ...]


def case_parts(state: Forloeb, library: Library) -> CaseParts:
    """Team, company, answers, services, referrals and partial tasks.

    Rule (contract, "Ids"): a person wanted, or anything unclear or borderline, goes to the front function; a package
    to its team; a single service to its unit.
    """
    virksomhed = {name: state.svar.get(slot) for slot, name in COMPANY.items()}
    svar = {slot: value for slot, value in state.svar.items() if slot not in NOT_ANSWERS and value is not None}
    # the trade in the business's own words stands with the company; its place on the short list is for counting
    group = map_branche(str(state.svar["branche"]), library.brancher) if state.svar.get("branche") else None
    if group is not None:
        svar["branchegruppe"] = group
    pakke = package(state, library)
    if pakke is not None:
        verdict = judge(pakke, facts_of(state), library)
        team = pakke.team if verdict.passer else FRONT
        tasks = _tasks(state, team, library) if pakke.koordineres and verdict.passer else ()
        return CaseParts(team, virksomhed, svar, state.valgte, tuple(name for name, _ in verdict.henvis_til), tasks)
    service = library.ydelser.get(state.emne or "")
    services = tuple(dict.fromkeys((*state.valgte, *((service.id,) if service else ()))))
    return CaseParts(service.enhed if service and state.til_enhed else FRONT, virksomhed, svar, services, (), ())


def _tasks(state: Forloeb, team: str, library: Library) -> tuple[tuple[str, str], ...]:
    chosen = [library.ydelser[ident] for ident in state.valgte if ident in library.ydelser]
    return tuple((ydelse.enhed, ydelse.id) for ydelse in chosen if ydelse.enhed != team)
