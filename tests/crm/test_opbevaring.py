"""What a business was promised of how long its data are kept."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from connectors.crm.henvendelser import opret, som_json, status
from connectors.crm.opbevaring import maaneder_foer, slet_personoplysninger
from connectors.crm.udkast import HenvendelseUdkast, KontaktUdkast

NU = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def _case(engine: Engine, key: str, made: dt.datetime) -> str:
    draft = HenvendelseUdkast(
        noegle=key,
        kanal="chat",
        team="frontfunktion",
        kontakt=KontaktUdkast(navn="Karla Prøvesen", telefon="20417703", samtykke=made),
        svar={"behov": "min nabo hedder Ole"},
        hovedindhold="Karla vil ringes op",
        samtale="abc",
    )
    return opret(engine, draft, made + dt.timedelta(days=2), made).number


def test_personal_data_are_erased_when_the_time_is_up_and_the_case_stays(engine: Engine) -> None:
    old = _case(engine, "gammel", maaneder_foer(NU, 12) - dt.timedelta(days=1))
    new = _case(engine, "ny", maaneder_foer(NU, 12) + dt.timedelta(days=1))
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 1
    erased, kept = som_json(engine, old), som_json(engine, new)
    assert erased is not None
    assert kept is not None
    assert set(erased["kontakt"].values()) == {None}
    assert (erased["svar"], erased["hovedindhold"], erased["samtale"]) == ({}, "Slettet.", None)
    assert erased["historik"][-1]["felt"] == "personoplysninger"
    assert "Karla" not in repr(erased)
    assert kept["kontakt"]["navn"] == "Karla Prøvesen"
    assert status(engine, old, "20417703") is None
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 0


@pytest.mark.parametrize(
    ("nu", "months", "before"),
    [((2026, 11, 24), 12, (2025, 11, 24)), ((2026, 1, 31), 11, (2025, 2, 28)), ((2026, 3, 31), 1, (2026, 2, 28))],
)
def test_months_are_the_calendars(nu: tuple[int, int, int], months: int, before: tuple[int, int, int]) -> None:
    assert maaneder_foer(dt.datetime(*nu, tzinfo=dt.UTC), months) == dt.datetime(*before, tzinfo=dt.UTC)
