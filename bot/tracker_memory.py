"""Conversations kept between turns, so that a turn reads only what another process has added since.

Replaying a conversation costs more the longer it gets (shared rasa-notes, "Production" 6). What is kept here is a
conversation as it was last stored; whoever asks gets a fork of it, so that a turn that fails leaves no trace.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

MOST = 2000  # conversations kept; some 5 KB each and the events


class TrackerMemory:
    """The conversations used last, each with as many events as are stored of it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    def get(self, sender_id: str) -> DialogueStateTracker | None:
        """A fork of what is kept of the conversation, to do with as one likes."""
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        self._kept.move_to_end(sender_id)
        return fork(kept)

    def keep(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation as it is now: all its events are stored."""
        self._kept[tracker.sender_id] = fork(tracker)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, sender_id: str) -> None:
        """It was erased, or may be other than it is kept."""
        self._kept.pop(sender_id, None)


def fork(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same conversation, to go on with independently: what Rasa changes in place is copied, the events are shared."""
    other = copy.copy(tracker)
    other.events = copy.copy(tracker.events)
    other.slots = type(tracker.slots)(tracker.slots)
    for name, slot in tracker.slots.items():
        same = other.slots[name] = object.__new__(type(slot))
        same.__dict__.update(slot.__dict__)
    other.active_loop = copy.copy(tracker.active_loop)
    other.latest_action = copy.copy(tracker.latest_action)
    return other


def event_dict(event: Event) -> dict[str, Any]:
    """``event.as_dict()``, made once; Rasa makes it anew for each action of each later message. To be read only."""
    kept: tuple[Any, Any, dict[str, Any]] | None = event.__dict__.get("_as_dict")
    # Rasa moves the time of an event, and adds to what is known about it, when it enters a conversation.
    if kept is None or kept[0] != event.timestamp or kept[1] is not event.metadata:
        kept = event.__dict__["_as_dict"] = (event.timestamp, event.metadata, event.as_dict())
    return kept[2]
