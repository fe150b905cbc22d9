"""What each part of the understanding gives: variants of it learn from the same lines and are scored on the same files.

Every variant decides by the thresholds of ``bot.nlu.understanding``, which were fitted for the full recipe; so the best
guess before any threshold is told beside it. Training time is processor time, as a ratio to the full recipe's in the same
run: other programs on the machine don't change it much.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.knowledge.library import Library
from bot.language.fold import fold
from bot.language.pipeline import lemmas
from bot.nlu.corpus import by_label, nlu_lines
from bot.nlu.evaluation import Line, score
from bot.nlu.features import IN_USE, Recipe
from bot.nlu.linear import LinearModel, fit
from bot.nlu.ranker import Ranker, lines_of
from bot.nlu.typos import disturbed, without_danish_letters
from bot.nlu.understanding import CATALOGUE, SHARPNESS, Candidate, Understanding, split

Grouped = Mapping[str, Sequence[str]]
Understand = Callable[[str], Understanding]
Say = Callable[[str], None]

NEVER = -30.0  # log-probability of a kind that a hard first stage has not chosen


@dataclass(frozen=True)
class Variant:
    """A way to understand: ``train`` learns it. ``asks``: it may ask instead of acting, and it tells kinds apart."""

    name: str
    train: Callable[[], Understand]
    asks: bool = True


@dataclass(frozen=True)
class Figures:
    """Shares of one file: ydelse acted on rightly, right or asked among three, best guess right; kind right."""

    top: float
    among: float
    guess: float
    kind: float | None


@dataclass(frozen=True)
class Row:
    """One variant: training time as a ratio to the first's, and for each file its figures: as it is, with typos, without æøå."""

    name: str
    ratio: float
    figures: tuple[tuple[Figures, Figures, Figures], ...]


def variants(data: Path, library: Library) -> list[Variant]:
    """The full recipe first; then one thing less, more or otherwise at a time."""
    full = lines_of(data, library)
    written = {label: texts for label, texts in by_label(nlu_lines(data / "nlu")).items() if label in full}
    stages = cache(lambda: _stages(full))  # learnt once: the second of the two that use it takes no time
    few = [
        Variant(f"{size} formuleringer pr. ydelse", lambda size=size: learnt(sampled(full, size), library))  # type: ignore[misc]
        for size in (10, 30, 60)
    ]
    return [
        Variant("hele opskriften", lambda: learnt(full, library)),
        Variant("uden lemmaer", lambda: learnt(full, library, replace(IN_USE, lemmas=False))),
        Variant("uden tegnfølger", lambda: learnt(full, library, replace(IN_USE, char_max=0))),
        Variant("uden foldning af æøå", lambda: learnt(full, library, replace(IN_USE, folded=False))),
        Variant("tegnfølger på 3-5 i stedet for 2-5", lambda: learnt(full, library, replace(IN_USE, char_min=3))),
        Variant("uden redaktørernes linjer (knowledge/)", lambda: learnt(written, library)),
        *few,
        Variant("to trin, slagsen afgjort først", lambda: two_stages(*stages(), library, hard=True)),
        Variant("to trin, sandsynligheder ganget", lambda: two_stages(*stages(), library, hard=False)),
        Variant("kun ydelsernes navne (tegnfølger, cosinus)", lambda: names_only(library), asks=False),
        Variant("med slåfejl lagt til træningen", lambda: learnt(with_typos(full), library)),
    ]


def learnt(grouped: Grouped, library: Library, recipe: Recipe = IN_USE) -> Understand:
    """The one flat model over every label, as in use."""
    model = fit([(text, label) for label, texts in grouped.items() for text in texts], {}, recipe=recipe)
    return AsLearnt(model, library, Path()).understand


def two_stages(kinds: LinearModel, items: LinearModel, library: Library, *, hard: bool) -> Understand:
    """A classifier of kinds in front of a ranker of services, packages and areas.

    Args:
        hard: the likeliest kind is settled before anything is ranked; else the two probabilities are multiplied.
    """
    return AsLearnt(cast(LinearModel, TwoStages(kinds, items, hard)), library, Path()).understand


