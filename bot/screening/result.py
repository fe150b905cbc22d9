"""What one message came to in a screening."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.screening.forloeb import Forloeb
from bot.svar import cvr

EXPLAIN_AFTER = 2  # failed answers to one question before it is explained and can be skipped


@dataclass(frozen=True)
class Turn:
    """``handled`` is False where the message was no answer but something else, for Rasa's rules to take.

    ``notes`` name sentences of ``tekster/screening.yml`` to say before the next question, with their values; ``explain``
    says the question's explanation, ``skift`` offers another package.
    """

    state: Forloeb
    handled: bool = True
    notes: tuple[tuple[str, dict[str, str]], ...] = ()
    explain: bool = False
    skift: str | None = None


def failed(state: Forloeb, slot: str, text: str) -> Turn:
    """A message that holds no answer: asked again, with the reason where there is one to tell."""
    state = replace(state, fejl=state.fejl + 1)
    if slot == "cvr":
        reason = cvr.refusal(text)
        if reason:
            return Turn(state, notes=((f"cvr_{reason}", {}),))
    return Turn(state, notes=(("ikke_forstaaet", {}),) if state.fejl < EXPLAIN_AFTER else ())
