"""What is written in a case: notes, mails, calls, and what the business was told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.language.cpr import mask
from connectors.crm import henvendelser, tid
from connectors.crm.kontaktoplysning import normal_email
from connectors.crm.korrespondance import FORMER, RETNINGER, Artikel
from connectors.crm.models import Henvendelse
from connectors.crm.udkast import UNSTORABLE
from connectors.database import reading, writing

LONGEST = 20_000


@dataclass(frozen=True)
class ArtikelVist:
    """An article as staff read it; ``tid`` in UTC."""

    id: int
    tid: dt.datetime
    hvem: str
    retning: str
    form: str
    til: str | None
    emne: str | None
    tekst: str


def tilfoej(
    engine: Engine,
    number: str,
    hvem: str,
    retning: str,
    form: str,
    tekst: str,
    *,
    emne: str | None = None,
    til: str | None = None,
    noegle: str | None = None,
    nu: dt.datetime | None = None,
) -> int:
    """Write an article, also in a closed case. Returns its id; the same ``noegle`` again is the article that there is.

    CPR numbers are masked before anything is stored. Raises ``UkendtHenvendelse``, and ``ValueError`` on an empty or
    too long text, an unknown ``retning`` or ``form``, and a ``noegle`` that another case has used.
    """
    try:
        with writing(engine) as session:
            row = henvendelser.find(session, number)
            return tilfoej_i(session, row, hvem, retning, form, tekst, emne=emne, til=til, noegle=noegle, nu=nu)
    except IntegrityError:
        # Somebody else used the key between our look and our write.
        with reading(engine) as session:
            found = _brugt(session, henvendelser.find(session, number), noegle)
            if found is None:
                raise
            return found


def tilfoej_i(
    session: Session,
    row: Henvendelse,
    hvem: str,
    retning: str,
    form: str,
    tekst: str,
    *,
    emne: str | None = None,
    til: str | None = None,
    noegle: str | None = None,
    nu: dt.datetime | None = None,
) -> int:
    """As ``tilfoej``, in a transaction that is under way."""
    if retning not in RETNINGER:
        raise ValueError(f"{retning!r} er ikke en retning; vælg {', '.join(RETNINGER)}")
    if form not in FORMER:
        raise ValueError(f"{form!r} er ikke en form; vælg {', '.join(FORMER)}")
    kept = rens(tekst)
    if not kept:
        raise ValueError("teksten er tom; skriv noget, før du gemmer")
    if len(kept) > LONGEST:
        raise ValueError(f"teksten er på {len(kept)} tegn; der er plads til {LONGEST}")
    found = _brugt(session, row, noegle)
    if found is not None:
        return found
    artikel = Artikel(
        henvendelse_id=row.id,
        tid=nu or tid.nu(),
        hvem=hvem,
        retning=retning,
        form=form,
        til=normal_email(til) if til else None,
        emne=" ".join(rens(emne).split()) or None if emne else None,
        tekst=kept,
        noegle=noegle,
    )
    session.add(artikel)
    session.flush()
    return artikel.id


def for_sag(engine: Engine, number: str) -> list[ArtikelVist]:
    """The case's articles, oldest first. Raises ``UkendtHenvendelse``."""
    with reading(engine) as session:
        row = henvendelser.find(session, number)
        found = select(Artikel).where(Artikel.henvendelse_id == row.id).order_by(Artikel.tid, Artikel.id)
        return [
            ArtikelVist(one.id, one.tid, one.hvem, one.retning, one.form, one.til, one.emne, one.tekst)
            for one in session.scalars(found)
        ]


def rens(tekst: str) -> str:
    """What a person has written as it may be stored: no CPR number, nothing that a database refuses, Unix line ends."""
    return mask(UNSTORABLE.sub("\ufffd", re.sub(r"\r\n?", "\n", tekst)))[0].strip()


def _brugt(session: Session, row: Henvendelse, noegle: str | None) -> int | None:
    found = None if noegle is None else session.scalars(select(Artikel).where(Artikel.noegle == noegle)).one_or_none()
    if found is not None and found.henvendelse_id != row.id:
        raise ValueError("nøglen er brugt til en anden sag")
    return found.id if found is not None else None