@dataclass(frozen=True)
class TwoStages:
    """Gives scores as one model does, made of two."""

    kinds: LinearModel
    items: LinearModel
    hard: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """Every item, and the kinds that have none."""
        return (*self.items.labels, *(kind for kind in self.kinds.labels if kind not in CATALOGUE))

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Log-probabilities, divided by the sharpness that ``decide`` multiplies by again."""
        of_kind = _stage(self.kinds, text)
        if self.hard:
            chosen = max(of_kind, key=lambda kind: of_kind[kind])
            of_kind = {kind: 0.0 if kind == chosen else NEVER for kind in of_kind}
        of_item = _stage(self.items, text)
        whole = {kind: _log_sum([p for label, p in of_item.items() if split(label)[0] == kind]) for kind in CATALOGUE}
        joint = [of_kind[split(label)[0]] + of_item.get(label, 0.0) - whole.get(split(label)[0], 0.0) for label in self.labels]
        return np.array(joint, np.float32) / np.float32(SHARPNESS)


class AsLearnt(Ranker):
    """The ranker in use, save that it never learns anything more: a variant stays what it is."""

    def follow(self, library: Library) -> None:
        """Nothing is fitted again."""


def names_only(library: Library) -> Understand:
    """Nothing learnt: the service whose name shares most character n-grams with the message. It never asks."""
    ids = list(library.ydelser)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(IN_USE.char_min, IN_USE.char_max), preprocessor=fold)
    names = vectorizer.fit_transform([library.ydelser[ident].navn for ident in ids])

    def understand(text: str) -> Understanding:
        likeness = (names @ vectorizer.transform([text]).T).toarray().ravel()
        nearest = [Candidate("ydelse", ids[place], float(likeness[place])) for place in np.argsort(-likeness)[:5]]
        return Understanding(text, "ydelse", "ydelse", nearest[0].id, nearest[0].score, tuple(nearest))

    return understand


def sampled(grouped: Grouped, size: int) -> Grouped:
    """``size`` lines a service, and of every other label the same share of its lines, so that their balance stays.

    Chosen by a fixed seed; fewer are among the more. Cutting only the services drowns them in the other kinds, and
    measures that instead of how much a phrasing gives.
    """
    full = sorted(len(texts) for label, texts in grouped.items() if split(label)[0] == "ydelse")
    share = min(1.0, size / full[len(full) // 2])
    return {
        label: _some(label, texts, size if split(label)[0] == "ydelse" else max(2, round(share * len(texts))))
        for label, texts in grouped.items()
    }


def with_typos(grouped: Grouped) -> Grouped:
    """Every line, and beside it a copy with typos."""
    return {label: [*texts, *(disturbed(text, f"læring {text}") for text in texts)] for label, texts in grouped.items()}


def measure(
    chosen: Sequence[Variant], files: Sequence[Sequence[Line]], library: Library, say: Say, warm_up: Sequence[str] = ()
) -> list[Row]:
    """Train and score each variant; the first is the measure of the others' time.

    Args:
        warm_up: texts whose lemmas are looked up beforehand, so that the first variant does not pay for all.
    """
    for text in warm_up:
        lemmas(text)
    rows: list[Row] = []
    first = 0.0
    for number, variant in enumerate(chosen, start=1):
        say(f"[{number}/{len(chosen)}] {variant.name} …")
        began = time.process_time()
        understand = variant.train()
        spent = time.process_time() - began
        first = first or spent or 1e-9
        rows.append(Row(variant.name, spent / first, tuple(_each(variant, understand, lines, library) for lines in files)))
    return rows


def _each(variant: Variant, understand: Understand, lines: Sequence[Line], library: Library) -> tuple[Figures, Figures, Figures]:
    spoilt = [replace(line, text=disturbed(line.text, line.text)) for line in lines]
    plain = [replace(line, text=without_danish_letters(line.text)) for line in lines]
    first, second, third = (_figures(variant, understand, copy, library) for copy in (lines, spoilt, plain))
    return first, second, third


def _figures(variant: Variant, understand: Understand, lines: Sequence[Line], library: Library) -> Figures:
    found = [understand(line.text) for line in lines]
    guessed = [replace(one, kind=one.candidates[0].kind, id=one.candidates[0].id) if one.candidates else one for one in found]
    offered = found if variant.asks else [replace(one, kind="uklart", id=None) for one in found]
    acted, guesses, offers = (score(lines, these, library.svaere_par) for these in (found, guessed, offered))
    services = [place for place, line in enumerate(lines) if line.kind == "ydelse"]
    return Figures(
        top=_share([acted[place].right for place in services]),
        among=_share([offers[place].among or acted[place].right for place in services]),
        guess=_share([guesses[place].right for place in services]),
        kind=_share([one.kind == line.kind for one, line in zip(found, lines, strict=True)]) if variant.asks else None,
    )


def _stages(grouped: Grouped) -> tuple[LinearModel, LinearModel]:
    lines = [(text, label) for label, texts in grouped.items() for text in texts]
    kinds = fit([(text, split(label)[0]) for text, label in lines], {})
    return kinds, fit([(text, label) for text, label in lines if split(label)[0] in CATALOGUE], {})


def _stage(model: LinearModel, text: str) -> dict[str, float]:
    powers = SHARPNESS * model.scores(text).astype(np.float64)
    return dict(zip(model.labels, powers - _log_sum(list(powers)), strict=True))


def _log_sum(powers: Sequence[float]) -> float:
    return float(np.logaddexp.reduce(powers)) if len(powers) else 0.0


def _some(label: str, texts: Sequence[str], size: int) -> list[str]:
    shuffled = list(texts)
    random.Random(label).shuffle(shuffled)  # noqa: S311 (no secret)
    return shuffled[:size]


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
