"""Forms: values, errors in Danish, and what was typed is kept."""

import datetime as dt

import pytest

from bot.language.dato import KOEBENHAVN
from connectors.desk.formular import Formular, dag


def test_a_text_is_trimmed_and_kept_as_typed() -> None:
    form = Formular("note", {"tekst": "  Ring i morgen\r\nefter kl. 10  "})
    assert form.tekst("tekst", "mangler", 100) == "Ring i morgen\nefter kl. 10"
    assert form.fejl == {} and form.felter["tekst"].startswith("  Ring")


@pytest.mark.parametrize(("typed", "told"), [("", "Skriv noten."), (" \n ", "Skriv noten."), ("x" * 11, "11 tegn")])
def test_a_text_that_is_missing_or_too_long(typed: str, told: str) -> None:
    form = Formular("note", {"tekst": typed})
    form.tekst("tekst", "Skriv noten.", 10)
    assert told in form.fejl["tekst"] and form.felter["tekst"] == typed


def test_cpr_numbers_are_masked_and_counted() -> None:
    form = Formular("note", {"tekst": "Ejeren har cpr 010190-1234"})
    assert form.tekst("tekst", "mangler", 100) == "Ejeren har cpr [CPR]"
    assert form.maskeret == 1


def test_what_no_database_can_keep_is_replaced() -> None:
    assert Formular("note", {"tekst": "a\x00b"}).tekst("tekst", "mangler", 100) == "a\ufffdb"


def test_a_file_in_a_text_field_is_nothing() -> None:
    assert Formular("note", {"tekst": object()})["tekst"] == ""


def test_a_choice_must_be_offered() -> None:
    form = Formular("status", {"status": "slettet"})
    form.valg("status", ("ny", "i gang"), "Vælg en status.")
    assert form.fejl == {"status": "Vælg en status."}


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("", None), ("-1", None), ("½", None), ("²", None), ("9" * 30, None)])
def test_whole_numbers(typed: str, number: int | None) -> None:
    assert Formular("ejer", {"ejer": typed}).tal("ejer") == number


def test_day_and_time_are_copenhagens() -> None:
    form = Formular("aftale", {"dato": "2026-07-01", "tid": "14.30"})
    assert form.tidspunkt("dato", "tid", "16:00") == dt.datetime(2026, 7, 1, 14, 30, tzinfo=KOEBENHAVN)
    form = Formular("aftale", {"dato": "1-7-2026"})
    assert form.tidspunkt("dato", "tid", "16:00") == dt.datetime(2026, 7, 1, 16, 0, tzinfo=KOEBENHAVN)


@pytest.mark.parametrize(
    ("felter", "hvor", "told"),
    [
        ({"dato": "snart"}, "dato", "26-11-2026"),
        ({"dato": "31-02-2026"}, "dato", "findes ikke"),
        ({"dato": "2026-11-26", "tid": "25:00"}, "tid", "14:30"),
        ({"tid": "12:00"}, "dato", "Skriv en dato"),
    ],
)
def test_what_is_no_time(felter: dict[str, str], hvor: str, told: str) -> None:
    form = Formular("aftale", felter)
    assert form.tidspunkt("dato", "tid", "16:00") is None
    assert told in form.fejl[hvor]


def test_no_day_is_no_time() -> None:
    form = Formular("aftale", {})
    assert form.tidspunkt("dato", "tid", "16:00") is None and form.fejl == {}


def test_days_in_either_spelling() -> None:
    assert dag("2026-11-26") == dag("26.11.2026") == dag(" 26/11/2026 ") == dt.date(2026, 11, 26)


@pytest.mark.parametrize("tekst", ["26-11-0026", "26-11-1999", "2100-01-01", "31-12-9999"])
def test_a_year_that_is_a_slip_of_the_finger(tekst: str) -> None:
    with pytest.raises(ValueError, match="mellem 2000 og 2099"):
        dag(tekst)
