"""Personal data leave a case when the time is up that the business was told when it said yes (``kommune.yml``,
``opbevaring``). The case itself stays, without them, for the counting of what businesses ask for."""

from __future__ import annotations

import calendar
import datetime as dt

from sqlalchemy import ColumnElement, Engine, Select, delete, exists, or_, select
from sqlalchemy.orm import Session

from connectors.api.models import ApiKontakt
from connectors.api.numre import NOEGLE
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Aftale, Henvendelse, Historik, Kontakt, Svar, Virksomhedsoplysning
from connectors.crm.tid import med_zone
from connectors.crm.virksomhed import Fletning, Virksomhed
from connectors.crm.virksomheder import laas
from connectors.database import writing
from connectors.mail.models import Brev
from connectors.survey.models import Invitation

BATCH = 200
_LEADING = (Henvendelse, ApiKontakt)


def maaneder_foer(nu: dt.datetime, maaneder: int) -> dt.datetime:
    """The moment ``maaneder`` months before ``nu``; the last day of a shorter month."""
    months = med_zone(nu).year * 12 + nu.month - 1 - maaneder
    year, month = divmod(months, 12)
    return nu.replace(year=year, month=month + 1, day=min(nu.day, calendar.monthrange(year, month + 1)[1]))


def slet_personoplysninger(engine: Engine, foer: dt.datetime, nu: dt.datetime, tekst: str) -> int:
    """Erase what tells of persons from every case made before ``foer``: contact, company, answers, articles, agreements,
    mails, the questionnaire's invitation, the link to the company's record, and the summary, in whose place ``tekst``
    stands; the history tells that it was done. An article that is written in such a case later has its own time. A
    company's record goes with its last case, and so does a contact's number in the API; those that another system made
    before ``foer`` and that never had a case go too. Tags stay. Returns how many cases; done again, it finds none."""
    total = 0
    while True:
        with writing(engine) as session:
            due = select(Henvendelse).where(Henvendelse.oprettet < foer, or_(*_held(foer))).order_by(Henvendelse.id).limit(BATCH)
            rows = list(session.scalars(due.with_for_update()))
            for row in rows:
                _erase(session, row, nu, tekst)
            session.flush()
            total += len(rows)
        if len(rows) < BATCH:
            _forget_contacts(engine, foer)
            _forget_companies(engine, foer)
            return total


def _held(foer: dt.datetime) -> list[ColumnElement[bool]]:
    """Each a reason why there is something to erase in a case."""
    told = (Kontakt.henvendelse_id, Svar.henvendelse_id, Virksomhedsoplysning.henvendelse_id)
    over = or_(Aftale.frist < foer, Aftale.udfoert < foer, Henvendelse.afsluttet < foer)
    return [
        *(exists().where(case == Henvendelse.id) for case in told),
        exists().where(Artikel.henvendelse_id == Henvendelse.id, Artikel.tid < foer),
        exists().where(Brev.henvendelse_id == Henvendelse.id, Brev.oprettet < foer),
        exists().where(Aftale.henvendelse_id == Henvendelse.id, over),
        Henvendelse.virksomhed_id.is_not(None),
    ]


def _erase(session: Session, row: Henvendelse, nu: dt.datetime, tekst: str) -> None:
    row.kontakt, row.virksomhed, row.svar, row.aftaler = None, None, [], []
    row.hovedindhold, row.samtale, row.virksomhed_id = tekst, None, None
    row.historik.append(Historik(tid=nu, hvem="system", felt="personoplysninger", fra=None, til="slettet"))
    for table in (Artikel, Brev, Invitation):
        session.execute(delete(table).where(table.henvendelse_id == row.id))


def _forget_contacts(engine: Engine, foer: dt.datetime) -> None:
    """Delete the API's contacts that no case holds: those that one held, and those that clients made before ``foer``."""
    with writing(engine) as session:
        told = or_(ApiKontakt.navn.is_not(None), ApiKontakt.email.is_not(None), ApiKontakt.telefon.is_not(None))
        held = exists().where(ApiKontakt.noegle == NOEGLE).correlate(ApiKontakt)
        session.execute(delete(ApiKontakt).where(~held, or_(~told, ApiKontakt.oprettet < foer)))


def _forget_companies(engine: Engine, foer: dt.datetime) -> None:
    """Delete the records from before ``foer``, with what was merged into them, that no case and no contact leads to any
    more. In a transaction of its own, for whoever has both takes the company before its cases."""
    with writing(engine) as session:
        without = ~exists().where(Henvendelse.virksomhed_id == Virksomhed.id) & (Virksomhed.oprettet < foer)
        for company in list(session.scalars(select(Virksomhed.id).where(Virksomhed.flettet_til.is_(None), without))):
            laas(session, company)  # now nobody can link a case to it
            group = [company]
            while more := list(session.scalars(_merged_into(group))):
                group += more
            if not any(session.scalar(select(table.id).where(table.virksomhed_id.in_(group)).limit(1)) for table in _LEADING):
                session.execute(delete(Fletning).where(or_(Fletning.fra_id.in_(group), Fletning.til_id.in_(group))))
                session.execute(delete(Virksomhed).where(Virksomhed.id.in_(group)))


def _merged_into(group: list[int]) -> Select[tuple[int]]:
    return select(Virksomhed.id).where(Virksomhed.flettet_til.in_(group), Virksomhed.id.not_in(group))
