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
SHORT = 3  # words up to which a command or a wish for a person needs no more than the classifier's word

_SUBJECT = r"(?:jeg|vi|man|der|det|de|du|en|et|vores|min|mit|mine|som helst)\b"
# "hvordan man laver et budget" has the order of a clause: it says what is wanted, and asks nothing.
_WH = (
    rf"(?:hvordan|hvad|hvem|hvornar)\b(?! {_SUBJECT})"
    rf"|hvor\b(?! (?:(?:mange|meget|langt?|tit|ofte|stor\w*|hoj\w*) )?(?:\w+ )?{_SUBJECT})"
    rf"|hvilke[nt]?\b(?! (?:\w+ )?{_SUBJECT})"
    r"|hvorfor(?= (?:vil|skal|spor\w*|sporger|har|er|bruger?|behover|kan|ma|siger|skulle|ma)\b)"
)
_VERB_FIRST = (
    r"(?:kan (?:i|man|jeg|vi|du)|ma (?:jeg|vi|man)|skal (?:jeg|vi|man)|har i|er der|er det|findes der|koster|tilbyder i|"
    r"ved (?:i|du)|far (?:jeg|vi|man)|giver i|hjalper i)\b"
)
_BEFORE = r"(?:(?:hej|ok|okay|men|og|jamen|vent|forresten|lige|undskyld|hov)[ ,]+)*"
_ASKS = re.compile(rf"^{_BEFORE}(?:{_WH}|{_VERB_FIRST})")
_ASKS_LATER = re.compile(rf"(?:[,;:.!] ?|\b(?:men|og|sa) )(?:{_WH}|{_VERB_FIRST})")
_WH_WORD = re.compile(rf"^{_BEFORE}hv(?:ad|em|or|ordan|ornar|orfor|ilke[nt]?)\b")
_WANTS_ANSWER = re.compile(r"\b(?:jeg|vi) (?:vil|skal) (?:gerne |lige )?(?:vide|sporge|hore)\b")

_WANTS_PERSON = re.compile(
    r"\b(?:jeg|vi) (?:gider|onsker|foretrakker|har brug for at)\b|\bvil (?:gerne |bare |hellere |helst |ikke )*"
    r"(?:have|ha|tale|snakke)\b|^(?:giv|ring|kontakt|stil|send|find|lad|tal|tale|snak|snakke|skriv|hellere|fa fat|kom|menneske)\b"
    r"|\b(?:robot|computer|maskine|chatbot|hellere|i stedet|ringe mig op|kontakte mig)\b"
)
_STOPS = re.compile(
    r"^(?:ok |okay |nej |nu )*(?:stop|afbryd|annull\w+|glem det|glem alt|drop det|luk|hold op|slut)\b"
    r"|\b(?:stoppe?|afbryde?|annull\w+|droppe? det|slutte?)(?: (?:det|her|samtalen|nu|tak|alt))*$"
    r"|\b(?:gider ikke|ikke mere|nej tak)\b"
)
_STARTS_OVER = re.compile(r"\bforfra(?: (?:igen|tak|nu|med det hele))*$|^(?:glem|nulstil|slet|ryd)\b")
_GOES_ON = re.compile(
    r"^(?:(?:ok|okay|ja|jo|godt|fint|bare) )*(?:lad os |vi kan |kan vi |skal vi |jeg vil gerne |jeg vil |vil gerne |kom )?"
    r"(?:fortsat|fortsatte|ga videre|komme videre|videre|tilbage til (?:pakken|sporgsmal\w*|det))"
    r"(?: (?:her|nu|tak|med|det|sporgsmalene|hvor vi slap|bare))*$"
)
_CHATS = frozenset(
    """
    hej hejsa halloj hallo halli hey hi hello yo dav davs mojn morn god godt good godaften goddag godmorgen godnat glaedelig
    tak takker tusind mange mage selv thx thanks farvel bye ciao vi see ses pa hav ha ok okay oki fint fedt super perfekt nice
    cool top aha na nah hm haha hehe lol sorry undskyld ups hov du er kan har hvad hva hvem hvordan lytter sover keder flot
    """.split()
)
_COMMAND = {"afbryd": _STOPS, "forfra": _STARTS_OVER, "fortsaet": _GOES_ON}


def asks(text: str) -> bool:
    """Whether a text plainly asks something: by how it begins, or, with a question mark, by how a clause in it begins."""
    folded = fold(text)
    if _ASKS.search(folded) or _WANTS_ANSWER.search(folded):
        return True
    return text.rstrip().endswith("?") and bool(_ASKS_LATER.search(folded) or _WH_WORD.search(folded))


def interrupts_free_text(heard: Heard) -> bool:
    """Whether a message breaks in on a free-text question."""
    folded = " ".join(re.findall(r"\w+", fold(heard.text)))
    if heard.intent == "menneske":
        plain = len(folded.split()) <= SHORT or bool(_WANTS_PERSON.search(folded)) or asks(heard.text)
        return plain and heard.confidence >= SURE
    if heard.intent in COMMANDS and heard.confidence >= SURE:
        pattern = _COMMAND.get(heard.intent)
        if pattern is not None and heard.intent != "fortsaet" and len(folded.split()) <= SHORT:
            return True
        return asks(heard.text) or bool(pattern.search(folded) if pattern else len(folded.split()) <= SHORT - 1)
    return asks(heard.text) and (heard.intent in ELSEWHERE or heard.intent == "uklart")


def chats_instead_of_name(text: str) -> bool:
    """Whether a text of few words that the classifier takes for small talk is that and no name: "Søren Baker" and
    "Susanne Godt" are names, "god dag" is none."""
    words = text.split()
    if len(words) < 2:
        return True
    if all(word[0].isupper() for word in words):
        return False
    return bool(_CHATS & set(re.findall(r"\w+", fold(words[0]))[:1]))


def interrupts_typed(heard: Heard) -> bool:
    """Whether a message that holds no answer to a typed question is something else."""
    if heard.intent == "afbryd":
        return heard.confidence >= SURE and bool(_STOPS.search(" ".join(re.findall(r"\w+", fold(heard.text)))))
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
