"""Mails to staff on deadlines: to whom, and that each gets one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from bot.settings import settings
from connectors.crm.models import Henvendelse
from connectors.crm.orienteringstekst import enhedsnavn
from connectors.desk.models import Medarbejder
from connectors.mail import udbakke
from connectors.mail.adresse import brugbar

FRONT = "front"


def modtagere(session: Session, ejer_id: int | None, enhed: str) -> list[Medarbejder]:
    """Who must hear of it: the case's owner; without one everybody in the unit; without anybody there the front, so that
    a deadline is always somebody's. Only active staff with an e-mail address."""
    alle = session.scalars(select(Medarbejder).where(Medarbejder.aktiv, Medarbejder.email.is_not(None))).all()
    kan_naas = [person for person in alle if brugbar(person.email)]
    ejer = [person for person in kan_naas if person.id == ejer_id]
    i_enheden = [person for person in kan_naas if enhed in person.enheder]
    return ejer or i_enheden or [person for person in kan_naas if FRONT in person.roller]


def send(
    session: Session, row: Henvendelse, til: list[Medarbejder], hvad: str, trin: str, enhed: str, frist: dt.datetime,
    library: Library, nu: dt.datetime, *, mere: str = "", noegle: str = "",
) -> None:  # fmt: skip
    """Queue one mail to each of ``til``.

    Args:
        hvad: "sag", "delopgave" or "aftale"; ``trin``: "naer" or "over".
        mere: a sentence to add.
        noegle: tells several of a case's delopgaver or agreements apart.
    """
    values = {"nummer": row.nummer, "frist": dansk_dato(frist), "enhed": enhedsnavn(enhed, library)}
    emne = library.text("varsel", f"{hvad}_{trin}_emne", nummer=row.nummer)
    link = library.text("varsel", "link", link=f"{settings().site}/desk/sager/{row.nummer}")
    tekst = "\n\n".join(del_ for del_ in (library.text("varsel", f"{hvad}_{trin}", **values), mere, link) if del_)
    stempel = frist.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%S")
    for person in til:
        key = f"varsel:{row.nummer}:{hvad}{noegle}:{trin}:{stempel}:{person.id}"
        udbakke.laeg(session, "varsel", key, str(person.email), emne, tekst, row.id, nu)
