"""What a rule can still see of a conversation, kept up event by event.

Rasa's rules look at the last few states. To get them Rasa goes through the whole conversation, folds the turns of a form
into one, and makes a state of every step (``DialogueStateTracker.applied_events``, ``past_states``), for each action anew.
Here the folding goes on from where it had come to, and only as much of the end is kept as the longest rule has states for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

_KEPT = "_applied"  # the tracker's attribute; a fork of the tracker (bot.tracker_memory) takes it along


@dataclass(frozen=True)
class Applied:
    """``events``: the end of the conversation as it counts. ``before``: what was so when it began (the form that ran, what
    the slots were), as events. ``seen`` events have been read, which named the forms ``loops``. Where ``undone``, something
    has been taken back that may be kept no more, and only the whole conversation tells what counts."""

    seen: int = 0
    before: tuple[Event, ...] = ()
    events: tuple[Event, ...] = ()
    loops: frozenset[str] = frozenset()
    undone: bool = False


def applied(tracker: DialogueStateTracker, messages: int) -> Applied:
    """The end of the conversation from the ``messages``-th last message that counts."""
    kept: Applied = tracker.__dict__.get(_KEPT, Applied())
    have = len(tracker.events)
    if kept.seen > have:
        kept = Applied()
    if kept.seen < have:
        kept = _read(kept, islice(tracker.events, kept.seen, None), tracker, messages)
        tracker.__dict__[_KEPT] = kept
    return kept


def _read(kept: Applied, fresh: Iterable[Event], tracker: DialogueStateTracker, messages: int) -> Applied:
    before, events, loops, undone = kept.before, list(kept.events), set(kept.loops), kept.undone
    for event in fresh:
        kind = type(event)
        if kind in (Restarted, SessionStarted):
            before, events, undone = (), [], False
        elif kind in (ActionReverted, UserUtteranceReverted, AllSlotsReset):
            undone = True
        elif (
            kind is ActionExecuted
            and event.action_name in loops
            and not tracker._first_loop_execution_or_unhappy_path(event.action_name, events)
        ):
            tracker._undo_till_previous_loop_execution(event.action_name, events)
        elif _counts(event, tracker):
            events.append(event)
            if kind is ActiveLoop and event.name:
                loops.add(event.name)
            if kind is UserUttered:
                before, events = _trimmed(before, events, messages)
    return Applied(len(tracker.events), before, tuple(events), frozenset(loops), undone)


def _counts(event: Event, tracker: DialogueStateTracker) -> bool:
    """Whether any state shows anything of it."""
    if type(event) is SlotSet:
        slot = tracker.slots.get(event.key)
        return event.key == REQUESTED_SLOT or slot is None or slot.influence_conversation
    return type(event) is not BotUttered


def _trimmed(before: tuple[Event, ...], events: list[Event], messages: int) -> tuple[tuple[Event, ...], list[Event]]:
    """The end from the listening before the ``messages``-th last message on."""
    said = [place for place, event in enumerate(events) if type(event) is UserUttered]
    if len(said) <= messages:
        return before, events
    start = said[-messages]
    while start > 0 and not (type(events[start]) is ActionExecuted and events[start].action_name == ACTION_LISTEN_NAME):
        start -= 1
    slots: dict[str, Event] = {}
    loop: Event | None = None
    for event in (*before, *events[:start]):
        if type(event) is SlotSet:
            slots[event.key] = event
        elif type(event) is ActiveLoop:
            loop = event if event.name else None
    return (*([loop] if loop is not None else []), *slots.values()), events[start:]
