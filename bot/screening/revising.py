"""Changing what has been said: corrections on the way, and the summary before a case is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.knowledge.library import Library
from bot.screening.correction import corrected_values, corrects, has_exception, named_slot, new_value
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.screening.interruption import interrupts_typed
from bot.screening.result import Turn, failed
from bot.screening.steps import BEKRAEFT, YDELSER
from bot.svar import extract


def corrected(state: Forloeb, values: Mapping[str, Any], text: str, library: Library) -> Turn:
    """The state with corrected answers, told back."""
    for slot, value in values.items():
        state = state.with_answer(slot, value, text)
    return Turn(state, notes=(("rettet", {"hvad": ", ".join(label(slot, library) for slot in values)}),))


def confirmation(state: Forloeb, heard: Heard, library: Library) -> Turn:
    """An answer to "er det rigtigt?": a plain yes makes the case, anything else never does."""
    answer = extract("ja_nej", heard.text)
    if answer is True and not corrects(heard) and not has_exception(heard.text):
        return Turn(replace(state, slut="opret"))
    values = corrected_values(state, heard, library, sure=answer is not None or has_exception(heard.text))
    if values:
        return corrected(state, values, heard.text, library)
    slot = named_slot(state, heard, library)
    if slot is not None:
        value = new_value(slot, heard.text, library)
        return Turn(reopen(state, slot)) if value is None else corrected(state, {slot: value}, heard.text, library)
    if answer is not None or corrects(heard) or has_exception(heard.text):
        return Turn(state, notes=(("ret_hvad", {}),))
    return Turn(state, handled=False) if interrupts_typed(heard) else failed(state, BEKRAEFT, heard.text)


def correction_asked(state: Forloeb, heard: Heard, library: Library) -> Turn:
    """A wish to correct without the new answer: the question named is asked again, or the one before."""
    slot = named_slot(state, heard, library)
    if slot is not None:
        value = new_value(slot, heard.text, library)
        return Turn(reopen(state, slot)) if value is None else corrected(state, {slot: value}, heard.text, library)
    last = next((other for other in reversed(state.svar) if other != state.asks), None)
    return Turn(reopen(state, last), notes=(("ret_forrige", {}),)) if last else Turn(state, notes=(("ret_intet", {}),))


def reopen(state: Forloeb, slot: str) -> Forloeb:
    """The state with one question open again."""
    if slot == YDELSER:
        state = replace(state, valgte=(), valg_slut=False, fejl=0)
        return state.reopened("behov") if state.slags == "kontakt" else state
    if slot == "telefon":
        state = state.reopened("email")
    return state.reopened(slot)


def label(slot: str, library: Library) -> str:
    """What an answer is called in the summary."""
    asked = library.spoergsmaal.get(slot)
    return asked.opsummering if asked else slot
