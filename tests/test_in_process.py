"""Actions in Rasa's process answer as an action server does, refuse as it does, and change nothing but by their answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection as Refusal
from rasa_sdk.interfaces import ActionNotFoundException, Tracker

from bot import in_process, rasa_repairs
from bot.service.checks import other_port, why_not
from bot.settings import ROOT, settings
from connectors.migrate import upgrade

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
START_SECONDS = 120.0


@pytest.fixture(scope="module", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files of their own for whatever the actions write."""
    var = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ERHVERV_VAR", str(var))
        patch.setenv("DATABASE_URL", f"sqlite:///{var}/test.db")
        settings.cache_clear()
        rasa_repairs.apply()
        upgrade(settings().database)
        yield
    settings.cache_clear()


@pytest.fixture(scope="module")
def here() -> in_process.InProcessActions:
    return in_process.InProcessActions()


@pytest.fixture(scope="module")
def server(surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EndpointConfig]:
    """rasa_sdk's own server with the same actions."""
    port = other_port(33_000)
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"SANIC_HOST": "127.0.0.1"}, stdout=out, stderr=out)
    try:
        give_up = time.monotonic() + START_SECONDS
        while not why_not("127.0.0.1", port):
            assert process.poll() is None and time.monotonic() < give_up, log.read_text()
            time.sleep(0.2)
        yield EndpointConfig(f"http://127.0.0.1:{port}/webhook", enable_selective_domain=True)
    finally:
        process.kill()
        process.wait()


def conversation(intent: str = "hjaelp", **understood: Any) -> DialogueStateTracker:
    """One in which the company is known and something has just been asked."""
    found = {"forstaaelse": {"kind": intent, "id": None, "candidates": [], **understood}}
    heard = UserUttered("æøå", {"name": intent, "confidence": 0.9}, parse_data={"intent": {"name": intent}, **found})
    events: list[Event] = [SessionStarted(), ActionExecuted("action_listen"), SlotSet("firma", {"navn": "Prøve"}), heard]
    return DialogueStateTracker.from_events("en", events, DOMAIN.slots, domain=DOMAIN)


def call(name: str, tracker: DialogueStateTracker, endpoint: EndpointConfig | None = None) -> dict[str, Any]:
    """What Rasa sends for an action."""
    sent: dict[str, Any] = RemoteAction(name, endpoint)._action_call_format(tracker, DOMAIN)
    return sent


@pytest.mark.parametrize(
    ("action", "tracker"),
    [
        ("action_ydelse", conversation("ydelse", kind="ydelse", id="udeservering", confidence=0.9)),
        ("action_omraade", conversation("omraader")),
        ("action_start_pakke", conversation("pakke", kind="pakke", id="opstartspakke", confidence=0.9)),
        ("action_menneske", conversation("menneske")),
        ("action_udenfor", conversation("udenfor")),
    ],
)
async def test_an_answer_is_the_action_server_s(
    here: in_process.InProcessActions, server: EndpointConfig, action: str, tracker: DialogueStateTracker
) -> None:
    over_http = await server.request(json=call(action, tracker, server), method="post")
    answer = await here.request(json=call(action, tracker, here), method="post")
    assert answer == over_http
    assert answer["responses"] and "fejl" not in [said["custom"]["data"].get("type") for said in answer["responses"]]


Answers = Callable[[CollectingDispatcher, Tracker, dict[str, Any]], Any]


@pytest.fixture
def acting(here: in_process.InProcessActions) -> Iterator[Callable[[Answers], RemoteAction]]:
    """Makes Rasa's side of an action that does as told."""

    def made(answers: Answers) -> RemoteAction:
        here._executor.actions["action_proeve"] = answers
        return RemoteAction("action_proeve", here)

    yield made
    here._executor.actions.pop("action_proeve", None)


async def run(action: RemoteAction, tracker: DialogueStateTracker) -> list[Event]:
    nlg = TemplatedNaturalLanguageGenerator(DOMAIN.responses)
    events: list[Event] = await action.run(CollectingOutputChannel(), nlg, tracker, DOMAIN)
    return events


async def test_an_action_that_changes_the_slots_it_was_given_changes_nothing(acting: Callable[[Answers], RemoteAction]) -> None:
    given: dict[str, Any] = {}

    def meddling(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Any:
        tracker.slots["firma"]["navn"] = "En anden"
        tracker.slots["emne"] = {"id": "x"}
        tracker.latest_message.setdefault("metadata", {})["seq"] = 99
        given.update(tracker.slots)
        return []

    tracker = conversation()
    assert await run(acting(meddling), tracker) == []
    assert given["firma"] == {"navn": "En anden"}
    assert tracker.get_slot("firma") == {"navn": "Prøve"} and tracker.get_slot("emne") is None
    assert [e.value for e in tracker.events if isinstance(e, SlotSet)] == [{"navn": "Prøve"}]
    assert tracker.latest_message is not None and "99" not in repr(tracker.latest_message.parse_data)


async def test_what_an_action_answers_is_its_own_no_more(acting: Callable[[Answers], RemoteAction]) -> None:
    kept = {"navn": "Ny"}
    action = acting(lambda *_: [{"event": "slot", "name": "firma", "value": kept, "timestamp": None}])
    [event] = await run(action, conversation())
    kept["navn"] = "Ændret bagefter"
    assert isinstance(event, SlotSet) and event.value == {"navn": "Ny"}


async def test_an_answer_that_can_t_be_stored_is_an_error(acting: Callable[[Answers], RemoteAction]) -> None:
    action = acting(lambda *_: [{"event": "slot", "name": "firma", "value": {1, 2}, "timestamp": None}])
    with pytest.raises(TypeError, match="JSON"):
        await run(action, conversation())


async def test_a_refusal_is_told_as_the_action_server_tells_it(
    here: in_process.InProcessActions, acting: Callable[[Answers], RemoteAction]
) -> None:
    def refusing(*_: object) -> Any:
        raise Refusal("screening_form", "ikke nu")

    action, tracker = acting(refusing), conversation()
    with pytest.raises(ClientResponseError) as told:
        await here.request(json=call("action_proeve", tracker, here), method="post")
    assert told.value.status == 400
    with pytest.raises(ActionExecutionRejection) as rejected:
        await run(action, tracker)
    assert (rejected.value.action_name, rejected.value.message) == ("screening_form", "ikke nu")


async def test_an_unknown_action_is_an_error_not_silence(here: in_process.InProcessActions) -> None:
    with pytest.raises(ActionNotFoundException, match="findes_ikke"):
        await run(RemoteAction("action_findes_ikke", here), conversation())


def test_the_agent_and_the_model_it_has_loaded_use_them() -> None:
    agent = SimpleNamespace(action_endpoint=EndpointConfig("http://127.0.0.1:1"), processor=SimpleNamespace(action_endpoint=None))
    in_process.use(agent)
    assert isinstance(agent.action_endpoint, in_process.InProcessActions)
    assert agent.processor.action_endpoint is agent.action_endpoint
    without = SimpleNamespace(action_endpoint=None, processor=None)
    in_process.use(without)  # no model yet
    assert isinstance(without.action_endpoint, in_process.InProcessActions)
