"""The business hears of its case without asking: once, in one message, where it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.language.dato import dansk_dato
from connectors.crm import orientering
from connectors.crm.artikler import for_sag
from connectors.crm.ejer import Ejer
from connectors.crm.henvendelser import find, laas, opret, status
from connectors.crm.models import Aftale
from connectors.crm.sagsgang import aendr
from connectors.crm.svarfrist import deadline
from connectors.crm.tid import iso
from connectors.database import reading, writing
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import ansat, library
from tests.crm.samtaler import aabn, beskeder

SENERE = NU + dt.timedelta(minutes=5)
KOLLEGA = Ejer(7, "Prøve Kollega")
UDEN_MAIL = {"navn": "Prøve Person", "telefon": "20417703", "samtykke": NU}


def _case(engine: Engine, **andre: Any) -> str:
    return opret(engine, udkast(**{"delopgaver": [], **andre}), FRIST, NU).number


def _change(engine: Engine, number: str, nu: dt.datetime = SENERE, **felter: Any) -> None:
    with reading(engine) as session:
        version = find(session, number).version
    aendr(engine, library(), number, version, "Prøve Kollega", felter, nu)


def _mails(engine: Engine) -> list[Brev]:
    with reading(engine) as session:
        return list(session.scalars(select(Brev).where(Brev.slags == "orientering").order_by(Brev.id)))


def test_by_mail_with_the_contact_s_name_the_unit_and_the_deadline(engine: Engine) -> None:
    number = _case(engine)
    _change(engine, number, ejer=KOLLEGA, status="i gang")
    [brev] = _mails(engine)
    assert (brev.til, brev.emne) == ("proeve@example.com", f"Nyt om jeres henvendelse {number}")
    unit = library().enheder["team-opstart-vaekst"].navn
    for said in (  # whom, what, who has it, by when, from whom
        "Kære Prøve Person",
        "Sagen er nu i gang.",
        f"Prøve Kollega hos {unit}",
        dansk_dato(FRIST),
        "Københavns Kommune",
    ):
        assert said in brev.tekst, said
    assert brev.tekst.count("Prøve Kollega") == 1, "nobody is told the same name twice in one mail"
    assert "{" not in brev.tekst
    [artikel] = for_sag(engine, number)
    assert (artikel.retning, artikel.form, artikel.hvem, artikel.til) == ("ud", "mail", "system", "proeve@example.com")
    assert (artikel.tekst, artikel.emne, artikel.tid) == (brev.tekst, brev.emne, SENERE)


def test_in_the_chat_where_the_business_is(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    number = _case(engine, samtale=samtale_id)
    _change(engine, number, ejer=KOLLEGA, status="i gang")
    assert _mails(engine) == []
    last = beskeder(engine, samtale_id)[-1]
    assert last["from"] == "system"
    assert last["data"] == {"type": "sag", "number": number, "status": "i gang", "svarfrist": iso(FRIST)}
    assert "Prøve Kollega" in last["text"] and number in last["text"]
    [artikel] = for_sag(engine, number)
    assert (artikel.retning, artikel.form, artikel.tekst) == ("ud", "chat", last["text"])


def test_by_mail_once_the_business_has_left_the_chat(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    number = _case(engine, samtale=samtale_id)
    _change(engine, number, NU + dt.timedelta(hours=1), status="i gang")
    assert len(beskeder(engine, samtale_id)) == 1
    assert len(_mails(engine)) == 1


@pytest.mark.parametrize("email", [None, "ikke en adresse", "a@example.com\nBcc: b@example.com"])
def test_nobody_to_write_to_is_told_nothing_and_the_change_stands(engine: Engine, email: str | None) -> None:
    number = _case(engine, kontakt={**UDEN_MAIL, "email": email})
    _change(engine, number, status="i gang")
    assert _mails(engine) == [] and for_sag(engine, number) == []
    with writing(engine) as session:
        row = find(session, number)
        assert row.status == "i gang"
        assert orientering.vej(session, row, SENERE) is None


def test_the_way_is_known_beforehand(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    number = _case(engine, samtale=samtale_id)
    with writing(engine) as session:
        row = find(session, number)
        assert orientering.vej(session, row, NU) == "chat"
        assert orientering.vej(session, row, NU + dt.timedelta(hours=1)) == "mail"


def test_nothing_is_told_twice(engine: Engine) -> None:
    number = _case(engine)
    with writing(engine) as session:
        row = laas(session, number)
        told = [orientering.om_aendring(session, row, {"status": ("ny", "i gang")}, library(), SENERE) for _ in range(2)]
    assert told == ["mail", None]
    assert len(_mails(engine)) == len(for_sag(engine, number)) == 1


def test_what_is_staff_s_own_is_not_told(engine: Engine) -> None:
    number = _case(engine)
    _change(engine, number, key_account_manager="Prøve Kollega")
    assert _mails(engine) == []


def _told(engine: Engine, number: str) -> str:
    return _mails(engine)[-1].tekst


def test_a_new_owner_is_told_with_the_old_one_s_name_and_none_with_the_unit(engine: Engine) -> None:
    number = _case(engine)
    _change(engine, number, ejer=KOLLEGA)
    _change(engine, number, ejer=Ejer(8, "Anden Kollega"))
    assert "Anden Kollega hos" in _told(engine, number) and "overtaget sagen fra Prøve Kollega" in _told(engine, number)
    _change(engine, number, ejer=None)
    assert "Anden Kollega er ikke længere jeres kontaktperson" in _told(engine, number)
    assert library().enheder["team-opstart-vaekst"].navn in _told(engine, number)


def test_an_owner_from_another_unit_than_the_case_s_is_told_with_their_own(engine: Engine) -> None:
    number, hr = _case(engine), library().enheder["team-hr"].navn
    _change(engine, number, ejer=ansat(engine, enheder=("team-hr",)))
    assert f"Kaja Prøvesen hos {hr} er nu jeres faste kontaktperson" in _told(engine, number)
    _change(engine, number, team="team-tmf")
    assert f"Jeres kontaktperson er Kaja Prøvesen hos {hr}." in _told(engine, number)
    found = status(engine, number, "proeve@example.com")
    assert found is not None and (found.team, found.ejer_enhed) == ("team-tmf", "team-hr")
    _change(engine, number, team="team-hr")
    assert f"Jeres kontaktperson er Kaja Prøvesen hos {hr}." in _told(engine, number)


def test_a_new_unit_is_told_with_its_own_deadline_and_the_old_is_not_called_broken(engine: Engine) -> None:
    number = _case(engine)
    _change(engine, number, team="tmf-byggeri")
    told = _told(engine, number)
    assert f"givet videre til {library().enheder['tmf-byggeri'].navn}" in told
    assert told.count(dansk_dato(deadline("tmf-byggeri", SENERE, library()))) == 1
    assert "længere tid" not in told


@pytest.mark.parametrize(("dage", "siges"), [(3, "Det tager længere tid"), (-1, "før, end vi først skrev")])
def test_a_moved_deadline_says_which_way_it_moved(engine: Engine, dage: int, siges: str) -> None:
    number = _case(engine)
    new = FRIST + dt.timedelta(days=dage)
    _change(engine, number, svarfrist=new)
    told = _told(engine, number)
    assert siges in told and told.count("senest") == 1 and dansk_dato(new) in told


def test_while_the_business_is_waited_for_no_deadline_of_ours_is_told(engine: Engine) -> None:
    number = _case(engine)
    _change(engine, number, status="afventer virksomheden")
    told = _told(engine, number)
    assert "svar fra jer" in told and "senest" not in told


def test_a_closed_case_and_one_opened_again(engine: Engine) -> None:
    number = _case(engine)
    _change(engine, number, status="afsluttet", udfald="loest")
    assert "Sagen er afsluttet" in _told(engine, number) and "senest" not in _told(engine, number)
    _change(engine, number, FRIST + dt.timedelta(days=9), status="i gang")
    told = _told(engine, number)
    assert "åbnet igen" in told and told.count("senest") == 1 and "længere tid" not in told


@pytest.mark.parametrize(
    ("aftale", "siges"),
    [
        (Aftale(tekst="Vi ringer om skiltet", frist=None), "Vi har aftalt: Vi ringer om skiltet.\n"),
        (Aftale(tekst="Vi mødes!", frist=FRIST), f"Vi har aftalt: Vi mødes! Det sker senest {dansk_dato(FRIST)}."),
        (Aftale(tekst="Vi ringer", frist=FRIST, udfoert=NU), "er nu gjort: Vi ringer."),
    ],
)
def test_an_agreement_is_told(engine: Engine, aftale: Aftale, siges: str) -> None:
    number = _case(engine)
    with writing(engine) as session:
        orientering.om_aendring(session, laas(session, number), {"aftale": (None, aftale)}, library(), SENERE)
    assert siges in _told(engine, number)


def test_a_missing_text_keeps_no_case_from_being_worked(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    number = _case(engine)
    poor = dataclasses.replace(library(), tekster={})
    with caplog.at_level(logging.ERROR), writing(engine) as session:
        row = laas(session, number)
        row.status = "i gang"
        assert orientering.om_aendring(session, row, {"status": ("ny", "i gang")}, poor, SENERE) is None
    assert number in caplog.text
    with reading(engine) as session:
        assert find(session, number).status == "i gang"
