"""Which language a message is in, when it is plainly not Danish."""

from __future__ import annotations

import re

import simplemma

OTHERS = ("en", "de", "sv", "pl", "fr", "es")
MIN_WORDS = 4
_LETTERS = re.compile(r"[^\W\d_]+")
# Words that are frequent in one language and no word of Danish; the share of known words alone can't tell neighbours apart.
_TELLTALE = {
    "en": frozenset(
        "am an and are be can company do does from hire how i is my need of our the there this want we what with you your".split()
    ),
    "de": frozenset("brauche das eine haben ich ist mit möchte nicht sie und wie wir".split()),
    "sv": frozenset("behöver ett från hur inte jag och på vad vill är".split()),
    "pl": frozenset("chcę czy dla firmy firmę jak jest jestem mam mogę nie otworzyć potrzebuję proszę się w".split()),
    "fr": frozenset("comment dans est je les mon nous pour une vous".split()),
    "es": frozenset("como el es la mi necesito para que quiero una".split()),
}


def language_of(text: str) -> str | None:
    """``en``, ``de``, ``sv``, ``pl``, ``fr`` or ``es``; None for Danish, for too few words, and where it is not plain."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    if len(words) < MIN_WORDS:
        return None
    shares = {code: sum(word in _TELLTALE[code] for word in words) / len(words) for code in OTHERS}
    best = max(shares, key=lambda code: shares[code])
    if shares[best] < 0.2 or simplemma.in_target_language(text, lang="da") > 0.75:
        return None
    return best
