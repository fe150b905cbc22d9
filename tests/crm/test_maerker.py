"""Tags on cases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from connectors.crm import maerker, sagsgang
from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.crm.henvendelser import opret, som_json, version
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library

HVEM = "Prøve Kollega"


def _case(engine: Engine, noegle: str = "a") -> str:
    return opret(engine, udkast(noegle=noegle, delopgaver=[]), FRIST, NU).number


def _lines(engine: Engine, number: str) -> list[tuple[str | None, str | None]]:
    shown = som_json(engine, number)
    assert shown
    return sorted(
        ((line["fra"], line["til"]) for line in shown["historik"] if line["felt"] == "mærke"), key=lambda line: line[0] or line[1]
    )


def test_the_set_is_what_was_given_and_only_differences_are_lines(engine: Engine) -> None:
    number = _case(engine)
    assert maerker.saet(engine, number, HVEM, [" café ", "Åbning", "CAFÉ"], NU) == ["café", "Åbning"]
    assert maerker.saet(engine, number, HVEM, ["Café", "presse"], NU) == ["café", "presse"]
    assert maerker.for_sag(engine, number) == ["café", "presse"]
    assert _lines(engine, number) == [(None, "café"), (None, "presse"), (None, "Åbning"), ("Åbning", None)]


def test_one_is_added_and_taken_off_and_again_is_no_change(engine: Engine) -> None:
    number = _case(engine)
    assert maerker.tilfoej(engine, number, HVEM, "presse", NU) == ["presse"]
    at = version(engine, number)
    assert maerker.tilfoej(engine, number, HVEM, "PRESSE", NU) == ["presse"]
    assert maerker.fjern(engine, number, HVEM, "andet", NU) == ["presse"]
    assert version(engine, number) == at
    assert maerker.fjern(engine, number, HVEM, "Presse", NU) == []
    assert version(engine, number) != at


def test_tags_added_at_the_same_moment_are_all_there(engine: Engine) -> None:
    number = _case(engine)
    names = [f"mærke {i}" for i in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda name: maerker.tilfoej(engine, number, HVEM, name, NU), names))
    assert maerker.for_sag(engine, number) == names


def test_all_tags_in_use(engine: Engine) -> None:
    one, other = _case(engine), _case(engine, "b")
    maerker.saet(engine, one, HVEM, ["presse", "café"], NU)
    maerker.saet(engine, other, HVEM, ["presse"], NU)
    assert maerker.brugte(engine) == ["café", "presse"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_tag_that_is_none_is_refused(engine: Engine, name: str) -> None:
    number = _case(engine)
    with pytest.raises(ValueError, match="mærke"):
        maerker.saet(engine, number, HVEM, ["godt", name], NU)
    assert maerker.for_sag(engine, number) == []


def test_stale_unknown_and_closed_are_refused(engine: Engine) -> None:
    number = _case(engine)
    maerker.tilfoej(engine, number, HVEM, "presse", NU)
    with pytest.raises(ForaeldetVersion):
        maerker.saet(engine, number, HVEM, [], NU, version=1)
    with pytest.raises(UkendtHenvendelse):
        maerker.tilfoej(engine, "KBH-2026-000999", HVEM, "presse", NU)
    at = version(engine, number)
    assert at is not None
    sagsgang.aendr(engine, library(), number, at, HVEM, {"status": "afsluttet", "udfald": "loest"}, NU)
    with pytest.raises(sagsgang.SagErAfsluttet):
        maerker.tilfoej(engine, number, HVEM, "ny", NU)
    assert maerker.for_sag(engine, number) == ["presse"]
