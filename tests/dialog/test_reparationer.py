"""The mended Rasa does with the trained model what the stock one does, in whatever a customer does."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from rasa.core.actions.forms import FormAction
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from tests.dialog.customer import converse
from tests.talk import Talk

STOCK_RUN = DaskGraphRunner.run
STOCK_TRACKER = FormAction._temporary_tracker


def seen(value: Any) -> Any:
    """A node's result as what can be compared."""
    if isinstance(value, Message):
        return value.as_dict()
    if isinstance(value, PolicyPrediction):
        return [(name, seen(part)) for name, part in vars(value).items()]
    if isinstance(value, Event):
        return {**value.as_dict(), "timestamp": None}
    if isinstance(value, DialogueStateTracker):
        return [seen(event) for event in value.events]
    if isinstance(value, list | tuple):
        return [seen(part) for part in value]
    if isinstance(value, dict):
        return {name: seen(part) for name, part in value.items()}
    return value


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any, Any]]:
    """Each run of the model made twice: what was asked for, and what came of it, ours and stock's."""
    made: list[tuple[str, Any, Any]] = []
    ours = DaskGraphRunner.run

    def both(runner: DaskGraphRunner, inputs: dict[str, Any], targets: list[str]) -> dict[str, Any]:
        theirs = STOCK_RUN(runner, copy.deepcopy(inputs), targets)
        result: dict[str, Any] = ours(runner, inputs, targets)
        made.append((targets[0], seen(result), seen(theirs)))
        return result

    monkeypatch.setattr(DaskGraphRunner, "run", both)
    return made


@pytest.mark.parametrize("seed", range(3))
async def test_the_model_gives_what_it_gave(talk: Talk, bot: Any, runs: list[tuple[str, Any, Any]], seed: int) -> None:
    await converse(talk, 710_000 + seed, turns=25)
    known = bot.processor.model_metadata
    assert {target for target, _, _ in runs} == {known.nlu_target, known.core_target}
    for target, mine, theirs in runs:
        assert list(mine) == list(theirs) == [target]
        assert mine == theirs


def test_an_input_that_is_taken_for_a_node_is_refused_as_before(bot: Any) -> None:
    runner, target = bot.processor.graph_runner, bot.processor.model_metadata.nlu_target
    for run in (DaskGraphRunner.run, STOCK_RUN):
        with pytest.raises(GraphRunError, match="clashes"):
            run(runner, {"__message__": target}, [target])


@pytest.fixture
def trackers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Any], list[Any]]]:
    """Each tracker that a form makes for the time being, made twice; what is seen of it, ours and stock's."""
    made: list[tuple[list[Any], list[Any]]] = []
    ours = FormAction._temporary_tracker

    def shown(tracker: DialogueStateTracker) -> list[Any]:
        names = ("latest_action", "active_loop", "latest_message", "followup_action", "_paused", "sender_id")
        asked = [tracker.get_last_event_for(SlotSet, skip=skip) for skip in range(3)]
        return [
            tracker.current_slot_values(),
            copy.deepcopy([getattr(tracker, name) for name in names]),
            # without what Rasa notes of the model that made them, which the stock one does not know here
            [{**seen(event), "metadata": None} for event in tracker.events_after_latest_restart()],
            [event and (event.key, event.value) for event in asked],
        ]

    def both(form: FormAction, now: DialogueStateTracker, events: list[Event], domain: Domain) -> DialogueStateTracker:
        before = shown(now)
        theirs = STOCK_TRACKER(form, now, copy.deepcopy(events), domain)
        tracker: DialogueStateTracker = ours(form, now, events, domain)
        made.append((shown(tracker), shown(theirs)))
        assert shown(now) == before  # it is another one
        return tracker

    monkeypatch.setattr(FormAction, "_temporary_tracker", both)
    return made


async def test_what_a_form_tries_out_is_tried_on_the_same_conversation(talk: Talk, trackers: list[Any]) -> None:
    for seed in range(4):
        await converse(Talk(talk.agent), 720_000 + seed, turns=25)
    assert len(trackers) > 20
    for mine, theirs in trackers:
        assert mine == theirs
