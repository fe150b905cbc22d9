"""Who of the staff may see which cases: the rule as SQL, and the same rule for one row.

``front`` sees all; ``konsulent`` the cases of the own units, the own cases, the cases in which an own unit has a
delopgave, and those of the companies one is key account manager of; ``backoffice`` the cases and delopgaver of the own
units; the other roles none. One who has several roles sees what any of them sees.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from connectors.crm.models import Delopgave, Henvendelse
from connectors.crm.virksomhed import Virksomhed


class Seer(Protocol):
    """A member of staff as this rule sees one; ``connectors.desk.adgang.Bruger`` is one."""

    @property
    def id(self) -> int:
        """Of the row in ``medarbejder``."""

    @property
    def roller(self) -> frozenset[str]:
        """Of ``connectors.desk.models.ROLLER``."""

    @property
    def enheder(self) -> frozenset[str]:
        """Ids of the units worked in."""


def betingelse(roller: frozenset[str], enheder: frozenset[str], medarbejder_id: int) -> ColumnElement[bool]:
    """The condition on ``Henvendelse`` that holds for what such a member of staff may see."""
    if "front" in roller:
        return true()
    seen: list[ColumnElement[bool]] = []
    if roller & {"konsulent", "backoffice"} and enheder:
        seen += [Henvendelse.team.in_(sorted(enheder)), har_delopgave(enheder)]
    if "konsulent" in roller:
        kundens = select(Virksomhed.id).where(Virksomhed.kam_id == medarbejder_id).correlate(None)
        seen += [Henvendelse.ejer_id == medarbejder_id, Henvendelse.virksomhed_id.in_(kundens)]
    return or_(false(), *seen)


def for_bruger(bruger: Seer) -> ColumnElement[bool]:
    """``betingelse`` for a member of staff."""
    return betingelse(bruger.roller, bruger.enheder, bruger.id)


def maa_se(session: Session, row: Henvendelse, bruger: Seer) -> bool:
    """Whether ``bruger`` may see ``row``."""
    theirs = bruger.roller & {"konsulent", "backoffice"} and bruger.enheder & {task.enhed for task in row.delopgaver}
    return bool(theirs) or styrer(session, row, bruger)


def styrer(session: Session, row: Henvendelse, bruger: Seer) -> bool:
    """Whether the case is ``bruger``'s to run: a unit that only has a delopgave in it sees it, notes in it and tells how far
    its own delopgave is, while the case has one coordinator (concept report, chapter 4, the packages of several units)."""
    if "front" in bruger.roller:
        return True
    if bruger.roller & {"konsulent", "backoffice"} and row.team in bruger.enheder:
        return True
    if "konsulent" not in bruger.roller:
        return False
    if row.ejer_id == bruger.id:
        return True
    virksomhed = None if row.virksomhed_id is None else session.get(Virksomhed, row.virksomhed_id)
    return virksomhed is not None and virksomhed.kam_id == bruger.id


def har_delopgave(enheder: frozenset[str], *andre: ColumnElement[bool]) -> ColumnElement[bool]:
    """That one of ``enheder`` has a delopgave in the case, for which ``andre`` hold too."""
    # Never correlated: these conditions also stand in queries that list delopgaver and companies themselves.
    theirs = select(Delopgave.henvendelse_id).where(Delopgave.enhed.in_(sorted(enheder)), *andre).correlate(None)
    return Henvendelse.id.in_(theirs)


def virksomheder(bruger: Seer) -> ColumnElement[bool]:
    """The condition on ``Virksomhed``: the companies that ``bruger`` has a case to see of, or is the key account manager of."""
    if "front" in bruger.roller:
        return true()
    with_case = select(Henvendelse.virksomhed_id).where(for_bruger(bruger), Henvendelse.virksomhed_id.is_not(None))
    own = Virksomhed.kam_id == bruger.id if "konsulent" in bruger.roller else false()
    return or_(own, Virksomhed.id.in_(with_case.correlate(None)))
