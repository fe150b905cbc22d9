"""Answers to one question: values, "ved ikke", "spring over", "det har vi ikke"."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge import Library
from bot.screening.reading import chosen, has_none, read, says_unknown, wants_skip

UNKNOWN = (
    "ved ikke", "det ved jeg ikke", "Det ved vi desværre ikke rigtigt", "aner det ikke", "ingen anelse", "ingen idé", "pas",
    "jeg ved det ikke endnu", "ved ik", "ved ikk", "tja det ved jeg sgu ikke", "usikker", "det husker jeg ikke",
    "vi ved ikke hvor mange vi bliver",
)  # fmt: skip
ANSWERS = (
    "ved ikke, noget med regnskab", "ved ikke helt, måske hjælp til løn", "ved ikke præcist, ca. 20", "pasning af børn",
    "usikker på økonomien", "vi ved ikke hvilke regler der gælder for skilte", "passer vores kunder",
    "ingen idé endnu om lokale, men gerne på Amager",
)  # fmt: skip


@pytest.mark.parametrize("text", UNKNOWN)
def test_it_is_not_known(text: str) -> None:
    assert says_unknown(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_what_follows_is_an_answer(text: str) -> None:
    assert not says_unknown(text)


@pytest.mark.parametrize(
    "text",
    [
        "spring over",
        "spring den over tak",
        "skip",
        "videre",
        "næste",
        "næste spørgsmål",
        "det vil jeg helst ikke svare på",
        "nej tak, spring over",
    ],
)
def test_it_is_to_be_passed_over(text: str) -> None:
    assert wants_skip(text)


@pytest.mark.parametrize(
    "text", ["næste år", "næste forår", "næste sommer når vi åbner", "videre uddannelse", "springvand i gården", "videreudvikle"]
)
def test_next_year_is_an_answer_and_no_skip(text: str) -> None:
    assert not wants_skip(text)


@pytest.mark.parametrize("text", ["har ikke noget", "nej", "har vi ikke", "ingen", "vi har ikke et endnu", "ikke endnu"])
def test_there_is_none(text: str) -> None:
    assert has_none(text)


@pytest.mark.parametrize("text", ["97225249", "ja", "Ingenting ApS", "mit nummer er 20417703"])
def test_there_is_one(text: str) -> None:
    assert not has_none(text)


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("type_sted", "Café", "café"),
        ("type_sted", "det er bare en pølsevogn", "foodtruck"),
        ("type_sted", "en bar med lidt mad", "bar"),
        ("type_sted", "bistro og bar", "restaurant"),
        ("type_sted", "vi har 10.000 kroner", None),
        ("type_sted", "6", "catering"),
        ("type_sted", "42", None),
        ("lokale", "vi har skrevet under", True),
        ("lokale", "nej, vi leder stadig", False),
        ("lokale", "ja på Vesterbro", True),
        ("cafe_tilladelser", "øl og vin, og lidt borde på fortovet", ["alkohol", "udeservering"]),
        ("cafe_tilladelser", "ingen alkohol, men borde udenfor", ["udeservering"]),
        ("cafe_tilladelser", "vi skal ikke servere alkohol, kun borde ude", ["udeservering"]),
        ("cafe_tilladelser", "ingen alkohol", None),
        ("cafe_tilladelser", "1 og 3", ["alkohol", "nat"]),
        ("tilladelser", "støjende arbejde og jordflytning", ["jord", "stoej"]),
        ("tilladelser", "1, 2", ["byggetilladelse", "stillads"]),
        ("stadie", "Jeg har en idé", "idé"),
        ("stadie", "vi har kørt i 12 år", "etableret"),
        ("beliggenhed", "Valby", "københavn"),
        ("beliggenhed", "vi har en afdeling i København, men hører til i Roskilde", "filial"),
        ("ansatte", "kun mig selv", 1),
        ("ansatte", "to ejere og tre på deltid", 5),
        ("behov", "  hjælp   til regnskab ", "hjælp til regnskab"),
        ("behov", "...", None),
        ("planer", "Ingen særlige planer", "ingen særlige planer"),
        ("tidsplan", "næste år", "næste år"),
        ("branche", "Tegnestue", "Tegnestue"),
        ("navn", "Jeg hedder Aske Testesen", "Aske Testesen"),
        ("navn", "nej", None),
        ("cvr", "DK 97 22 52 49", "97225249"),
        ("telefon", "+45 20 41 77 03.", "20417703"),
        ("email", "Aske@Testfirma.dk.", "aske@testfirma.dk"),
        ("sagsnummer", "det er kbh 2026 123", "KBH-2026-000123"),
        ("kontaktoplysning", "min mail er aske@testfirma.dk", "aske@testfirma.dk"),
        ("kontaktoplysning", "20 41 77 03", "20417703"),
    ],
)
def test_a_value_is_read(library: Library, slot: str, text: str, value: Any) -> None:
    assert read(library.spoergsmaal[slot], text) == value


def test_every_button_reads_as_itself(library: Library) -> None:
    """What a button says, typed instead of pressed, is the same answer, and so is each of its other words."""
    wrong = []
    for slot, question in library.spoergsmaal.items():
        for option in question.valg:
            for name in (option.titel, *option.ogsaa):
                value = read(question, name)
                if isinstance(value, str) and question.type == "tekst":
                    value = value.lower()  # kept as typed
                if option.vaerdi != value and not (isinstance(value, list) and option.vaerdi in value):
                    wrong.append((slot, name, value))
    assert wrong == []


def test_chosen_keeps_the_order_of_the_choices(library: Library) -> None:
    assert chosen(library.spoergsmaal["tilladelser"], "asbest, boring og byggetilladelse") == [
        "byggetilladelse",
        "boring",
        "asbest",
    ]
