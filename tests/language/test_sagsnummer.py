"""Case numbers are found as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sagsnummer import find_nummer


@pytest.mark.parametrize(
    ("text", "nummer"),
    [
        ("KBH-2026-000123", "KBH-2026-000123"),
        ("hvad sker der med kbh-2026-000123?", "KBH-2026-000123"),
        ("kbh 2026 123", "KBH-2026-000123"),
        ("KBH2026000123", "KBH-2026-000123"),
        ("Kbh. 2026/123.", "KBH-2026-000123"),
        ("KBH\u20132026\u2013000123", "KBH-2026-000123"),
        ("KBH - 2026 - 000 123", "KBH-2026-000123"),
        ("(KBH_2026_000123)", "KBH-2026-000123"),
        ("kbh nr. 2026-123", "KBH-2026-000123"),
        ("sag 2026-000123", "KBH-2026-000123"),
        ("kbh 2026 123 og KBH-2026-000124", "KBH-2026-000123"),
        ("KBH-2026-999999", "KBH-2026-999999"),
        ("KBH-2026-0001234", None),
        ("KBH-2026-000000", None),
        ("KBH-2026", None),
        ("KBH-1999-000123", None),
        ("2026-123", None),
        ("xkbh 2026 123", None),
        ("12026-000123", None),
        ("2026-000123-7", None),
        ("kbh 2026 og 12 ansatte", None),
        ("tlf. 20 41 77 03", None),
        ("", None),
    ],
)
def test_numbers_in_free_text(text: str, nummer: str | None) -> None:
    assert find_nummer(text) == nummer


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    found = find_nummer(text)
    assert found is None or find_nummer(found) == found
