"""Answer or interruption? Decided by what was asked.

A typed question ("how many are you?") takes what its extractor can read; anything else may be an interruption. A
free-text question takes nearly everything: "vi vil ansætte 3 ingeniører" is an answer there, though it looks like a
service. It gives way only to what plainly asks, wants a person, or wants out (shared design, "The screening engine").
"""

from __future__ import annotations

import re

from bot.language.fold import fold
from bot.screening.heard import Heard

COMMANDS = frozenset({"afbryd", "hvorfor", "forfra", "fortsaet"})
ELSEWHERE = frozenset({"ydelse", "omraade", "pakke", "sag", "udenfor", "aspekt", "pakkeoversigt", "omraader", "smalltalk"})
SURE = 0.6  # probability from which another kind of message takes the turn
VERY_SURE = 0.8

_ASKS = re.compile(
    r"^(?:(?:hej|ok|okay|men|og|jamen|vent|forresten|lige|undskyld|hov)[ ,]+)*"
    r"(?:hvad|hvem|hvor|hvordan|hvornar|hvorfor|hvilke[nt]?|kan (?:i|man|jeg|vi|du)|ma (?:jeg|vi|man)|skal (?:jeg|vi|man)|"
    r"har i|er der|er det|findes der|koster|tilbyder i|ved (?:i|du)|far (?:jeg|vi|man)|giver i|hjalper i)\b"
)
_WANTS_ANSWER = re.compile(r"\b(?:jeg|vi) (?:vil|skal) (?:gerne |lige )?(?:vide|sporge|hore)\b")


def asks(text: str) -> bool:
    """Whether a text plainly asks something: an opening that asks, or a question mark after more than a word."""
    folded = fold(text)
    return bool(_ASKS.search(folded) or _WANTS_ANSWER.search(folded)) or (text.rstrip().endswith("?") and len(folded.split()) > 2)


def interrupts_free_text(heard: Heard) -> bool:
    """Whether a message breaks in on a free-text question."""
    if heard.intent == "menneske" and heard.confidence >= SURE:
        return True
    if heard.intent in COMMANDS and heard.confidence >= SURE and len(heard.text.split()) <= 9:
        return True
    return asks(heard.text) and heard.intent in ELSEWHERE and heard.confidence >= SURE


def interrupts_typed(heard: Heard) -> bool:
    """Whether a message that holds no answer to a typed question is something else."""
    if heard.intent in COMMANDS or heard.intent == "menneske":
        return heard.confidence >= SURE
    if asks(heard.text):
        return heard.intent in ELSEWHERE and heard.confidence >= SURE
    # what is no question and nobody's business is a failed answer ("poul@firma", a name), not another subject
    return heard.intent in ELSEWHERE - {"udenfor"} and heard.confidence >= VERY_SURE


def beats_answer(heard: Heard, value: object) -> bool:
    """Whether a message with a possible answer in it is nevertheless something else ("Hvad koster 3 containere?")."""
    if heard.intent == "menneske":
        return heard.confidence >= VERY_SURE and len(heard.text.split()) > 2
    if heard.intent in ("afbryd", "hvorfor"):
        return heard.confidence >= VERY_SURE and value is not False
    return asks(heard.text) and heard.intent in (ELSEWHERE - {"smalltalk"}) and heard.confidence >= SURE
