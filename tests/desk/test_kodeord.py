"""Passwords."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from connectors.desk import kodeord


def test_a_password_passes_against_its_own_hash_only() -> None:
    stored = kodeord.hash_af("rødgrød med fløde")
    assert stored.startswith("$argon2id$") and "rødgrød" not in stored
    assert kodeord.passer(stored, "rødgrød med fløde")
    assert not kodeord.passer(stored, "rødgrød med flød")


def test_where_there_is_no_password_nothing_passes_and_a_hash_is_reckoned_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    verify = PasswordHasher.verify

    def noting(self: PasswordHasher, hashed: str, kode: str) -> bool:
        tried.append(hashed)
        return verify(self, hashed, kode)

    monkeypatch.setattr(PasswordHasher, "verify", noting)
    assert not kodeord.passer(None, "hvad som helst")
    assert len(tried) == 1
    assert not kodeord.foraeldet(tried[0]), "hashen for ingen skal have dagens parametre, ellers tager den en anden tid"


def test_a_hash_with_weaker_parameters_is_out_of_date() -> None:
    assert kodeord.foraeldet(PasswordHasher(time_cost=1, memory_cost=8192).hash("x"))
    assert not kodeord.foraeldet(kodeord.hash_af("x"))


def test_a_stored_hash_that_is_none_lets_nobody_in() -> None:
    assert not kodeord.passer("ikke en hash", "ikke en hash")


@pytest.mark.parametrize(
    ("kode", "fejl"),
    [
        ("elleve tegn", "mindst 12"),
        ("x" * 201, "højst"),
        ("min ANNA er sød", "brugernavnet"),
        ("abababababababab", "for få forskellige"),
        ("tolv tegn 123", None),
    ],
)
def test_what_a_password_must_be(kode: str, fejl: str | None) -> None:
    said = kodeord.mangler(kode, "anna")
    assert said is None if fejl is None else fejl in (said or "")


def test_one_time_passwords_are_good_passwords_and_differ() -> None:
    made = {kodeord.engangskode() for _ in range(50)}
    assert len(made) == 50
    assert all(kodeord.mangler(kode, "anna") is None for kode in made)
