"""A case is made once, read in the contract's shape, and changed without losing anybody's change."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.crm.henvendelser import aendr, opret, som_json, status, tilfoej_historik, version
from connectors.crm.models import Henvendelse
from connectors.crm.nummer import naeste_nummer
from connectors.database import engine_for, reading
from tests.crm.eksempler import FRIST, NU, udkast

CONTRACT = {
    "number": "KBH-2026-000001",
    "kanal": "chat",
    "status": "ny",
    "team": "team-opstart-vaekst",
    "ejer": None,
    "key_account_manager": None,
    "virksomhed": {
        "cvr": "97225249",
        "navn": "Prøvetegnestuen",
        "branche": "arkitekt",
        "ansatte": 1,
        "stadie": "nystartet",
        "beliggenhed": "københavn",
    },
    "kontakt": {
        "navn": "Prøve Person",
        "telefon": "20417703",
        "email": "proeve@example.com",
        "samtykke": "2026-11-24T10:12:00+01:00",
    },
    "servicepakke": "opstartspakke",
    "svar": {"behov": "kunder og økonomi", "planer": ["kursus", "rådgivning"]},
    "ydelser": ["ivaerksaetterkurser", "raadgivning-1-1"],
    "henvist_til": ["Væksthus Hovedstadsregionen"],
    "hovedindhold": "Nystartet arkitekt søger hjælp til at finde kunder.",
    "samtale": "samtale-1",
    "delopgaver": [
        {"enhed": "kff-bevilling", "ydelse": "alkoholbevilling", "frist": "2026-11-26T16:00:00+01:00", "status": "ny"}
    ],
    "aftaler": [{"tekst": "Ring tilbage", "frist": "2026-11-26T16:00:00+01:00", "ejer": "Prøve Kollega", "udfoert": None}],
    "svarfrist": "2026-11-26T16:00:00+01:00",
    "oprettet": "2026-11-24T10:12:00+01:00",
    "historik": [{"tid": "2026-11-24T10:12:00+01:00", "hvem": "bot", "felt": "status", "fra": None, "til": "ny"}],
    "survey": "ikke sendt",
}


def _count(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Henvendelse)) or 0


def test_json_is_the_contracts_shape_in_its_order(engine: Engine) -> None:
    assert opret(engine, udkast(), FRIST, NU).number == "KBH-2026-000001"
    assert json.dumps(som_json(engine, "KBH-2026-000001")) == json.dumps(CONTRACT)


def test_json_of_a_number_in_any_spelling_and_none_for_an_unknown_one(engine: Engine) -> None:
    opret(engine, udkast(), FRIST, NU)
    assert som_json(engine, " kbh 2026 1 ") == CONTRACT
    assert som_json(engine, "KBH-2026-000002") is None
    assert som_json(engine, "sludder") is None


def test_summer_times_carry_the_summer_offset(engine: Engine) -> None:
    made = opret(engine, udkast(), dt.datetime(2026, 7, 3, 14, 0, tzinfo=dt.UTC), NU)
    shown = som_json(engine, made.number)
    assert shown and shown["svarfrist"] == "2026-07-03T16:00:00+02:00"


@pytest.mark.parametrize(
    "virksomhed",
    [
        {},
        {"ansatte": 0},
        {"ansatte": [5, 6]},
        {"ansatte": [100, None]},
        {"ansatte": [None, 9]},
    ],
)
def test_what_is_not_known_of_the_company_is_null(engine: Engine, virksomhed: dict[str, object]) -> None:
    made = opret(engine, udkast(virksomhed=virksomhed), FRIST, NU)
    shown = som_json(engine, made.number)
    empty = dict.fromkeys(["cvr", "navn", "branche", "ansatte", "stadie", "beliggenhed"])
    assert shown and shown["virksomhed"] == {**empty, **virksomhed}


def test_the_same_key_is_the_same_case(engine: Engine) -> None:
    first = opret(engine, udkast(), FRIST, NU)
    again = opret(engine, udkast(hovedindhold="noget andet"), FRIST + dt.timedelta(days=1), NU + dt.timedelta(hours=1))
    assert (first.ny, again.ny) == (True, False)
    assert again.number == first.number and again.svarfrist == FRIST
    assert som_json(engine, first.number) == CONTRACT
    assert _count(engine) == 1
    assert opret(engine, udkast(noegle="samtale-2"), FRIST, NU).number == "KBH-2026-000002", "no number was lost"


def _from_a_process(url: str, noegle: str) -> str:
    return opret(engine_for(url), udkast(noegle=noegle), FRIST, NU).number


def test_two_processes_with_one_key_make_one_case(engine: Engine, database_url: str) -> None:
    keys = ["a", "a", "b", "b"] * 3
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        numbers = list(pool.map(_from_a_process, [database_url] * len(keys), keys))
    assert _count(engine) == 2
    assert len(set(zip(keys, numbers, strict=True))) == 2
    assert set(numbers) == {"KBH-2026-000001", "KBH-2026-000002"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite lets only one writer look at a time
def test_two_who_both_look_before_either_writes_get_one_number(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = threading.Barrier(2)

    def wait_and_count(session: Session, nu: dt.datetime) -> str:
        both_have_looked.wait(timeout=10)
        return naeste_nummer(session, nu)

    monkeypatch.setattr("connectors.crm.henvendelser.naeste_nummer", wait_and_count)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: opret(engine, udkast(), FRIST, NU), range(2)))
    assert [one.number for one in made] == ["KBH-2026-000001"] * 2
    assert sorted(one.ny for one in made) == [False, True]
    monkeypatch.undo()
    assert opret(engine, udkast(noegle="næste"), FRIST, NU).number == "KBH-2026-000002", "the loser's number went back"


def test_many_at_once_get_numbers_without_gap_or_double(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda i: opret(engine, udkast(noegle=f"n{i}"), FRIST, NU).number, range(24)))
    assert sorted(numbers) == [f"KBH-2026-{i:06d}" for i in range(1, 25)]


def test_a_ydelse_or_body_named_twice_stands_once(engine: Engine) -> None:
    made = opret(engine, udkast(ydelser=["skadedyr", "skadedyr"], henvist_til=["X", "X"]), FRIST, NU)
    shown = som_json(engine, made.number)
    assert shown and (shown["ydelser"], shown["henvist_til"]) == (["skadedyr"], ["X"])


def test_a_failure_on_the_way_stores_nothing_and_takes_no_number(engine: Engine) -> None:
    with pytest.raises(ValueError, match="tidszone"):
        opret(engine, udkast(), dt.datetime(2026, 11, 26, 16), NU)  # noqa: DTZ001
    assert _count(engine) == 0
    assert opret(engine, udkast(), FRIST, NU).number == "KBH-2026-000001"


@pytest.mark.parametrize("contact", ["PROEVE@Example.com", " proeve@example.com. ", "+45 20 41 77 03", "20417703"])
def test_status_for_the_cases_own_contact(engine: Engine, contact: str) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    found = status(engine, "kbh 2026 1", contact)
    assert found is not None
    assert (found.number, found.status, found.svarfrist, found.team) == (made.number, "ny", FRIST, "team-opstart-vaekst")


@pytest.mark.parametrize("contact", ["anden@example.com", "20417704", "", "@", "proeve", "None", "Prøve Person"])
def test_status_reveals_nothing_to_others(engine: Engine, contact: str) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    assert status(engine, made.number, contact) is None
    assert status(engine, "KBH-2026-000999", contact) is None


def test_status_of_a_case_with_one_kind_of_contact_does_not_match_the_missing_one(engine: Engine) -> None:
    kontakt = {"navn": "Prøve Person", "telefon": "+46 70 123 45 67", "samtykke": NU}
    made = opret(engine, udkast(kontakt=kontakt), FRIST, NU)
    assert status(engine, made.number, "None") is None and status(engine, made.number, "@") is None
    assert status(engine, made.number, "0046701234567") is not None


def test_new_status_is_written_with_its_line_of_history(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    later = NU + dt.timedelta(hours=1)
    assert aendr(engine, made.number, {"status": "i gang"}, "prøvekollega", made.version, later) == made.version + 1
    shown = som_json(engine, made.number)
    assert shown and shown["status"] == "i gang"
    assert shown["historik"][1:] == [
        {"tid": "2026-11-24T11:12:00+01:00", "hvem": "prøvekollega", "felt": "status", "fra": "ny", "til": "i gang"}
    ]


def test_a_stale_write_is_refused_and_says_where_the_case_is(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    aendr(engine, made.number, {"status": "i gang"}, "en", made.version)
    before = som_json(engine, made.number)
    with pytest.raises(ForaeldetVersion) as refused:
        aendr(engine, made.number, {"status": "afsluttet"}, "en anden", made.version)
    assert (refused.value.aktuel, refused.value.status) == (made.version + 1, "i gang")
    assert som_json(engine, made.number) == before


def test_of_two_at_the_same_moment_one_wins(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)

    def take(who: str) -> bool:
        try:
            aendr(engine, made.number, {"ejer": who, "status": "i gang"}, who, made.version)
        except ForaeldetVersion:
            return False
        return True

    names = [f"kollega {i}" for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(take, names))
    assert sum(won) == 1
    shown = som_json(engine, made.number)
    assert shown and shown["ejer"] == names[won.index(True)]
    assert len(shown["historik"]) == 3


@pytest.mark.parametrize(
    "felter", [{"status": "lukket"}, {"nummer": "KBH-2026-000009"}, {"status": "i gang", "team": ""}, {"noegle": "x"}]
)
def test_a_change_that_makes_no_sense_changes_nothing(engine: Engine, felter: dict[str, str]) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    with pytest.raises(ValueError, match=r"status|feltet|team"):
        aendr(engine, made.number, felter, "prøvekollega", made.version)
    assert som_json(engine, made.number) == CONTRACT
    assert version(engine, made.number) == made.version


def test_setting_what_is_already_so_is_no_change(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    assert aendr(engine, made.number, {"status": "ny"}, "prøvekollega", made.version) == made.version
    assert som_json(engine, made.number) == CONTRACT


def test_changes_of_an_unknown_case_are_refused(engine: Engine) -> None:
    with pytest.raises(UkendtHenvendelse):
        aendr(engine, "KBH-2026-000001", {"status": "i gang"}, "prøvekollega", 1)
    with pytest.raises(UkendtHenvendelse):
        tilfoej_historik(engine, "KBH-2026-000001", "bot", "besked", None, "sendt")
    assert version(engine, "KBH-2026-000001") is None


def test_history_can_be_added_to(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    tilfoej_historik(engine, made.number, "bot", "besked", None, "rykker modtaget", NU)
    shown = som_json(engine, made.number)
    assert shown and [line["til"] for line in shown["historik"]] == ["ny", "rykker modtaget"]


def test_a_new_deadline_stands_in_the_history_with_its_offset(engine: Engine) -> None:
    made = opret(engine, udkast(), FRIST, NU)
    aendr(engine, made.number, {"svarfrist": FRIST + dt.timedelta(days=1)}, "prøvekollega", made.version)
    shown = som_json(engine, made.number)
    assert shown and shown["svarfrist"] == "2026-11-27T16:00:00+01:00"
    assert (shown["historik"][1]["fra"], shown["historik"][1]["til"]) == (FRIST.isoformat(), "2026-11-27T16:00:00+01:00")
