"""Short ways to a screening's state and to a message in it."""

from __future__ import annotations

from typing import Any

from bot.knowledge import Library
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.screening.turn import refresh, take

CONTACT: dict[str, Any] = {
    "samtykke": True,
    "navn": "Aske Testesen",
    "telefon": "20417703",
    "cvr": "97225249",
    "virksomhed": "Test",
}


def begun(library: Library, pakke: str | None, **svar: Any) -> Forloeb:
    """A package's screening (or, without one, a request for a person) with these answers; the next question is asked."""
    return refresh(Forloeb(slags="pakke" if pakke else "kontakt", noegle="k", pakke=pakke, svar=svar), library)


def typed(text: str, intent: str = "uklart", confidence: float = 0.3) -> Heard:
    """A typed message as Rasa understood it."""
    return Heard(text, intent, confidence)


def pressed(slot: str, value: Any) -> Heard:
    """A button with an answer."""
    return Heard("", "svar", 1.0, {"intent": "svar", "slot": slot, "vaerdi": value})


def skipped(slot: str) -> Heard:
    """The button that passes over a question."""
    return Heard("", "spring_over", 1.0, {"intent": "spring_over", "slot": slot})


def say(state: Forloeb, library: Library, *texts: str) -> Forloeb:
    """The state after several typed answers. Fails where one was taken for something else."""
    for text in texts:
        turn = take(state, typed(text), library)
        assert turn.handled, (state.asks, text)
        state = turn.state
    return state
