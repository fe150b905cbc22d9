"""A unit's reply deadline is what ``kommune.yml`` says."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.library import Library
from connectors.crm.svarfrist import deadline
from tests.crm.eksempler import NU
from tests.crm.medarbejdere import library


def test_a_unit_has_its_own_deadline_and_an_unknown_one_the_general() -> None:
    kommune = library().kommunen
    assert kommune.svarfrister["frontfunktion"].arbejdsdage == 2
    assert deadline("frontfunktion", NU, library()) == dt.datetime(2026, 11, 26, 16, tzinfo=NU.tzinfo)
    assert kommune.svarfrist_ellers.arbejdsdage == 5
    assert deadline("findes-ikke", NU, library()) == dt.datetime(2026, 12, 1, 16, tzinfo=NU.tzinfo)


def test_closing_days_of_every_year_do_not_count() -> None:
    before_christmas = dt.datetime(2026, 12, 23, 12, tzinfo=NU.tzinfo)
    assert deadline("frontfunktion", before_christmas, library()) == dt.datetime(2026, 12, 29, 16, tzinfo=NU.tzinfo)


def test_without_the_file_nothing_is_promised() -> None:
    with pytest.raises(LookupError, match=r"kommune\.yml"):
        deadline("frontfunktion", NU, Library())
