"""A draft that the case has no place for is refused whole; what a browser can send can be stored."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from connectors.crm.henvendelser import opret, som_json
from tests.crm.eksempler import FRIST, NU, felter, udkast

KONTAKT = {"navn": "Prøve Person", "email": "proeve@example.com", "samtykke": NU}


@pytest.mark.parametrize(
    ("andre", "hvor"),
    [
        ({"noegle": ""}, "noegle"),
        ({"noegle": "x" * 201}, "noegle"),
        ({"kanal": "fax"}, "kanal"),
        ({"team": ""}, "team"),
        ({"hovedindhold": "   "}, "hovedindhold"),
        ({"kontakt": None}, "kontakt"),
        ({"kontakt": {**KONTAKT, "email": None}}, "kontakt"),
        ({"kontakt": {**KONTAKT, "email": " ", "telefon": ""}}, "kontakt"),
        ({"kontakt": {**KONTAKT, "navn": " "}}, "kontakt.navn"),
        ({"kontakt": {**KONTAKT, "samtykke": None}}, "kontakt.samtykke"),
        ({"kontakt": {**KONTAKT, "samtykke": dt.datetime(2026, 11, 24)}}, "kontakt.samtykke"),  # noqa: DTZ001
        ({"virksomhed": {"cvr": "1234567"}}, "virksomhed.cvr"),
        ({"virksomhed": {"ansatte": -1}}, "virksomhed.ansatte"),
        ({"virksomhed": {"ansatte": [1, 2, 3]}}, "virksomhed.ansatte"),
        ({"virksomhed": {"ansatte": "mange"}}, "virksomhed.ansatte"),
        ({"virksomhed": {"stadie": "gammel"}}, "virksomhed.stadie"),
        ({"virksomhed": {"beliggenhed": "Aarhus"}}, "virksomhed.beliggenhed"),
        ({"virksomhed": {"formue": 3}}, "virksomhed.formue"),
        ({"delopgaver": [{"ydelse": "skadedyr"}]}, "delopgaver.0.enhed"),
        ({"ukendt": 1}, "ukendt"),
    ],
)
def test_what_has_no_place_is_refused_and_named(andre: dict[str, Any], hvor: str) -> None:
    with pytest.raises(ValidationError) as refused:
        udkast(**andre)
    places = [".".join(str(part) for part in error["loc"]) for error in refused.value.errors()]
    assert any(place == hvor or place.startswith(f"{hvor}.") for place in places), places


def test_a_draft_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        setattr(udkast(), "team", "frontfunktion")  # noqa: B010


def test_ved_ikke_and_blank_are_not_known() -> None:
    company = udkast(virksomhed={"stadie": "ved_ikke", "ansatte": "ved_ikke", "navn": " ", "cvr": ""}).virksomhed
    assert (company.stadie, company.ansatte, company.navn, company.cvr) == (None, None, None, None)


def test_contact_data_are_kept_in_one_spelling(engine: Engine) -> None:
    kontakt = {**KONTAKT, "email": " Proeve@Example.COM ", "telefon": "+45 20 41 77 03"}
    made = opret(engine, udkast(kontakt=kontakt), FRIST, NU)
    shown = som_json(engine, made.number)
    assert shown and (shown["kontakt"]["email"], shown["kontakt"]["telefon"]) == ("proeve@example.com", "20417703")


def test_a_phone_number_that_nobody_can_read_is_kept_as_told(engine: Engine) -> None:
    made = opret(engine, udkast(kontakt={**KONTAKT, "telefon": "lokal 12"}), FRIST, NU)
    shown = som_json(engine, made.number)
    assert shown and shown["kontakt"]["telefon"] == "lokal 12"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "æøå 🙂 '; DROP TABLE henvendelse; --", "<b>fed</b>", "x" * 20_000])
def test_any_text_can_be_stored(engine: Engine, text: str) -> None:
    told = felter(hovedindhold=text, svar={"behov": text, "flere": [{"dybt": text}]})
    told["virksomhed"]["navn"] = text
    made = opret(engine, udkast(**told), FRIST, NU)
    shown = som_json(engine, made.number)
    kept = text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert shown and shown["hovedindhold"] == shown["svar"]["behov"] == shown["virksomhed"]["navn"] == kept
    assert shown["svar"]["flere"] == [{"dybt": kept}]
