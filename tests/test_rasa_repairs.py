"""What Rasa refuses, the mended Rasa refuses; what it takes, it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

from bot import rasa_repairs

STOCK_RESOLVE = Event.resolve_by_type
ANSWERS: list[tuple[Any, bool]] = [
    ({"events": [], "responses": []}, True),
    (
        {
            "events": [{"event": "slot", "name": "firma", "value": {"navn": "x"}, "timestamp": None}],
            "responses": [{"custom": {}}],
        },
        True,
    ),
    ({"events": [{"event": "slot", "name": "firma", "value": None}]}, True),
    ({}, True),
    ({"events": [{"name": "firma"}]}, False),
    ({"events": [{"event": "slot", "value": 1}]}, False),
    ({"events": "ingen"}, False),
    ({"responses": ["tekst"]}, False),
    ([], False),
]


@pytest.fixture(autouse=True)
def mended() -> Iterator[None]:
    rasa_repairs.apply()
    yield
    rasa_repairs.apply()


@pytest.mark.parametrize(("answer", "good"), ANSWERS)
def test_an_action_s_answer_is_checked_as_before(answer: Any, good: bool) -> None:
    action = RemoteAction("action_ydelse", None)
    try:
        validate(answer, RemoteAction.action_response_format_spec())
        stock = True
    except ValidationError:
        stock = False
    assert stock is good
    if good:
        assert action._validate_action_result(answer) is True
    else:
        with pytest.raises(ValidationError):
            action._validate_action_result(answer)


def test_each_kind_of_event_is_found_as_before() -> None:
    names = {kind.type_name for kind in all_subclasses(Event)}
    assert {"user", "bot", "slot", "active_loop"} <= names
    for name in names:
        assert Event.resolve_by_type(name) is STOCK_RESOLVE(name)


def test_an_unknown_kind_of_event_is_treated_as_before() -> None:
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("findes-ikke", Event) is Event
    with pytest.raises(ValueError, match="findes-ikke"):
        Event.resolve_by_type("findes-ikke")
