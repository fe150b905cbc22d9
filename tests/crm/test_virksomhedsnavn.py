"""Names of one company come out the same, names of two do not."""

from __future__ import annotations

import pytest

from connectors.crm.virksomhedsnavn import navnenoegle


@pytest.mark.parametrize(
    ("en", "anden"),
    [
        ("Prøvetegnestuen ApS", "prøvetegnestuen"),
        ("Prøvetegnestuen", "Proevetegnestuen A/S"),
        ("Prøve-Tegnestuen, I/S", "PRØVE TEGNESTUEN"),
        ("Hansen & Søn", "Hansen og Son"),
        ("Café Ærø", "Cafe Aeroe"),
        ("A/S Prøve", "Prøve a.s."),
        ("Prøve A.M.B.A.", "prøve amba"),
        ("  Prøve   Bageri ", "Prøve Bageri"),
    ],
)
def test_spellings_of_one_name(en: str, anden: str) -> None:
    assert navnenoegle(en) == navnenoegle(anden) is not None


@pytest.mark.parametrize(
    ("en", "anden"),
    [("Paradis Is", "Paradis"), ("Paradis I/S", "Paradis Is"), ("Salon 1", "Salon 2"), ("ApS-kontoret", "Kontoretapsen")],
)
def test_names_that_differ(en: str, anden: str) -> None:
    assert navnenoegle(en) != navnenoegle(anden)


@pytest.mark.parametrize("navn", [None, "", "  ", "!!!", "-_-"])
def test_what_is_no_name_has_none(navn: str | None) -> None:
    assert navnenoegle(navn) is None


def test_a_name_that_is_a_legal_form_alone_still_has_one() -> None:
    assert navnenoegle("ApS") == "aps"


def test_a_very_long_name_fits_its_column() -> None:
    assert navnenoegle("x" * 5000) == "x" * 200
