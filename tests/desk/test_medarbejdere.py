"""Staff as administrators keep them, at the table."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from connectors.database import reading, writing
from connectors.desk import kodeord, medarbejdere, sessioner
from connectors.desk.adgang import Bruger, som_bruger
from connectors.desk.medarbejdere import Foraeldet, Oplysninger, Ugyldig, Ukendt
from connectors.desk.models import Medarbejder, Revision
from connectors.desk.settings import DeskSettings
from tests.desk.kontor import medarbejder

NU = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
BO = Oplysninger("Bo Prøve", "Bo", None, ("konsulent",), ("team-hr",))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kodeord, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def admin(engine: Engine) -> Bruger:
    return som_bruger(medarbejder(engine, "asta", ["admin"]), "")


@pytest.fixture
def bo(engine: Engine, admin: Bruger) -> Medarbejder:
    return medarbejdere.hent(engine, medarbejdere.opret(engine, "bo", BO, admin, NU)[0])


def lines(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        return [(row.hvem, row.handling, row.noegle) for row in session.scalars(select(Revision).order_by(Revision.id))]


def test_a_new_person_has_a_one_time_password_of_which_only_the_hash_is_kept(engine: Engine, admin: Bruger) -> None:
    medarbejder_id, kode = medarbejdere.opret(engine, "bo", BO, admin, NU)
    row = medarbejdere.hent(engine, medarbejder_id)
    assert row.skal_skifte and kode not in (row.adgangskode or "") and kodeord.passer(row.adgangskode, kode)
    assert (row.roller, row.enheder, row.aktiv, row.demo) == (["konsulent"], ["team-hr"], True, False)
    assert lines(engine) == [("Asta Prøve", "oprettet", "bo")]


def test_a_user_name_is_given_once(engine: Engine, admin: Bruger, bo: Medarbejder) -> None:
    with pytest.raises(Ugyldig) as refused:
        medarbejdere.opret(engine, "bo", BO, admin, NU)
    assert list(refused.value.fejl) == ["brugernavn"]
    assert len(medarbejdere.alle(engine)) == 2 and len(lines(engine)) == 1


def test_what_is_changed_is_told_and_noted_by_name_only(engine: Engine, admin: Bruger, bo: Medarbejder) -> None:
    new = Oplysninger("Bo Nyenavn", "Bo", "bo@example.dk", ("front", "konsulent"), ("team-hr",))
    assert medarbejdere.ret(engine, bo.id, bo.version, new, admin, NU) == ["navn", "email", "roller"]
    assert medarbejdere.ret(engine, bo.id, bo.version + 1, new, admin, NU) == []
    with reading(engine) as session:
        details = session.scalars(select(Revision.detaljer).where(Revision.handling == "ændret")).all()
    assert details == [{"felter": ["navn", "email", "roller"], "roller": ["front", "konsulent"]}]


def test_of_two_administrators_at_once_one_is_told(engine: Engine, admin: Bruger, bo: Medarbejder) -> None:
    def change(navn: str) -> str:
        felter = Oplysninger(navn, "Bo", None, ("konsulent",), ("team-hr",))
        try:
            medarbejdere.ret(engine, bo.id, bo.version, felter, admin, NU)
        except Foraeldet:
            return "forældet"
        return navn

    with ThreadPoolExecutor(2) as two:
        ends = sorted(two.map(change, ["Bo En", "Bo To"]))
    assert ends[1] == "forældet" and medarbejdere.hent(engine, bo.id).navn == ends[0]
    with pytest.raises(Foraeldet):
        medarbejdere.nulstil(engine, bo.id, bo.version, admin, NU)
    with pytest.raises(Foraeldet):
        medarbejdere.saet_aktiv(engine, bo.id, bo.version, False, admin, NU)
    assert medarbejdere.hent(engine, bo.id).aktiv


@pytest.mark.parametrize("how", ["nulstil", "luk"])
def test_a_new_password_and_being_shut_out_end_every_log_in(engine: Engine, admin: Bruger, bo: Medarbejder, how: str) -> None:
    with writing(engine) as session:
        tokens = [sessioner.opret(session, bo.id, DeskSettings(), NU) for _ in range(2)]
    if how == "nulstil":
        kode = medarbejdere.nulstil(engine, bo.id, bo.version, admin, NU)
        row = medarbejdere.hent(engine, bo.id)
        assert kodeord.passer(row.adgangskode, kode) and row.skal_skifte
    else:
        medarbejdere.saet_aktiv(engine, bo.id, bo.version, False, admin, NU)
        medarbejdere.saet_aktiv(engine, bo.id, bo.version + 1, True, admin, NU)
    assert [sessioner.find(engine, token, DeskSettings(), NU) for token in tokens] == [None, None]


def test_a_lock_out_can_be_ended(engine: Engine, admin: Bruger, bo: Medarbejder) -> None:
    with writing(engine) as session:
        row = session.get_one(Medarbejder, bo.id)
        row.fejl, row.laast_til = 7, NU + dt.timedelta(hours=1)
    medarbejdere.laas_op(engine, bo.id, admin, NU)
    row = medarbejdere.hent(engine, bo.id)
    assert (row.fejl, row.laast_til) == (0, None)
    assert ("Asta Prøve", "låst op", "bo") in lines(engine)


def give_up(engine: Engine, admin: Bruger) -> bool:
    """Whether an administrator may take the role from himself."""
    felter = Oplysninger(admin.navn, admin.fornavn, None, ("front",), ())
    try:
        medarbejdere.ret(engine, admin.id, medarbejdere.hent(engine, admin.id).version, felter, admin, NU)
    except Ugyldig:
        return False
    return True


def test_the_last_administrator_stays_one(engine: Engine, admin: Bruger) -> None:
    medarbejder(engine, "lukket", ["admin"], aktiv=False)
    medarbejder(engine, "demo-admin", ["admin"], demo=True)
    assert not give_up(engine, admin)
    with pytest.raises(Ugyldig):
        medarbejdere.saet_aktiv(engine, admin.id, 1, False, admin, NU)
    assert medarbejdere.hent(engine, admin.id).roller == ["admin"] and medarbejdere.hent(engine, admin.id).aktiv
    medarbejder(engine, "anden", ["front", "admin"])
    assert give_up(engine, admin)


def test_two_last_administrators_who_give_up_at_once_leave_one(engine: Engine, admin: Bruger) -> None:
    other = som_bruger(medarbejder(engine, "anden", ["admin"]), "")
    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(lambda who: give_up(engine, who), [admin, other])) == [False, True]


def test_who_is_not_there_can_t_be_changed(engine: Engine, admin: Bruger) -> None:
    for call in (
        lambda: medarbejdere.hent(engine, 999),
        lambda: medarbejdere.ret(engine, 999, 1, BO, admin, NU),
        lambda: medarbejdere.laas_op(engine, 999, admin, NU),
    ):
        with pytest.raises(Ukendt):
            call()


def test_two_last_administrators_who_take_the_role_from_each_other_leave_one(engine: Engine, admin: Bruger) -> None:
    other = som_bruger(medarbejder(engine, "anden", ["admin"]), "")

    def take_from(pair: tuple[Bruger, Bruger]) -> bool:
        who, whom = pair
        felter = Oplysninger(whom.navn, whom.fornavn, None, ("front",), ())
        try:
            medarbejdere.ret(engine, whom.id, 1, felter, who, NU)
        except Ugyldig:
            return False
        return True

    assert [take_from(pair) for pair in ((admin, other), (other, admin))] == [True, False]
    with pytest.raises(Ugyldig):
        medarbejdere.saet_aktiv(engine, admin.id, 1, False, other, NU)
