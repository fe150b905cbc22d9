"""A conversation as staff see it: who may, and everything in it after a message, with the private notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from connectors.crm import synlighed
from connectors.crm.models import Henvendelse
from connectors.crm.tid import iso
from connectors.database import reading
from connectors.desk import revision
from connectors.desk.adgang import Bruger
from connectors.desk.models import Medarbejder, Revision
from connectors.website import koe
from connectors.website.messages import shown
from connectors.website.models import Besked, Samtale, SamtaleNote

SET_IGEN = dt.timedelta(minutes=10)  # who looks again within this is one look in the audit log


class IngenSamtale(LookupError):
    """There is no such conversation, or it is not for this member of staff; which of them is not told."""


@dataclass(frozen=True)
class Stilling:
    """How a conversation stands for a member of staff: its ``state``, whose it is (``ejer``, by name), whether that is them
    (``din``), and whether they may take it."""

    state: str
    din: bool
    ejer: str | None
    maa_tages: bool


def stilling(session: Session, samtale: Samtale, hvem: Bruger) -> Stilling:
    """How ``samtale`` stands for ``hvem``."""
    owner = session.get(Medarbejder, samtale.medarbejder_id) if samtale.state == "menneske" else None
    din = owner is not None and owner.id == hvem.id
    takeable = samtale.state in ("bot", "venter") and koe.maa_tage(hvem, samtale)
    return Stilling(samtale.state, din, owner.navn if owner else None, takeable)


def maa_se(session: Session, samtale: Samtale, hvem: Bruger) -> bool:
    """The front sees every conversation; others those they have or may take, and those of cases that they may see."""
    if koe.maa_tage(hvem, samtale) or (samtale.state == "menneske" and samtale.medarbejder_id == hvem.id):
        return True
    cases = select(Henvendelse.id).where(Henvendelse.samtale == samtale.id, synlighed.for_bruger(hvem))
    return session.scalar(cases.limit(1)) is not None


def find(session: Session, samtale_id: str, hvem: Bruger) -> Samtale:
    """The conversation's row. Raises ``IngenSamtale``."""
    samtale = session.get(Samtale, samtale_id)
    if samtale is None or not maa_se(session, samtale, hvem):
        raise IngenSamtale
    return samtale


def hent(engine: Engine, samtale_id: str, hvem: Bruger, after: int = 0) -> dict[str, Any]:
    """The conversation now, and its messages after number ``after``, all of one moment, as the desk's page gets it.

    Returns:
        ``id``, what ``Stilling`` has, ``laest`` (how far the business has read), ``messages`` (those of staff with their
        ``client_id``; buttons by title alone) and ``noter``.

    Raises:
        IngenSamtale: it is not for ``hvem``.
    """
    with reading(engine) as session:
        samtale = find(session, samtale_id, hvem)
        return {
            "id": samtale.id,
            **asdict(stilling(session, samtale, hvem)),
            "laest": samtale.read_seq,
            "messages": _messages(session, samtale, after),
            "noter": _noter(session, samtale.id),
        }


def kraev_adgang(engine: Engine, samtale_id: str, hvem: Bruger) -> None:
    """Raises ``IngenSamtale`` where the conversation is not for ``hvem``."""
    with reading(engine) as session:
        find(session, samtale_id, hvem)


def har(engine: Engine, samtale_id: str, hvem: Bruger) -> bool:
    """Whether the conversation is with ``hvem`` now."""
    theirs = Samtale.id == samtale_id, Samtale.state == "menneske", Samtale.medarbejder_id == hvem.id
    with reading(engine) as session:
        return session.scalar(select(Samtale.id).where(*theirs)) is not None


def noter_set(engine: Engine, samtale_id: str, hvem: Bruger, now: dt.datetime) -> None:
    """Write into the audit log that ``hvem`` looks at the conversation; once for looks that follow each other."""
    with reading(engine) as session:
        earlier = select(Revision.id).where(
            Revision.noegle == samtale_id, Revision.slags == "samtale", Revision.handling == "set",
            Revision.medarbejder_id == hvem.id, Revision.tid > now - SET_IGEN,
        )  # fmt: skip
        if session.scalar(earlier.limit(1)) is not None:
            return
    revision.skriv(engine, hvem, "set", "samtale", samtale_id, nu=now)


def _messages(session: Session, samtale: Samtale, after: int) -> list[dict[str, Any]]:
    ours = select(Besked.seq, Besked.client_id).where(
        Besked.samtale_id == samtale.id, Besked.sender == "agent", Besked.seq > after
    )
    client_ids = {row.seq: row.client_id for row in session.execute(ours)}
    messages = shown(session, samtale.id, after, samtale.last_seq)
    for message in messages:
        message["buttons"] = [{"title": button["title"]} for button in message["buttons"]]
        if message["seq"] in client_ids:
            message["client_id"] = client_ids[message["seq"]]
    return messages


def _noter(session: Session, samtale_id: str) -> list[dict[str, Any]]:
    rows = session.scalars(select(SamtaleNote).where(SamtaleNote.samtale_id == samtale_id).order_by(SamtaleNote.id))
    return [{"id": row.id, "tid": iso(row.tid), "hvem": row.hvem, "tekst": row.tekst} for row in rows]
