"""A screening that a handover broke off: kept with what is known of the company, and taken up only if the business says so."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import Events
from actions.context import Context
from bot.screening.forloeb import Forloeb
from bot.screening.steps import package

GENOPTAG = "genoptag"  # ``emne``: the business has been asked whether to go on
_STOPPED, _BY = "stoppet", "overdraget"  # ``firma``: what was stopped, and the key of that which a handover stopped


def put_aside(context: Context) -> dict[str, Any]:
    """``firma`` with the screening under way put aside; a look-up of a case is not worth coming back to."""
    state, firma = context.forloeb(), context.firma()
    if state is None or state.slags == "sag":
        return firma
    return {**firma, **company_facts(state, context), _STOPPED: state.as_json(), _BY: state.noegle}


def broken_off(firma: dict[str, Any]) -> Forloeb | None:
    """What a handover broke off; not what the business itself has stopped."""
    stopped = Forloeb.from_json(firma.get(_STOPPED))
    return stopped if stopped is not None and stopped.noegle == firma.get(_BY) else None


def forget(firma: dict[str, Any]) -> dict[str, Any]:
    """``firma`` without anything stopped."""
    return {name: value for name, value in firma.items() if name not in (_STOPPED, _BY)}


def answered(context: Context) -> Events:
    """Events after the answer to whether to go on: the next yes is to something else."""
    emne = context.emne()
    left = {name: value for name, value in emne.items() if name != "kind"}
    return [SlotSet("emne", left)] if emne.get("kind") == GENOPTAG else []


def end_form(firma: dict[str, Any]) -> Events:
    """Events that end the form, whatever it was about, and leave the conversation to other things."""
    return [
        SlotSet("forloeb", None),
        SlotSet("screening_svar", None),
        SlotSet("firma", firma),
        SlotSet("requested_slot", None),
        ActiveLoop(None),
    ]


def company_facts(state: Forloeb, context: Context) -> dict[str, Any]:
    """What carries over from one screening to the next: the answers about the company itself."""
    pakke = package(state, context.library)
    own = {step.slot for step in pakke.spoergsmaal if step.altid} if pakke else set()
    return {
        slot: value
        for slot, value in state.svar.items()
        if slot not in own and (asked := context.library.spoergsmaal.get(slot)) is not None and asked.om_firmaet
    }
