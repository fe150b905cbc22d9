"""What a case looks like at one moment, with all that the mirror tells of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from connectors.crm.korrespondance import Artikel, Maerke
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.visning import vis
from connectors.desk.models import Medarbejder


@dataclass(frozen=True)
class Artikelbillede:
    """An article; ``maerke`` is what it is known by over there."""

    maerke: str
    retning: str
    form: str
    hvem: str
    emne: str | None
    tekst: str


@dataclass(frozen=True)
class Sagsbillede:
    """A case. ``json`` is the contract's shape; ``slettet``: its personal data have been erased here. ``ejer_email`` is
    None where it has no owner (``ejer``) or one without an address."""

    nummer: str
    version: int
    status: str
    team: str
    svarfrist: dt.datetime
    hovedindhold: str
    slettet: bool
    ejer: str | None
    ejer_email: str | None
    artikler: tuple[Artikelbillede, ...]
    maerker: tuple[str, ...]
    json: dict[str, Any]

    @property
    def hoved_maerke(self) -> str:
        """What the article with ``hovedindhold`` is known by."""
        return maerke(self.nummer, "hovedindhold")


def maerke(nummer: str, navn: str | int) -> str:
    """What an article of ours is known by, in the form of a Message-ID."""
    return f"<erhverv.{nummer}.{navn}@spejling>"


def tag(session: Session, henvendelse_id: int) -> Sagsbillede | None:
    """The case as it is now. The version is read first: what changes meanwhile is delivered again, never left out."""
    row = session.get(Henvendelse, henvendelse_id)
    if row is None:
        return None
    version = row.version
    found = session.scalars(select(Artikel).where(Artikel.henvendelse_id == row.id).order_by(Artikel.tid, Artikel.id))
    tags = session.scalars(select(Maerke.navn).where(Maerke.henvendelse_id == row.id).order_by(Maerke.navn))
    owner = None if row.ejer_id is None else session.get(Medarbejder, row.ejer_id)
    return Sagsbillede(
        nummer=row.nummer,
        version=version,
        status=row.status,
        team=row.team,
        svarfrist=row.svarfrist,
        hovedindhold=row.hovedindhold,
        slettet=row.kontakt is None and any(line.felt == "personoplysninger" for line in row.historik),
        ejer=row.ejer,
        ejer_email=owner.email if owner else None,
        artikler=tuple(
            Artikelbillede(maerke(row.nummer, one.id), one.retning, one.form, one.hvem, one.emne, one.tekst) for one in found
        ),
        maerker=tuple(tags),
        json=vis(row),
    )


def holder_kontakt(session: Session, email: str | None, telefon: str | None) -> bool:
    """Whether any case here still holds this contact."""
    same = [Kontakt.email == email.lower()] if email else []
    same += [Kontakt.telefon == telefon] if telefon else []
    return bool(same) and bool(session.scalar(select(func.count()).select_from(Kontakt).where(or_(*same))))
