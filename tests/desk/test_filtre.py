"""How the desk's pages write times and names."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.library import Library
from connectors.crm import tid as tider
from connectors.desk import filtre
from connectors.desk.filtre import dato, tid
from tests.website.fakes import KOMMUNE, FakeKnowledge

NU = dt.datetime(2026, 11, 24, 9, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tider, "nu", lambda: NU)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (NU, "24. november 2026"),
        (dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC), "25. november 2026"),
        (dt.date(2026, 5, 1), "1. maj 2026"),
        (None, "–"),
    ],
)
def test_dates(value: dt.date | None, said: str) -> None:
    assert dato(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (NU, "24. nov. kl. 10.12"),
        (dt.datetime(2026, 7, 1, 6, 5, tzinfo=dt.UTC), "1. jul. kl. 8.05"),
        (dt.datetime(2025, 12, 31, 23, 0, tzinfo=dt.UTC), "1. jan. kl. 0.00"),
        (dt.datetime(2025, 12, 31, 22, 0, tzinfo=dt.UTC), "31. dec. 2025 kl. 23.00"),
        (None, "–"),
    ],
)
def test_times(value: dt.datetime | None, said: str) -> None:
    assert tid(value) == said


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidszone"):
        tid(dt.datetime(2026, 11, 24, 10))  # noqa: DTZ001


def test_a_deadline_is_a_colour_and_a_word() -> None:
    frist = filtre.filtre(FakeKnowledge())["frist"]
    assert frist(NU - dt.timedelta(days=1)) == '<span class="badge badge-error">overskredet 1 dag</span>'
    assert frist(NU - dt.timedelta(days=1), True) == '<span class="badge badge-info">afsluttet</span>'
    assert frist(None) == "–"
    without = FakeKnowledge(Library())
    assert filtre.filtre(without)["frist"](NU) == "24. nov. kl. 10.12"


def test_names_follow_the_editors_files_and_what_is_unknown_stands_by_its_id(bibliotek: Library) -> None:
    knowledge = FakeKnowledge(Library(kommune=KOMMUNE))
    names = filtre.filtre(knowledge)
    asked = (("enhed", "team-hr"), ("ydelse", "alkoholbevilling"), ("pakke", "opstartspakke"))
    assert [names[what](id_) for what, id_ in asked] == [id_ for _, id_ in asked]
    knowledge.current = bibliotek
    known = [
        bibliotek.enheder["team-hr"].navn,
        bibliotek.ydelser["alkoholbevilling"].navn,
        bibliotek.servicepakker["opstartspakke"].navn,
    ]
    assert [names[what](id_) for what, id_ in asked] == known
    assert names["enhed"](None) == names["pakke"](None) == "–"
