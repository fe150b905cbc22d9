"""Staff made from the shell (``erhverv medarbejder``), for those who have no administrator yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, select

from bot.knowledge.library import load_library
from connectors.crm.tid import nu
from connectors.database import reading
from connectors.desk import medarbejdere, medarbejderskema
from connectors.desk.models import Medarbejder


def opret(engine: Engine, knowledge: Path, brugernavn: str, navn: str, roller: Sequence[str], enheder: Sequence[str]) -> str:
    """Make a person. Returns the one-time password. Raises ``medarbejdere.Ugyldig``."""
    library, _, _ = load_library(knowledge)
    felter = medarbejderskema.oplysninger(library, navn, "", "", roller, enheder)
    return medarbejdere.opret(engine, medarbejderskema.brugernavn(brugernavn), felter, None, nu())[1]


def ny_kode(engine: Engine, brugernavn: str) -> str:
    """A new one-time password for a person, who is let in again. Returns it. Raises ``medarbejdere.Ukendt``."""
    with reading(engine) as session:
        row = session.scalars(select(Medarbejder).where(Medarbejder.brugernavn == brugernavn.strip().casefold())).first()
    if row is None:
        raise medarbejdere.Ukendt
    if not row.aktiv:
        medarbejdere.saet_aktiv(engine, row.id, row.version, True, None, nu())
        row.version += 1
    return medarbejdere.nulstil(engine, row.id, row.version, None, nu())
