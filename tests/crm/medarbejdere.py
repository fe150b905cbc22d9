"""Fictitious staff, and the editors' files, for the tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Engine

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from connectors.crm.ejer import Ejer
from connectors.database import writing
from connectors.desk.models import Medarbejder
from tests.crm.eksempler import NU


@dataclass(frozen=True)
class Seer:
    """A member of staff as the rules of the record see one."""

    id: int = 1
    roller: frozenset[str] = frozenset({"front"})
    enheder: frozenset[str] = frozenset({"frontfunktion"})


FRONT = Seer()


def konsulent(*enheder: str, id: int = 2) -> Seer:  # noqa: A002
    """A consultant of these units."""
    return Seer(id, frozenset({"konsulent"}), frozenset(enheder))


@lru_cache(maxsize=1)
def library() -> Library:
    """The editors' files as they stand in the repository."""
    return load_library(ROOT / "knowledge")[0]


def ansat(engine: Engine, navn: str = "Kaja Prøvesen", *, aktiv: bool = True, enheder: tuple[str, ...] = ()) -> Ejer:
    """A member of staff in the database."""
    with writing(engine) as session:
        row = Medarbejder(
            brugernavn=navn.casefold(),
            navn=navn,
            fornavn=navn.split()[0],
            roller=["konsulent"],
            enheder=list(enheder),
            aktiv=aktiv,
            oprettet=NU,
        )
        session.add(row)
        session.flush()
        return Ejer(row.id, row.navn)
