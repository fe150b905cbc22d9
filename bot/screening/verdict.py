"""The package's answer to the business: does it fit, why, what is in it for them, and where else to go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import PakkeYdelse, Servicepakke
from bot.screening.criteria import Facts, holds

UNSETTLED = "uafklaret"


@dataclass(frozen=True)
class Verdict:
    """``udfald``: ``passer``, ``passer_ikke`` or ``person``. ``ydelser``: recommended (id, what it gives this business).

    ``hvorfor`` is a sentence for the business, or ``UNSETTLED`` where the answers don't settle the target group.
    """

    udfald: Literal["passer", "passer_ikke", "person"]
    hvorfor: str
    ydelser: tuple[tuple[str, str], ...]
    henvis_til: tuple[tuple[str, str], ...]
    anden_pakke: str | None

    @property
    def passer(self) -> bool:
        """Whether the package is for this business."""
        return self.udfald == "passer"

    def mark(self) -> str:
        """Changes when what would be told changes."""
        return hashlib.sha256(repr((self.udfald, self.hvorfor, self.ydelser, self.henvis_til)).encode()).hexdigest()[:12]


def judge(pakke: Servicepakke, facts: Facts, library: Library) -> Verdict:
    """The first line of the package's decision table that holds; one that can't be settled goes to a person."""
    for rule in pakke.kriterier:
        result = holds(rule.naar, facts)
        if result is False:
            continue
        if result is None:
            return Verdict("person", UNSETTLED, (), (), None)
        named = tuple((library.eksterne[ident].navn, "") for ident in rule.henvis_til if ident in library.eksterne)
        if rule.udfald == "passer":
            services = _recommended(pakke, facts, library) or offered(pakke, facts, library)
            return Verdict("passer", rule.hvorfor, services, (*named, *_referrals(pakke, facts, library)), None)
        services = tuple((ident, "") for ident in rule.ydelser if ident in library.ydelser)
        return Verdict(rule.udfald, rule.hvorfor, services, named, rule.anden_pakke)
    raise AssertionError("det sidste kriterium holder altid (skemaet sikrer det)")


def settled(pakke: Servicepakke, facts: Facts) -> bool:
    """Whether the answers so far already rule the package out, so that no more need be asked."""
    for rule in pakke.kriterier:
        result = holds(rule.naar, facts)
        if result is None:
            return False
        if result:
            return rule.udfald == "passer_ikke" and rule.naar is not None
    return False


def offered(pakke: Servicepakke, facts: Facts, library: Library) -> tuple[tuple[str, str], ...]:
    """Every service the business may take one by one, recommended or not: of the package and its fitting versions."""
    return tuple((item.id, item.giver) for item in _items(pakke, facts) if item.id in library.ydelser)


def _items(pakke: Servicepakke, facts: Facts) -> list[PakkeYdelse]:
    items = list(pakke.ydelser)
    for version in pakke.versioner:
        if holds(version.naar, facts):
            items += version.ydelser
    return list({item.id: item for item in items}.values())


def _recommended(pakke: Servicepakke, facts: Facts, library: Library) -> tuple[tuple[str, str], ...]:
    return tuple((item.id, item.giver) for item in _items(pakke, facts) if item.id in library.ydelser and holds(item.naar, facts))


def _referrals(pakke: Servicepakke, facts: Facts, library: Library) -> tuple[tuple[str, str], ...]:
    return tuple(
        (library.eksterne[item.til].navn, item.tekst)
        for item in pakke.henvisninger
        if item.til in library.eksterne and holds(item.naar, facts)
    )
