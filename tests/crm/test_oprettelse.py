"""From a matter to the draft of its case: for the chat and for the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.dialog.case_text import main_content
from bot.knowledge import Library, load_library
from bot.screening.forloeb import Forloeb
from bot.settings import settings
from connectors.crm import henvendelser
from connectors.crm.oprettelse import Tilvalg, opret_sag, udkast_af
from connectors.crm.svarfrist import deadline
from connectors.crm.udkast import AftaleUdkast

NU = dt.datetime(2026, 11, 24, 9, 12, tzinfo=dt.UTC)
CAFE = Forloeb(
    "pakke", "noegle-1", pakke="cafe-restaurationspakke", valgte=("alkoholbevilling", "udeservering"), valg_slut=True,
    svar={
        "type_sted": "café", "lokale": True, "beliggenhed": "københavn", "cafe_tilladelser": ["alkohol"], "faellesmoede": True,
        "samtykke": True, "navn": "Karla Prøvesen", "telefon": "20417703",
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


def test_a_chats_case_has_what_the_screening_says_and_what_was_promised(library: Library) -> None:
    draft = udkast_af(CAFE, library, NU, samtale="samtale-1")
    assert (draft.kanal, draft.team, draft.samtale, draft.noegle) == ("chat", "team-tmf", "samtale-1", "noegle-1")
    assert draft.kontakt.samtykke == NU
    assert draft.hovedindhold == main_content(CAFE, library)
    assert [(task.enhed, task.ydelse, task.frist) for task in draft.delopgaver] == [
        ("kff-bevilling", "alkoholbevilling", deadline("kff-bevilling", NU, library)),
        ("tmf-byliv", "udeservering", deadline("tmf-byliv", NU, library)),
    ]
    assert [agreement.tekst for agreement in draft.aftaler] == [library.text("resume", "aftale"), library.text("resume", "moede")]
    assert {agreement.ejer for agreement in draft.aftaler} == {library.enheder["team-tmf"].navn}


def test_what_staff_decide_replaces_what_the_screening_says(library: Library) -> None:
    due = NU + dt.timedelta(days=40)
    own = AftaleUdkast(tekst="Sender tegninger", frist=due, ejer="Anna Prøve")
    chosen = Tilvalg(
        team="frontfunktion", delopgaver=[("oekf-brand", None, due), ("bif", "jobordre", None)], aftaler=[own],
        samtykke=NU - dt.timedelta(days=1),
    )  # fmt: skip
    draft = udkast_af(CAFE, library, NU, kanal="telefon", tilvalg=chosen)
    assert (draft.kanal, draft.team) == ("telefon", "frontfunktion")
    assert [(task.enhed, task.ydelse, task.frist) for task in draft.delopgaver] == [
        ("oekf-brand", None, due), ("bif", "jobordre", deadline("bif", NU, library)),
    ]  # fmt: skip
    assert draft.aftaler[-1] == own
    assert {agreement.ejer for agreement in draft.aftaler[:-1]} == {library.enheder["frontfunktion"].navn}
    assert draft.kontakt.samtykke == NU - dt.timedelta(days=1)
    assert "i telefonen" in draft.hovedindhold


def test_of_a_case_that_is_closed_at_once_nothing_is_promised(library: Library) -> None:
    assert udkast_af(CAFE, library, NU, tilvalg=Tilvalg(afsluttes=True)).aftaler == []


def test_what_has_no_place_in_a_case_is_refused_whole(library: Library) -> None:
    with pytest.raises(ValueError, match="telefon eller email"):
        udkast_af(replace(CAFE, svar={**CAFE.svar, "telefon": None}), library, NU)


def test_the_same_screening_again_is_the_same_case(engine: Engine, library: Library) -> None:
    first = opret_sag(engine, CAFE, "samtale-1", library, NU)
    again = opret_sag(engine, replace(CAFE, svar={**CAFE.svar, "navn": "En anden"}), "samtale-1", library, NU)
    assert (first.ny, again.ny, again.number) == (True, False, first.number)
    assert first.svarfrist == deadline("team-tmf", NU, library)
    case = henvendelser.som_json(engine, first.number)
    assert case is not None
    assert case["kontakt"]["navn"] == "Karla Prøvesen"
    assert case["historik"][0]["hvem"] == "bot"
