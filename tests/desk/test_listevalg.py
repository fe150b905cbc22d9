"""A list's address: read with care, written so that every list is a link."""

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest

from connectors.crm.filtre import Filtre
from connectors.desk.listevalg import FANER, laes, som_liste


def test_every_filter_is_read() -> None:
    valg = laes(
        {
            "liste": "alle",
            "q": " café ",
            "team": "team-hr",
            "status": "i gang",
            "kanal": "mail",
            "pakke": "hr-pakke",
            "ejer": "7",
            "fra": "2026-11-01",
            "til": "24-11-2026",
            "maerke": "haster",
            "overskredne": "ja",
            "sorter": "svarfrist",
            "side": "3",
        }
    )
    assert valg.filtre(1) == Filtre(
        soeg="café",
        team="team-hr",
        status="i gang",
        kanal="mail",
        servicepakke="hr-pakke",
        ejer=7,
        fra=dt.date(2026, 11, 1),
        til=dt.date(2026, 11, 24),
        maerke="haster",
        overskredne=True,
        sorter="svarfrist",
    )
    assert (valg.liste, valg.side, valg.fejl, valg.snaevret) == ("alle", 3, {}, True)


def test_me_and_nobody_as_owner() -> None:
    assert laes({"ejer": "mig"}).filtre(9).ejer == 9
    nobody = laes({"ejer": "ingen"}).filtre(9)
    assert nobody.uden_ejer and nobody.ejer is None


@pytest.mark.parametrize(
    "query",
    [
        {"status": "slettet"},
        {"kanal": "brevdue"},
        {"ejer": "²"},
        {"ejer": "9" * 40},
        {"sorter": "navn"},
        {"overskredne": "måske"},
        {"side": "-1"},
        {"side": "9" * 40},
        {"liste": "hemmelig"},
    ],
)
def test_what_there_is_not_narrows_nothing(query: dict[str, str]) -> None:
    valg = laes(query)
    assert (valg.filtre(1), valg.side, valg.liste, valg.snaevret) == (Filtre(), 1, "", False)


def test_dates_that_are_none_are_told() -> None:
    assert "26-11-2026" in laes({"fra": "i går"}).fejl["fra"]
    assert "før startdatoen" in laes({"fra": "2026-11-24", "til": "2026-11-01"}).fejl["til"]


def test_the_address_keeps_the_filters_and_begins_at_page_one() -> None:
    valg = laes({"liste": "team", "q": "a&b", "team": "team-hr", "side": "4"})
    path, query = urlsplit(valg.sti(sorter="oprettet"))[2:4]
    assert path == "/desk/"
    assert dict(parse_qsl(query)) == {"liste": "team", "q": "a&b", "team": "team-hr", "sorter": "oprettet"}
    assert "team=team-hr" not in valg.sti(team=None) and "side=5" in valg.sti(side=5)


def test_the_filters_form_carries_search_and_order_along() -> None:
    assert laes({"liste": "alle", "q": "x", "sorter": "svarfrist", "team": "bif"}).skjulte == {
        "liste": "alle",
        "q": "x",
        "sorter": "svarfrist",
    }


def test_the_queue_is_no_list_of_cases() -> None:
    assert [som_liste(name) for name in FANER[1:]] == ["mine", "team", "frist", "alle"]
    with pytest.raises(ValueError, match="venter"):
        som_liste("venter")
