"""Parts of a case in several units: each with its own state and deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from connectors.crm import delopgaver, sagsgang
from connectors.crm.fejl import ForaeldetVersion
from connectors.crm.henvendelser import find, opret, som_json
from connectors.crm.models import Delopgave
from connectors.crm.svarfrist import deadline
from connectors.crm.tid import iso
from connectors.database import reading
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library

SENERE = NU + dt.timedelta(hours=1)
HVEM = "Prøve Kollega"


def _case(engine: Engine) -> tuple[str, int]:
    made = opret(engine, udkast(delopgaver=[]), FRIST, NU)
    return made.number, made.version


def _add(engine: Engine, number: str, version: int, enhed: str = "kff-bevilling", **andre: Any) -> int:
    return delopgaver.tilfoej(engine, library(), number, version, HVEM, enhed, SENERE, **andre)


def _tasks(engine: Engine, number: str) -> list[Delopgave]:
    with reading(engine) as session:
        return find(session, number).delopgaver


def _lines(engine: Engine, number: str) -> list[tuple[str, str | None, str | None]]:
    with reading(engine) as session:
        return [(line.felt, line.fra, line.til) for line in find(session, number).historik][1:]


def test_a_unit_gets_its_part_with_its_own_deadline(engine: Engine) -> None:
    number, version = _case(engine)
    new = _add(engine, number, version, ydelse="alkoholbevilling")
    (task,) = _tasks(engine, number)
    assert (task.enhed, task.ydelse, task.status) == ("kff-bevilling", "alkoholbevilling", "ny")
    assert task.frist == deadline("kff-bevilling", SENERE, library())
    assert new > version
    _add(engine, number, new, "oekf-brand", frist=FRIST)
    assert _tasks(engine, number)[1].frist == FRIST
    assert _lines(engine, number) == [("delopgave kff-bevilling", None, "ny"), ("delopgave oekf-brand", None, "ny")]


def test_state_and_deadline_change_with_their_lines(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version, frist=FRIST)
    task_id = _tasks(engine, number)[0].id
    version = delopgaver.saet_status(engine, number, version, HVEM, task_id, "i gang", SENERE)
    later = FRIST + dt.timedelta(days=1)
    version = delopgaver.saet_frist(engine, number, version, HVEM, task_id, later, SENERE)
    (task,) = _tasks(engine, number)
    assert (task.status, task.frist) == ("i gang", later)
    assert _lines(engine, number)[1:] == [
        ("delopgave kff-bevilling", "ny", "i gang"),
        ("delopgave kff-bevilling, frist", iso(FRIST), iso(later)),
    ]
    assert delopgaver.saet_status(engine, number, version, HVEM, task_id, "i gang", SENERE) == version


def test_when_all_parts_are_finished_the_case_can_be_closed(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    version = delopgaver.saet_status(engine, number, version, HVEM, _tasks(engine, number)[0].id, "afsluttet", SENERE)
    felter = {"status": "afsluttet", "udfald": "loest"}
    assert sagsgang.aendr(engine, library(), number, version, HVEM, felter, SENERE) > version


def test_a_unit_gets_a_part_again_only_when_the_first_is_finished(engine: Engine) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    with pytest.raises(ValueError, match="allerede"):
        _add(engine, number, version)
    version = _add(engine, number, version, ydelse="alkoholbevilling")
    version = delopgaver.saet_status(engine, number, version, HVEM, _tasks(engine, number)[0].id, "afsluttet", SENERE)
    _add(engine, number, version)
    assert len(_tasks(engine, number)) == 3


@pytest.mark.parametrize(
    ("change", "hvorfor"),
    [
        (lambda e, n, v, one: _add(e, n, v, "findes-ikke"), "ikke en enhed"),
        (lambda e, n, v, one: _add(e, n, v, ydelse="findes-ikke"), "kataloget"),
        (lambda e, n, v, one: _add(e, n, v, "oekf-brand", frist=NU), "efter nu"),
        (
            lambda e, n, v, one: delopgaver.saet_status(e, n, v, HVEM, one, "væk", SENERE),
            "status",
        ),
        (lambda e, n, v, one: delopgaver.saet_frist(e, n, v, HVEM, one, NU, SENERE), "efter nu"),
        (
            lambda e, n, v, one: delopgaver.saet_status(e, n, v, HVEM, one + 99, "i gang", SENERE),
            "ingen delopgave",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(engine: Engine, change: Callable[..., int], hvorfor: str) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    before = som_json(engine, number)
    with pytest.raises(ValueError, match=hvorfor):
        change(engine, number, version, _tasks(engine, number)[0].id)
    assert som_json(engine, number) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda e, n, v, one: _add(e, n, v, "oekf-brand"),
        lambda e, n, v, one: delopgaver.saet_status(e, n, v, HVEM, one, "i gang", SENERE),
        lambda e, n, v, one: delopgaver.saet_frist(e, n, v, HVEM, one, FRIST + dt.timedelta(days=9), SENERE),
    ],
)
def test_stale_and_closed_are_refused(engine: Engine, change: Callable[..., int]) -> None:
    number, version = _case(engine)
    version = _add(engine, number, version)
    task_id, before = _tasks(engine, number)[0].id, som_json(engine, number)
    with pytest.raises(ForaeldetVersion):
        change(engine, number, version - 1, task_id)
    assert som_json(engine, number) == before
    felter = {"status": "afsluttet", "udfald": "loest"}
    closed = sagsgang.aendr(engine, library(), number, version, HVEM, felter, SENERE, trods_delopgaver=True)
    before = som_json(engine, number)
    with pytest.raises(sagsgang.SagErAfsluttet):
        change(engine, number, closed, task_id)
    assert som_json(engine, number) == before
