"""What is written in a case: kept once, cleaned, in order."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from connectors.crm import sagsgang
from connectors.crm.artikler import LONGEST, for_sag, tilfoej
from connectors.crm.fejl import UkendtHenvendelse
from connectors.crm.henvendelser import opret, version
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library

HVEM = "Prøve Kollega"


def _case(engine: Engine, noegle: str = "a") -> str:
    return opret(engine, udkast(noegle=noegle, delopgaver=[]), FRIST, NU).number


def test_articles_come_back_as_written_oldest_first(engine: Engine) -> None:
    number, tomorrow = _case(engine), NU + dt.timedelta(days=1)
    tekst = "Hej\r\n<b>du</b>\n"
    later = tilfoej(engine, number, HVEM, "ud", "mail", tekst, emne=" Om\nsagen ", til=" A@Example.com ", nu=tomorrow)
    first = tilfoej(engine, number, HVEM, "intern", "note", "Ring i dag", nu=NU)
    shown = for_sag(engine, " kbh 2026 1 ")
    assert [one.id for one in shown] == [first, later]
    mail = shown[1]
    assert (mail.tekst, mail.emne, mail.til) == ("Hej\n<b>du</b>", "Om sagen", "a@example.com")
    assert (mail.hvem, mail.retning, mail.form, mail.tid) == (HVEM, "ud", "mail", tomorrow)


def test_the_same_key_is_the_same_article(engine: Engine) -> None:
    number = _case(engine)
    one = tilfoej(engine, number, HVEM, "ind", "web", "Første", noegle="k")
    assert tilfoej(engine, number, HVEM, "ind", "web", "Anden", noegle="k") == one
    assert [article.tekst for article in for_sag(engine, number)] == ["Første"]
    with pytest.raises(ValueError, match="anden sag"):
        tilfoej(engine, _case(engine, "b"), HVEM, "ind", "web", "Anden", noegle="k")


def test_at_the_same_moment_too(engine: Engine) -> None:
    number = _case(engine)
    with ThreadPoolExecutor(6) as pool:
        ids = list(pool.map(lambda i: tilfoej(engine, number, HVEM, "ind", "web", f"nr. {i}", noegle="k"), range(6)))
    assert len(set(ids)) == len(for_sag(engine, number)) == 1


def test_nothing_that_must_not_be_stored_is(engine: Engine) -> None:
    number = _case(engine)
    tilfoej(engine, number, HVEM, "intern", "note", "CPR 010190-1234\x00 slut", emne="010190-1234")
    (shown,) = for_sag(engine, number)
    assert (shown.tekst, shown.emne) == ("CPR [CPR]\ufffd slut", "[CPR]")


@pytest.mark.parametrize(
    ("andre", "hvorfor"),
    [
        ({"retning": "op"}, "retning"),
        ({"form": "fax"}, "form"),
        ({"tekst": " \n "}, "tom"),
        ({"tekst": "x" * (LONGEST + 1)}, "plads til"),
    ],
)
def test_what_is_no_article_is_refused(engine: Engine, andre: dict[str, Any], hvorfor: str) -> None:
    number = _case(engine)
    with pytest.raises(ValueError, match=hvorfor):
        tilfoej(engine, number, HVEM, **{"retning": "intern", "form": "note", "tekst": "x", **andre})
    assert for_sag(engine, number) == []


def test_a_closed_case_takes_notes_and_a_note_makes_nobodys_page_stale(engine: Engine) -> None:
    number = _case(engine)
    at = version(engine, number)
    assert at is not None
    sagsgang.aendr(engine, library(), number, at, HVEM, {"status": "afsluttet", "udfald": "loest"}, NU, orienter=False)
    at = version(engine, number)
    tilfoej(engine, number, HVEM, "intern", "note", "Ringede tilbage")
    assert len(for_sag(engine, number)) == 1
    assert version(engine, number) == at


def test_an_unknown_case_has_no_articles(engine: Engine) -> None:
    with pytest.raises(UkendtHenvendelse):
        tilfoej(engine, "KBH-2026-000999", HVEM, "intern", "note", "x")
    with pytest.raises(UkendtHenvendelse):
        for_sag(engine, "KBH-2026-000999")
