"""From scores to what the bot does with a message: act, or ask which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Fitted on the validation set, which another hand wrote than the phrasings; how: docs/forstaaelse.md.
SHARPNESS = 2.0  # logits are multiplied by this before the softmax
ACT = 0.50  # probability from which the bot acts on its best guess
STRANGE = 0.05  # probability of "not ours" from which a service is asked about instead of answered
SHORT = 3  # words; so short a message must be plain
PLAIN = 1.0  # logit of the best label that a short message must reach to be acted on ("noget med vand" has -2.3)
NAMED = 0.95  # probability told of a message that is just a service's name or synonym
ELSEWHERE = 1.5  # logit added to "not ours" when the message is about another Danish municipality
VOLUME_WEIGHT = 0.05  # logit per e-fold of yearly volume: decides only where two are equally likely

NOT_OURS = "udenfor"
CATALOGUE = ("ydelse", "omraade", "pakke")
# What only makes sense inside a dialogue; as a first message it says nothing on which service is meant.
IN_DIALOGUE = ("ja", "nej", "ved_ikke", "afbryd", "ret", "hvorfor", "aspekt", "fortsaet", "forfra")
UNOFFERED = ("smalltalk", "udenfor")  # nothing to put on a button
# Overviews: the kind is told by the contract's name, the dialogue by the finer one.
KIND_OF = {"pakkeoversigt": "pakke", "omraader": "omraade"}


@dataclass(frozen=True)
class Candidate:
    """A possible meaning: its kind, its id (catalogue kinds only) and its probability."""

    kind: str
    id: str | None
    score: float


@dataclass(frozen=True)
class Understanding:
    """What a message means. ``kind`` is ``uklart`` where the bot would rather ask; the candidates are best first.

    ``intent`` is Rasa's name for it: the kind, or a finer one inside dialogue (``ja``, ``aspekt``, ``omraader``).
    """

    text: str
    intent: str
    kind: str
    id: str | None
    confidence: float
    candidates: tuple[Candidate, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of ``erhverv parse`` (contract)."""
        return {
            "text": self.text,
            "kind": self.kind,
            "id": self.id,
            "confidence": round(self.confidence, 4),
            "candidates": [{"kind": c.kind, "id": c.id, "score": round(c.score, 4)} for c in self.candidates],
        }


def nothing(text: str) -> Understanding:
    """A message without a word in it."""
    return Understanding(text, "uklart", "uklart", None, 0.0, ())


def named(text: str, label: str) -> Understanding:
    """A message that is nothing but the name of a service, package or area."""
    kind, ident = split(label)
    return Understanding(text, kind, kind, ident, NAMED, (Candidate(kind, ident, NAMED),))


def decide(
    text: str,
    labels: Sequence[str],
    logits: npt.NDArray[np.float32],
    twins: Mapping[str, str],
    volumes: Mapping[str, float],
    *,
    elsewhere: bool = False,
) -> Understanding:
    """Act or ask.

    Args:
        labels: of the logits, such as ``ydelse/udeservering`` or ``menneske``.
        twins: label to the name of its group, for services that one sentence seldom tells apart: where the group is
            certain, its best member is answered (and offers the others as related).
        volumes: label to times a year (report, bilag 2), the prior between equals.
        elsewhere: the message is about a place in another municipality.
    """
    prior = VOLUME_WEIGHT * np.log(np.array([volumes.get(label, 1.0) for label in labels]))
    if elsewhere and NOT_OURS in labels:
        prior[list(labels).index(NOT_OURS)] += ELSEWHERE
    powers = SHARPNESS * (logits.astype(np.float64) + prior)
    probabilities = np.exp(powers - powers.max())
    probabilities /= probabilities.sum()
    order = np.argsort(-probabilities)
    best = labels[order[0]]
    group = twins.get(best, best)
    certain = float(sum(probabilities[i] for i in order[:6] if twins.get(labels[i], labels[i]) == group))
    intent, ident = split(best)
    candidates = _candidates(labels, probabilities, order, twins)
    if intent in IN_DIALOGUE:
        return Understanding(text, intent, "uklart", None, certain, candidates)
    strange = (
        intent in CATALOGUE and float(sum(probabilities[i] for i, label in enumerate(labels) if label == NOT_OURS)) > STRANGE
    )
    vague = intent in CATALOGUE and len(text.split()) <= SHORT and float(logits[order[0]]) < PLAIN
    if certain < ACT or strange or vague:
        offers = tuple(candidate for candidate in candidates if candidate.kind not in UNOFFERED)
        return Understanding(text, "uklart", "uklart", None, certain, offers)
    return Understanding(text, intent, KIND_OF.get(intent, intent), ident, certain, candidates)


def split(label: str) -> tuple[str, str | None]:
    """``ydelse/udeservering`` as kind and id."""
    kind, _, ident = label.partition("/")
    return kind, ident or None


def _probability(label: str, labels: Sequence[str], probabilities: npt.NDArray[np.float64]) -> float:
    return float(probabilities[list(labels).index(label)]) if label in labels else 0.0


def _candidates(
    labels: Sequence[str], probabilities: npt.NDArray[np.float64], order: npt.NDArray[np.intp], twins: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """At most five, best first; of a group of twins only the best, so that three buttons mean three things."""
    found: list[Candidate] = []
    groups: set[str] = set()
    for place in order[:15]:
        kind, ident = split(labels[place])
        group = twins.get(labels[place], labels[place])
        if kind in IN_DIALOGUE or group in groups:
            continue
        groups.add(group)
        found.append(Candidate(KIND_OF.get(kind, kind), ident, float(probabilities[place])))
    return tuple(found[:5])
