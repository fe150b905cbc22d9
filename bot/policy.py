"""Rasa's rules, looking back no further than they need, and not twice for the same.

``RulePolicy`` turns the whole conversation into states twice for every action that it predicts, which by the 400th
message costs more than all the rest. Its rules compare the last few of them only, and look at nothing of them but what
``marks`` has: where that is as once before, so is the rule that fits.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    DefinePrevUserUtteredFeaturization,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, TEXT

from bot.applied import Applied, applied

MOST = 20_000  # ends of conversations whose rule is remembered; some 1 KB each

Found = tuple[str | None, str | None, bool]  # the action, the rule, and whether a form is come back to


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class TailRulePolicy(RulePolicy):  # type: ignore[misc]
    """Predicts what ``RulePolicy`` predicts (tests/dialog/test_policy.py holds one against the other)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found: OrderedDict[tuple[Any, ...], Found] = OrderedDict()
        self._text_matters: bool | None = None
        self._messages = 0

    def _find_action_from_rules(self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool) -> Found:
        if self._text_matters is None:
            rules = [*self.lookup[RULES], *self.lookup[RULES_FOR_LOOP_UNHAPPY_PATH]]
            self._text_matters, self._messages = by_text(rules), messages_needed(rules)
        if use_text_for_last_user_input:
            return self._search(tracker, domain, True) if self._text_matters else (None, None, False)
        counted = applied(tracker, self._messages)
        mark = None if counted.undone else marks(counted)
        found = self._found.get(mark) if mark is not None else None
        if found is None:
            found = self._search(tracker, domain, False)
        if mark is not None:
            self._found[mark] = found
            self._found.move_to_end(mark)
            if len(self._found) > MOST:
                self._found.popitem(last=False)
        return found

    def _search(self, tracker: DialogueStateTracker, domain: Domain, text: bool) -> Found:
        found: Found = super()._find_action_from_rules(tracker, domain, text)
        return found

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        counted = None if tracker.is_rule_tracker else applied(tracker, self._messages)
        if counted is None or counted.undone:
            seen = tracker
        else:
            events = [*counted.before, *counted.events]
            seen = DialogueStateTracker.from_events(tracker.sender_id, events, domain.slots, domain=domain)
        states: list[State] = super()._prediction_states(seen, domain, use_text_for_last_user_input, rule_only_data)
        return states


def by_text(rules: list[str]) -> bool:
    """Whether any rule could fit a message by its words: it names them, or takes any message at all."""
    for rule in rules:
        states = json.loads(rule)
        listening = states[-1].get(PREVIOUS_ACTION, {}).get(ACTION_NAME) == ACTION_LISTEN_NAME
        if (listening and not states[-1].get(USER)) or any(TEXT in state.get(USER, {}) for state in states):
            return True
    return False


def messages_needed(rules: list[str]) -> int:
    """How many messages hold as many states as the longest rule has: two each, the listening and the answer, and the last
    message one."""
    longest = max((len(json.loads(rule)) for rule in rules), default=1)
    return max(2, (longest + 2) // 2)


def marks(counted: Applied) -> tuple[Any, ...] | None:
    """Everything of a conversation's end that its states are made of: the same marks, the same states. None where
    something has happened that this does not know."""
    found: list[Any] = []
    for event in (*counted.before, *counted.events):
        kind = type(event)
        if kind is UserUttered:
            if event.entities or not event.intent_name or event.use_text_for_featurization:
                return None
            found.append(event.intent_name)
        elif kind is ActionExecuted:
            if event.action_text:
                return None
            found.append((event.action_name, event.hide_rule_turn))
        elif kind is SlotSet:
            found.append((kind, event.key, repr(event.value)))
        elif kind is ActiveLoop:
            found.append((kind, event.name))
        elif kind is ActionExecutionRejected:
            found.append((kind, event.action_name))
        elif kind is LoopInterrupted:
            found.append((kind, event.is_interrupted))
        elif kind is not DefinePrevUserUtteredFeaturization or event.use_text_for_featurization:
            return None
    return tuple(found)
