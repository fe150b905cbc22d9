"""Put a mail in the outbox, in the transaction of what it tells of: both happen or neither does."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from connectors.crm.tid import med_zone
from connectors.mail.adresse import brugbar
from connectors.mail.models import SLAGS, Brev


def laeg(
    session: Session, slags: str, noegle: str, til: str, emne: str, tekst: str, henvendelse_id: int | None, nu: dt.datetime
) -> None:
    """Queue one mail, to be carried at once. The same ``noegle`` again changes nothing, from whichever process it comes.

    Args:
        slags: of ``models.SLAGS``.
        noegle: at most 200 characters; it also makes the mail's Message-ID, so that a mail carried twice is known again.

    Raises:
        ValueError: in Danish, where it is no mail that could be sent.
    """
    if slags not in SLAGS:
        raise ValueError(f"{slags!r} er ikke en slags brev; vælg {', '.join(SLAGS)}")
    adresse = brugbar(til)
    if adresse is None:
        raise ValueError("der er ingen e-mailadresse at skrive til, eller den er skrevet forkert")
    overskrift = "".join(tegn for tegn in " ".join(emne.split()) if tegn.isprintable())
    if not overskrift or not tekst.strip():
        raise ValueError("et brev skal have både emne og tekst")
    session.flush()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Brev).values(
        noegle=noegle, slags=slags, til=adresse, emne=overskrift, tekst=tekst, henvendelse_id=henvendelse_id,
        oprettet=med_zone(nu), forsoeg=0, naeste_forsoeg=nu,
    )  # fmt: skip
    session.execute(row.on_conflict_do_nothing(index_elements=[Brev.noegle]))
