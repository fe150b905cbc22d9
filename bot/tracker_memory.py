"""Conversations kept between turns, so that a turn reads only what another process has added since.

Replaying a conversation costs more the longer it gets (shared rasa-notes, "Production" 6). What is kept here is a
conversation as it was after its last turn, with the mark by which that is told from what is stored (``connectors.tracker``).
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_LISTED = "_listed"  # the tracker's attribute; a fork takes it along
MOST = 2000  # conversations kept; some 5 KB each and the events


@dataclass(frozen=True)
class Kept:
    """A conversation, and the ``mark`` of what is stored where this is all of it."""

    tracker: DialogueStateTracker
    mark: str

    @property
    def events(self) -> int:
        """How many it has."""
        return len(self.tracker.events)


class TrackerMemory:
    """The conversations used last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, sender_id: str) -> Kept | None:
        """What is kept of the conversation, to be left as it is: whoever goes on with it takes a fork."""
        kept = self._kept.get(sender_id)
        if kept is not None:
            self._kept.move_to_end(sender_id)
        return kept

    def take(self, sender_id: str) -> Kept | None:
        """What is kept of the conversation, and no longer is."""
        return self._kept.pop(sender_id, None)

    def keep(self, tracker: DialogueStateTracker, mark: str) -> None:
        """Keep the conversation, which nobody changes any more."""
        listed(tracker)  # what it is so far needs not be listed again for each action of the next message
        self._kept[tracker.sender_id] = Kept(tracker, mark)
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


def listed(tracker: DialogueStateTracker) -> tuple[list[dict[str, Any]], list[int]]:
    """``as_dict()`` of all events, and the places of the messages among them; both to be read only.

    Rasa makes it anew for each action of each message. Here it goes on from where it had come to.
    """
    seen, events, said = tracker.__dict__.get(_LISTED, (0, [], []))
    have = len(tracker.events)
    if seen > have:
        seen, events, said = 0, [], []
    if seen < have:
        fresh = list(islice(tracker.events, seen, None))
        said = [*said, *(place for place, event in enumerate(fresh, seen) if type(event) is UserUttered)]
        events = [*events, *(event.as_dict() for event in fresh)]
        tracker.__dict__[_LISTED] = have, events, said
    return events, said
