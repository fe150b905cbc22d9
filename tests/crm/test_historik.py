"""A line of history is readable."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.crm.historik import UDFALD_NAVNE, linje
from connectors.crm.models import UDFALD
from tests.crm.eksempler import FRIST, NU


@pytest.mark.parametrize(
    ("felt", "fra", "til", "expected"),
    [
        ("status", "ny", "i gang", ("status", "ny", "i gang")),
        ("key_account_manager", None, "Kaja Prøvesen", ("key account manager", None, "Kaja Prøvesen")),
        ("udfald", "loest", "ikke_muligt", ("udfald", "løst", "ikke muligt")),
        ("svarfrist", None, FRIST, ("svarfrist", None, "2026-11-26T16:00:00+01:00")),
    ],
)
def test_a_line(felt: str, fra: Any, til: Any, expected: tuple[str, str | None, str | None]) -> None:
    line = linje("Prøve Kollega", felt, fra, til, NU)
    assert (line.felt, line.fra, line.til) == expected
    assert (line.hvem, line.tid) == ("Prøve Kollega", NU)


def test_every_outcome_has_a_danish_name() -> None:
    assert UDFALD_NAVNE.keys() == set(UDFALD)
