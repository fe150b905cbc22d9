"""Who fits which package: the decision table of the target groups, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge import Library
from bot.screening.verdict import UNSETTLED, judge, offered, settled

CPH = {"beliggenhed": "københavn"}
ROWS: list[tuple[str, dict[str, Any], str, str | None]] = [
    # opstartspakke: idea or under three years, any industry; three to four years old is borderline
    ("opstartspakke", {**CPH, "stadie": "idé", "behov": "kurser", "planer": "ingen"}, "passer", None),
    ("opstartspakke", {**CPH, "stadie": "nystartet", "behov": "kurser", "planer": "ingen"}, "passer", None),
    ("opstartspakke", {**CPH, "stadie": "etableret", "aar_i_gang": "tre_fire"}, "person", None),
    (
        "opstartspakke",
        {**CPH, "stadie": "etableret", "aar_i_gang": "fem_plus", "vaekstprojekt": True},
        "passer_ikke",
        "vaekstpakke",
    ),
    ("opstartspakke", {**CPH, "stadie": "etableret", "aar_i_gang": "fem_plus", "vaekstprojekt": False}, "passer_ikke", None),
    ("opstartspakke", {"beliggenhed": "udenfor", "stadie": "idé"}, "passer_ikke", None),
    ("opstartspakke", {"beliggenhed": "filial", "stadie": "idé"}, "person", None),
    ("opstartspakke", {**CPH, "stadie": "idé", "behov": "jeg har et andet firma i forvejen", "planer": "x"}, "person", None),
    # vaekstpakke: 5-15 with a project; 2-4 and 16-20 borderline; over 20 to others; no project: a screening
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 5, "vaekstprojekt": True}, "passer", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 15, "vaekstprojekt": True}, "passer", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 4, "vaekstprojekt": True}, "person", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 2, "vaekstprojekt": True}, "person", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 16, "vaekstprojekt": True}, "person", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 20, "vaekstprojekt": True}, "person", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 21, "vaekstprojekt": True}, "passer_ikke", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 1, "vaekstprojekt": True}, "passer_ikke", None),
    ("vaekstpakke", {**CPH, "stadie": "etableret", "ansatte": 9, "vaekstprojekt": False}, "passer_ikke", None),
    ("vaekstpakke", {**CPH, "stadie": "nystartet", "ansatte": 9, "vaekstprojekt": True}, "passer_ikke", "opstartspakke"),
    # hr-pakke: 50 or more; 40-49 borderline; smaller ones ad hoc
    ("hr-pakke", {**CPH, "stadie": "etableret", "ansatte": 50}, "passer", None),
    ("hr-pakke", {**CPH, "stadie": "etableret", "ansatte": 49}, "person", None),
    ("hr-pakke", {**CPH, "stadie": "etableret", "ansatte": 40}, "person", None),
    ("hr-pakke", {**CPH, "stadie": "etableret", "ansatte": 39}, "passer_ikke", None),
    ("hr-pakke", {**CPH, "stadie": "nystartet", "ansatte": 90}, "person", None),
    ("hr-pakke", {**CPH, "stadie": "idé", "ansatte": 0}, "passer_ikke", "opstartspakke"),
    # byggepakke: two permits or more; an adviser who does not know yet is borderline
    ("byggepakke", {**CPH, "tilladelser": ["byggetilladelse", "stillads"]}, "passer", None),
    ("byggepakke", {**CPH, "tilladelser": ["stillads"]}, "passer_ikke", None),
    ("byggepakke", {**CPH}, "person", None),
    ("byggepakke", {"beliggenhed": "udenfor", "tilladelser": ["byggetilladelse", "stillads"]}, "passer_ikke", None),
    ("byggepakke", {"beliggenhed": "filial", "tilladelser": ["byggetilladelse", "stillads"]}, "passer", None),
    # cafe-restaurationspakke: premises in sight; food truck, canteen, catering borderline; without premises: opstartspakke
    ("cafe-restaurationspakke", {**CPH, "type_sted": "restaurant", "lokale": True}, "passer", None),
    ("cafe-restaurationspakke", {**CPH, "type_sted": "foodtruck", "lokale": True}, "person", None),
    ("cafe-restaurationspakke", {**CPH, "type_sted": "kantine", "lokale": True}, "person", None),
    ("cafe-restaurationspakke", {**CPH, "type_sted": "catering", "lokale": True}, "person", None),
    ("cafe-restaurationspakke", {**CPH, "type_sted": "café", "lokale": False}, "passer_ikke", "opstartspakke"),
    # lokaliseringspakke: 50 or more, or foreign; 20-49 borderline
    ("lokaliseringspakke", {**CPH, "udenlandsk": False, "ansatte": 50}, "passer", None),
    ("lokaliseringspakke", {**CPH, "udenlandsk": True, "ansatte": 3}, "passer", None),
    ("lokaliseringspakke", {**CPH, "udenlandsk": False, "ansatte": 49}, "person", None),
    ("lokaliseringspakke", {**CPH, "udenlandsk": False, "ansatte": 20}, "person", None),
    ("lokaliseringspakke", {**CPH, "udenlandsk": False, "ansatte": 19}, "passer_ikke", "vaekstpakke"),
    ("lokaliseringspakke", {**CPH, "udenlandsk": False, "ansatte": 4}, "passer_ikke", None),
    ("lokaliseringspakke", {"beliggenhed": "filial", "udenlandsk": False, "ansatte": 80}, "passer", None),
    # international-arbejdskraftpakke: any size; agencies borderline; a founder from abroad: opstartspakke
    ("international-arbejdskraftpakke", {**CPH, "udland": "ansaetter", "branche": "hotel", "ansatte": 1}, "passer", None),
    ("international-arbejdskraftpakke", {**CPH, "udland": "bureau"}, "person", None),
    ("international-arbejdskraftpakke", {**CPH, "udland": "ansaetter", "branche": "vikarbureau"}, "person", None),
    ("international-arbejdskraftpakke", {**CPH, "udland": "starter"}, "passer_ikke", "opstartspakke"),
]


@pytest.mark.parametrize(("pakke", "facts", "udfald", "anden"), ROWS)
def test_a_row_of_the_decision_table(library: Library, pakke: str, facts: dict[str, Any], udfald: str, anden: str | None) -> None:
    verdict = judge(library.servicepakker[pakke], facts, library)
    assert (verdict.udfald, verdict.anden_pakke) == (udfald, anden)
    assert verdict.hvorfor != UNSETTLED


def test_what_is_not_settled_goes_to_a_person(library: Library) -> None:
    verdict = judge(library.servicepakker["hr-pakke"], {**CPH, "stadie": "etableret", "ansatte": [30, 60]}, library)
    assert (verdict.udfald, verdict.hvorfor) == ("person", UNSETTLED)


def test_over_twenty_is_sent_to_the_vaeksthus_and_the_eksportraad(library: Library) -> None:
    verdict = judge(library.servicepakker["vaekstpakke"], {**CPH, "stadie": "etableret", "ansatte": 30}, library)
    assert {name for name, _ in verdict.henvis_til} == {library.eksterne[ident].navn for ident in ("vaeksthus", "eksportraadet")}


def test_a_restaurants_opstartspakke_brings_the_permits_along(library: Library) -> None:
    pakke = library.servicepakker["opstartspakke"]
    facts = {**CPH, "stadie": "idé", "behov": "kurser", "planer": "ingen", "branche": "en lille restaurant"}
    verdict = judge(pakke, facts, library)
    assert {"alkoholbevilling", "brandsyn", "udeservering"} <= {ident for ident, _ in verdict.ydelser}
    assert library.eksterne["foedevareregionen"].navn in {name for name, _ in verdict.henvis_til}
    plain = judge(pakke, {**facts, "branche": "tegnestue"}, library)
    assert "alkoholbevilling" not in {ident for ident, _ in plain.ydelser}
    assert "alkoholbevilling" not in {ident for ident, _ in offered(pakke, {**facts, "branche": "tegnestue"}, library)}


def test_all_services_are_on_offer_though_only_some_are_recommended(library: Library) -> None:
    pakke = library.servicepakker["hr-pakke"]
    facts = {**CPH, "stadie": "etableret", "ansatte": 90, "behov": "mange syge"}
    recommended = {ident for ident, _ in judge(pakke, facts, library).ydelser}
    on_offer = {ident for ident, _ in offered(pakke, facts, library)}
    assert "sygemeldte-fastholdelse" in recommended
    assert "fritidsjobbere" in on_offer - recommended


def test_only_what_surely_rules_out_ends_the_questions(library: Library) -> None:
    pakke = library.servicepakker["vaekstpakke"]
    assert settled(pakke, {"beliggenhed": "udenfor"})
    assert not settled(pakke, {})
    assert not settled(pakke, {"stadie": "idé"}), "the place comes first in the table and is not known"
    assert not settled(pakke, {**CPH, "stadie": "etableret", "ansatte": 9, "vaekstprojekt": True})


def test_the_mark_changes_with_what_would_be_told_and_with_nothing_else(library: Library) -> None:
    pakke = library.servicepakker["hr-pakke"]
    facts = {**CPH, "stadie": "etableret", "ansatte": 90, "behov": "mange syge"}
    mark = judge(pakke, facts, library).mark()
    assert judge(pakke, {**facts, "ansatte": 91, "navn": "x"}, library).mark() == mark
    assert judge(pakke, {**facts, "behov": "elever"}, library).mark() != mark
    assert judge(pakke, {**facts, "ansatte": 45}, library).mark() != mark
