"""Storing a registration: what a failure has left undone is done when the form is sent again, and nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from connectors.crm import henvendelser, orientering, sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.fejl import ForaeldetVersion
from connectors.crm.oprettelse import Tilvalg
from connectors.crm.tid import nu
from connectors.database import reading
from connectors.desk.adgang import Bruger, som_bruger
from connectors.desk.models import Revision
from connectors.desk.registreringsgem import FormularBrugt, Registrering, gem
from connectors.mail.models import Brev
from tests.desk.kontor import medarbejder

STATE = Forloeb(
    "kontakt", "", emne="udeservering", til_enhed=True,
    svar={"behov": "borde ude", "navn": "Karla Prøvesen", "telefon": "20417703", "email": "karla@example.dk"},
)  # fmt: skip


@pytest.fixture
def anna(engine: Engine) -> Bruger:
    return som_bruger(medarbejder(engine, "anna", ["front"]), "csrf")


def registrering(**andre: Any) -> Registrering:
    return replace(Registrering(STATE, "token-1", "telefon", None, Tilvalg()), **andre)


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("strømmen gik")


@pytest.mark.parametrize(
    ("module", "name"),
    [(sagsgang, "aendr"), (orientering, "fortael")],
)
def test_a_failure_on_the_way_is_made_good_by_sending_again(
    engine: Engine, anna: Bruger, bibliotek: Library, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    wanted = registrering(tag=True)
    with monkeypatch.context() as failing:
        failing.setattr(module, name, broken)
        with pytest.raises(RuntimeError):
            gem(engine, wanted, anna, bibliotek, nu())
    receipt = gem(engine, wanted, anna, bibliotek, nu())
    gem(engine, wanted, anna, bibliotek, nu())
    case = henvendelser.som_json(engine, receipt.number)
    assert case is not None
    assert case["ejer"] == anna.navn
    assert len([line for line in case["historik"] if line["felt"] == "ejer"]) == 1
    with reading(engine) as session:
        assert len(session.scalars(select(Brev)).all()) == 1
        assert [row.handling for row in session.scalars(select(Revision))] == ["oprettet"]


def test_sent_again_with_something_else_in_it_nothing_is_made(engine: Engine, anna: Bruger, bibliotek: Library) -> None:
    first = gem(engine, registrering(), anna, bibliotek, nu())
    changes: list[Callable[[Forloeb], Forloeb]] = [
        lambda state: state.with_answer("behov", "et skilt"),
        lambda state: state.with_answer("navn", "Aske Testesen"),
        lambda state: replace(state, emne="skilte-bannere"),
    ]
    for change in changes:
        with pytest.raises(FormularBrugt) as used:
            gem(engine, registrering(state=change(STATE)), anna, bibliotek, nu())
        assert used.value.number == first.number
    assert gem(engine, registrering(), anna, bibliotek, nu()).number == first.number


def test_a_case_that_a_colleague_has_taken_meanwhile_is_not_taken_from_them(
    engine: Engine, anna: Bruger, bibliotek: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    aendr = sagsgang.aendr

    def meanwhile(*args: Any, **kwargs: Any) -> int:
        number, version = args[2], args[3]
        aendr(engine, bibliotek, number, version, "Bo Prøve", {"ejer": Ejer(99, "Bo Prøve")}, nu(), orienter=False)
        return aendr(*args, **kwargs)

    monkeypatch.setattr(sagsgang, "aendr", meanwhile)
    with pytest.raises(ForaeldetVersion) as stale:
        gem(engine, registrering(straks=True, tilvalg=Tilvalg(afsluttes=True)), anna, bibliotek, nu())
    case = henvendelser.som_json(engine, stale.value.number)
    assert case is not None
    assert (case["ejer"], case["status"]) == ("Bo Prøve", "ny")


def test_consent_is_when_it_was_given(engine: Engine, anna: Bruger, bibliotek: Library) -> None:
    when = dt.datetime(2026, 1, 5, 8, 30, tzinfo=dt.UTC)
    receipt = gem(engine, registrering(tilvalg=Tilvalg(samtykke=when)), anna, bibliotek, nu())
    case = henvendelser.som_json(engine, receipt.number)
    assert case is not None
    assert case["kontakt"]["samtykke"] == "2026-01-05T09:30:00+01:00"
