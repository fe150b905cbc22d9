"""Rasa's rules, looking back no further than they need.

``RulePolicy`` turns the whole conversation into states twice for every action that it predicts, which by the 400th
message costs more than all the rest. Its rules compare the last few of them only.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# User messages looked back on. A rule of data/stories begins with one; what stands before it is the listening.
MESSAGES = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class TailRulePolicy(RulePolicy):  # type: ignore[misc]
    """Predicts what ``RulePolicy`` predicts (tests/test_policy.py holds one against the other)."""

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        seen = tracker if tracker.is_rule_tracker else tail(tracker, domain)
        states: list[State] = super()._prediction_states(seen, domain, use_text_for_last_user_input, rule_only_data)
        return states


def tail(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The end of a conversation as one of its own: the last ``MESSAGES`` messages, and before that as much as it takes
    for no form to be cut in two (Rasa folds a form's turns into one state)."""
    events = list(tracker.events)
    start = _start(events)
    if start == 0:
        return tracker
    # The one slot that a state shows; the others have influence_conversation: false in domain.yml.
    asked = [event for event in events[:start] if isinstance(event, SlotSet) and event.key == REQUESTED_SLOT][-1:]
    return DialogueStateTracker.from_events(tracker.sender_id, [*asked, *events[start:]], domain.slots, domain=domain)


def _start(events: list[Event]) -> int:
    """Where the tail begins: at the listening before a message, and not within a form."""
    messages, start = 0, None
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if start is not None and isinstance(event, ActiveLoop):
            if event.name is None:
                return start
            start = None  # cut in two: on to the message that began the form
        elif isinstance(event, UserUttered):
            messages += 1
            if messages >= MESSAGES and start is None:
                start = place - 1
    return max(start or 0, 0)
