"""Case numbers: ``KBH-<year>-<six digits>``, the year in Copenhagen's time, never reused."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.language.dato import KOEBENHAVN
from bot.language.sagsnummer import skriv_nummer
from connectors.crm.models import Nummerserie
from connectors.crm.tid import med_zone

LARGEST = 999_999


class NumreOpbrugt(Exception):
    """A year's 999,999 numbers are used up."""


def naeste_nummer(session: Session, nu: dt.datetime) -> str:
    """Take the next number of ``nu``'s year. One statement that locks the year's row, so two processes never get the
    same; undone with the session's transaction. Raises ``NumreOpbrugt``."""
    aar = med_zone(nu).astimezone(KOEBENHAVN).year
    bind = session.get_bind()
    insert = postgresql.insert if bind.dialect.name == "postgresql" else sqlite.insert
    statement = insert(Nummerserie).values(aar=aar, sidste=1)
    counted = statement.on_conflict_do_update(
        index_elements=[Nummerserie.aar], set_={"sidste": Nummerserie.sidste + 1}
    ).returning(Nummerserie.sidste)
    loebenummer: int = session.execute(counted).scalar_one()
    if loebenummer > LARGEST:
        raise NumreOpbrugt(f"alle sagsnumre i {aar} er brugt")
    return skriv_nummer(aar, loebenummer)
