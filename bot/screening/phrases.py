"""Turns of phrase that mean the same whatever is asked."""

from __future__ import annotations

import re

from bot.screening.criteria import bare

_RATHER = re.compile(r"\b(?:hellere|i stedet|skifte?|vil (?:gerne )?have)\b")
_ONLY = re.compile(r"\b(?:bare|kun|blot)\b.*\b(?:have|bruge|hjalp|om|sog\w*)\b|\b(?:vil|skal) (?:\w+ )?(?:bare|kun|blot)\b")
_EXPLAIN = re.compile(
    r"^(?:(?:kan|vil) (?:du|i) )?(?:lige )?(?:forklare?|uddybe?)\b|hvad mener (?:du|i)\b"
    r"|^(?:det )?forstar (?:jeg|vi) ikke|^hvad betyder det\b"
)
_DONE = re.compile(
    r"^(?:(?:nej|tak|jo|ja|ok|sa) )*(?:det (?:var|er) (?:bare )?(?:det|alt)|ikke flere|ikke mere|faerdig|fardig|nej|nej tak|"
    r"intet mere)\b.{0,12}$"
)
_LEAVES = re.compile(r"\b(?:i bestemmer|ma i bestemme|bestem selv|valg for (?:mig|os)|hvad synes i|det i synes|anbefaler i)\b")
_PLAIN_NO = re.compile(
    r"^(?:nej|na|nope|niks|nix|ikke|helst ikke|overhovedet ikke|absolut ikke|det ma i ikke|det vil (?:jeg|vi) ikke|aldrig|no)\b"
)


def wants_other(text: str) -> bool:
    """Whether something else is wanted rather than this: "hellere", "i stedet"."""
    return bool(_RATHER.search(bare(text)))


def wants_only(text: str) -> bool:
    """Whether one thing is wanted and no more: "bare", "kun"."""
    return bool(_ONLY.search(bare(text)))


def wants_explanation(text: str) -> bool:
    """Whether the question itself was not understood: "hvad mener du", "kan du forklare"."""
    return bool(_EXPLAIN.search(bare(text)))


def is_done(text: str) -> bool:
    """Whether no more is wanted: "det var det", "ikke flere", "det er alt"."""
    return bool(_DONE.search(bare(text)))


def leaves_it(text: str) -> bool:
    """Whether the choice is left to us: "det må I bestemme", "vælg for mig"."""
    return bool(_LEAVES.search(bare(text)))


def is_plain_no(text: str) -> bool:
    """Whether a text begins as a no, and does not only hold one somewhere."""
    return bool(_PLAIN_NO.search(bare(text)))
