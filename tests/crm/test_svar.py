"""A reply of staff's reaches the business where it is, once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select

from connectors.crm.artikler import for_sag
from connectors.crm.fejl import UkendtHenvendelse
from connectors.crm.henvendelser import opret
from connectors.crm.svar import svar
from connectors.database import reading
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library
from tests.crm.samtaler import aabn, beskeder

SENERE = NU + dt.timedelta(minutes=5)


def _case(engine: Engine, **andre: Any) -> str:
    return opret(engine, udkast(**andre), FRIST, NU).number


def _svar(engine: Engine, number: str, tekst: str = "I skal søge om skiltet.", noegle: str = "formular-1") -> str:
    return svar(engine, library(), number, "Prøve Kollega", tekst, noegle, SENERE)


def _mails(engine: Engine) -> list[Brev]:
    with reading(engine) as session:
        return list(session.scalars(select(Brev)))


def test_in_the_chat_where_the_business_is(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    number = _case(engine, samtale=samtale_id)
    assert _svar(engine, number) == "chat"
    last = beskeder(engine, samtale_id)[-1]
    assert last["from"] == "agent" and "I skal søge om skiltet." in last["text"] and number in last["text"]
    assert (last["data"]["type"], last["data"]["number"], last["data"]["navn"]) == ("sag", number, "Prøve Kollega")
    [artikel] = for_sag(engine, number)
    assert (artikel.retning, artikel.form, artikel.hvem, artikel.tekst) == (
        "ud", "chat", "Prøve Kollega", "I skal søge om skiltet.",
    )  # fmt: skip
    assert _mails(engine) == []


def test_by_mail_otherwise(engine: Engine) -> None:
    number = _case(engine)
    assert _svar(engine, number) == "mail"
    [brev] = _mails(engine)
    assert (brev.slags, brev.til, brev.emne) == ("svar", "proeve@example.com", f"Svar på jeres henvendelse {number}")
    for said in ("Kære Prøve Person", "I skal søge om skiltet.", "Prøve Kollega", library().enheder["team-opstart-vaekst"].navn):
        assert said in brev.tekst
    [artikel] = for_sag(engine, number)
    assert (artikel.form, artikel.til, artikel.tekst) == ("mail", "proeve@example.com", "I skal søge om skiltet.")


def test_the_same_form_sent_twice_is_one_reply_also_at_once(engine: Engine) -> None:
    number = _case(engine)
    with ThreadPoolExecutor(4) as pool:
        ways = list(pool.map(lambda _: _svar(engine, number), range(4)))
    assert ways == ["mail"] * 4
    assert len(_mails(engine)) == len(for_sag(engine, number)) == 1
    _svar(engine, number, noegle="formular-2")
    assert len(_mails(engine)) == 2


def test_a_cpr_number_goes_nowhere(engine: Engine) -> None:
    number = _case(engine)
    _svar(engine, number, "Ejerens nummer er 010190-1234.")
    assert "010190" not in _mails(engine)[0].tekst + for_sag(engine, number)[0].tekst


def test_neither_chat_nor_address_is_said_and_nothing_kept(engine: Engine) -> None:
    number = _case(engine, kontakt={"navn": "Prøve Person", "telefon": "20417703", "samtykke": NU})
    with pytest.raises(ValueError, match="ring i stedet"):
        _svar(engine, number)
    assert for_sag(engine, number) == [] and _mails(engine) == []


def test_an_empty_reply_and_an_unknown_case_are_refused(engine: Engine) -> None:
    number = _case(engine)
    with pytest.raises(ValueError, match="tomt"):
        _svar(engine, number, " \n ")
    with pytest.raises(UkendtHenvendelse):
        _svar(engine, "KBH-2026-000999")
    assert _mails(engine) == []
