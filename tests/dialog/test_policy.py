"""Looking back a few messages predicts what looking back over all of them predicts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import UserUttered

from bot.policy import TailRulePolicy, messages_needed, tail
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


async def test_a_long_conversation_is_looked_back_on_no_further_than_needed(talk: Talk, bot: Any) -> None:
    for _ in range(20):
        await talk.say("hvad koster en gravetilladelse")
    tracker = await bot.tracker_store.retrieve(talk.id)
    short = tail(tracker, bot.domain, 2)
    assert sum(isinstance(event, UserUttered) for event in short.events) == 2
    assert short.latest_message == tracker.latest_message


async def test_a_form_is_not_cut_in_two(talk: Talk, bot: Any) -> None:
    await talk.say("hej")
    await talk.say("jeg vil tale med et menneske")
    for _ in range(5):
        await talk.say("hvad koster en gravetilladelse")
    tracker = await bot.tracker_store.retrieve(talk.id)
    short = tail(tracker, bot.domain, 2)
    assert tracker.active_loop_name == "screening_form" == short.active_loop_name
    assert next(event.text for event in short.events if isinstance(event, UserUttered)) == "jeg vil tale med et menneske"
    assert short.get_slot("requested_slot") == tracker.get_slot("requested_slot")


@pytest.mark.parametrize(("states", "messages"), [(1, 2), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_as_many_messages_as_the_longest_rule_has_states_for(states: int, messages: int) -> None:
    assert messages_needed([json.dumps([{}]), json.dumps([{}] * states)]) == messages
