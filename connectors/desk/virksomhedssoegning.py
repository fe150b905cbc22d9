"""Companies found by name, CVR number or contact: only those that a member of staff may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select
from sqlalchemy.orm import Session

from bot.language.fold import fold
from connectors.crm import synlighed
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.synlighed import Seer
from connectors.crm.tilknytning import rod
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading

MOST, MOST_MATCHES, MOST_WORDS = 50, 500, 8


@dataclass(frozen=True)
class Fundet:
    """A company: ``antal`` of its henvendelser that may be seen, and when the ``seneste`` of them came."""

    id: int
    cvr: str | None
    navn: str | None
    antal: int
    seneste: dt.datetime | None


def soeg(engine: Engine, text: str, bruger: Seer) -> list[Fundet]:
    """At most ``MOST`` companies in which every word of ``text`` is found, those heard from last first; without a word,
    just those. A record that has been merged away is found as what it was merged into."""
    words = fold(text).split()[:MOST_WORDS]
    with reading(engine) as session:
        query = (
            select(Virksomhed.id, Virksomhed.cvr, Virksomhed.navn, func.count(Henvendelse.id), func.max(Henvendelse.oprettet))
            .outerjoin(Henvendelse, and_(Henvendelse.virksomhed_id == Virksomhed.id, synlighed.for_bruger(bruger)))
            .where(Virksomhed.flettet_til.is_(None), synlighed.virksomheder(bruger))
            .group_by(Virksomhed.id, Virksomhed.cvr, Virksomhed.navn)
            .order_by(func.max(Henvendelse.oprettet).desc().nulls_last(), Virksomhed.id.desc())
            .limit(MOST)
        )
        if words:
            query = query.where(Virksomhed.id.in_(_matches(session, words, bruger)))
        return [Fundet(*row) for row in session.execute(query)]


def _matches(session: Session, words: list[str], bruger: Seer) -> set[int]:
    named = select(Virksomhed).where(*(Virksomhed.soegetekst.contains(word, autoescape=True) for word in words))
    contact = (
        select(Virksomhed)
        .join(Henvendelse, Henvendelse.virksomhed_id == Virksomhed.id)
        .join(Kontakt, Kontakt.henvendelse_id == Henvendelse.id)
        .where(synlighed.for_bruger(bruger), *(_in_contact(word) for word in words))
    )
    rows = [row for query in (named, contact) for row in session.scalars(query.limit(MOST_MATCHES))]
    return {rod(session, row).id for row in rows}


def _in_contact(word: str) -> ColumnElement[bool]:
    return or_(Kontakt.soegetekst.contains(word, autoescape=True), Virksomhed.soegetekst.contains(word, autoescape=True))
