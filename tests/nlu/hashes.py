"""How a line is hashed for the check that none of the development sample is trained on."""

from __future__ import annotations

import hashlib


def normalised(text: str) -> str:
    """Lower case, white space single, and no punctuation or emoji at either end."""
    words = " ".join(text.lower().split())
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while end > start and not words[end - 1].isalnum():
        end -= 1
    return words[start:end]


def hashed(text: str) -> str:
    """The SHA-256 of the normalised line, in hex."""
    return hashlib.sha256(normalised(text).encode("utf-8")).hexdigest()
