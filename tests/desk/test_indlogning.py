"""Who gets in with a user name and a password, and the lock-out."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from connectors.database import reading, writing
from connectors.desk import kodeord, sessioner
from connectors.desk.indlogning import Afvist, Inde, log_ind, lukket_i, skift_kode
from connectors.desk.medarbejdere import Ugyldig
from connectors.desk.models import DeskSession, Medarbejder, Revision
from connectors.desk.settings import DeskSettings
from tests.desk.kontor import medarbejder

KODE, FORKERT = "rødgrød med fløde", "rødgrød uden fløde"
NU = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
SETTINGS = DeskSettings()
MINUT = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that are quick to make; test_kodeord has the real ones."""
    monkeypatch.setattr(kodeord, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def anna(engine: Engine) -> Medarbejder:
    return medarbejder(engine, "anna", adgangskode=kodeord.hash_af(KODE))


def tried(engine: Engine, kode: str, nu: dt.datetime = NU, *, navn: str = "anna", lokalt: bool = True) -> Inde | Afvist:
    return log_ind(engine, navn, kode, lokalt=lokalt, settings=SETTINGS, nu=nu)


def stored(engine: Engine, brugernavn: str = "anna") -> Medarbejder:
    with reading(engine) as session:
        return session.scalars(select(Medarbejder).where(Medarbejder.brugernavn == brugernavn)).one()


def handlinger(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(Revision.handling).order_by(Revision.id)))


def test_the_right_password_opens_a_log_in_that_is_noted(engine: Engine, anna: Medarbejder) -> None:
    found = tried(engine, KODE, navn="  ANNA ")
    assert isinstance(found, Inde)
    opened = sessioner.find(engine, found.token, SETTINGS, NU)
    assert opened is not None and opened.medarbejder.id == anna.id
    assert handlinger(engine) == ["logget ind"]


@pytest.mark.parametrize("felter", [{"aktiv": False}, {"adgangskode": None}])
def test_who_is_deactivated_or_has_no_password_is_told_the_same_as_a_stranger(engine: Engine, felter: dict) -> None:
    medarbejder(engine, "bo", **{"adgangskode": kodeord.hash_af(KODE), **felter})
    assert tried(engine, KODE, navn="bo") is tried(engine, KODE, navn="findes ikke") is Afvist.FORKERT


def test_five_wrong_in_a_row_lock_out_for_a_quarter_of_an_hour_then_for_twice_as_long(engine: Engine, anna: Medarbejder) -> None:
    for _ in range(5):
        assert tried(engine, FORKERT) is Afvist.FORKERT
    assert tried(engine, KODE, NU + 14 * MINUT) is Afvist.FORKERT
    assert tried(engine, FORKERT, NU + 15 * MINUT) is Afvist.FORKERT
    assert stored(engine).laast_til == NU + 45 * MINUT
    assert tried(engine, KODE, NU + 44 * MINUT) is Afvist.FORKERT
    assert isinstance(tried(engine, KODE, NU + 45 * MINUT), Inde)
    assert (stored(engine).fejl, stored(engine).laast_til) == (0, None)
    assert handlinger(engine) == ["forkert adgangskode"] * 4 + ["lukket ude"] * 2 + ["logget ind"]


def test_a_right_password_in_between_begins_the_count_anew(engine: Engine, anna: Medarbejder) -> None:
    for _ in range(2):
        for _ in range(4):
            tried(engine, FORKERT)
        assert isinstance(tried(engine, KODE), Inde)


def test_a_crowd_of_attempts_at_once_gets_no_more_guesses_than_one_by_one(engine: Engine, anna: Medarbejder, monkeypatch) -> None:
    guesses: list[str | None] = []
    passer = kodeord.passer

    def noting(hashed: str | None, kode: str) -> bool:
        guesses.append(hashed)
        return passer(hashed, kode)

    monkeypatch.setattr(kodeord, "passer", noting)
    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(lambda _: tried(engine, FORKERT), range(20))) == {Afvist.FORKERT}
    assert len([hashed for hashed in guesses if hashed is not None]) == 5
    assert stored(engine).fejl == 5


