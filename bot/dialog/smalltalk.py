"""Small talk, and what is not the assistant's: short answers, and where the matter belongs if the files know."""

from __future__ import annotations

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.screening.criteria import mentions
from bot.svar import extract

SHORT = 4
_THANKS = ["tak", "tusind tak", "mange tak", "fedt", "super", "perfekt", "dejlig", "god hjælp", "det var godt"]
_BYE = ["farvel", "hej hej", "vi ses", "vi tales", "god weekend", "god aften", "kan du have det"]
_WHO = [
    "hvem er du",
    "hvad er du",
    "hvad kan du",
    "hvad må man spørge",
    "robot",
    "computer",
    "du et menneske",
    "menneske eller",
    "chatbot",
    "kunstig",
    "ai",
    "kan man spørge",
]
_HELLO = [
    "hej",
    "goddag",
    "god dag",
    "godmorgen",
    "god morgen",
    "hejsa",
    "halløj",
    "dav",
    "hallo",
    "god formiddag",
    "god eftermiddag",
    "mojn",
]


def small_talk(text: str, library: Library) -> Reply:
    """Thanks, goodbye, "who are you", hello, or the rest."""
    kinds = ((_WHO, "hvem_er_du"), (_BYE, "farvel"), (_THANKS, "tak"), (_HELLO, "hilsen"))
    key = next((name for words, name in kinds if mentions(text, words)), "smalltalk")
    buttons: tuple[Button, ...] = ()
    if key in ("hvem_er_du", "smalltalk", "hilsen"):
        buttons = _starters(library)
    return Reply(library.text("samtale", key), buttons, {"type": "smalltalk"})


def not_ours(text: str, library: Library) -> Reply:
    """What the assistant is for, and where this belongs if ``andetsteds.yml`` knows."""
    where = next((entry.tekst for entry in library.andetsteds if _speaks_of(text, entry.ord)), None)
    if where is None and extract("beliggenhed", text) == "udenfor":
        where = next((entry.tekst for entry in library.andetsteds if entry.navn == "kommune"), None)
    return Reply(where or library.text("samtale", "udenfor"), _starters(library), {"type": "udenfor"})


def _speaks_of(text: str, words: list[str]) -> bool:
    """Short words ("pas", "su") only as whole words."""
    return mentions(text, [word for word in words if len(word) > SHORT]) or mentions(
        text, [word for word in words if len(word) <= SHORT], whole=True
    )


def _starters(library: Library) -> tuple[Button, ...]:
    return (
        Button(library.text("katalog", "knap_omraader"), {"intent": "omraader"}),
        Button(library.text("uklart", "knap_pakker"), {"intent": "pakkeoversigt"}),
        Button(library.text("katalog", "knap_menneske"), {"intent": "menneske"}),
    )
