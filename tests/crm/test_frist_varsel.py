"""Deadlines are warned of and escalated once each, to somebody, and the business hears that it is late."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.language.dato import KOEBENHAVN, dansk_dato
from connectors.crm import varselsbrev
from connectors.crm.artikler import for_sag
from connectors.crm.ejer import Ejer
from connectors.crm.frist_varsel import koer, varselstid
from connectors.crm.henvendelser import find, opret
from connectors.crm.models import Aftale, Delopgave, Henvendelse
from connectors.crm.sagsgang import aendr
from connectors.crm.svarfrist import deadline
from connectors.database import reading, writing
from connectors.desk.models import Medarbejder
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library
from tests.crm.samtaler import aabn, beskeder, skriv

# FRIST is Thursday 26 November 2026 at 16, so the warning is due on Wednesday at 16.
VARSEL = dt.datetime(2026, 11, 25, 16, 0, tzinfo=KOEBENHAVN)
SEKUND = dt.timedelta(seconds=1)
DAG = dt.timedelta(days=1)
TEAM = "team-opstart-vaekst"


def _sag(engine: Engine, **andre: Any) -> str:
    return opret(engine, udkast(**{"delopgaver": [], "aftaler": [], **andre}), FRIST, NU).number


def _medarbejder(engine: Engine, navn: str, roller: list[str], enheder: list[str], **felter: Any) -> int:
    values = {"email": f"{navn}@example.dk", "aktiv": True, **felter}
    row = Medarbejder(brugernavn=navn, navn=f"{navn} Prøve", fornavn=navn, roller=roller, enheder=enheder, oprettet=NU, **values)
    with writing(engine) as session:
        session.add(row)
        session.flush()
        return row.id


def _koer(engine: Engine, nu: dt.datetime) -> None:
    koer(engine, library(), nu)


def _aendr(engine: Engine, number: str, nu: dt.datetime = NU, **felter: Any) -> None:
    with reading(engine) as session:
        version = find(session, number).version
    aendr(engine, library(), number, version, "Prøve Kollega", felter, nu, orienter=False)


def _mails(engine: Engine, slags: str = "varsel") -> list[tuple[str, str]]:
    """Receiver and subject."""
    with reading(engine) as session:
        rows = session.scalars(select(Brev).where(Brev.slags == slags).order_by(Brev.id))
        return [(row.til, row.emne) for row in rows]


def _lines(engine: Engine, number: str) -> list[str]:
    with reading(engine) as session:
        return [line.til or "" for line in find(session, number).historik if line.felt == "varsel"]


@pytest.mark.parametrize(
    ("frist", "varsel"),
    [
        (dt.datetime(2026, 11, 26, 16, tzinfo=KOEBENHAVN), VARSEL),
        (dt.datetime(2026, 11, 30, 16, tzinfo=KOEBENHAVN), dt.datetime(2026, 11, 27, 16, tzinfo=KOEBENHAVN)),  # a weekend
        (dt.datetime(2026, 4, 7, 12, 30, tzinfo=KOEBENHAVN), dt.datetime(2026, 4, 1, 12, 30, tzinfo=KOEBENHAVN)),  # Easter
        (dt.datetime(2026, 12, 28, 16, tzinfo=KOEBENHAVN), dt.datetime(2026, 12, 23, 16, tzinfo=KOEBENHAVN)),  # 24/12 is closed
        (dt.datetime(2026, 3, 30, 16, tzinfo=KOEBENHAVN), dt.datetime(2026, 3, 27, 16, tzinfo=KOEBENHAVN)),  # summer time begins
    ],
)
def test_a_warning_is_due_a_working_day_before(frist: dt.datetime, varsel: dt.datetime) -> None:
    assert varselstid(frist, library()) == varsel
    assert varselstid(frist.astimezone(dt.UTC), library()) == varsel


def test_the_owner_is_warned_once_and_not_before_it_is_time(engine: Engine) -> None:
    owner = _medarbejder(engine, "ejer", ["konsulent"], [TEAM])
    _medarbejder(engine, "anden", ["konsulent"], [TEAM])
    number = _sag(engine)
    _aendr(engine, number, ejer=Ejer(owner, "ejer Prøve"))
    _koer(engine, VARSEL - SEKUND)
    assert _mails(engine) == []
    for minutes in (0, 1, 60):
        _koer(engine, VARSEL + dt.timedelta(minutes=minutes))
    assert _mails(engine) == [("ejer@example.dk", f"Svarfristen nærmer sig: {number}")]
    assert _lines(engine, number) == ["svarfristen nærmer sig"]
    with reading(engine) as session:
        row = find(session, number)
        assert (row.varslet, row.eskaleret) == (VARSEL, None)
        brev = session.scalars(select(Brev)).one()
        assert f"/desk/sager/{number}" in brev.tekst and dansk_dato(FRIST) in brev.tekst
        assert "Prøvetegnestuen" not in brev.tekst and "proeve@example.com" not in brev.tekst, "who it is stands on the desk only"


def test_without_an_owner_the_unit_hears_it_and_without_a_unit_the_front(engine: Engine) -> None:
    _medarbejder(engine, "front", ["front"], [])
    number = _sag(engine)
    _koer(engine, VARSEL)
    assert _mails(engine) == [("front@example.dk", f"Svarfristen nærmer sig: {number}")]
    _medarbejder(engine, "teamet", ["konsulent"], [TEAM])
    _medarbejder(engine, "rejst", ["konsulent"], [TEAM], aktiv=False)
    _medarbejder(engine, "uden", ["konsulent"], [TEAM], email=None)
    other = _sag(engine, noegle="anden")
    _koer(engine, VARSEL)
    assert _mails(engine)[1:] == [("teamet@example.dk", f"Svarfristen nærmer sig: {other}")]


def test_nobody_to_mail_is_no_hindrance(engine: Engine) -> None:
    number = _sag(engine)
    _koer(engine, VARSEL)
    _koer(engine, FRIST + SEKUND)
    assert _mails(engine) == [] and _lines(engine, number) == ["svarfristen nærmer sig", "svarfristen er overskredet"]


def test_a_passed_deadline_is_escalated_once_and_the_business_told_plainly(engine: Engine) -> None:
    _medarbejder(engine, "teamet", ["konsulent"], [TEAM])
    number = _sag(engine)
    _koer(engine, VARSEL)
    _koer(engine, FRIST)
    assert len(_mails(engine)) == 1
    for days in range(3):
        _koer(engine, FRIST + SEKUND + days * DAG)
    assert [subject for _, subject in _mails(engine)] == [
        f"Svarfristen nærmer sig: {number}", f"Svarfristen er overskredet: {number}",
    ]  # fmt: skip
    assert _mails(engine, "orientering") == [("proeve@example.com", f"Nyt om jeres henvendelse {number}")]
    [artikel] = for_sag(engine, number)
    assert f"senest {dansk_dato(FRIST)}, og det har vi ikke nået" in artikel.tekst
    assert library().enheder[TEAM].navn in artikel.tekst


def test_in_the_chat_where_the_business_is(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    number = _sag(engine, samtale=samtale_id)
    skriv(engine, samtale_id, "hallo?", FRIST)
    _koer(engine, FRIST + SEKUND)
    last = beskeder(engine, samtale_id)[-1]
    assert last["data"]["type"] == "sag" and "ikke nået" in last["text"] and number in last["text"]
    assert _mails(engine, "orientering") == []


@pytest.mark.parametrize(("email", "siges"), [("proeve@example.com", "har fået at vide"), (None, "Ring til den")])
def test_staff_hear_whether_the_business_knows(engine: Engine, email: str | None, siges: str) -> None:
    _medarbejder(engine, "teamet", ["konsulent"], [TEAM])
    _sag(engine, kontakt={"navn": "Prøve", "telefon": "20417703", "email": email, "samtykke": NU})
    _koer(engine, FRIST + SEKUND)
    with reading(engine) as session:
        assert siges in session.scalars(select(Brev).where(Brev.slags == "varsel")).one().tekst


def test_after_a_weekend_down_there_is_one_mail_and_no_late_warning(engine: Engine) -> None:
    _medarbejder(engine, "teamet", ["konsulent"], [TEAM])
    number = _sag(engine)
    for minute in range(3):
        _koer(engine, FRIST + 4 * DAG + dt.timedelta(minutes=minute))
    assert _mails(engine) == [("teamet@example.dk", f"Svarfristen er overskredet: {number}")]
    assert _lines(engine, number) == ["svarfristen er overskredet"]


@pytest.mark.parametrize("status", ["afventer virksomheden", "afsluttet"])
def test_a_deadline_that_is_not_ours_is_not_told(engine: Engine, status: str) -> None:
    number = _sag(engine)
    _aendr(engine, number, NU, **{"status": status, **({"udfald": "loest"} if status == "afsluttet" else {})})
    _koer(engine, VARSEL)
    _koer(engine, FRIST + DAG)
    assert _lines(engine, number) == [] and for_sag(engine, number) == []


def test_gone_on_with_after_the_business_has_answered_there_is_a_new_deadline(engine: Engine) -> None:
    number = _sag(engine)
    _aendr(engine, number, status="afventer virksomheden")
    senere = FRIST + 10 * DAG
    _aendr(engine, number, senere, status="i gang")
    with reading(engine) as session:
        assert find(session, number).svarfrist == deadline(TEAM, senere, library())
    _koer(engine, senere + SEKUND)
    assert for_sag(engine, number) == [], "nobody broke a promise"


@pytest.mark.parametrize("felter", [{"svarfrist": FRIST + 7 * DAG}, {"team": "tmf-byggeri"}])
def test_a_new_deadline_is_warned_of_and_escalated_anew(engine: Engine, felter: dict[str, Any]) -> None:
    number = _sag(engine)
    _koer(engine, FRIST + SEKUND)
    _aendr(engine, number, FRIST + dt.timedelta(hours=1), **felter)
    with reading(engine) as session:
        new = find(session, number).svarfrist
    _koer(engine, varselstid(new, library()))
    _koer(engine, new + SEKUND)
    assert _lines(engine, number) == [
        "svarfristen er overskredet", "svarfristen nærmer sig", "svarfristen er overskredet",
    ]  # fmt: skip
    assert len(for_sag(engine, number)) == 2, "the business hears of each broken promise"


def test_of_many_processes_one_tells(engine: Engine) -> None:
    _medarbejder(engine, "teamet", ["konsulent"], [TEAM])
    numbers = [_sag(engine, noegle=f"sag-{i}") for i in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _koer(engine, FRIST + SEKUND), range(4)))
    assert len(_mails(engine)) == len(_mails(engine, "orientering")) == len(numbers)
    assert all(_lines(engine, number) == ["svarfristen er overskredet"] for number in numbers)


def test_staff_s_open_page_is_not_made_stale_by_a_warning(engine: Engine) -> None:
    number = _sag(engine)
    with reading(engine) as session:
        before = find(session, number).version
    _koer(engine, VARSEL)
    with reading(engine) as session:
        assert find(session, number).version == before


def test_a_delopgave_is_its_unit_s_and_when_it_is_late_its_coordinator_s_too(engine: Engine) -> None:
    _medarbejder(engine, "bevilling", ["backoffice"], ["kff-bevilling"])
    owner = _medarbejder(engine, "ejer", ["konsulent"], [TEAM])
    number = _sag(engine, delopgaver=[{"enhed": "kff-bevilling", "ydelse": "alkoholbevilling", "frist": FRIST - DAG}])
    _aendr(engine, number, ejer=Ejer(owner, "ejer Prøve"), svarfrist=FRIST + 20 * DAG)
    for nu in (VARSEL - DAG, VARSEL - DAG + SEKUND, FRIST - DAG + SEKUND, FRIST):
        _koer(engine, nu)
    assert _mails(engine) == [
        ("bevilling@example.dk", f"Fristen for en delopgave nærmer sig: {number}"),
        ("bevilling@example.dk", f"Fristen for en delopgave er overskredet: {number}"),
        ("ejer@example.dk", f"Fristen for en delopgave er overskredet: {number}"),
    ]
    assert for_sag(engine, number) == [], "the business was promised the case's deadline, not the unit's"


def test_a_delopgave_with_a_new_deadline_is_warned_of_anew_and_a_finished_one_not(engine: Engine) -> None:
    number = _sag(engine, delopgaver=[{"enhed": "kff-bevilling", "frist": FRIST - DAG}])
    _aendr(engine, number, svarfrist=FRIST + 20 * DAG)
    _koer(engine, FRIST - DAG + SEKUND)
    with writing(engine) as session:
        session.execute(update(Delopgave).values(frist=FRIST))
    _koer(engine, VARSEL)
    with writing(engine) as session:
        session.execute(update(Delopgave).values(status="afsluttet"))
    _koer(engine, FRIST + SEKUND)
    assert _lines(engine, number) == ["fristen for en delopgave er overskredet", "fristen for en delopgave nærmer sig"]


def test_an_agreement_is_the_owner_s_until_it_is_kept(engine: Engine) -> None:
    owner = _medarbejder(engine, "ejer", ["konsulent"], [TEAM])
    number = _sag(engine, aftaler=[{"tekst": "Vi ringer", "frist": FRIST - DAG}, {"tekst": "Vi skriver", "frist": FRIST - DAG}])
    _aendr(engine, number, ejer=Ejer(owner, "ejer Prøve"))
    with writing(engine) as session:
        session.execute(update(Aftale).where(Aftale.tekst == "Vi skriver").values(udfoert=NU))
    _koer(engine, VARSEL - DAG)
    assert _mails(engine) == [("ejer@example.dk", f"Fristen for en aftale nærmer sig: {number}")]


def test_an_agreement_to_answer_in_time_is_warned_of_with_the_deadline_itself(engine: Engine) -> None:
    _medarbejder(engine, "teamet", ["konsulent"], [TEAM])
    number = _sag(engine, aftaler=[{"tekst": "Kontakter virksomheden", "frist": FRIST}])
    _koer(engine, VARSEL)
    _koer(engine, FRIST + SEKUND)
    assert _lines(engine, number) == ["svarfristen nærmer sig", "svarfristen er overskredet"]
    assert len(_mails(engine)) == 2


def test_a_case_on_which_it_fails_keeps_no_other_untold(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _medarbejder(engine, "anden", ["konsulent"], [TEAM])
    broken, other = _sag(engine, noegle="a"), _sag(engine, noegle="b")
    send = varselsbrev.send

    def fails(session: Session, row: Henvendelse, *more: Any, **andet: Any) -> None:
        if row.nummer == broken:
            raise RuntimeError
        send(session, row, *more, **andet)

    monkeypatch.setattr(varselsbrev, "send", fails)
    with pytest.raises(RuntimeError):
        _koer(engine, VARSEL)
    assert _mails(engine) == [("anden@example.dk", f"Svarfristen nærmer sig: {other}")]
    monkeypatch.undo()
    _koer(engine, VARSEL)
    assert len(_mails(engine)) == 2
