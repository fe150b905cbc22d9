"""The form as it was sent: all that was typed is kept, CPR numbers are not, and no form takes another case's key."""

from __future__ import annotations

import uuid

import pytest

from bot.screening.skema import Indtastet
from connectors.desk.registreringsform import LAENGST, laes, ny


def test_answers_marks_and_lists_are_kept_apart() -> None:
    sent = laes(
        [
            ("sagt", "  vi vil have skilte "), ("ydelse", "skilte-bannere"), ("ydelse", "udeservering"), ("ydelse", ""),
            ("ydelse", "skilte-bannere"), ("svar-stadie", "12 år"), ("valg-stadie", "2"), ("valg-cafe_tilladelser", "0"),
            ("valg-cafe_tilladelser", "3"), ("valg-lokale", ""), ("valg-type_sted", "mange"), ("opgave_vist", "a|b"),
            ("opgave", "a|b"), ("forudfyldt", "branche,navn"), ("handling", "vaelg:ydelse/udeservering"), ("fil", b"x"),
        ]
    )  # fmt: skip
    assert sent.sagt == "vi vil have skilte"
    assert sent.ydelser == ("skilte-bannere", "udeservering")
    assert sent.svar["stadie"] == Indtastet("12 år", (2,))
    assert sent.svar["cafe_tilladelser"] == Indtastet("", (0, 3))
    assert sent.svar["lokale"].tom
    assert sent.svar["type_sted"].tom
    assert (sent.vist, sent.valgt) == (frozenset({"a|b"}), frozenset({"a|b"}))
    assert sent.forudfyldt == frozenset({"branche", "navn"})
    assert sent.handling == ("vaelg", "ydelse/udeservering")


def test_cpr_numbers_are_masked_in_everything_typed_and_counted() -> None:
    sent = laes([("sagt", "min bror 010190-1234"), ("svar-behov", "se 010190-1234"), ("aftale_tekst-0", "ring 010190-1234")])
    assert sent.form.maskeret == 3
    assert not any("1234" in value for value in (*sent.form.felter.values(), sent.svar["behov"].tekst))


def test_a_field_too_long_for_any_case_is_cut() -> None:
    assert len(laes([("sagt", "a" * (LAENGST + 5))]).sagt) == LAENGST


@pytest.mark.parametrize("token", ["", "samtale-1:henvendelse", "x" * 300])
def test_a_token_that_is_none_is_replaced(token: str) -> None:
    assert uuid.UUID(laes([("noegle", token)]).noegle)


def test_a_forms_own_token_stays_and_each_new_form_has_another() -> None:
    token = ny().noegle
    assert laes([("noegle", token)]).noegle == token
    assert ny().noegle != token


def test_there_is_always_one_row_more_than_is_used() -> None:
    assert laes([("aftale_ejer-0", "mig")]).raekker == 1
    assert laes([("aftale_tekst-0", "Ringer"), ("aftale_ejer-0", "mig"), ("aftale_ejer-1", "mig")]).raekker == 2
    assert laes([("opgave_enhed-3", "bif")]).raekker == 5
