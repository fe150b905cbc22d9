"""Personal data leave a case when the time is up that the business was told when it said yes (``kommune.yml``,
``opbevaring``). The case itself stays, without them, for the counting of what businesses ask for."""

from __future__ import annotations

import calendar
import datetime as dt

from sqlalchemy import Engine, or_, select

from connectors.crm.models import Henvendelse, Historik, Kontakt, Svar, Virksomhedsoplysning
from connectors.crm.tid import med_zone
from connectors.database import writing

BATCH = 200


def maaneder_foer(nu: dt.datetime, maaneder: int) -> dt.datetime:
    """The moment ``maaneder`` months before ``nu``; the last day of a shorter month."""
    months = med_zone(nu).year * 12 + nu.month - 1 - maaneder
    year, month = divmod(months, 12)
    return nu.replace(year=year, month=month + 1, day=min(nu.day, calendar.monthrange(year, month + 1)[1]))


def slet_personoplysninger(engine: Engine, foer: dt.datetime, nu: dt.datetime, tekst: str) -> int:
    """Erase contact, company, answers and summary of every case made before ``foer``; ``tekst`` stands in the summary's
    place, and the history tells that it was done. Returns how many; done again, it finds none."""
    held = (Kontakt.henvendelse_id.is_not(None), Svar.id.is_not(None), Virksomhedsoplysning.henvendelse_id.is_not(None))
    total = 0
    while True:
        with writing(engine) as session:
            due = (
                select(Henvendelse)
                .outerjoin(Kontakt)
                .outerjoin(Svar)
                .outerjoin(Virksomhedsoplysning)
                .where(Henvendelse.oprettet < foer)
                .where(or_(*held))
                .distinct()
                .limit(BATCH)
            )
            rows = list(session.scalars(due))
            for row in rows:
                row.kontakt, row.virksomhed, row.svar = None, None, []
                row.hovedindhold, row.samtale = tekst, None
                row.historik.append(Historik(tid=nu, hvem="system", felt="personoplysninger", fra=None, til="slettet"))
            session.flush()
            total += len(rows)
        if len(rows) < BATCH:
            return total
