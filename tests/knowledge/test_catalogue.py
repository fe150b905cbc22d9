"""The catalogue against its sources: ``fakta.csv`` and ``fakta_pakker.yml`` hold what bilag 2 and chapter 4 say."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.knowledge import Library, load_library
from bot.settings import settings

HERE = Path(__file__).parent
AREAS = {
    "1": ("Etablering, opstart og vækst", 4),
    "2": ("Arbejdskraft", 3),
    "3": ("Miljø og grøn omstilling", 6),
    "4": ("Byggeri", 2),
    "5": ("Byens rum, parkering og trafik", 3),
    "6": ("Bevillinger", 1),
    "7": ("Forebyggelse af brand og ulykker", 2),
}
UNITS = {
    "frontfunktion", "team-opstart-vaekst", "team-hr", "team-tmf", "international-house", "kundecenter-byggeri", "kontaktcenter",
    "bif", "tmf-miljoe", "tmf-byggeri", "tmf-trafik", "tmf-byliv", "tmf-parkering", "kff-bevilling", "oekf-brand",
}  # fmt: skip
NEW = {"screening-henvisning", "screening-vaekst"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, str]]:
    with (HERE / "fakta.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_96_services_and_no_other(library: Library, facts: dict[str, dict[str, str]]) -> None:
    assert len(facts) == 96
    assert set(library.ydelser) == set(facts)


def test_each_service_has_the_reports_figures(library: Library, facts: dict[str, dict[str, str]]) -> None:
    for ident, row in facts.items():
        tal = library.ydelser[ident].tal
        told = (tal.antal_pr_aar, tal.aarsvaerk, tal.informationsandel_pct) if tal else (None, None, None)
        effort, share = row["aarsvaerk"].replace(",", "."), row["informationsandel_pct"]
        assert told == (row["antal_pr_aar"] or None, float(effort) if effort else None, int(share) if share else None), ident


def test_each_service_lies_where_the_report_puts_it(library: Library, facts: dict[str, dict[str, str]]) -> None:
    for ident, row in facts.items():
        ydelse = library.ydelser[ident]
        assert (ydelse.ydelsesomraade, ydelse.enhed) == (row["ydelsesomraade"], row["team"]), ident
        if ident not in NEW:  # the report gives a new service to no forvaltning
            assert ydelse.forvaltning == row["forvaltning"], ident
    assert {ident for ident, ydelse in library.ydelser.items() if ydelse.ny_i_rapporten} == NEW


def test_the_7_areas_with_their_21_parts(library: Library) -> None:
    assert {ident: (area.navn, len(area.ydelsesomraader)) for ident, area in library.omraader.items()} == AREAS
    parts = [part.id for area in library.omraader.values() for part in area.ydelsesomraader]
    assert len(set(parts)) == 21
    assert all(part.id.split(".")[0] == area.id for area in library.omraader.values() for part in area.ydelsesomraader)
    assert {ydelse.ydelsesomraade for ydelse in library.ydelser.values()} == set(parts), (
        "a part without a service can't be walked"
    )


def test_the_units_are_the_contracts(library: Library) -> None:
    assert set(library.enheder) == UNITS
    assert library.kommune is not None
    assert set(library.kommune.svarfrister) <= UNITS


def test_the_7_packages_hold_what_the_report_names(library: Library) -> None:
    wanted = yaml.safe_load((HERE / "fakta_pakker.yml").read_text(encoding="utf-8"))
    assert set(library.servicepakker) == set(wanted)
    for ident, facts in wanted.items():
        pakke = library.servicepakker[ident]
        assert pakke.team == facts["team"], ident
        assert set(facts["skal"]) <= {item.id for item in pakke.ydelser}, ident


def test_a_service_names_every_package_that_holds_it(library: Library) -> None:
    for ident, pakke in library.servicepakker.items():
        for item in pakke.ydelser:
            assert ident in library.ydelser[item.id].pakker, (ident, item.id)


def test_related_services_are_no_service_itself(library: Library) -> None:
    assert [ident for ident, ydelse in library.ydelser.items() if ident in ydelse.beslaegtede] == []


def test_what_only_the_municipality_can_decide_is_marked_as_an_example(library: Library) -> None:
    kommune = library.kommunen
    assert {"svarfrist_ellers", "aabningstider", "lukkedage", "opbevaring"} <= set(library.eksempelvaerdier())
    assert all(way.eksempel for way in kommune.kontakt)


def test_bodies_that_have_changed_since_keep_the_reports_name(library: Library) -> None:
    assert library.eksterne["vaeksthus"].afloest_af
    assert library.eksterne["foedevareregionen"].afloest_af


def test_each_aspect_has_a_button_and_what_is_unknown_can_be_said(library: Library) -> None:
    for aspekt, language in library.aspekter.items():
        answered = sum(aspekt in ydelse.svar for ydelse in library.ydelser.values())
        assert language.ukendt or answered or aspekt in ("hvem", "hvordan", "kontakt", "hvad"), aspekt


def test_no_synonym_or_example_stands_twice_in_a_file(library: Library) -> None:
    for ydelse in library.ydelser.values():
        twice = [text for text, count in Counter(text.lower() for text in ydelse.eksempler).items() if count > 1]
        assert not twice, ydelse.id
