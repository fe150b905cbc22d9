"""What may be written of a member of staff."""

from __future__ import annotations

import pytest

from bot.knowledge.library import Library, load_library
from bot.settings import ROOT
from connectors.desk.medarbejdere import Ugyldig
from connectors.desk.medarbejderskema import brugernavn, oplysninger


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "knowledge")[0]


@pytest.mark.parametrize(("typed", "stored"), [(" Anna ", "anna"), ("ÅSE.Ø@example.dk", "åse.ø@example.dk")])
def test_a_user_name_is_lower_case(typed: str, stored: str) -> None:
    assert brugernavn(typed) == stored


@pytest.mark.parametrize("typed", ["", "  ", "an na", "anna<", "a" * 101, "an\nna"])
def test_a_user_name_that_is_none(typed: str) -> None:
    with pytest.raises(Ugyldig):
        brugernavn(typed)


def test_what_is_written_is_tidied(library: Library) -> None:
    found = oplysninger(library, " Bo   Prøve ", "", "BO@example.dk", ["admin", "front"], ["team-hr", "team-hr"])
    assert vars(found) == {
        "navn": "Bo Prøve",
        "fornavn": "Bo",
        "email": "bo@example.dk",
        "roller": ("front", "admin"),
        "enheder": ("team-hr",),
    }


@pytest.mark.parametrize(
    ("change", "felt"),
    [
        ({"navn": " "}, "navn"),
        ({"navn": "x" * 101}, "navn"),
        ({"fornavn": "x" * 101}, "fornavn"),
        ({"email": "bo@@example.dk"}, "email"),
        ({"email": "bo@example.dk\nBcc: x@example.dk"}, "email"),
        ({"roller": []}, "roller"),
        ({"roller": ["kejser"]}, "roller"),
        ({"enheder": ["findes-ikke"]}, "enheder"),
        ({"roller": ["konsulent"], "enheder": []}, "enheder"),
        ({"roller": ["backoffice"], "enheder": []}, "enheder"),
    ],
)
def test_what_is_wrong_is_told_by_field(library: Library, change: dict, felt: str) -> None:
    right = {"navn": "Bo", "fornavn": "", "email": "", "roller": ["front"], "enheder": []}
    with pytest.raises(Ugyldig) as refused:
        oplysninger(library, **{**right, **change})
    assert list(refused.value.fejl) == [felt]


def test_everything_wrong_is_told_at_once(library: Library) -> None:
    with pytest.raises(Ugyldig) as refused:
        oplysninger(library, "", "", "x", [], [])
    assert set(refused.value.fejl) == {"navn", "email", "roller"}
