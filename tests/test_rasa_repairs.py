"""What Rasa refuses, the mended Rasa refuses; what it takes, it takes."""

from __future__ import annotations

import asyncio
import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError, validate
from rasa.core.actions import action as rasa_actions
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import ActionNotFoundException, Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from bot import rasa_repairs
from bot.settings import ROOT
from bot.tracker_memory import fork, listed

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
STOCK_RESOLVE = Event.resolve_by_type
STOCK_CALL = RemoteAction._action_call_format
STOCK_SESSION = MessageProcessor._update_tracker_session
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


def find_action(name: str, domain: Domain, endpoint: EndpointConfig) -> Any:
    """As Rasa finds it now."""
    return rasa_actions.action_for_name_or_text(name, domain, endpoint)


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


def test_what_an_action_is_sent_grows_no_further_however_long_one_talks() -> None:
    action = RemoteAction("action_ydelse", None)
    sent = [action._action_call_format(_conversation(messages), DOMAIN)["tracker"] for messages in (100, 200, 400)]
    assert {len(call["events"]) for call in sent} == {3 * rasa_repairs.MESSAGES_SENT}
    sizes = [len(json.dumps(call)) for call in sent]
    assert max(sizes) - min(sizes) < 1_000  # a figure more here and there


class Sessions(MessageProcessor):
    """As much of Rasa's processor as decides whether a session begins; counts those that do."""

    def __init__(self, minutes: int) -> None:
        self.domain = Domain.from_dict({**DOMAIN.as_dict(), "session_config": {"session_expiration_time": minutes}})
        self.nlg = None
        self.begun: list[Any] = []

    def _get_action(self, action_name: str) -> Any:
        return action_name

    async def _run_action(self, action: Any, **_: Any) -> bool:
        self.begun.append(action)
        return True


HOUR_AGO = time.time() - 3600
_HAPPENED = st.one_of(
    st.sampled_from([UserUttered, SessionStarted, Restarted, UserUtteranceReverted, ActionReverted]).map(lambda kind: kind()),
    st.sampled_from([time.time() + 3600, HOUR_AGO]).map(lambda at: UserUttered("hej", timestamp=at)),
    st.sampled_from(["action_listen", "action_ydelse", "screening_form"]).map(ActionExecuted),
    st.sampled_from(["screening_form", None]).map(ActiveLoop),
    st.sampled_from([LoopInterrupted(True), ActionExecutionRejected("screening_form"), SlotSet("emne", {"id": 1})]),
    st.just("hej").map(BotUttered),
)


@given(events=st.lists(_HAPPENED, max_size=12), minutes=st.sampled_from([0, 30]))
@example(events=[], minutes=30)
@example(events=[UserUttered("hej")], minutes=0)
@example(events=[UserUttered("hej", timestamp=HOUR_AGO)], minutes=0)
@example(events=[UserUttered("hej", timestamp=HOUR_AGO)], minutes=30)
@example(events=[UserUttered("hej"), Restarted()], minutes=30)
@example(events=[UserUttered("hej"), UserUtteranceReverted()], minutes=30)
@settings(max_examples=300, deadline=None)
def test_a_session_begins_where_it_did_before(events: list[Event], minutes: int) -> None:
    ours, stock = Sessions(minutes), Sessions(minutes)
    for update, processor in ((MessageProcessor._update_tracker_session, ours), (STOCK_SESSION, stock)):
        tracker = DialogueStateTracker.from_events("en", copy.deepcopy(events), processor.domain.slots)
        asyncio.run(update(processor, tracker, CollectingOutputChannel(), {"seq": 1}))
        processor.begun += [(event.key, event.value) for event in tracker.events if isinstance(event, SlotSet)]
    assert ours.begun == stock.begun


def test_each_kind_of_event_is_found_as_before() -> None:
    names = {kind.type_name for kind in all_subclasses(Event)}
    assert {"user", "bot", "slot", "active_loop"} <= names
    for name in names:
        assert Event.resolve_by_type(name) is STOCK_RESOLVE(name)


EVENTS: list[Event] = [
    UserUttered("hej", {"name": "ydelse"}, [{"entity": "sted"}], {"text": "hej"}, metadata={"seq": 1}),
    BotUttered("hej", {"custom": {"text": "hej"}}, {"utter_action": "x"}),
    ActionExecuted("action_ydelse", "RulePolicy", 1.0),
    SlotSet("emne", {"id": 1}),
    ActiveLoop("screening_form"),
    SessionStarted(),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_listed_as_it_is_once_it_is_in_the_conversation(event: Event) -> None:
    tracker = DialogueStateTracker("en", DOMAIN.slots)
    tracker.model_id, tracker.assistant_id = "model", "erhverv"
    assert listed(tracker) == ([], [])
    tracker.update(copy.deepcopy(event), DOMAIN)
    assert listed(tracker)[0] == [tracker.events[0].as_dict()] and listed(tracker)[0][0]["metadata"]["model_id"] == "model"
    assert Event.from_parameters(listed(tracker)[0][0]) == tracker.events[0]


@given(turns=st.lists(st.lists(st.tuples(st.booleans(), st.sampled_from(EVENTS)), max_size=4), max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_fork_lists_what_has_happened_in_it_and_nothing_of_another(turns: list[list[tuple[bool, Event]]]) -> None:
    one = DialogueStateTracker("en", DOMAIN.slots)
    other = fork(one)
    for turn in turns:
        for first, event in turn:
            (one if first else other).update(copy.deepcopy(event), DOMAIN)
        for tracker in (one, other):
            events, said = listed(tracker)
            assert events == [event.as_dict() for event in tracker.events]
            assert said == [place for place, event in enumerate(tracker.events) if isinstance(event, UserUttered)]
        other = fork(one)


def test_an_action_is_found_as_before_and_made_once() -> None:
    here, there = EndpointConfig("http://her"), EndpointConfig("http://der")
    for name in [*DOMAIN.action_names_or_texts]:
        found, stock = find_action(name, DOMAIN, here), rasa_repairs._new_action_for(name, DOMAIN, here)
        assert type(found) is type(stock) and found.name() == name
        assert find_action(name, DOMAIN, here) is found
        if isinstance(found, RemoteAction):
            assert found.action_endpoint is here and find_action(name, DOMAIN, there).action_endpoint is there
    with pytest.raises(ActionNotFoundException):
        find_action("action_findes_ikke", DOMAIN, here)


def test_an_unknown_kind_of_event_is_treated_as_before() -> None:
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("findes-ikke", Event) is Event
    with pytest.raises(ValueError, match="findes-ikke"):
        Event.resolve_by_type("findes-ikke")
