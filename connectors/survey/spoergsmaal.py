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


def spoerg(trin: str, invitation_id: int, library: Library) -> Draft:
    """The question of one step: five marks to press, or words of one's own with a way round."""
    hvor = {"intent": INTENT, "invitation": invitation_id, "trin": trin}
    if trin == KOMMENTAR:
        knapper = [Button(library.text("survey", "knap_spring"), {**hvor, "vaerdi": None})]
    else:
        knapper = [Button(library.text("survey", f"knap_{value}"), {**hvor, "vaerdi": value}) for value in KARAKTERER]
    return Draft("system", library.text("survey", f"spoerg_{trin}"), {"type": "survey", "asks": trin}, knapper)
