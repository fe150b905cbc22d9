"""Cases that were there before the desk are found by search and stand with their companies after the upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Engine, select, text

from connectors.crm.filtre import Filtre
from connectors.crm.henvendelser import opret
from connectors.crm.lister import hent
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.database import engine_for, reading, writing
from connectors.migrate import _alone, _config, upgrade
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import FRONT

TOLD = [
    ("97225249", "Prøve Sol"),
    (None, "prøve sol ApS"),
    (None, "Prøve Luna"),
    ("12345674", "Prøve Luna"),
    (None, "PRØVE LUNA"),
    (None, None),
    ("97225249", None),
]
SAME = [1, 1, 2, 3, 2, None, 1]


def _at_0003(engine: Engine, database_url: str, folder: Path) -> Engine:
    """A database as it was before, with a case for each of ``TOLD``."""
    if engine.dialect.name == "sqlite":
        database_url = f"sqlite:///{folder / 'old.db'}"
    else:
        with writing(engine) as session:
            session.execute(text("DROP SCHEMA public CASCADE"))
            session.execute(text("CREATE SCHEMA public"))
    old = engine_for(database_url)
    with _alone(old) as connection:
        command.upgrade(_config(connection), "0003")
        for number, (cvr, navn) in enumerate(TOLD, 1):
            values: dict[str, Any] = {"id": number, "nummer": f"KBH-2025-{number:06d}", "cvr": cvr, "navn": navn}
            connection.execute(
                text(
                    "INSERT INTO henvendelse (nummer, noegle, version, kanal, status, team, hovedindhold, svarfrist, oprettet,"
                    " survey) VALUES (:nummer, :nummer, 1, 'chat', 'ny', 'frontfunktion', 'Søger LOKALER',"
                    " '2025-11-26 15:00:00', '2025-11-24 09:00:00', 'ikke sendt')"
                ),
                values,
            )
            connection.execute(
                text("INSERT INTO henvendelse_virksomhed (henvendelse_id, cvr, navn) VALUES (:id, :cvr, :navn)"), values
            )
            connection.execute(text("INSERT INTO henvendelse_kontakt (henvendelse_id, navn) VALUES (:id, 'Åse Prøve')"), values)
    upgrade(database_url)
    return old


def test_old_cases_are_linked_and_can_be_searched(engine: Engine, database_url: str, tmp_path: Path) -> None:
    old = _at_0003(engine, database_url, tmp_path)
    with reading(old) as session:
        assert list(session.scalars(select(Henvendelse.virksomhed_id).order_by(Henvendelse.id))) == SAME
        companies = session.scalars(select(Virksomhed).order_by(Virksomhed.id)).all()
        assert [(row.cvr, row.navn) for row in companies] == [
            ("97225249", "Prøve Sol"),
            (None, "Prøve Luna"),
            ("12345674", "Prøve Luna"),
        ]
    for asked, count in (("sol", 3), ("åse", 7), ("lokaler", 7), ("12345674", 1), ("KBH 2025 4", 1)):
        assert hent(old, FRONT, "alle", Filtre(soeg=asked), NU).total == count, asked


def test_new_companies_come_after_the_old(engine: Engine, database_url: str, tmp_path: Path) -> None:
    old = _at_0003(engine, database_url, tmp_path)
    opret(old, udkast(virksomhed={"navn": "Prøve Mars"}), FRIST, NU)
    with reading(old) as session:
        assert session.scalars(select(Virksomhed.navn).order_by(Virksomhed.id.desc())).first() == "Prøve Mars"


def test_an_empty_database_needs_nothing_filled_in(engine: Engine) -> None:
    assert hent(engine, FRONT, "alle", Filtre(), NU).total == 0
