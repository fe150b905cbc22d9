"""A row of a list: what is due of which case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.crm.models import Aftale, Delopgave, Henvendelse, Kontakt, Virksomhedsoplysning
from connectors.crm.virksomhed import Virksomhed

Slags = Literal["sag", "delopgave", "aftale"]


@dataclass(frozen=True)
class Linje:
    """``slags`` says what is due at ``frist`` (UTC): the case's answer, a delopgave of ``enhed`` and ``ydelse``, or the
    agreement ``aftale``. The rest is the case; ``virksomhed`` and ``kontakt`` are names, None where not known."""

    slags: Slags
    id: int
    frist: dt.datetime
    enhed: str | None
    ydelse: str | None
    aftale: str | None
    number: str
    virksomhed: str | None
    kontakt: str | None
    hovedindhold: str
    kanal: str
    status: str
    team: str
    servicepakke: str | None
    ejer_id: int | None
    ejer: str | None
    svarfrist: dt.datetime
    oprettet: dt.datetime
    version: int


def indlaes(session: Session, found: Sequence[tuple[Slags, int, int]]) -> list[Linje]:
    """The rows of (slags, id of the case, id of what is due), in the order given."""
    cases = _cases(session, {henvendelse_id for _, henvendelse_id, _ in found})
    tasks = {one.id: one for one in session.scalars(select(Delopgave).where(Delopgave.id.in_(_ids(found, "delopgave"))))}
    agreements = {one.id: one for one in session.scalars(select(Aftale).where(Aftale.id.in_(_ids(found, "aftale"))))}
    lines = []
    for slags, henvendelse_id, del_id in found:
        case = cases[henvendelse_id]
        task = tasks[del_id] if slags == "delopgave" else None
        agreement = agreements[del_id] if slags == "aftale" else None
        lines.append(
            Linje(
                slags=slags,
                id=del_id,
                frist=(task.frist if task else agreement.frist if agreement else None) or case["svarfrist"],
                enhed=task.enhed if task else None,
                ydelse=task.ydelse if task else None,
                aftale=agreement.tekst if agreement else None,
                **case,
            )
        )
    return lines


def _ids(found: Sequence[tuple[Slags, int, int]], kind: Slags) -> list[int]:
    return [del_id for slags, _, del_id in found if slags == kind]


def _cases(session: Session, ids: set[int]) -> dict[int, dict[str, Any]]:
    # Columns, not objects: a list needs neither the answers nor the history of its cases.
    columns = (
        Henvendelse.id,
        Henvendelse.nummer.label("number"),
        Virksomhedsoplysning.navn.label("told"),
        Virksomhed.navn.label("known"),
        Kontakt.navn.label("kontakt"),
        *(getattr(Henvendelse, name) for name in _OF_THE_CASE),
    )
    query = select(*columns).outerjoin(Henvendelse.virksomhed).outerjoin(Henvendelse.kontakt)
    rows = session.execute(query.outerjoin(Virksomhed, Virksomhed.id == Henvendelse.virksomhed_id).where(Henvendelse.id.in_(ids)))
    return {
        row.id: {
            "number": row.number,
            "virksomhed": row.told or row.known,
            "kontakt": row.kontakt,
            **{name: getattr(row, name) for name in _OF_THE_CASE},
        }
        for row in rows
    }


_OF_THE_CASE = (
    "hovedindhold",
    "kanal",
    "status",
    "team",
    "servicepakke",
    "ejer_id",
    "ejer",
    "svarfrist",
    "oprettet",
    "version",
)
