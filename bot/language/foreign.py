"""Which language a message is in, when it is plainly not Danish."""

from __future__ import annotations

import re

import simplemma

OTHERS = ("en", "de", "sv", "pl", "fr", "es")
MIN_WORDS = 4
_LETTERS = re.compile(r"[^\W\d_]+")
# Words that are frequent in one language and no word of Danish; the share of known words alone can't tell neighbours apart.
_TELLTALE = {
    "en": {"the", "you", "is", "are", "do", "does", "my", "we", "what", "how", "can", "and", "with", "your", "i", "want", "need"},
    "de": {"ich", "und", "wir", "ist", "nicht", "sie", "eine", "wie", "das", "mit", "brauche", "möchte", "haben"},
    "sv": {"och", "är", "jag", "inte", "hur", "vad", "på", "ett", "behöver", "vill", "från"},
    "pl": {"jest", "nie", "jak", "czy", "się", "chcę", "mam", "dla", "firmy", "potrzebuję"},
    "fr": {"je", "vous", "les", "est", "une", "pour", "nous", "comment", "dans", "mon"},
    "es": {"el", "la", "que", "es", "una", "como", "para", "quiero", "necesito", "mi"},
}


def language_of(text: str) -> str | None:
    """``en``, ``de``, ``sv``, ``pl``, ``fr`` or ``es``; None for Danish, for too few words, and where it is not plain."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    if len(words) < MIN_WORDS:
        return None
    danish = simplemma.in_target_language(text, lang="da")
    shares = {code: sum(word in _TELLTALE[code] for word in words) / len(words) for code in OTHERS}
    best = max(shares, key=lambda code: shares[code])
    if shares[best] < 0.2 or danish > 0.75:
        return None
    return best
