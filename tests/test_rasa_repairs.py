"""What Rasa refuses, the mended Rasa refuses; what it takes, it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot import rasa_repairs
from bot.settings import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
STOCK_RESOLVE = Event.resolve_by_type
STOCK_CALL = RemoteAction._action_call_format
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


def _conversation(messages: int) -> DialogueStateTracker:
    events: list[Event] = [SessionStarted(), ActionExecuted("action_listen")]
    for number in range(messages):
        events += [UserUttered(f"besked {number}"), SlotSet("emne", {"id": number}), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events("en", events, DOMAIN.slots, domain=DOMAIN)


def test_an_action_is_sent_a_short_conversation_as_rasa_sends_it() -> None:
    action, tracker = RemoteAction("action_ydelse", None), _conversation(rasa_repairs.MESSAGES_SENT - 1)
    assert action._action_call_format(tracker, DOMAIN) == STOCK_CALL(action, tracker, DOMAIN)


def test_an_action_is_sent_the_end_of_a_long_conversation_with_everything_that_is_known() -> None:
    action, tracker = RemoteAction("action_ydelse", None), _conversation(400)
    sent, whole = action._action_call_format(tracker, DOMAIN)["tracker"], STOCK_CALL(action, tracker, DOMAIN)["tracker"]
    texts = [event["text"] for event in sent["events"] if event["event"] == "user"]
    assert texts == [f"besked {number}" for number in range(400 - rasa_repairs.MESSAGES_SENT, 400)]
    assert {**sent, "events": None} == {**whole, "events": None} and sent["slots"]["emne"] == {"id": 399}
    assert len(tracker.events) == 2 + 3 * 400


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
