"""Fictitious people to log in as on the embedded default, so that the desk can be tried at once.

They are made on SQLite on loopback only, and get in from this very machine only (``indlogning``, ``adgang``). Their
passwords are each installation's own: kept beside the database, readable by its owner, for ``erhverv start`` to print.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.settings import Settings
from connectors.database import reading, writing
from connectors.desk import kodeord, revision, sessioner
from connectors.desk.models import Medarbejder
from connectors.desk.settings import DeskSettings

FILE = "demologin.json"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Demo:
    """A fictitious member of staff."""

    brugernavn: str
    fornavn: str
    rolle: str
    enheder: tuple[str, ...] = ()


DEMO = (
    Demo("demo-front", "Freja", "front", ("frontfunktion",)),
    Demo("demo-front2", "Frode", "front", ("frontfunktion",)),
    Demo("demo-konsulent", "Karla", "konsulent", ("team-opstart-vaekst",)),
    Demo("demo-backoffice", "Bent", "backoffice", ("kff-bevilling",)),
    Demo("demo-redaktoer", "Rikke", "redaktør"),
    Demo("demo-analytiker", "Anders", "analytiker"),
    Demo("demo-admin", "Asta", "admin"),
)


@dataclass(frozen=True)
class Login:
    """What ``erhverv start`` prints of one: user name, password, role."""

    brugernavn: str
    kode: str
    rolle: str


def sikr(engine: Engine, values: Settings, desk: DeskSettings, nu: dt.datetime) -> list[Login]:
    """Make the fictitious people, or see that those there are can't get in. Returns whom one can log in as.

    They are wanted on the embedded default with ``ERHVERV_DEMO``, unless real staff were there first.

    Raises:
        OSError: where their passwords can't be kept.
    """
    with reading(engine) as session:
        there = session.execute(select(Medarbejder.brugernavn, Medarbejder.demo)).all()
    wanted = desk.demo and values.database_url is None and values.host in LOOPBACK
    if not wanted:
        _luk(engine, nu)
        return []
    if there and not any(demo for _, demo in there):
        return []
    koder = _koder(values.var / FILE)
    with writing(engine) as session:
        for person in DEMO:
            _saet(session, person, koder[person.brugernavn], nu)
    return [Login(person.brugernavn, koder[person.brugernavn], person.rolle) for person in DEMO]


def _saet(session: Session, person: Demo, kode: str, nu: dt.datetime) -> None:
    row = session.scalars(select(Medarbejder).where(Medarbejder.brugernavn == person.brugernavn)).first()
    if row is None:
        row = Medarbejder(
            brugernavn=person.brugernavn,
            navn=f"{person.fornavn} Demo",
            fornavn=person.fornavn,
            roller=[person.rolle],
            enheder=list(person.enheder),
            demo=True,
            oprettet=nu,
        )
        session.add(row)
        revision.skriv(session, None, "oprettet", "medarbejder", person.brugernavn, {"roller": [person.rolle], "demo": True}, nu)
    if not kodeord.passer(row.adgangskode, kode):
        row.adgangskode = kodeord.hash_af(kode)
    row.aktiv, row.skal_skifte, row.fejl, row.laast_til = True, False, 0, None


def _luk(engine: Engine, nu: dt.datetime) -> None:
    with writing(engine) as session:
        open_ones = session.scalars(select(Medarbejder).where(Medarbejder.demo.is_(True), Medarbejder.aktiv.is_(True))).all()
        for row in open_ones:
            sessioner.luk_alle(session, row.id)
            revision.skriv(session, None, "lukket", "medarbejder", row.brugernavn, nu=nu)
        session.execute(update(Medarbejder).where(Medarbejder.demo.is_(True)).values(aktiv=False, tager_chat=False))


def _koder(path: Path) -> Mapping[str, str]:
    """The passwords kept at ``path``; what is missing or can't be read is made anew."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        kept = {}
    known = kept if isinstance(kept, dict) else {}
    koder = {person.brugernavn: str(known.get(person.brugernavn) or kodeord.engangskode()) for person in DEMO}
    if koder != kept:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(koder, file, indent=1)
    return koder
