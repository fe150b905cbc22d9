"""Everything that the case's page shows, read in one go: only for who may see the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.screening.values import spoken
from bot.screening.verdict import judge
from connectors.crm import henvendelser, orientering, synlighed
from connectors.crm.artikler import ArtikelVist, for_sag
from connectors.crm.fejl import UkendtHenvendelse
from connectors.crm.korrespondance import Maerke
from connectors.crm.models import Henvendelse
from connectors.crm.rute import Rute, rut
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading
from connectors.desk import sagsindhold
from connectors.desk.adgang import Bruger
from connectors.desk.frist import Fristmaerke, maerke
from connectors.desk.haendelser import Haendelse, haendelser
from connectors.desk.sagsindhold import Oplysning, YdelseVist
from connectors.website import tilstede
from connectors.website.models import Besked, Samtale


@dataclass(frozen=True)
class Replik:
    """A message of the conversation: ``fra`` is bot, user, agent or system."""

    fra: str
    tid: dt.datetime
    tekst: str


@dataclass(frozen=True)
class Tidligere:
    """Another case of the same company; ``om`` is its first line."""

    nummer: str
    status: str
    oprettet: dt.datetime
    om: str


@dataclass(frozen=True)
class SagVist:
    """The case's ``row`` and what belongs to it.

    ``navn``: the company's, or the contact's. ``vej``: how an answer would reach the business now. ``samtale``: None where
    it is gone or there was none. ``styrer``: whether it is the reader's to run (``synlighed.styrer``). Articles, history
    and ``tidligere``: the newest first.
    """

    row: Henvendelse
    navn: str
    frist: Fristmaerke
    telefon: str
    telefon_link: str
    virksomhed: list[Oplysning]
    svar: list[Oplysning]
    ydelser: list[YdelseVist]
    artikler: list[ArtikelVist]
    haendelser: list[Haendelse]
    samtale: list[Replik] | None
    samtale_aaben: bool
    vej: str | None
    adresse: str | None
    maerker: list[str]
    rute: Rute | None
    tidligere: list[Tidligere]
    kolleger: list[tuple[int, str]]
    aabne_delopgaver: int
    styrer: bool


def hent(engine: Engine, number: str, bruger: Bruger, library: Library, nu: dt.datetime) -> SagVist:
    """The case. Raises ``UkendtHenvendelse`` where there is none, and where ``bruger`` may not see it, all the same."""
    colleagues = [(one.id, one.navn) for one in sorted(tilstede.kolleger(engine, nu), key=lambda one: one.navn)]
    with reading(engine) as session:
        row = synlig(session, number, bruger)
        conversation = session.get(Samtale, row.samtale) if row.samtale else None
        phone = row.kontakt.telefon or "" if row.kontakt else ""
        return SagVist(
            row=row,
            navn=navn(row, session),
            frist=maerke(row.svarfrist, nu, library.kommunen, afsluttet=row.status == "afsluttet"),
            telefon=spoken("telefon", phone, library),
            telefon_link=f"+45{phone}" if len(phone) == 8 and phone.isdigit() else phone.replace(" ", ""),
            virksomhed=sagsindhold.virksomhed(row.virksomhed, library),
            svar=sagsindhold.svar(row, library),
            ydelser=sagsindhold.ydelser(row, library),
            artikler=for_sag(engine, row.nummer)[::-1],
            haendelser=haendelser(reversed(row.historik), library),
            samtale=None if conversation is None else _replikker(session, conversation.id),
            samtale_aaben=conversation is not None and conversation.state != "lukket",
            vej=orientering.vej(session, row, nu),
            adresse=orientering.adresse(row),
            maerker=list(session.scalars(select(Maerke.navn).where(Maerke.henvendelse_id == row.id).order_by(Maerke.navn))),
            rute=_rute(row, library),
            tidligere=_tidligere(session, row, bruger),
            kolleger=colleagues,
            aabne_delopgaver=sum(task.status != "afsluttet" for task in row.delopgaver),
            styrer=synlighed.styrer(session, row, bruger),
        )


def synlig(session: Session, number: str, bruger: Bruger) -> Henvendelse:
    """The case's row. Raises ``UkendtHenvendelse`` as ``hent``."""
    row = henvendelser.find(session, number)
    if not synlighed.maa_se(session, row, bruger):
        raise UkendtHenvendelse(number)
    return row


def navn(row: Henvendelse, session: Session) -> str:
    """What staff call the case: the company's name, else the contact's; of an erased case what the register has."""
    told = (row.virksomhed.navn if row.virksomhed else None) or (row.kontakt.navn if row.kontakt else None)
    company = session.get(Virksomhed, row.virksomhed_id) if told is None and row.virksomhed_id else None
    return told or (company.navn if company else None) or "Uden navn"


def _replikker(session: Session, samtale_id: str) -> list[Replik]:
    rows = session.scalars(select(Besked).where(Besked.samtale_id == samtale_id).order_by(Besked.seq))
    return [Replik(row.sender, row.created, row.text) for row in rows]


def _rute(row: Henvendelse, library: Library) -> Rute | None:
    """Where the catalogue of tasks would send it; None while the editors' file can't be read."""
    try:
        return rut(library, pakke=row.servicepakke, passer=_passer(row, library), ydelser=[one.ydelse for one in row.ydelser])
    except LookupError:
        return None


def _passer(row: Henvendelse, library: Library) -> bool:
    package = library.servicepakker.get(row.servicepakke or "")
    return package is not None and judge(package, _fakta(row), library).passer


def _fakta(row: Henvendelse) -> Mapping[str, Any]:
    told = {name: getattr(row.virksomhed, name, None) for name in ("branche", "ansatte", "stadie", "beliggenhed")}
    known = {slot: value for slot, value in told.items() if value is not None}
    return {**known, **{svar.navn: svar.vaerdi for svar in row.svar}}


def _tidligere(session: Session, row: Henvendelse, bruger: Bruger) -> list[Tidligere]:
    if row.virksomhed_id is None:
        return []
    others = (
        select(Henvendelse)
        .where(Henvendelse.virksomhed_id == row.virksomhed_id, Henvendelse.id != row.id, synlighed.for_bruger(bruger))
        .order_by(Henvendelse.oprettet.desc(), Henvendelse.id.desc())
    )
    return [Tidligere(one.nummer, one.status, one.oprettet, one.hovedindhold.split("\n")[0]) for one in session.scalars(others)]
