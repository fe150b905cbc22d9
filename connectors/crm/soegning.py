"""Search in cases: company, contact, CVR, phone, number, e-mail, summary and articles."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.language.fold import fold
from bot.language.sagsnummer import find_nummer
from connectors.crm.kontaktoplysning import normal_telefon
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse, Kontakt, Virksomhedsoplysning
from connectors.crm.udkast import UNSTORABLE
from connectors.crm.virksomhed import Virksomhed

LONGEST, MOST_WORDS = 200, 8
# A number by itself, as people write it: of a case; of a phone or a company.
_CASE = re.compile(r"(?:kbh|sag|nr|[\d\W_])+", re.IGNORECASE)
_PHONE_OR_CVR = re.compile(r"(?:tlf|telefon|mobil|dk|cvr(?:[- ]?(?:nr|nummer))?)?[.:]*[\s+]*\d[\d .()/+-]{6,}\d", re.IGNORECASE)
# What is written of a case in tables of their own, with the column that leads to the case.
_PARTS: tuple[tuple[InstrumentedAttribute[str], InstrumentedAttribute[int]], ...] = (
    (Virksomhedsoplysning.soegetekst, Virksomhedsoplysning.henvendelse_id),
    (Kontakt.soegetekst, Kontakt.henvendelse_id),
    (Artikel.soegetekst, Artikel.henvendelse_id),
)


def betingelse(text: str) -> ColumnElement[bool]:
    """The condition on ``Henvendelse`` that holds where every word of ``text`` is found somewhere in the case, in any
    case and with or without æøå; a case number, phone or CVR in any spelling is looked for as what it is. ``%`` and ``_``
    mean themselves. Without a word it holds for every case; of a very long text the beginning counts."""
    asked = UNSTORABLE.sub(" ", text)[:LONGEST].strip()
    words = fold(asked).split()[:MOST_WORDS]
    if not words:
        return true()
    nummer = find_nummer(asked)
    if nummer and _CASE.fullmatch(asked):
        return Henvendelse.nummer == nummer
    digits = re.sub(r"\D", "", asked)
    if len(digits) >= 8 and _PHONE_OR_CVR.fullmatch(asked):
        return _phone_or_cvr(asked, digits)
    return and_(*(_contains(word) for word in dict.fromkeys(words)))


def _contains(word: str) -> ColumnElement[bool]:
    own = Henvendelse.soegetekst.contains(word, autoescape=True)
    parts = [Henvendelse.id.in_(select(key).where(text.contains(word, autoescape=True)).correlate(None)) for text, key in _PARTS]
    company = select(Virksomhed.id).where(Virksomhed.soegetekst.contains(word, autoescape=True)).correlate(None)
    return or_(own, *parts, Henvendelse.virksomhed_id.in_(company))


def _phone_or_cvr(text: str, digits: str) -> ColumnElement[bool]:
    found = [_contains(digits)]
    telefon = normal_telefon(re.sub(r"[^\d+]", "", text))
    if telefon is not None:
        theirs = select(Kontakt.henvendelse_id).where(Kontakt.telefon == telefon)
        found += [Henvendelse.id.in_(theirs.correlate(None)), _contains(telefon)]
    return or_(*found)
