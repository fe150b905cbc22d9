"""Companies found, and by whom."""

import pytest
from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.crm import fletning
from connectors.crm.tid import nu
from connectors.desk.virksomhedssoegning import MOST, soeg
from tests.desk.sager import opret
from tests.desk.test_koevisning import bruger
from tests.desk.test_virksomhed import virksomhed_id

FRONT = bruger(1, "front")


@pytest.fixture
def bageri(engine: Engine) -> str:
    contact = {"navn": "Bager Prøve", "telefon": "20417704", "samtykke": nu()}
    return opret(engine, virksomhed={"navn": "Ærø Prøvebageri"}, kontakt=contact, team="team-hr")


@pytest.mark.parametrize("typed", ["ærø", "AEROE prøvebageri", "bager prøve", "20417704", "ærø 20417704"])
def test_found_by_name_and_contact_in_any_spelling(engine: Engine, bageri: str, typed: str) -> None:
    opret(engine)
    (found,) = soeg(engine, typed, FRONT)
    assert (found.navn, found.antal, found.seneste is not None) == ("Ærø Prøvebageri", 1, True)


@pytest.mark.parametrize("typed", ["%", "_", "findes ikke", "ærø tegnestuen"])
def test_every_word_must_be_found(engine: Engine, bageri: str, typed: str) -> None:
    assert soeg(engine, typed, FRONT) == []


def test_without_a_word_those_heard_from_last(engine: Engine, bageri: str) -> None:
    opret(engine)
    assert [one.navn for one in soeg(engine, " ", FRONT)] == ["Prøvetegnestuen", "Ærø Prøvebageri"]


def test_only_what_one_may_see_is_found_and_counted(engine: Engine, bageri: str) -> None:
    opret(engine, virksomhed={"navn": "Ærø Prøvebageri"}, team="tmf-byggeri")
    assert soeg(engine, "ærø", bruger(1, "konsulent", enheder=("team-tmf",))) == []
    (found,) = soeg(engine, "ærø", bruger(1, "konsulent", enheder=("team-hr",)))
    assert found.antal == 1
    (found,) = soeg(engine, "ærø", FRONT)
    assert found.antal == 2


def test_a_contact_of_a_case_that_may_not_be_seen_finds_nothing(engine: Engine, bageri: str) -> None:
    opret(engine, virksomhed={"navn": "Ærø Prøvebageri"}, team="tmf-byggeri")
    assert soeg(engine, "20417704", bruger(1, "backoffice", enheder=("tmf-byggeri",))) == []


def test_one_merged_away_is_found_as_what_it_became(engine: Engine, bageri: str, bibliotek: Library) -> None:
    other = opret(engine, virksomhed={"navn": "Bageren ved havnen"})
    fra, til = virksomhed_id(engine, other), virksomhed_id(engine, bageri)
    fletning.flet(engine, bibliotek, fra, til, "Anna", nu())
    assert [(one.id, one.antal) for one in soeg(engine, "havnen", FRONT)] == [(til, 2)]


def test_a_long_list_is_cut(engine: Engine) -> None:
    for index in range(MOST + 1):
        opret(engine, virksomhed={"navn": f"Prøve nummer {index}"})
    assert len(soeg(engine, "prøve", FRONT)) == MOST
