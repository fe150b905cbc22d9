"""The questionnaire's questions as messages in the chat."""

from __future__ import annotations

from bot.knowledge.library import Library
from connectors.survey.models import PARAMETRE
from connectors.website.messages import Button, Draft

KOMMENTAR = "kommentar"
TRIN = (*PARAMETRE, KOMMENTAR)
INTENT = "survey"
KARAKTERER = (1, 2, 3, 4, 5)


def naeste(trin: str) -> str | None:
    """The step after ``trin``; None after the last."""
    plads = TRIN.index(trin) + 1
    return TRIN[plads] if plads < len(TRIN) else None


def spoerg(trin: str, library: Library) -> Draft:
    """The question of one step: five marks to press, or words of one's own with a way round."""
    if trin == KOMMENTAR:
        skip = {"intent": INTENT, "trin": KOMMENTAR, "vaerdi": None}
        knapper = [Button(library.text("survey", "knap_spring"), skip)]
    else:
        knapper = [
            Button(library.text("survey", f"knap_{karakter}"), {"intent": INTENT, "trin": trin, "vaerdi": karakter})
            for karakter in KARAKTERER
        ]
    return Draft("system", library.text("survey", f"spoerg_{trin}"), {"type": "survey", "asks": trin}, knapper)
