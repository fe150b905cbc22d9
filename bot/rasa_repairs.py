"""Places in Rasa 3.6.21 that do the same costly work for every message, or more of it the longer one talks, mended from
outside.

Measured with cProfile over 20 messages of a conversation's beginning: 69 % of the time went into checking that Rasa's
own JSON schema of an action's answer is itself a valid schema. What is refused stays the same (tests/test_rasa_repairs.py).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.tracker_memory import fork

# The last messages of a conversation that an action is sent. What is known from before them is in the slots.
MESSAGES_SENT = 40
_whole_call = RemoteAction._action_call_format


def apply() -> None:
    """Put them in place; done again, it changes nothing. For whoever runs Rasa, before the first message."""
    RemoteAction._validate_action_result = _validate
    RemoteAction._action_call_format = _call
    Event.resolve_by_type = staticmethod(_resolve)


def _call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """As ``rasa.core.actions.action.RemoteAction._action_call_format``, which sends the whole conversation each time."""
    events = list(tracker.events)
    said = [place for place, event in enumerate(events) if isinstance(event, UserUttered)][-MESSAGES_SENT:]
    short = fork(tracker)
    short.events = type(tracker.events)(events[said[0] :] if len(said) == MESSAGES_SENT else events)
    call: dict[str, Any] = _whole_call(action, short, domain)
    return call


def _validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """As ``rasa.core.actions.action.RemoteAction._validate_action_result``, which checks the schema anew each time."""
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
