"""What an undo says, and when it is offered no more."""

import dataclasses

import pytest

from bot.knowledge.library import Library
from connectors.crm.models import Henvendelse
from connectors.crm.opbyg import opbyg
from connectors.desk import fortryd
from tests.crm.eksempler import FRIST, NU, udkast

KOLLEGER = [(7, "Bo Prøve")]


@pytest.fixture
def row() -> Henvendelse:
    row = opbyg(udkast(team="team-hr"), "KBH-2026-000001", FRIST, NU, "bot")
    row.version, row.ejer_id, row.ejer = 3, 7, "Bo Prøve"
    return row


def test_codes_say_what_to_go_back_to(row: Henvendelse, bibliotek: Library) -> None:
    told = {
        fortryd.ejer(row): "Fortryd: tilbage til Bo Prøve",
        fortryd.team(row): f"Fortryd: tilbage til {bibliotek.enheder['team-hr'].navn}",
        fortryd.status(row): "Fortryd: tilbage til Ny",
        "ejer": "Fortryd: tilbage til ingen ejer",
    }
    for code, text in told.items():
        offered = fortryd.tilbud(code, "3", row, bibliotek, KOLLEGER)
        assert offered is not None and dataclasses.astuple(offered) == (code, text)


@pytest.mark.parametrize("code", ["", "ejer 8", "ejer x", "team nedlagt 2026", "status slettet", "udfald loest"])
def test_a_code_that_says_nothing_is_not_offered(row: Henvendelse, bibliotek: Library, code: str) -> None:
    assert fortryd.tilbud(code, "3", row, bibliotek, KOLLEGER) is None


def test_nothing_is_offered_once_the_case_has_changed(row: Henvendelse, bibliotek: Library) -> None:
    assert fortryd.tilbud("status ny", "2", row, bibliotek, KOLLEGER) is None
