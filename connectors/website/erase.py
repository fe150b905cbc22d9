"""Deletion: a conversation that the business ends, and those that have been kept long enough.

Rasa has no way to delete a conversation (shared notes, "Production"), so its tracker's rows are deleted here too.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, and_, delete, not_, select
from sqlalchemy.orm import Session

from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.crm.tid import iso
from connectors.database import writing
from connectors.tracker import TrackerEvent
from connectors.website.models import Besked, Knap, Samtale, SamtaleNote
from connectors.website.tilstand import change

BATCH = 200


def close_and_erase(engine: Engine, samtale_id: str, text: str, now: dt.datetime) -> None:
    """End a conversation and delete what was said in it; only its number, its state and one closing message stay.

    Done again, it changes nothing more.
    """
    with writing(engine) as session:
        samtale = session.scalar(select(Samtale).where(Samtale.id == samtale_id).with_for_update())
        if samtale is None:
            return
        _erase(session, [samtale_id])
        if samtale.state != "lukket":
            change(session, samtale, "lukket", text, now)


def purge(engine: Engine, before: dt.datetime) -> int:
    """Delete every conversation in which nothing has happened since ``before``. Returns how many."""
    total = 0
    while True:
        with writing(engine) as session:
            old = list(session.scalars(select(Samtale.id).where(Samtale.active < before).limit(BATCH)))
            if not old:
                return total
            _erase(session, old)
            session.execute(delete(Samtale).where(Samtale.id.in_(old)))
            total += len(old)


def _erase(session: Session, samtale_ids: list[str]) -> None:
    _keep_notes(session, samtale_ids)
    session.execute(delete(SamtaleNote).where(SamtaleNote.samtale_id.in_(samtale_ids)))
    session.execute(delete(Knap).where(Knap.samtale_id.in_(samtale_ids)))
    # the closing message of a conversation that has ended already says nothing of what was said
    closing = select(Samtale.id).where(Samtale.state == "lukket", Samtale.id == Besked.samtale_id, Samtale.last_seq == Besked.seq)
    keep = and_(Besked.sender == "system", closing.exists())
    gone = delete(Besked).where(Besked.samtale_id.in_(samtale_ids), not_(keep))
    session.execute(gone.execution_options(synchronize_session=False))
    session.execute(delete(TrackerEvent).where(TrackerEvent.sender.in_(samtale_ids)))


def _keep_notes(session: Session, samtale_ids: list[str]) -> None:
    """Staff's notes on a conversation that has made a case belong to the case from now on, and go when it goes."""
    of_case = select(SamtaleNote, Henvendelse.id).join(Henvendelse, Henvendelse.samtale == SamtaleNote.samtale_id)
    for note, henvendelse_id in session.execute(of_case.where(SamtaleNote.samtale_id.in_(samtale_ids)).order_by(SamtaleNote.id)):
        session.add(
            Artikel(
                henvendelse_id=henvendelse_id, tid=note.tid, hvem=note.hvem, retning="intern", form="note", tekst=note.tekst,
                # with its time: SQLite gives the number of a note that is gone to the next one
                noegle=f"samtale-note:{note.id}:{iso(note.tid)}:{henvendelse_id}",
            )
        )  # fmt: skip
    session.flush()
