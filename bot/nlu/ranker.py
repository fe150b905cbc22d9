"""The ranker: one linear model over every service, package, area and kind, kept in step with ``knowledge/``.

A flat model over all of them understood more than a classifier of kinds in front of a ranker of services
(docs/forstaaelse.md), so the kind is the kind of the best label. Labels whose lines changed since training are
fitted again one by one, new ones are added, vanished ones leave: found at once, before any training.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.knowledge.library import Library
from bot.nlu.corpus import by_label, digest, knowledge_lines, knowledge_names, nlu_lines
from bot.nlu.linear import LinearModel, fit
from bot.nlu.understanding import CATALOGUE, IN_DIALOGUE, Understanding, decide, named, nothing, split
from bot.screening.criteria import bare
from bot.svar.anden_kommune import in_another_municipality

SLASHES = ("/", "\u2215")  # the second is what the channel makes of the first
logger = logging.getLogger(__name__)


def train(data: Path, library: Library) -> LinearModel:
    """Fit the model from ``data/nlu`` and ``knowledge/``."""
    grouped = lines_of(data, library)
    lines = [(text, label) for label, texts in grouped.items() for text in texts]
    return fit(lines, {label: digest(texts) for label, texts in grouped.items()})


def lines_of(data: Path, library: Library) -> dict[str, list[str]]:
    """Every line by label; lines of a service that is not in the catalogue are left out."""
    grouped = by_label([*nlu_lines(data / "nlu"), *knowledge_lines(library)])
    known = _catalogue_labels(library)
    return {label: texts for label, texts in grouped.items() if split(label)[0] not in CATALOGUE or label in known}


class Ranker:
    """Understands messages by a model and the library in force.

    ``follow`` takes the model to a new library; it may be called from a watching thread while messages are understood.
    """

    def __init__(self, model: LinearModel, library: Library, data: Path) -> None:
        self._data = data
        self._lock = threading.Lock()
        self._state = (model, _twins(library), _volumes(library), _names(library))
        self.follow(library)

    def understand(self, text: str) -> Understanding:
        """What one message means as a first message."""
        if not any(char.isalnum() for char in text) and not _is_emoji(text):
            return nothing(text)
        if text[:1] in SLASHES:
            # it looks like a command to somebody; it is text, and commands of the dialogue are not among what it may mean
            found = self.understand(text.lstrip("".join(SLASHES)))
            return nothing(text) if found.intent in IN_DIALOGUE else replace(found, text=text)
        model, twins, volumes, names = self._state
        if (label := names.get(bare(text))) is not None:
            return named(text, label)
        return decide(text, model.labels, model.scores(text), twins, volumes, elsewhere=in_another_municipality(text))

    def follow(self, library: Library) -> None:
        """Fit again what differs between the model and the library; costs a fraction of a second a changed label."""
        with self._lock:
            model = self._state[0]
            wanted = {label: texts for label, texts in lines_of(self._data, library).items() if split(label)[0] in CATALOGUE}
            known = dict(zip(model.labels, model.digests, strict=True))
            for label in [label for label in known if split(label)[0] in CATALOGUE and label not in wanted]:
                model = model.without_label(label)
                logger.info("%s er ikke længere i kataloget", label)
            for label, texts in wanted.items():
                mark = digest(texts)
                if known.get(label) != mark:
                    model = model.with_label(label, mark, texts)
                    logger.info("%s er lært på ny af %d formuleringer", label, len(texts))
            self._state = (model, _twins(library), _volumes(library), _names(library))


def _catalogue_labels(library: Library) -> set[str]:
    return (
        {f"ydelse/{ident}" for ident in library.ydelser}
        | {f"pakke/{ident}" for ident in library.servicepakker}
        | {f"omraade/{ident}" for ident in library.omraader}
    )


def _twins(library: Library) -> Mapping[str, str]:
    return {f"ydelse/{ident}": f"par {number}" for number, group in enumerate(library.svaere_par) for ident in group}


def _names(library: Library) -> Mapping[str, str]:
    """Folded name or synonym to its label, where only one label has it."""
    found: dict[str, set[str]] = {}
    for text, label in knowledge_names(library):
        found.setdefault(bare(text), set()).add(label)
    return {name: labels.pop() for name, labels in found.items() if len(labels) == 1 and name}


def _volumes(library: Library) -> Mapping[str, float]:
    found = {}
    for ydelse in library.ydelser.values():
        digits = (ydelse.tal.antal_pr_aar or "" if ydelse.tal else "").split("-")[0].replace(".", "")
        if digits.isdigit() and int(digits) > 0:
            found[f"ydelse/{ydelse.id}"] = float(digits)
    return found


def _is_emoji(text: str) -> bool:
    return any(ord(char) >= 0x2190 for char in text)
