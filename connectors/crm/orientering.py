"""Løbende orientering: the business hears of its case without asking, in the chat if it is there and by mail if not.

What it was told stands in the case as an article. Source: the report's four parameters of service (chapter 2).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm.artikler import tilfoej_i
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.crm.orienteringstekst import saetninger, slutning
from connectors.crm.tid import iso
from connectors.mail import udbakke
from connectors.mail.adresse import brugbar
from connectors.website.messages import Draft, append
from connectors.website.naervaer import til_stede

logger = logging.getLogger(__name__)

Vej = Literal["chat", "mail"]
SYSTEM = "system"


def om_aendring(
    session: Session, row: Henvendelse, aendringer: Mapping[str, tuple[Any, Any]], library: Library, nu: dt.datetime
) -> Vej | None:
    """Tell the business of one act of staff's, once for each version of the case, in one message.

    Args:
        aendringer: field to (old, new). Told of: ``ejer``, ``team``, ``status``, ``svarfrist``, and ``aftale`` (None or
            the agreement before, the ``Aftale`` now). Anything else is staff's own business.

    Returns:
        Which way it was told; None where there was nothing to tell or nobody who can be told in writing.
    """
    try:
        linjer = saetninger(row, aendringer, library)
        if not linjer:
            return None
        session.flush()
        linjer += slutning(row, aendringer, library)
        return fortael(session, row, linjer, f"{row.nummer}:v{row.version}", library, nu)
    except LookupError as error:
        # The case must be workable though an editor's file is gone; erhverv check and /readyz tell of it.
        logger.error("virksomheden blev ikke orienteret om %s: en tekst mangler (%s)", row.nummer, type(error).__name__)
        return None


def fortael(
    session: Session, row: Henvendelse, linjer: Sequence[str], noegle: str, library: Library, nu: dt.datetime
) -> Vej | None:
    """Tell ``linjer``, once for each ``noegle``, and keep what was told as an article. None as in ``om_aendring``."""
    noegle = f"orientering:{noegle}"
    if session.scalar(select(Artikel.id).where(Artikel.noegle == noegle)) is not None:
        return None
    indledning = library.text("orientering", "indledning", nummer=row.nummer)
    samtale = til_stede(session, row.samtale, nu)
    if samtale is not None:
        tekst = "\n".join([indledning, *linjer])
        append(session, samtale.id, [Draft("system", tekst, sagsdata(row))], nu)
        tilfoej_i(session, row, SYSTEM, "ud", "chat", tekst, noegle=noegle, nu=nu)
        return "chat"
    til = adresse(row)
    if til is None:
        return None
    emne = library.text("orientering", "mail_emne", nummer=row.nummer)
    tekst = _brev(row, [indledning, *linjer], library)
    udbakke.laeg(session, "orientering", noegle, til, emne, tekst, row.id, nu)
    tilfoej_i(session, row, SYSTEM, "ud", "mail", tekst, emne=emne, til=til, noegle=noegle, nu=nu)
    return "mail"


def vej(session: Session, row: Henvendelse, nu: dt.datetime) -> Vej | None:
    """How the business would be told something now; None: it can only be called."""
    if til_stede(session, row.samtale, nu, laas=False) is not None:
        return "chat"
    return "mail" if adresse(row) else None


def adresse(row: Henvendelse) -> str | None:
    """The case's e-mail address, if it is one that can be written to."""
    return brugbar(row.kontakt.email) if row.kontakt else None


def sagsdata(row: Henvendelse) -> dict[str, Any]:
    """The typed data of a message that tells a case's state (contract)."""
    return {"type": "sag", "number": row.nummer, "status": row.status, "svarfrist": iso(row.svarfrist)}


def _brev(row: Henvendelse, linjer: Sequence[str], library: Library) -> str:
    navn = row.kontakt.navn if row.kontakt else None
    dele = [library.text("orientering", "hilsen", navn=navn)] if navn else []
    dele += ["\n".join(linjer), library.text("orientering", "spoerg", nummer=row.nummer)]
    return "\n\n".join([*dele, library.text("orientering", "afsender", kommune=library.kommunen.navn)])
