"""Who has a case, or a company."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import object_session

from connectors.crm.models import Henvendelse
from connectors.desk.models import Medarbejder


@dataclass(frozen=True)
class Ejer:
    """A member of staff: id, and the name that a business may hear."""

    id: int
    navn: str


def ejers_enhed(row: Henvendelse) -> str:
    """The unit that the case's owner is told with: the case's own where they work there, else the first of theirs (a key
    account manager, or one who stays the contact of a case that is with another team). The case's where that isn't known."""
    session = object_session(row)
    owner = session.get(Medarbejder, row.ejer_id) if session is not None and row.ejer_id is not None else None
    return fortalt_enhed(row.team, owner.enheder if owner is not None else ())


def fortalt_enhed(team: str, enheder: Collection[str]) -> str:
    """The unit that one who works in ``enheder`` is named with in a case of ``team``."""
    return team if team in enheder or not enheder else min(enheder)
