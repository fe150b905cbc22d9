"""From scores to acting or asking."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.understanding import ACT, IN_DIALOGUE, Understanding, decide, split

LABELS = ("ydelse/a", "ydelse/b", "ydelse/c", "pakke/p", "omraade/5", "menneske", "udenfor", "ja", "pakkeoversigt", "omraader")
TEXT = "en besked med flere ord i end tre"
HIGH, LOW = 6.0, -6.0


def decided(twins: dict[str, str] | None = None, volumes: dict[str, float] | None = None, /, **logits: float) -> Understanding:
    """The decision on logits by label (``_`` for ``/``); the rest are low."""
    values = np.array([logits.get(label.replace("/", "_"), LOW) for label in LABELS], np.float32)
    return decide(TEXT, LABELS, values, twins or {}, volumes or {})


@pytest.mark.parametrize(
    ("label", "kind", "ident", "intent"),
    [
        ("ydelse_a", "ydelse", "a", "ydelse"),
        ("pakke_p", "pakke", "p", "pakke"),
        ("omraade_5", "omraade", "5", "omraade"),
        ("menneske", "menneske", None, "menneske"),
        ("udenfor", "udenfor", None, "udenfor"),
        ("pakkeoversigt", "pakke", None, "pakkeoversigt"),
        ("omraader", "omraade", None, "omraader"),
    ],
)
def test_the_plainly_best_is_acted_on(label: str, kind: str, ident: str | None, intent: str) -> None:
    found = decided(**{label: HIGH})
    assert (found.kind, found.id, found.intent) == (kind, ident, intent)
    assert found.confidence > 0.9
    assert (found.candidates[0].kind, found.candidates[0].id) == (kind, ident)


def test_between_equals_it_asks_with_both_on_offer() -> None:
    found = decided(ydelse_a=HIGH, ydelse_b=HIGH, ydelse_c=HIGH)
    assert (found.kind, found.id, found.intent) == ("uklart", None, "uklart")
    assert found.confidence < ACT
    assert {candidate.id for candidate in found.candidates[:3]} == {"a", "b", "c"}


def test_where_nothing_is_near_it_asks() -> None:
    assert decided().kind == "uklart"


def test_twins_together_are_certain_and_the_best_is_answered() -> None:
    twins = {"ydelse/a": "par 1", "ydelse/b": "par 1"}
    alone = decided(ydelse_a=HIGH, ydelse_b=HIGH - 0.1, ydelse_c=HIGH - 0.2)
    assert alone.kind == "uklart"
    found = decided(twins, ydelse_a=HIGH, ydelse_b=HIGH - 0.1, ydelse_c=HIGH - 0.2)
    assert (found.kind, found.id) == ("ydelse", "a")
    assert found.confidence > ACT


def test_twins_don_t_take_two_of_three_buttons() -> None:
    twins = {"ydelse/a": "par 1", "ydelse/b": "par 1"}
    found = decided(twins, ydelse_a=HIGH, ydelse_b=HIGH - 0.1, ydelse_c=HIGH - 0.2, pakke_p=HIGH - 0.3)
    assert [candidate.id for candidate in found.candidates[:3]] == ["a", "c", "p"]
    assert "b" not in [candidate.id for candidate in found.candidates]
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)


def test_the_yearly_volume_decides_between_equals_only() -> None:
    volumes = {"ydelse/a": 10.0, "ydelse/b": 10_000.0}
    assert decided({}, volumes, ydelse_a=HIGH, ydelse_b=HIGH).candidates[0].id == "b"
    assert decided({}, volumes, ydelse_a=HIGH, ydelse_b=HIGH - 2).candidates[0].id == "a"


def test_what_only_makes_sense_inside_a_dialogue_is_unclear_as_a_first_message() -> None:
    found = decided(ja=HIGH, ydelse_a=HIGH - 3)
    assert (found.intent, found.kind, found.id) == ("ja", "uklart", None)
    assert "ja" not in {candidate.kind for candidate in found.candidates}
    assert found.candidates[0].id == "a"


def test_every_kind_inside_a_dialogue_is_treated_so() -> None:
    for label in IN_DIALOGUE:
        found = decide(TEXT, (label, "ydelse/a"), np.array([HIGH, LOW], np.float32), {}, {})
        assert (found.intent, found.kind) == (label, "uklart")


def test_a_service_that_may_not_be_ours_is_asked_about() -> None:
    assert decided(ydelse_a=HIGH).kind == "ydelse"
    assert decided(ydelse_a=HIGH, udenfor=HIGH - 0.5).kind == "uklart"


def test_candidates_are_at_most_five_with_probabilities() -> None:
    found = decided(**{label.replace("/", "_"): HIGH - place / 10 for place, label in enumerate(LABELS)})
    assert len(found.candidates) == 5
    assert all(0 < candidate.score < 1 for candidate in found.candidates)
    assert sum(candidate.score for candidate in found.candidates) <= 1


def test_split() -> None:
    assert split("ydelse/udeservering") == ("ydelse", "udeservering")
    assert split("menneske") == ("menneske", None)
