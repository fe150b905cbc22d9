"""Places in Rasa 3.6.21 that do the same costly work for every message, or more of it the longer one talks, mended from
outside.

Measured with cProfile over 20 messages of a conversation's beginning: 69 % of the time went into checking that Rasa's
own JSON schema of an action's answer is itself a valid schema. What is refused stays the same (tests/test_rasa_repairs.py).
"""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

import rasa
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from rasa.core import processor
from rasa.core.actions import action, forms
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.policies import rule_policy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import ACTIVE_LOOP, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from bot.in_process import InProcessActions
from bot.tracker_memory import fork, listed

# The last messages of a conversation that an action is sent. What is known from before them is in the slots.
MESSAGES_SENT = 40
_whole_session = MessageProcessor._update_tracker_session
_dask_run = DaskGraphRunner.run
_UNDOING = (Restarted, SessionStarted, ActionReverted, UserUtteranceReverted)


def apply() -> None:
    """Put them in place; done again, it changes nothing. For whoever runs Rasa, before the first message."""
    RemoteAction._validate_action_result = _validate
    RemoteAction._action_call_format = _call
    Event.resolve_by_type = staticmethod(_resolve)
    DialogueStateTracker.copy = fork
    Domain.is_empty = _is_empty
    action.action_for_name_or_text = _action_for
    MessageProcessor._update_tracker_session = _update_session
    FormAction._temporary_tracker = _temporary_tracker
    DaskGraphRunner.run = _run
    for module in (processor, rule_policy, forms):
        module.copy = _NoCopies


def _call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """As ``rasa.core.actions.action.RemoteAction._action_call_format``, which sends the whole conversation each time."""
    short = copy.copy(tracker)
    short.active_loop = None  # Rasa would copy it deeply, with the whole message that began it
    state = short.current_state(EventVerbosity.NONE)
    state[ACTIVE_LOOP] = dict(vars(tracker.active_loop)) if tracker.active_loop else {}
    events, said = listed(tracker)
    state["events"] = events[said[-MESSAGES_SENT] :] if len(said) >= MESSAGES_SENT else events
    call = {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state, "version": rasa.__version__}
    if not action._is_selective_domain_enabled() or domain.does_custom_action_explicitly_need_domain(action.name()):
        call["domain"] = domain.as_dict()
    return call


async def _update_session(
    self: MessageProcessor, tracker: DialogueStateTracker, output_channel: OutputChannel, metadata: dict[str, Any] | None = None
) -> None:
    """As ``rasa.core.processor.MessageProcessor._update_tracker_session``, which works out what has been undone in the
    whole conversation only to see whether anything has been said."""
    for event in reversed(tracker.events):
        if isinstance(event, _UNDOING):
            break
        if type(event) is UserUttered:
            if self._has_session_expired(tracker):
                break
            return
    await _whole_session(self, tracker, output_channel, metadata)


def _temporary_tracker(
    form: FormAction, current_tracker: DialogueStateTracker, additional_events: list[Event], domain: Domain
) -> DialogueStateTracker:
    """As ``rasa.core.actions.forms.FormAction._temporary_tracker``, which replays the whole conversation."""
    tracker = fork(current_tracker)
    asked = SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(current_tracker))
    for event in [asked, ActionExecuted(form.name()), *additional_events]:
        tracker.update(event, domain)
    return tracker


def _run(runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
    """As ``rasa.engine.runner.dask.DaskGraphRunner.run``, which plans anew for each message how to run a handful of nodes
    one after the other, and writes the whole graph into a line of a log that nobody keeps."""
    if any(isinstance(value, str) for value in (inputs or {}).values()):
        return dict(_dask_run(runner, inputs, targets))
    done = {name: (name, value) for name, value in (inputs or {}).items()}
    wanted = targets or runner._graph_schema.target_names
    for name in wanted:
        _run_node(runner, name, done)
    return {done[name][0]: done[name][1] for name in wanted}


def _run_node(runner: DaskGraphRunner, name: str, done: dict[str, tuple[str, Any]]) -> None:
    if name in done:
        return
    needs = list(runner._graph_schema.nodes[name].needs.values())
    for need in needs:
        _run_node(runner, need, done)
    done[name] = runner._instantiated_nodes[name](*(done[need] for need in needs))


_whole_is_empty = Domain.is_empty


def _is_empty(domain: Domain) -> bool:
    """As ``rasa.shared.core.domain.Domain.is_empty``, which makes an empty domain for each message to compare with."""
    known: bool | None = domain.__dict__.get("_is_empty")
    if known is None:
        known = domain.__dict__["_is_empty"] = bool(_whole_is_empty(domain))
    return known


_new_action_for = action.action_for_name_or_text


def _action_for(name: str, domain: Domain, action_endpoint: EndpointConfig | None) -> Action:
    """As ``rasa.core.actions.action.action_for_name_or_text``, which makes all of Rasa's own actions anew to find one. An
    action keeps nothing from one run to the next."""
    made: dict[str, tuple[EndpointConfig | None, Action]] = domain.__dict__.setdefault("_actions", {})
    endpoint, found = made.get(name, (None, None))
    if found is None or endpoint is not action_endpoint:
        found = _new_action_for(name, domain, action_endpoint)
        made[name] = action_endpoint, found
    return found


class _NoCopies:
    """For modules of Rasa that copy deeply what they write to a log at a level that is thrown away."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        """The value itself."""
        return value


def _validate(action: RemoteAction, result: dict[str, Any]) -> bool:
    """As ``rasa.core.actions.action.RemoteAction._validate_action_result``, which checks the schema anew each time.
    What comes from this very process, rasa_sdk has checked."""
    if isinstance(action.action_endpoint, InProcessActions):
        return True
    error: ValidationError | None = next(_schema().iter_errors(result), None)
    if error is not None:
        raise error
    return True


@lru_cache(maxsize=1)
def _schema() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _resolve(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """As ``rasa.shared.core.events.Event.resolve_by_type``, which walks all subclasses for each event."""
    found = _kinds().get(type_name)
    if found is not None:
        return found
    if type_name == "topic":
        return None
    if default is None:
        raise ValueError(f"Unknown event name '{type_name}'.")
    return default


@lru_cache(maxsize=1)
def _kinds() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    for kind in all_subclasses(Event):
        found.setdefault(kind.type_name, kind)
    return found
