"""The queue of conversations that wait for a person: who is in it, in which order, and who may take from it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, and_, func, null, or_, select
from sqlalchemy.orm import Session

from connectors.database import reading
from connectors.website.hvem import TAGER, Hvem
from connectors.website.messages import Button, Draft
from connectors.website.models import Besked, Samtale
from connectors.website.tilstand import move

DESK = "desk"  # what the desk listens for in the notifier: any change of a list


@dataclass(frozen=True)
class Venter:
    """A conversation that waits. ``plads``: from 1, among those who wait for the same. ``sidste``: what the business wrote
    last. ``koe_enhed``, ``koe_til_id``: the unit or the colleague it waits for; both None: anybody in the front."""

    samtale_id: str
    venter_siden: dt.datetime
    plads: int
    sidste: str
    koe_enhed: str | None
    koe_til_id: int | None


def venteliste(engine: Engine, hvem: Hvem) -> list[Venter]:
    """What waits and ``hvem`` may take, the one that has waited longest first."""
    with reading(engine) as session:
        rows = session.scalars(select(Samtale).where(Samtale.state == "venter").order_by(Samtale.venter_siden, Samtale.id)).all()
        last = _sidste(session, [row.id for row in rows])
    places: Counter[tuple[str | None, int | None]] = Counter()
    found = []
    for row in rows:
        places[row.koe_enhed, row.koe_til_id] += 1
        if row.venter_siden is not None and maa_tage(hvem, row):
            place = places[row.koe_enhed, row.koe_til_id]
            found.append(Venter(row.id, row.venter_siden, place, last.get(row.id, ""), row.koe_enhed, row.koe_til_id))
    return found


def maa_tage(hvem: Hvem, samtale: Samtale) -> bool:
    """The front may take any; others what waits for them or for a unit of theirs."""
    if "front" in hvem.roller:
        return True
    if samtale.state != "venter" or not TAGER & hvem.roller:
        return False
    return samtale.koe_til_id == hvem.id or (samtale.koe_enhed is not None and samtale.koe_enhed in hvem.enheder)


def plads(session: Session, samtale: Samtale) -> int:
    """Its place, from 1, among those who wait for the same."""
    before = or_(
        Samtale.venter_siden < samtale.venter_siden, and_(Samtale.venter_siden == samtale.venter_siden, Samtale.id < samtale.id)
    )
    same = Samtale.koe_enhed.is_not_distinct_from(samtale.koe_enhed), Samtale.koe_til_id.is_not_distinct_from(samtale.koe_til_id)
    return 1 + (session.scalar(select(func.count()).where(Samtale.state == "venter", *same, before)) or 0)


def naeste_plads(engine: Engine) -> int:
    """The place that one who asks for a person now will get."""
    general = Samtale.state == "venter", Samtale.koe_enhed.is_(None), Samtale.koe_til_id.is_(None)
    with reading(engine) as session:
        return 1 + (session.scalar(select(func.count()).select_from(Samtale).where(*general)) or 0)


def stil_i_koe(
    session: Session, samtale: Samtale, now: dt.datetime, *, enhed: str | None = None, til_id: int | None = None
) -> int:
    """Put a conversation into the queue of the front, of a unit or of a colleague, within a transaction that holds its row;
    who calls it stores the message that tells so. One that has had a person before keeps its turn. Returns its place."""
    felter = {"venter_siden": samtale.venter_siden or now, "koe_siden": now, "koe_enhed": enhed, "koe_til_id": til_id}
    move(session, samtale, "venter", now, felter)
    samtale.koe_plads = plads(session, samtale)
    session.flush()
    return samtale.koe_plads


def fortael(text: str, place: int, knapper: Sequence[Button] = ()) -> Draft:
    """The message of one who waits: that it waits, or where it stands now."""
    return Draft("system", text, {"type": "overdragelse", "state": "venter", "plads": place}, knapper)


def antal(engine: Engine) -> dict[str, int]:
    """How many wait and how many are with a person, by state."""
    with reading(engine) as session:
        rows = session.execute(
            select(Samtale.state, func.count()).where(Samtale.state.in_(("venter", "menneske"))).group_by(Samtale.state)
        )
        return {"venter": 0, "menneske": 0} | {str(state): int(count) for state, count in rows}


def aftryk(engine: Engine) -> tuple[tuple[str, int, int, int], ...]:
    """Changes with anything that the desk's lists of chats show; so one gateway sees what another has done."""
    columns = Samtale.state, func.count(), func.sum(Samtale.epoch), func.sum(Samtale.last_seq)
    with reading(engine) as session:
        rows = session.execute(
            select(*columns).where(Samtale.state.in_(("venter", "menneske"))).group_by(Samtale.state).order_by(Samtale.state)
        )
        return tuple((str(state), int(count), int(epochs), int(seqs)) for state, count, epochs, seqs in rows)


def _sidste(session: Session, samtale_ids: list[str]) -> dict[str, str]:
    newest = (
        select(func.max(Besked.id))
        .where(Besked.samtale_id.in_(samtale_ids), Besked.sender == "user", Besked.knap.is_(null()))
        .group_by(Besked.samtale_id)
    )
    return {row.samtale_id: row.text for row in session.scalars(select(Besked).where(Besked.id.in_(newest)))}
