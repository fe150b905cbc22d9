"""The searchable text follows what it consists of, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from connectors.crm.henvendelser import opret, version
from connectors.crm.historik import linje
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.soegbar import soegetekst
from connectors.database import reading, writing
from tests.crm.eksempler import FRIST, NU, udkast


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Café Ærø"], "cafe aro"),
        (["Baade Michaelsen og Ærø"], "bade michalsen og aro\nbaade\nmichaelsen"),
        (["Prøve", None, "  ", "PRØVE"], "prove"),
        (["abc", "def"], "abc\ndef"),
        (["to\n linjer"], "to linjer"),
        ([None], ""),
    ],
)
def test_folded_and_as_typed_each_once(texts: list[str | None], expected: str) -> None:
    assert soegetekst(texts) == expected


def test_it_is_there_from_the_start_and_follows_a_change(engine: Engine) -> None:
    opret(engine, udkast(), FRIST, NU)
    with writing(engine) as session:
        kontakt = session.scalars(select(Kontakt)).one()
        assert kontakt.soegetekst == soegetekst(["Prøve Person", "20417703", "proeve@example.com"])
        kontakt.navn = "Åse"
    with reading(engine) as session:
        assert session.scalars(select(Kontakt)).one().soegetekst == soegetekst(["Åse", "20417703", "proeve@example.com"])


def test_a_line_of_history_alone_does_not_write_the_case(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    with writing(engine) as session:
        row = session.scalars(select(Henvendelse)).one()
        row.historik.append(linje("bot", "besked", None, "sendt", NU))
    assert version(engine, made.number) == made.version
