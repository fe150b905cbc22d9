"""Search in cases: company, contact, CVR, phone, number, e-mail, summary and articles."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.language.fold import fold
from bot.language.sagsnummer import find_nummer
from connectors.crm.kontaktoplysning import normal_telefon
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse, Kontakt, Virksomhedsoplysning
from connectors.crm.udkast import UNSTORABLE
from connectors.crm.virksomhed import Virksomhed

LONGEST, MOST_WORDS = 200, 8
_CVR = re.compile(r"(?:dk|cvr(?:[- ]?(?:nr|nummer))?\.?:?)?\s*((?:\d[ .]?){7}\d)", re.IGNORECASE)
# What is written of a case in tables of their own, with the column that leads to the case.
_PARTS: tuple[tuple[InstrumentedAttribute[str], InstrumentedAttribute[int]], ...] = (
    (Virksomhedsoplysning.soegetekst, Virksomhedsoplysning.henvendelse_id),
    (Kontakt.soegetekst, Kontakt.henvendelse_id),
    (Artikel.soegetekst, Artikel.henvendelse_id),
)


def betingelse(text: str) -> ColumnElement[bool]:
    """The condition on ``Henvendelse`` that holds where every word of ``text`` is found somewhere in the case, in any
    case and with or without æøå, or where ``text`` is its number, phone or CVR in any spelling. ``%`` and ``_`` mean
    themselves. Without a word it holds for every case; of a very long text the beginning counts."""
    asked = UNSTORABLE.sub(" ", text)[:LONGEST].strip()
    words = fold(asked).split()[:MOST_WORDS]
    if not words:
        return true()
    return or_(and_(*(_contains(word) for word in dict.fromkeys(words))), _exactly(asked))


def _contains(word: str) -> ColumnElement[bool]:
    own = Henvendelse.soegetekst.contains(word, autoescape=True)
    parts = [Henvendelse.id.in_(select(key).where(text.contains(word, autoescape=True)).correlate(None)) for text, key in _PARTS]
    company = select(Virksomhed.id).where(Virksomhed.soegetekst.contains(word, autoescape=True)).correlate(None)
    return or_(own, *parts, Henvendelse.virksomhed_id.in_(company))


def _exactly(text: str) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [false()]
    if nummer := find_nummer(text):
        found.append(Henvendelse.nummer == nummer)
    if telefon := normal_telefon(text):
        found.append(Henvendelse.id.in_(select(Kontakt.henvendelse_id).where(Kontakt.telefon == telefon).correlate(None)))
    if match := _CVR.fullmatch(text):
        cvr = re.sub(r"\D", "", match[1])
        told = select(Virksomhedsoplysning.henvendelse_id).where(Virksomhedsoplysning.cvr == cvr).correlate(None)
        known = select(Virksomhed.id).where(Virksomhed.cvr == cvr).correlate(None)
        found += [Henvendelse.id.in_(told), Henvendelse.virksomhed_id.in_(known)]
    return or_(*found)