def test_the_lock_out_doubles_up_to_a_day() -> None:
    assert [lukket_i(fejl, SETTINGS) // MINUT for fejl in (5, 6, 7, 500)] == [15, 30, 60, 24 * 60]


def test_a_demo_log_in_is_for_this_machine_alone_and_strangers_can_t_lock_it(engine: Engine) -> None:
    medarbejder(engine, "demo-front", adgangskode=kodeord.hash_af(KODE), demo=True)
    for _ in range(6):
        assert tried(engine, FORKERT, navn="demo-front", lokalt=False) is Afvist.KUN_LOKALT
    assert tried(engine, KODE, navn="demo-front", lokalt=False) is Afvist.KUN_LOKALT
    assert isinstance(tried(engine, KODE, navn="demo-front"), Inde)


def test_a_weak_hash_is_made_anew_at_log_in(engine: Engine) -> None:
    weak = PasswordHasher(time_cost=2, memory_cost=32, parallelism=1).hash(KODE)
    medarbejder(engine, "bo", adgangskode=weak)
    assert isinstance(tried(engine, KODE, navn="bo"), Inde)
    assert not kodeord.foraeldet(stored(engine, "bo").adgangskode or "")
    assert isinstance(tried(engine, KODE, navn="bo"), Inde)


def test_a_changed_password_ends_every_log_in_but_a_fresh_one(engine: Engine, anna: Medarbejder) -> None:
    old = [found.token for found in (tried(engine, KODE), tried(engine, KODE)) if isinstance(found, Inde)]
    token = skift_kode(engine, anna.id, KODE, "en helt ny kode", SETTINGS, NU)
    assert [sessioner.find(engine, each, SETTINGS, NU) for each in old] == [None, None]
    assert sessioner.find(engine, token, SETTINGS, NU) is not None
    assert tried(engine, KODE) is Afvist.FORKERT
    assert isinstance(tried(engine, "en helt ny kode"), Inde)
    assert "skiftet adgangskode" in handlinger(engine)


@pytest.mark.parametrize(
    ("gammel", "ny", "felt"), [(FORKERT, "en helt ny kode", "gammel"), (KODE, "kort", "ny"), (KODE, KODE, "ny")]
)
def test_a_password_that_can_t_be_changed_stays(engine: Engine, anna: Medarbejder, gammel: str, ny: str, felt: str) -> None:
    with pytest.raises(Ugyldig) as refused:
        skift_kode(engine, anna.id, gammel, ny, SETTINGS, NU)
    assert list(refused.value.fejl) == [felt]
    assert isinstance(tried(engine, KODE), Inde)


def test_the_old_password_can_t_be_guessed_from_an_open_browser(engine: Engine, anna: Medarbejder) -> None:
    for _ in range(5):
        with pytest.raises(Ugyldig):
            skift_kode(engine, anna.id, FORKERT, "en helt ny kode", SETTINGS, NU)
    with pytest.raises(Ugyldig):
        skift_kode(engine, anna.id, KODE, "en helt ny kode", SETTINGS, NU)


def test_who_logs_in_through_the_municipality_has_no_password_to_change(engine: Engine) -> None:
    row = medarbejder(engine, "bo")
    with pytest.raises(Ugyldig, match="gennem kommunen"):
        skift_kode(engine, row.id, "", "en helt ny kode", SETTINGS, NU)
    with writing(engine) as session:
        assert session.get_one(Medarbejder, row.id).adgangskode is None


def test_a_password_that_is_taken_away_while_it_is_looked_at_opens_nothing(
    engine: Engine, anna: Medarbejder, monkeypatch: pytest.MonkeyPatch
) -> None:
    passer = kodeord.passer

    def slow(hashed: str | None, kode: str) -> bool:
        found = passer(hashed, kode)
        with writing(engine) as session:
            session.get_one(Medarbejder, anna.id).adgangskode = kodeord.hash_af("en engangskode")
        return found

    monkeypatch.setattr(kodeord, "passer", slow)
    assert tried(engine, KODE) is Afvist.FORKERT
    with pytest.raises(Ugyldig):
        monkeypatch.setattr(kodeord, "passer", lambda hashed, kode: slow(hashed, kode) or True)
        skift_kode(engine, anna.id, KODE, "en helt ny kode", SETTINGS, NU)
    assert passer(stored(engine).adgangskode, "en engangskode")
    with reading(engine) as session:
        assert session.scalars(select(DeskSession)).all() == []


def test_looking_for_a_good_new_password_locks_nobody_out(engine: Engine, anna: Medarbejder) -> None:
    for _ in range(SETTINGS.login_attempts + 1):
        with pytest.raises(Ugyldig):
            skift_kode(engine, anna.id, KODE, "for kort", SETTINGS, NU)
    assert stored(engine).laast_til is None
    assert skift_kode(engine, anna.id, KODE, "en helt ny kode", SETTINGS, NU)
