"""Everything of a case that is written somewhere is found, in any spelling, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from connectors.crm import artikler, soegning
from connectors.crm.henvendelser import find, opret
from connectors.crm.models import Henvendelse
from connectors.database import reading, writing
from tests.crm.eksempler import FRIST, NU, udkast


@pytest.fixture
def cases(engine: Engine) -> Engine:
    """Three cases with much between them."""
    person = {"samtykke": NU}
    tegnestue: dict[str, Any] = {
        "virksomhed": {"cvr": "97225249", "navn": "Prøvetegnestuen Ærø ApS"},
        "kontakt": {**person, "navn": "Åse Ødegård-Prøvesen", "telefon": "20417703", "email": "aase@example.com"},
        "hovedindhold": "Søger 100% støtte_ordning til café i gården",
    }
    bageri: dict[str, Any] = {
        "virksomhed": {"navn": "Michaels Prøvebageri"},
        "kontakt": {**person, "navn": "René Prøve", "telefon": "+46 70 123 45 67", "email": "rene@example.dk"},
        "hovedindhold": "Vil have ansatte (10045)",
    }
    tom: dict[str, Any] = {
        "virksomhed": {},
        "kontakt": {**person, "navn": "Prøve", "telefon": "lokal 12"},
        "hovedindhold": "Stop",
    }
    for noegle, told in (("a", tegnestue), ("b", bageri), ("c", tom)):
        opret(engine, udkast(noegle=noegle, **told), FRIST, NU)
    artikler.tilfoej(engine, "KBH-2026-000002", "Prøve Kollega", "intern", "note", "Ovnen står i KÆLDEREN", emne="Røgudsugning")
    return engine


def _found(engine: Engine, text: str) -> set[int]:
    with reading(engine) as session:
        numbers = session.scalars(select(Henvendelse.nummer).where(soegning.betingelse(text)))
        return {int(number[-6:]) for number in numbers}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prøvetegnestuen", {1}),
        ("PRØVETEGNESTUEN ÆRØ", {1}),
        ("proevetegnestuen", {1}),
        ("tegnestuen", {1}),
        ("åse", {1}),
        ("AASE", {1}),
        ("ødegård", {1}),
        ("odegaard", {1}),
        ("rené", {2}),
        ("RENE", {2}),
        ("elsprøve", set()),
        ("aels prøvebageri", {2}),
        ("bageri michael", {2}),
        ("aase@example.com", {1}),
        ("@example", {1, 2}),
        ("97225249", {1}),
        ("97 22 52 49", {1}),
        ("DK97225249", {1}),
        ("CVR-nr.: 97 22 52 49", {1}),
        ("20417703", {1}),
        ("20 41 77 03", {1}),
        ("+45 2041 7703", {1}),
        ("tlf. 20 41 77 03", {1}),
        ("0046 70-123 45 67", {2}),
        ("+46701234567", {2}),
        ("2041", {1}),
        ("lokal 12", {3}),
        ("KBH-2026-000002", {2}),
        ("kbh 2026 2", {2}),
        ("2026-000002", {2}),
        ("sag kbh2026000003", {3}),
        ("KBH-2026-000009", set()),
        ("kælderen", {2}),
        ("KAELDEREN ovnen", {2}),
        ("røgudsugning", {2}),
        ("kælderen prøvebageri rené", {2}),
        ("kælderen åse", set()),
        ("støtte", {1}),
        ("prøve", {1, 2, 3}),
        ("", {1, 2, 3}),
        ("   ", {1, 2, 3}),
    ],
)
def test_what_is_found(cases: Engine, text: str, expected: set[int]) -> None:
    assert _found(cases, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100%", {1}),
        ("100%støtte", set()),
        ("1%5", set()),
        ("%", {1}),
        ("_", {1}),
        ("støtte_ordning", {1}),
        ("støtte_o", {1}),
        ("st_tte", set()),
        ("/", set()),
        ("\\", set()),
        ("'; DROP TABLE henvendelse; --", set()),
        ("(10045)", {2}),
        ("caf\x00é", {1}),
        ("\ud800", {1, 2, 3}),
    ],
)
def test_signs_mean_themselves_and_break_nothing(cases: Engine, text: str, expected: set[int]) -> None:
    assert _found(cases, text) == expected


def test_a_very_long_text_is_cut_and_searched(cases: Engine) -> None:
    assert _found(cases, "kælderen " * 10_000) == {2}
    assert _found(cases, "x" * 100_000) == set()


def test_what_is_changed_is_found_by_what_it_is_now(cases: Engine) -> None:
    with writing(cases) as session:
        row = find(session, "KBH-2026-000003")
        row.hovedindhold = "Noget HELT nyt om gågader"
        assert row.kontakt
        row.kontakt.navn = "Øjvind"
    assert _found(cases, "gågader") == _found(cases, "øjvind") == {3}
    assert _found(cases, "stop") == set()


def test_a_company_is_found_by_the_name_that_another_case_told(cases: Engine) -> None:
    opret(cases, udkast(noegle="d", virksomhed={"cvr": "97225249"}, hovedindhold="Igen"), FRIST, NU)
    assert _found(cases, "tegnestuen ærø") == {1, 4}
