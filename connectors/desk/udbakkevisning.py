"""The outbox as staff see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, select

from connectors.crm.models import Henvendelse
from connectors.database import reading
from connectors.desk.adgang import Bruger
from connectors.mail import forsendelse
from connectors.mail.models import Brev

SLAGS = {
    "orientering": "Orientering til virksomheden",
    "svar": "Svar til virksomheden",
    "survey": "Spørgeskema til virksomheden",
    "henvisning": "Henvisning til andre",
    "varsel": "Varsel til medarbejder",
}


@dataclass(frozen=True)
class BrevVist:
    """One mail that has not been delivered. ``nummer``: its case; ``til``: None where the one who asks has no cases.
    ``tilstand``: opgivet, fejlet or venter; ``naeste``: when it is tried next, None where nobody tries any more."""

    id: int
    slags: str
    nummer: str | None
    til: str | None
    oprettet: dt.datetime
    tilstand: str
    fejl: str | None
    forsoeg: int
    naeste: dt.datetime | None


def hent(engine: Engine, bruger: Bruger) -> list[BrevVist]:
    """What has not been delivered, the worst first."""
    breve = forsendelse.ikke_leveret(engine)
    with reading(engine) as session:
        ids = {brev.henvendelse_id for brev in breve if brev.henvendelse_id is not None}
        rows = session.execute(select(Henvendelse.id, Henvendelse.nummer).where(Henvendelse.id.in_(ids)))
        numre = {row.id: row.nummer for row in rows}
    # an admin runs the machinery and has no business with businesses
    har_sager = "front" in bruger.roller
    return [_vist(brev, numre.get(brev.henvendelse_id or 0), har_sager=har_sager) for brev in breve]


def _vist(brev: Brev, nummer: str | None, *, har_sager: bool) -> BrevVist:
    tilstand = "opgivet" if brev.opgivet else "fejlet" if brev.fejl else "venter"
    return BrevVist(
        brev.id, SLAGS.get(brev.slags, brev.slags), nummer, brev.til if har_sager else None, brev.oprettet, tilstand, brev.fejl,
        brev.forsoeg, None if brev.opgivet else brev.naeste_forsoeg,
    )  # fmt: skip
