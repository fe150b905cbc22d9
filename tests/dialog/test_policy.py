"""Looking back a few messages predicts what looking back over all of them predicts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.applied import applied
from bot.policy import TailRulePolicy, messages_needed
from tests.dialog.customer import converse
from tests.talk import Talk


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Each prediction made twice; whether both came to the same, and by the same rule."""
    seen: list[bool] = []
    ours = {name: getattr(TailRulePolicy, name) for name in ("_prediction_states", "_find_action_from_rules")}
    predict = RulePolicy._predict

    def both(policy: RulePolicy, tracker: Any, domain: Any) -> Any:
        for name in ours:
            monkeypatch.setattr(TailRulePolicy, name, getattr(RulePolicy, name))
        slow, slow_source = predict(policy, tracker, domain)
        for name, own in ours.items():
            monkeypatch.setattr(TailRulePolicy, name, own)
        quick, quick_source = predict(policy, tracker, domain)
        same = (quick.probabilities, quick.events, quick_source) == (slow.probabilities, slow.events, slow_source)
        # Where no rule fits, the source is the states themselves, whole or not.
        fallback = (quick.probabilities, quick.events) == (slow.probabilities, slow.events) and slow.max_confidence < 0.5
        seen.append(same or fallback)
        return quick, quick_source

    monkeypatch.setattr(RulePolicy, "_predict", both)
    return seen


@pytest.mark.parametrize("seed", range(12))
async def test_the_same_is_predicted_in_whatever_a_customer_does(talk: Talk, compared: list[bool], seed: int) -> None:
    run = await converse(talk, 700_000 + seed, turns=40)
    assert run.turns > 3 and len(compared) >= 2 * run.turns
    assert all(compared)


async def test_of_a_long_conversation_no_more_is_kept_than_needed(talk: Talk, bot: Any) -> None:
    for _ in range(20):
        await talk.say("hvad koster en gravetilladelse")
    tracker = await bot.tracker_store.retrieve(talk.id)
    counted = applied(tracker, 2)
    assert sum(isinstance(event, UserUttered) for event in counted.events) == 2
    assert counted.seen == len(tracker.events) > 100 > 20 > len(counted.events)


async def test_nor_of_a_form_that_is_interrupted_again_and_again(talk: Talk, bot: Any) -> None:
    await talk.say("jeg vil tale med et menneske")
    for _ in range(20):
        await talk.say("hvad koster en gravetilladelse")
    tracker = await bot.tracker_store.retrieve(talk.id)
    counted = applied(tracker, 2)
    assert tracker.active_loop_name == "screening_form"
    assert [event.name for event in counted.before if isinstance(event, ActiveLoop)] == ["screening_form"]
    assert len(counted.events) < 30


async def test_read_bit_by_bit_it_is_as_read_at_once(talk: Talk, bot: Any) -> None:
    await converse(talk, 710_000, turns=30)
    events = list((await bot.tracker_store.retrieve(talk.id)).events)
    bits = DialogueStateTracker(talk.id, bot.domain.slots)
    for event in events:
        bits.update(event, bot.domain)
        found = applied(bits, 2)
    assert found == applied(DialogueStateTracker.from_events(talk.id, events, bot.domain.slots), 2)


@pytest.mark.parametrize(("states", "messages"), [(1, 2), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_as_many_messages_as_the_longest_rule_has_states_for(states: int, messages: int) -> None:
    assert messages_needed([json.dumps([{}]), json.dumps([{}] * states)]) == messages
