"""Companies as staff keep them: who is their key account manager."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm import henvendelser, orientering
from connectors.crm.ejer import Ejer
from connectors.crm.fejl import ForaeldetVirksomhed, UkendtVirksomhed
from connectors.crm.models import Henvendelse
from connectors.crm.tilknytning import kam_felter
from connectors.crm.virksomhed import Virksomhed
from connectors.database import writing


def saet_kam(
    engine: Engine,
    library: Library,
    virksomhed_id: int,
    version: int,
    medarbejder: Ejer | None,
    hvem: str,
    nu: dt.datetime,
) -> int:
    """Make ``medarbejder`` the company's key account manager, or nobody. Its open cases get the name, those without an
    owner get the owner too, and the businesses hear of that. Returns the company's version.

    Raises ``UkendtVirksomhed``, ``ForaeldetVirksomhed``, ``ValueError`` on a record that has been merged into another.
    """
    with writing(engine) as session:
        virksomhed = laas(session, virksomhed_id)
        if virksomhed.version != version:
            raise ForaeldetVirksomhed(virksomhed_id, virksomhed.version)
        kraev_selvstaendig(virksomhed)
        virksomhed.kam_id = medarbejder.id if medarbejder else None
        session.flush()
        for row in aabne_sager(session, virksomhed_id):
            changes = henvendelser.aendr_i(session, row, kam_felter(row, medarbejder), hvem, nu)
            orientering.om_aendring(session, row, changes, library, nu)
        session.flush()
        return virksomhed.version


def laas(session: Session, virksomhed_id: int) -> Virksomhed:
    """The record, kept from anybody else's change until the transaction ends. Raises ``UkendtVirksomhed``."""
    held = select(Virksomhed).where(Virksomhed.id == virksomhed_id).with_for_update()
    found = session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UkendtVirksomhed(virksomhed_id)
    return found


def kraev_selvstaendig(virksomhed: Virksomhed) -> None:
    """Raises ``ValueError`` on a record that has been merged into another."""
    if virksomhed.flettet_til is not None:
        raise ValueError(f"virksomhed nr. {virksomhed.id} er lagt sammen med nr. {virksomhed.flettet_til}; brug den i stedet")


def aabne_sager(session: Session, virksomhed_id: int) -> list[Henvendelse]:
    """The company's cases that are not closed, kept from anybody else's change."""
    found = select(Henvendelse).where(Henvendelse.virksomhed_id == virksomhed_id, Henvendelse.status != "afsluttet")
    held = found.order_by(Henvendelse.id).with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(held))
