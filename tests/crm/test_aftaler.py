"""Agreements: made, changed, done, undone; the history tells of each, without its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from connectors.crm import aftaler, sagsgang
from connectors.crm.fejl import ForaeldetVersion
from connectors.crm.henvendelser import find, opret, som_json
from connectors.crm.models import Aftale
from connectors.database import reading
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library

SENERE = NU + dt.timedelta(hours=1)
HVEM = "Prøve Kollega"


def _case(engine: Engine) -> tuple[str, int]:
    made = opret(engine, udkast(delopgaver=[], aftaler=[]), FRIST, NU)
    return made.number, made.version


def _add(engine: Engine, number: str, version: int, tekst: str = "Ring til Karla", frist: dt.datetime | None = FRIST) -> int:
    return aftaler.tilfoej(engine, library(), number, version, HVEM, tekst, frist, SENERE, ejer=HVEM)


def _agreements(engine: Engine, number: str) -> list[Aftale]:
    with reading(engine) as session:
        return find(session, number).aftaler


def _lines(engine: Engine, number: str) -> list[tuple[str, str | None, str | None]]:
    with reading(engine) as session:
        return [(line.felt, line.fra, line.til) for line in find(session, number).historik][1:]


def _told(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(Brev.tekst).order_by(Brev.id)))


def test_an_agreement_is_kept_with_its_time_and_the_business_hears_of_it(engine: Engine) -> None:
    number, version = _case(engine)
    new = _add(engine, number, version)
    (kept,) = _agreements(engine, number)
    assert (kept.tekst, kept.frist, kept.ejer, kept.udfoert) == ("Ring til Karla", FRIST, HVEM, None)
    assert new > version
    assert _lines(engine, number) == [("aftale 1", None, "åben, senest torsdag den 26. november 2026 kl. 16")]
    assert len(_told(engine)) == 1 and "Ring til Karla" in _told(engine)[0]


def test_the_history_never_holds_the_words(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    aftale_id = _agreements(engine, number)[0].id
    version = aftaler.aendr(engine, library(), number, version, HVEM, aftale_id, "Skriv til Karla", None, SENERE, ejer=None)
    (kept,) = _agreements(engine, number)
    assert (kept.tekst, kept.frist, kept.ejer) == ("Skriv til Karla", None, None)
    assert sorted(_lines(engine, number)[1:]) == [
        ("aftale 1", "åben, senest torsdag den 26. november 2026 kl. 16", "åben, uden frist"),
        ("aftale 1, ansvarlig", HVEM, None),
        ("aftale 1, tekst", None, "ændret"),
    ]
    assert "Karla" not in repr(_lines(engine, number))


def test_done_and_not_done_after_all(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    aftale_id = _agreements(engine, number)[0].id
    version = aftaler.udfoer(engine, library(), number, version, HVEM, aftale_id, SENERE)
    assert _agreements(engine, number)[0].udfoert == SENERE
    assert aftaler.udfoer(engine, library(), number, version, HVEM, aftale_id, SENERE) == version, "it is done already"
    aftaler.udfoer(engine, library(), number, version, HVEM, aftale_id, SENERE, udfoert=False)
    assert _agreements(engine, number)[0].udfoert is None
    assert [til for _, _, til in _lines(engine, number)[1:]] == [
        "udført tirsdag den 24. november 2026 kl. 11.12",
        "åben, senest torsdag den 26. november 2026 kl. 16",
    ]


def test_saving_what_is_there_already_is_no_change_and_tells_nobody(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    told, aftale_id = _told(engine), _agreements(engine, number)[0].id
    same = aftaler.aendr(engine, library(), number, version, HVEM, aftale_id, " Ring til Karla ", FRIST, SENERE, ejer=HVEM)
    assert same == version
    assert _told(engine) == told and len(_lines(engine, number)) == 1


def test_an_agreement_whose_time_has_passed_can_still_be_reworded(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    after, aftale_id = FRIST + dt.timedelta(days=1), _agreements(engine, number)[0].id
    assert aftaler.aendr(engine, library(), number, version, HVEM, aftale_id, "Ring igen", FRIST, after, ejer=HVEM) > version
    assert _agreements(engine, number)[0].tekst == "Ring igen"


def test_nobody_is_told_where_staff_say_so(engine: Engine) -> None:
    number, version = _case(engine)
    aftaler.tilfoej(engine, library(), number, version, HVEM, "Internt", None, SENERE, orienter=False)
    assert _told(engine) == []


def test_a_cpr_number_is_not_kept(engine: Engine) -> None:
    number, version = _case(engine)
    _add(engine, number, version, "Ring om 010190-1234")
    assert _agreements(engine, number)[0].tekst == "Ring om [CPR]"


@pytest.mark.parametrize(
    ("tekst", "frist", "hvorfor"),
    [
        (" ", FRIST, "tom"),
        ("x" * 1001, FRIST, "1001 tegn"),
        ("Ring", NU, "efter nu"),
        ("Ring", FRIST.replace(tzinfo=None), "tidszone"),
    ],
)
def test_what_makes_no_sense_is_refused(engine: Engine, tekst: str, frist: dt.datetime, hvorfor: str) -> None:
    number, version = _case(engine)
    before = som_json(engine, number)
    with pytest.raises(ValueError, match=hvorfor):
        _add(engine, number, version, tekst, frist)
    assert som_json(engine, number) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda engine, number, version, one: _add(engine, number, version),
        lambda engine, number, version, one: aftaler.aendr(engine, library(), number, version, HVEM, one, "Nyt", None, SENERE),
        lambda engine, number, version, one: aftaler.udfoer(engine, library(), number, version, HVEM, one, SENERE),
    ],
)
def test_stale_unknown_and_closed_are_refused(engine: Engine, change: Callable[[Engine, str, int, int], int]) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    aftale_id = _agreements(engine, number)[0].id
    before = som_json(engine, number)
    with pytest.raises(ForaeldetVersion):
        change(engine, number, version - 1, aftale_id)
    assert som_json(engine, number) == before
    closed = sagsgang.aendr(
        engine, library(), number, version, HVEM, {"status": "afsluttet", "udfald": "loest"}, SENERE, orienter=False
    )
    before = som_json(engine, number)
    with pytest.raises(sagsgang.SagErAfsluttet):
        change(engine, number, closed, aftale_id)
    assert som_json(engine, number) == before


def test_an_agreement_of_another_case_is_not_this_ones(engine: Engine) -> None:
    number, version = _case(engine)
    _add(engine, number, version)
    other = opret(engine, udkast(noegle="anden", aftaler=[]), FRIST, NU)
    aftale_id = _agreements(engine, number)[0].id
    with pytest.raises(ValueError, match="ingen aftale"):
        aftaler.udfoer(engine, library(), other.number, other.version, HVEM, aftale_id, SENERE)
    assert _agreements(engine, number)[0].udfoert is None
