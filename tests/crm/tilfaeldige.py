"""A database of random cases for tests that compare two ways to the same answer; the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy import Engine, select

from connectors.crm.henvendelser import opret
from connectors.crm.korrespondance import Maerke
from connectors.crm.models import KANALER, STATUSSER, Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading, writing
from tests.crm.eksempler import NU, udkast
from tests.crm.medarbejdere import Seer

ENHEDER = ("frontfunktion", "team-hr", "tmf-byggeri", "kff-bevilling")
ROLLER = ("front", "konsulent", "backoffice", "redaktør", "analytiker", "admin")
CVR = ("97225249", "12345674", None)
NAVNE = ("Prøve Sol", "Prøve Luna", "Prøve Ærø", None)
MAERKER = ("presse", "café")
PAKKER = ("opstartspakke", "hr-pakke", None)


def byg(engine: Engine, seed: int, count: int = 60) -> None:
    """``count`` cases around ``NU`` with everything that a list can ask of them."""
    chance = random.Random(seed)
    for number in range(count):
        made = NU - dt.timedelta(hours=chance.randrange(24 * 20))
        opret(engine, udkast(**_felter(chance, number)), NU + dt.timedelta(hours=chance.randrange(-72, 72)), made)
    with writing(engine) as session:
        for company in session.scalars(select(Virksomhed)):
            company.kam_id = chance.choice([None, 1, 2])
        for row in session.scalars(select(Henvendelse)):
            row.status = chance.choice(STATUSSER)
            row.ejer_id = chance.choice([None, 1, 2, 3])
            for task in row.delopgaver:
                task.status = chance.choice(["ny", "i gang", "afsluttet"])
            for navn in chance.sample(MAERKER, chance.randrange(3)):
                session.add(Maerke(henvendelse_id=row.id, navn=navn))


def alle(engine: Engine) -> list[Henvendelse]:
    """Every case with its parts, by id."""
    with reading(engine) as session:
        return list(session.scalars(select(Henvendelse).order_by(Henvendelse.id)))


def medarbejdere(seed: int, count: int) -> list[Seer]:
    """Members of staff with none, one or several roles and units."""
    chance = random.Random(seed)
    return [
        Seer(
            chance.choice([1, 2, 3]),
            frozenset(chance.sample(ROLLER, chance.randrange(3))),
            frozenset(chance.sample(ENHEDER, chance.randrange(3))),
        )
        for _ in range(count)
    ]


def _felter(chance: random.Random, number: int) -> dict[str, Any]:
    def frist() -> dt.datetime | None:
        return chance.choice([None, NU + dt.timedelta(hours=chance.randrange(-72, 72))])

    return {
        "noegle": f"n{number}",
        "kanal": chance.choice(KANALER),
        "team": chance.choice(ENHEDER),
        "servicepakke": chance.choice(PAKKER),
        "virksomhed": {"cvr": chance.choice(CVR), "navn": chance.choice(NAVNE)},
        "delopgaver": [{"enhed": chance.choice(ENHEDER), "frist": frist()} for _ in range(chance.randrange(3))],
        "aftaler": [
            {"tekst": f"Aftale {i}", "frist": frist(), "udfoert": chance.choice([None, NU])} for i in range(chance.randrange(3))
        ],
    }
