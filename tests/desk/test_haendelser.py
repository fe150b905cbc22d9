"""History in words."""

import pytest

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from connectors.crm.historik import linje
from connectors.desk.haendelser import haendelser
from tests.crm.eksempler import FRIST, NU


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "knowledge")[0]


def test_lines_name_units_states_and_times(library: Library) -> None:
    lines = [
        linje("bot", "status", None, "ny", NU),
        linje("Anna Prøve", "team", "frontfunktion", "team-hr", NU),
        linje("Anna Prøve", "status", "ny", "afventer virksomheden", NU),
        linje("Anna Prøve", "svarfrist", NU, FRIST, NU),
        linje("Anna Prøve", "ejer", "Anna Prøve", None, NU),
        linje("Anna Prøve", "team", "team-hr", "nedlagt-team", NU),
        linje("Anna Prøve", "udfald", None, "loest", NU),
        linje("Anna Prøve", "delopgave team-hr, frist", None, FRIST, NU),
        linje("Anna Prøve", "delopgave nedlagt", "ny", "afsluttet", NU),
        linje("system", "personoplysninger", None, "slettet", NU),
    ]
    told = [line.tekst for line in haendelser(lines, library)]
    hr = library.enheder["team-hr"].navn
    assert told == [
        "Status: Ny",
        f"Team: {library.enheder['frontfunktion'].navn} → {hr}",
        "Status: Ny → Afventer virksomheden",
        "Svarfrist: tirsdag den 24. november 2026 kl. 10.12 → torsdag den 26. november 2026 kl. 16",
        "Ejer: Anna Prøve → ingen",
        f"Team: {hr} → nedlagt-team",
        "Udfald: løst",
        f"Delopgave hos {hr}, frist: torsdag den 26. november 2026 kl. 16",
        "Delopgave hos nedlagt: Ny → Færdig",
        "Personoplysninger: slettet",
    ]
    assert {line.hvem for line in haendelser(lines, library)} == {"bot", "Anna Prøve", "system"}


def test_a_value_that_only_looks_like_a_time_stays(library: Library) -> None:
    (line,) = haendelser([linje("Anna", "mærke", None, "Team T", NU)], library)
    assert line.tekst == "Mærke: Team T"
