"""A case finds its company's record: by CVR, else by name; one record also for those that come at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from connectors.crm import tilknytning
from connectors.crm.henvendelser import find, opret, som_json
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading, writing
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import ansat


def _case(engine: Engine, noegle: str, **virksomhed: Any) -> Henvendelse:
    made = opret(engine, udkast(noegle=noegle, virksomhed=virksomhed), FRIST, NU)
    with reading(engine) as session:
        return find(session, made.number)


def _companies(engine: Engine) -> list[tuple[str | None, str | None]]:
    with reading(engine) as session:
        return [(row.cvr, row.navn) for row in session.scalars(select(Virksomhed).order_by(Virksomhed.id))]


def test_the_same_cvr_is_the_same_company_whatever_its_name(engine: Engine) -> None:
    one = _case(engine, "a", cvr="97225249", navn="Prøvetegnestuen")
    other = _case(engine, "b", cvr="97225249", navn="Noget andet")
    assert one.virksomhed_id == other.virksomhed_id is not None
    assert _companies(engine) == [("97225249", "Prøvetegnestuen")]


def test_without_cvr_the_name_decides_in_any_spelling(engine: Engine) -> None:
    one = _case(engine, "a", navn="Prøvetegnestuen ApS")
    other = _case(engine, "b", navn="prøve-tegnestuen")
    third = _case(engine, "c", navn="Anden Prøve")
    assert one.virksomhed_id == other.virksomhed_id != third.virksomhed_id
    assert len(_companies(engine)) == 2


def test_a_name_alone_finds_the_company_whose_cvr_is_known(engine: Engine) -> None:
    one = _case(engine, "a", cvr="97225249", navn="Prøvetegnestuen")
    assert _case(engine, "b", navn="PRØVETEGNESTUEN").virksomhed_id == one.virksomhed_id


def test_a_name_that_two_companies_bear_is_taken_for_neither(engine: Engine) -> None:
    one = _case(engine, "a", cvr="97225249", navn="Prøvebageriet")
    other = _case(engine, "b", cvr="12345674", navn="Prøvebageriet")
    third = _case(engine, "c", navn="Prøvebageriet")
    assert len({one.virksomhed_id, other.virksomhed_id, third.virksomhed_id}) == 3
    assert _case(engine, "d", navn="Prøvebageriet ApS").virksomhed_id == third.virksomhed_id


def test_a_new_cvr_is_a_new_company_though_a_nameless_record_has_the_name(engine: Engine) -> None:
    one = _case(engine, "a", navn="Prøvebageriet")
    assert _case(engine, "b", cvr="97225249", navn="Prøvebageriet").virksomhed_id != one.virksomhed_id


def test_a_company_known_by_cvr_alone_learns_its_name(engine: Engine) -> None:
    _case(engine, "a", cvr="97225249")
    _case(engine, "b", cvr="97225249", navn="Prøvetegnestuen")
    _case(engine, "c", cvr="97225249", navn="Noget andet")
    assert _companies(engine) == [("97225249", "Prøvetegnestuen")]
    assert _case(engine, "d", navn="prøvetegnestuen").virksomhed_id == _case(engine, "e", cvr="97225249").virksomhed_id


def test_a_case_that_names_no_company_has_none(engine: Engine) -> None:
    assert _case(engine, "a").virksomhed_id is None
    assert _case(engine, "b", navn="!!!").virksomhed_id is None
    assert _companies(engine) == []


@pytest.mark.parametrize("virksomhed", [{"cvr": "97225249", "navn": "Prøve"}, {"navn": "Prøvetegnestuen"}])
def test_cases_of_a_new_company_at_the_same_moment_end_at_one_record(engine: Engine, virksomhed: dict[str, str]) -> None:
    with ThreadPoolExecutor(6) as pool:
        rows = list(pool.map(lambda i: _case(engine, f"n{i}", **virksomhed), range(6)))
    assert len({row.virksomhed_id for row in rows}) == 1
    assert len(_companies(engine)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite lets only one writer look at a time
@pytest.mark.parametrize("virksomhed", [{"cvr": "97225249", "navn": "Prøve"}, {"navn": "Prøvetegnestuen"}])
def test_two_who_both_look_before_either_makes_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, virksomhed: dict[str, str]
) -> None:
    both_have_looked, make = threading.Barrier(2), tilknytning._make

    def wait_and_make(session: Session, *values: Any) -> None:
        both_have_looked.wait(timeout=10)
        make(session, *values)

    monkeypatch.setattr(tilknytning, "_make", wait_and_make)
    monkeypatch.setattr("connectors.crm.henvendelser.naeste_nummer", lambda session, nu: f"P-{threading.get_ident() % 10**9}")
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda i: opret(engine, udkast(noegle=f"n{i}", virksomhed=virksomhed), FRIST, NU), range(2)))
    assert all(one.ny for one in made)
    with reading(engine) as session:
        assert len({row.virksomhed_id for row in session.scalars(select(Henvendelse))}) == 1
    assert len(_companies(engine)) == 1


def test_the_companys_key_account_manager_gets_a_new_case_with_its_lines(engine: Engine) -> None:
    first = _case(engine, "a", cvr="97225249")
    manager = ansat(engine)
    with writing(engine) as session:
        session.get_one(Virksomhed, first.virksomhed_id).kam_id = manager.id
    row = _case(engine, "b", cvr="97225249")
    assert (row.key_account_manager, row.ejer, row.ejer_id) == ("Kaja Prøvesen", "Kaja Prøvesen", manager.id)
    shown = som_json(engine, row.nummer)
    assert shown
    assert [(line["hvem"], line["felt"], line["til"]) for line in shown["historik"][1:]] == [
        ("system", "key account manager", "Kaja Prøvesen"),
        ("system", "ejer", "Kaja Prøvesen"),
    ]


def test_a_key_account_manager_who_has_left_gets_nothing(engine: Engine) -> None:
    first = _case(engine, "a", cvr="97225249")
    gone = ansat(engine, aktiv=False)
    with writing(engine) as session:
        session.get_one(Virksomhed, first.virksomhed_id).kam_id = gone.id
    row = _case(engine, "b", cvr="97225249")
    assert (row.key_account_manager, row.ejer_id) == (None, None)
