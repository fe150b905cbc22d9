"""What the business told, in the questions' words, and its services as the catalogue has them."""

import pytest

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from connectors.crm.models import Henvendelse
from connectors.crm.opbyg import opbyg
from connectors.desk import sagsindhold
from connectors.desk.sagsindhold import Oplysning
from tests.crm.eksempler import FRIST, NU, udkast


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "knowledge")[0]


def row(**andre: object) -> Henvendelse:
    return opbyg(udkast(**andre), "KBH-2026-000001", FRIST, NU, "bot")


def test_the_company_in_the_questions_words(library: Library) -> None:
    told = sagsindhold.virksomhed(row().virksomhed, library)
    assert Oplysning(library.spoergsmaal["cvr"].opsummering, "97 22 52 49") in told
    (stadie,) = (valg.titel for valg in library.spoergsmaal["stadie"].valg if valg.vaerdi == "nystartet")
    assert Oplysning(library.spoergsmaal["stadie"].opsummering, stadie) in told


def test_what_was_not_told_is_not_shown(library: Library) -> None:
    assert [line.vaerdi for line in sagsindhold.virksomhed(row(virksomhed={"navn": "Prøvecafeen"}).virksomhed, library)] == [
        "Prøvecafeen"
    ]
    assert sagsindhold.virksomhed(None, library) == []  # erased


def test_answers_are_spoken_in_the_order_given(library: Library) -> None:
    told = sagsindhold.svar(
        row(svar={"behov": "kunder", "vaekstprojekt": True, "ukendt_slot": ["a", "b"], "planer": None}), library
    )
    assert told[0] == Oplysning(library.spoergsmaal["behov"].opsummering, "kunder")
    assert told[1].navn == library.spoergsmaal["vaekstprojekt"].opsummering and told[1].vaerdi != "True"
    assert told[2:] == [Oplysning("ukendt_slot", "a, b")]


def test_the_trade_group_is_named(library: Library) -> None:
    group = library.brancher[0]
    assert sagsindhold.svar(row(svar={"branchegruppe": group.id}), library) == [Oplysning("Branchegruppe", group.navn)]


def test_whom_the_business_may_be_handed_to_is_named(library: Library) -> None:
    (line,) = sagsindhold.svar(row(svar={"videregivelse_til": ["Væksthus Hovedstadsregionen"]}), library)
    assert line == Oplysning("Oplysningerne må gives videre til", "Væksthus Hovedstadsregionen")


def test_a_service_is_told_with_what_the_catalogue_answers(library: Library) -> None:
    (shown,) = sagsindhold.ydelser(row(ydelser=["alkoholbevilling"]), library)
    real = library.ydelser["alkoholbevilling"]
    assert (shown.navn, shown.kort, shown.enhed) == (real.navn, real.kort, "kff-bevilling")
    assert ("Er det nødvendigt?", real.svar["noedvendigt"].tekst) in shown.svar  # type: ignore[index]


def test_a_service_that_is_gone_from_the_catalogue_stays_visible(library: Library) -> None:
    (shown,) = sagsindhold.ydelser(row(ydelser=["nedlagt-ydelse"]), library)
    assert (shown.navn, shown.svar) == ("nedlagt-ydelse", ())
