"""What a list of cases can be narrowed to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, select

from bot.language.dato import KOEBENHAVN
from connectors.crm import soegning
from connectors.crm.korrespondance import Maerke
from connectors.crm.models import Henvendelse

Sortering = Literal["svarfrist", "oprettet"]


@dataclass(frozen=True)
class Filtre:
    """Each None, empty or False where it narrows nothing. ``ejer`` is the id of a member of staff; ``fra`` and ``til``
    are days in Copenhagen, both included, on which the case was made; ``overskredne``: only what was due before now.
    ``sorter``: the list's own order where None."""

    soeg: str = ""
    team: str | None = None
    status: str | None = None
    kanal: str | None = None
    servicepakke: str | None = None
    ejer: int | None = None
    uden_ejer: bool = False
    fra: dt.date | None = None
    til: dt.date | None = None
    maerke: str | None = None
    overskredne: bool = False
    sorter: Sortering | None = None


def betingelser(filtre: Filtre) -> list[ColumnElement[bool]]:
    """The conditions on ``Henvendelse``; ``overskredne`` is the list's affair, as more than cases can be overdue."""
    equal = {
        Henvendelse.team: filtre.team,
        Henvendelse.status: filtre.status,
        Henvendelse.kanal: filtre.kanal,
        Henvendelse.servicepakke: filtre.servicepakke,
        Henvendelse.ejer_id: filtre.ejer,
    }
    found: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
    if filtre.uden_ejer:
        found.append(Henvendelse.ejer_id.is_(None))
    if filtre.fra is not None:
        found.append(Henvendelse.oprettet >= midnat(filtre.fra))
    if filtre.til is not None:
        found.append(Henvendelse.oprettet < midnat(filtre.til + dt.timedelta(days=1)))
    if filtre.maerke is not None:
        tagged = select(Maerke.henvendelse_id).where(Maerke.navn == filtre.maerke)
        found.append(Henvendelse.id.in_(tagged.correlate(None)))
    if filtre.soeg.strip():
        found.append(soegning.betingelse(filtre.soeg))
    return found


def midnat(dag: dt.date) -> dt.datetime:
    """When ``dag`` begins in Copenhagen."""
    return dt.datetime.combine(dag, dt.time(), KOEBENHAVN)
