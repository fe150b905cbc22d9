"""Answers as people write them: a table of cases a slot (``cases/``), and no text that breaks a reader."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.library import read_entry
from bot.language.fold import fold
from bot.settings import ROOT
from bot.svar import SLOTS, extract, opportunistic, talord
from bot.svar.branche import map_branche
from bot.svar.cvr import labelled, refusal
from bot.svar.personord import KIN, NOT_PERSONS, PARTNERS, PERSONS, SINGLES
from bot.svar.steder import COPENHAGEN, DOUBTFUL, OUTSIDE, SUBURBS, WIDE

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 24)
ALL = ("ansatte", "stadie", "beliggenhed", "branche", "cvr", "telefon", "email")
TABLES = ("ansatte", "ja_nej", "cvr", "telefon", "email", "stadie", "beliggenhed", "navn", "tekst")
NONSENSE = (
    "",
    " ",
    "...",
    "?",
    "🍕",
    "\u0000",
    "asdf qwerty zxcv",
    "lorem ipsum dolor",
    "<script>",
    "½",
    "-",
    "+",
    "()",
    "٣",
    "²",
)


def rows(table: str) -> list[dict[str, Any]]:
    """The cases of a table: ``text`` and ``value``."""
    return list(yaml.safe_load((CASES / f"{table}.yml").read_text(encoding="utf-8")))


def cases(table: str) -> list[Any]:
    return [pytest.param(row["text"], row["value"], id=row["text"][:50]) for row in rows(table)]


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_its_size(table: str) -> None:
    wanted = 60 if table in ("ansatte", "ja_nej", "beliggenhed") else 40
    assert len({row["text"] for row in rows(table)}) >= wanted


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        pytest.param(table, row["text"], row["value"], id=f"{table}: {row['text'][:50]}")
        for table in TABLES
        for row in rows(table)
    ],
)
def test_answer(slot: str, text: str, value: object) -> None:
    got = extract(slot, text, TODAY)
    assert got == value and type(got) is type(value)  # True is not 1


@pytest.mark.parametrize("slot", ["branche", "tidsplan", "behov", "projekt", "planer", "virksomhed"])
def test_free_text_is_kept(slot: str) -> None:
    assert extract(slot, "  vi vil ansætte 3 ingeniører ") == "vi vil ansætte 3 ingeniører"
    assert extract(slot, "…") is None


@pytest.mark.parametrize(("text", "value"), cases("talord"))
def test_number_words(text: str, value: float | None) -> None:
    assert talord.value(text) == value


@pytest.mark.parametrize(("text", "value"), cases("branche"))
def test_industry(text: str, value: str | None) -> None:
    entry, problems = read_entry("brancher.yml", (ROOT / "knowledge" / "brancher.yml").read_text(encoding="utf-8"))
    assert entry is not None and not problems
    assert map_branche(text, entry.value.brancher) == value


@pytest.mark.parametrize(("text", "value"), cases("udtraek"))
def test_first_message(text: str, value: dict[str, object]) -> None:
    assert opportunistic(text, ALL, TODAY) == value


def test_only_slots_asked_for_are_taken() -> None:
    assert opportunistic("Vi er 12 ansatte, cvr 97225249", ["cvr"]) == {"cvr": "97225249"}
    assert opportunistic("Vi er 12 ansatte, cvr 97225249", []) == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("97225248", "forkert_ciffer"),
        ("cvr 12345678", "forkert_ciffer"),
        ("9722524", "for_kort"),
        ("cvr 123", "for_kort"),
        ("972252490", "forkert_ciffer"),
        ("97225249", None),
        ("det har jeg ikke", None),
        ("vi er 12", None),
    ],
)
def test_refusal_of_a_cvr_says_why(text: str, reason: str | None) -> None:
    assert refusal(text) == reason


def test_labelled_cvr_only() -> None:
    assert labelled("cvr 97225249") == "97225249"
    assert labelled("97225249") is None


def test_cpr_is_masked() -> None:
    assert extract("cpr", "mit cpr er 010190-1234") == "mit cpr er [CPR]"


def test_words_stand_as_they_are_folded() -> None:
    # a word that folding would change is never found
    words = PERSONS | NOT_PERSONS | KIN | PARTNERS | SINGLES | COPENHAGEN | OUTSIDE | DOUBTFUL | SUBURBS | WIDE
    assert [word for word in words if fold(word) != word] == []
    assert not COPENHAGEN & OUTSIDE


def test_unknown_slot() -> None:
    with pytest.raises(KeyError):
        extract("findes_ikke", "ja")


@pytest.mark.parametrize("slot", ["ansatte", "ja_nej", "cvr", "telefon", "email", "stadie", "beliggenhed"])
def test_nonsense_is_no_answer(slot: str) -> None:
    assert [text for text in NONSENSE if extract(slot, text, TODAY) is not None] == ([] if slot != "ansatte" else ["½", "٣", "²"])


FRAGMENTS = st.lists(
    st.sampled_from(
        "vi er 12 ansatte og min kone jeg ikke ja nej måske fra til 5 - 6 , . ( ) + næste år i København "
        "Aarhus flytter siden 1962 2200 cvr DK @ firma . dk heraf over under et par halv tyve snes mig selv "
        "= / : nu men for siden".split()
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), FRAGMENTS))
def test_no_text_breaks_a_reader(text: str) -> None:
    for slot in SLOTS:
        value = extract(slot, text, TODAY)
        if isinstance(value, list):
            low, high = value
            assert low is None or high is None or low <= high
    refusal(text)
    map_branche(text, ())
    assert set(opportunistic(text, ALL, TODAY)) <= set(ALL)
