"""Routing: every one of the 96 services, the packages, and that it gives the bot's cases to whom the bot does."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge import Library, load_library
from bot.knowledge.schema.opgavekatalog import Undtagelse
from bot.screening.case import case_parts
from bot.screening.forloeb import Forloeb
from bot.screening.verdict import judge
from bot.settings import settings
from connectors.crm.rute import rut

FIGURES = Path(__file__).parents[1] / "knowledge" / "fakta.csv"
AT_ONCE = {
    "annoncering-jobnet", "byggevejledning-kundecenter", "en-indgang", "erhvervslicens", "erhvervsperiodekort",
    "hjaelp-annoncering-jobnet", "international-house", "internationale-ivaerksaettere", "ivaerksaetterkurser",
    "key-account-manager", "kontaktcenter-affald-parkering", "kontaktcenter-jobcenter",
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


def test_each_of_the_96_services_goes_to_its_unit_and_explains_itself(library: Library) -> None:
    rows = list(csv.DictReader(FIGURES.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 96
    for row in rows:
        route = rut(library, ydelser=[row["id"]])
        unit = library.enheder[row["team"]]
        assert route.enhed == row["team"]
        assert route.niveau == ("straks" if row["id"] in AT_ONCE else unit.type), row["id"]
        assert "{" not in route.forklaring
        assert route.forklaring.endswith(".")
        assert unit.navn in route.forklaring


def test_case_handling_is_never_taken_by_the_front_of_another_unit(library: Library) -> None:
    for ydelse in library.ydelser.values():
        if "myndighed" in ydelse.servicetype and library.enheder[ydelse.enhed].type != "front":
            assert rut(library, ydelser=[ydelse.id]).niveau != "straks", ydelse.id


def test_the_threshold_stands_in_the_file_and_is_told(library: Library) -> None:
    assert "100 procent" in rut(library, ydelser=["ivaerksaetterkurser"]).forklaring
    jobs = library.ydelser["jobordre"].tal
    assert jobs is not None
    assert jobs.informationsandel_pct == 70
    assert rut(library, ydelser=["jobordre"]).niveau == "backoffice"
    lower = library.opgaverne.straks.model_copy(update={"informationsandel_mindst": 70})
    other = replace(library, opgavekatalog=library.opgaverne.model_copy(update={"straks": lower}))
    assert rut(other, ydelser=["jobordre"]).niveau == "straks"
    assert rut(other, ydelser=["ics-rejsehold"]).niveau == "team"  # also 70, but it is case handling too


def test_an_editors_exception_overrules_and_gives_its_reason(library: Library) -> None:
    assert rut(library, ydelser=["raadgivning-1-1"]).niveau == "team"
    reason = "Det spørger ingen om mere."
    changed = [Undtagelse(ydelse="udeservering", niveau="straks", begrundelse=reason)]
    other = replace(library, opgavekatalog=library.opgaverne.model_copy(update={"undtagelser": changed}))
    route = rut(other, ydelser=["udeservering"])
    assert (route.enhed, route.niveau) == ("tmf-byliv", "straks")
    assert route.forklaring.startswith(reason)


def test_several_services_of_one_unit_stay_there_and_of_several_are_gathered_by_the_front(library: Library) -> None:
    same = rut(library, ydelser=["udeservering", "skilte-bannere", "udeservering"])
    assert (same.enhed, same.niveau) == ("tmf-byliv", "backoffice")
    mixed = rut(library, ydelser=["ivaerksaetterkurser", "raadgivning-1-1"])
    assert (mixed.enhed, mixed.niveau) == ("team-opstart-vaekst", "team")
    several = rut(library, ydelser=["udeservering", "alkoholbevilling"])
    assert (several.enhed, several.niveau) == ("frontfunktion", "straks")


@pytest.mark.parametrize("ydelser", [[], ["findes-ikke"]])
def test_nothing_chosen_or_unknown_is_for_the_front(library: Library, ydelser: list[str]) -> None:
    route = rut(library, ydelser=ydelser, pakke="findes-ikke")
    assert (route.enhed, route.niveau) == ("frontfunktion", "straks")


def test_a_person_wanted_is_for_the_front_whatever_it_is_about(library: Library) -> None:
    route = rut(library, menneske=True, pakke="opstartspakke", passer=True)
    assert route.enhed == "frontfunktion"
    assert "menneske" in route.forklaring


@pytest.mark.parametrize("passer", [True, False])
def test_a_package_goes_to_its_team_and_one_on_the_border_to_the_front(library: Library, passer: bool) -> None:
    for pakke in library.servicepakker.values():
        route = rut(library, pakke=pakke.id, passer=passer)
        assert route.enhed == (pakke.team if passer else "frontfunktion")
        assert route.niveau == ("team" if passer else "straks")
        assert pakke.navn in route.forklaring


@pytest.mark.parametrize(
    "state",
    [
        Forloeb("kontakt", "k", svar={"behov": "noget"}),
        Forloeb("kontakt", "k", emne="udeservering"),
        Forloeb("kontakt", "k", emne="udeservering", til_enhed=True),
        Forloeb("kontakt", "k", emne="alkoholbevilling", til_enhed=True),
        Forloeb("kontakt", "k", emne="udeservering", til_enhed=True, valgte=("skilte-bannere",)),
        Forloeb("kontakt", "k", emne="findes-ikke", til_enhed=True),
        Forloeb("pakke", "k", pakke="opstartspakke", svar={"stadie": "idé", "beliggenhed": "københavn", "behov": "regnskab"}),
        Forloeb("pakke", "k", pakke="hr-pakke", svar={"stadie": "etableret", "ansatte": [40, 60], "beliggenhed": "københavn"}),
        Forloeb("pakke", "k", pakke="hr-pakke", svar={"stadie": "etableret", "ansatte": 80, "beliggenhed": "københavn"}),
    ],
)
def test_it_agrees_with_the_bots_cases(library: Library, state: Forloeb) -> None:
    pakke = library.servicepakker.get(state.pakke or "")
    chosen = [ident for ident in (state.emne, *state.valgte) if ident]
    passer = pakke is not None and judge(pakke, state.svar, library).passer
    wants_person = pakke is None and not state.til_enhed
    route = rut(library, pakke=state.pakke, passer=passer, ydelser=chosen, menneske=wants_person)
    assert route.enhed == case_parts(state, library).team
