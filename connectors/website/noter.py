"""Staff's private notes on a conversation; the business never sees them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.language.cpr import mask
from connectors.database import reading, writing
from connectors.website.hvem import Hvem
from connectors.website.incoming import clean
from connectors.website.models import SamtaleNote

LONGEST_NOTE = 5000  # characters


@dataclass(frozen=True)
class Note:
    """A note as it is shown."""

    tid: dt.datetime
    hvem: str
    tekst: str


def noter(engine: Engine, samtale_id: str) -> list[Note]:
    """The notes of a conversation, oldest first."""
    with reading(engine) as session:
        rows = session.scalars(select(SamtaleNote).where(SamtaleNote.samtale_id == samtale_id).order_by(SamtaleNote.id))
        return [Note(row.tid, row.hvem, row.tekst) for row in rows]


def skriv_note(engine: Engine, samtale_id: str, hvem: Hvem, tekst: str, now: dt.datetime) -> None:
    """Write a note. Raises ``ValueError``, in Danish, where it is empty or too long."""
    with writing(engine) as session:
        tilfoej_i(session, samtale_id, hvem.navn, tekst, now)


def tilfoej_i(session: Session, samtale_id: str, navn: str, tekst: str, now: dt.datetime) -> None:
    """As ``skriv_note``, within a transaction; CPR numbers are masked."""
    text = mask(clean(tekst))[0]
    if not text:
        raise ValueError("Noten er tom.")
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"Noten er for lang. Den må højst være på {LONGEST_NOTE} tegn.")
    session.add(SamtaleNote(samtale_id=samtale_id, tid=now, hvem=navn, tekst=text))
    session.flush()
