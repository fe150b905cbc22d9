"""The summary above a conversation, from what Rasa has stored of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.knowledge import load_library
from bot.knowledge.library import Library
from bot.screening.forloeb import Forloeb
from bot.screening.steps import facts_of
from bot.screening.verdict import judge
from bot.settings import settings
from connectors.database import writing
from connectors.tracker import TrackerEvent
from connectors.website.messages import Draft, append
from connectors.website.resume import Resume, resume
from tests.website.personale import NU, samtale, skriver


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


STATE = Forloeb(
    slags="pakke",
    noegle="x:1",
    pakke="opstartspakke",
    svar={
        "virksomhed": "Tegnestuen Prøve",
        "stadie": "nystartet",
        "ansatte": 1,
        "behov": "hjælp til regnskab",
        "telefon": "20417703",
    },
)


def remember(engine: Engine, samtale_id: str, *slots: tuple[str, Any]) -> None:
    """As Rasa's tracker store keeps it."""
    events: list[dict[str, Any]] = [{"event": "action", "name": "action_listen"}]
    events += [{"event": "slot", "timestamp": 1.0, "name": name, "value": value} for name, value in slots]
    events.append({"event": "user", "text": 'jeg skrev {"event":"slot"', "name": "firma"})
    with writing(engine) as session:
        for seq, event in enumerate(events):
            session.add(
                TrackerEvent(sender=samtale_id, seq=seq, data=json.dumps(event, ensure_ascii=False, separators=(",", ":")))
            )


def test_nothing_known_is_nothing_told(engine: Engine, library: Library) -> None:
    assert resume(engine, samtale(engine), library) == Resume()
    assert resume(engine, "findes-ikke", library) == Resume()


def test_a_screening_under_way(engine: Engine, library: Library) -> None:
    samtale_id = samtale(engine)
    remember(
        engine, samtale_id, ("forloeb", {"slags": "pakke"}), ("firma", {"navn": "Aske Testesen"}), ("forloeb", STATE.as_json())
    )
    for text in ("hej", "vi vil starte en tegnestue", "med én ansat", "og hvad så"):
        skriver(engine, samtale_id, text)
    found = resume(engine, samtale_id, library)
    assert ("Tegnestuen Prøve" in dict(found.virksomhed).values(), found.pakke) == (
        True,
        library.servicepakker["opstartspakke"].navn,
    )
    assert dict(found.kontakt) == {
        library.spoergsmaal["navn"].opsummering: "Aske Testesen", library.spoergsmaal["telefon"].opsummering: "20 41 77 03",
    }  # fmt: skip
    assert [value for _, value in found.svar] == ["hjælp til regnskab"]
    assert found.mangler is not None
    assert found.sidste == ("vi vil starte en tegnestue", "med én ansat", "og hvad så")
    assert found.hovedindhold is None


def test_broken_off_by_the_handover_it_is_still_there(engine: Engine, library: Library) -> None:
    samtale_id = samtale(engine)
    remember(
        engine,
        samtale_id,
        ("forloeb", STATE.as_json()),
        ("forloeb", None),
        ("firma", {"stoppet": STATE.as_json(), "sag": "KBH-2026-000123"}),
    )
    found = resume(engine, samtale_id, library)
    assert [value for _, value in found.svar] == ["hjælp til regnskab"]
    assert found.sag == "KBH-2026-000123"


def test_with_a_recommendation_there_is_a_summary_in_prose(engine: Engine, library: Library) -> None:
    samtale_id = samtale(engine)
    pakke = library.servicepakker["opstartspakke"]
    told = replace(STATE, vist=judge(pakke, facts_of(STATE), library).mark(), valgte=("ivaerksaetterkurser",))
    remember(engine, samtale_id, ("forloeb", told.as_json()))
    found = resume(engine, samtale_id, library)
    assert found.hovedindhold is not None and pakke.navn in found.hovedindhold
    assert found.ydelser == (library.ydelser["ivaerksaetterkurser"].navn,)


def test_services_talked_about(engine: Engine, library: Library) -> None:
    samtale_id = samtale(engine)
    with writing(engine) as session:
        for ident in ("alkoholbevilling", "udeservering", "alkoholbevilling", "findes-ikke"):
            append(session, samtale_id, [Draft("bot", "svar", {"type": "ydelse", "id": ident, "kendt": True})], NU)
        append(session, samtale_id, [Draft("bot", "hej", {"type": "smalltalk"})], NU)
    names = [library.ydelser[ident].navn for ident in ("alkoholbevilling", "udeservering")]
    assert list(resume(engine, samtale_id, library).ydelser) == names


def test_a_look_up_of_a_case_is_no_screening(engine: Engine, library: Library) -> None:
    samtale_id = samtale(engine)
    remember(
        engine, samtale_id, ("forloeb", Forloeb(slags="sag", noegle="x:2", svar={"sagsnummer": "KBH-2026-000001"}).as_json())
    )
    assert resume(engine, samtale_id, library) == Resume()
