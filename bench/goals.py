"""What is to be reached against stock Rasa's default and against the floor, as ratios in one run (issue 5)."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench import report
from bot.nlu.evaluation import Share

Measured = Mapping[str, Mapping[str, Sequence[float]]]
OURS, ONE_EACH, DEFAULT, FLOOR = "vores", "vores, én af hver", "standard", "gulv"


@dataclass(frozen=True)
class Goal:
    """``key`` of ``ours`` divided by that of ``theirs`` is to be ``limit`` at most, or where ``least`` at least."""

    title: str
    key: str
    limit: float
    ours: str = OURS
    theirs: str = DEFAULT
    least: bool = False


GOALS = (
    Goal("beskeder i sekundet", "per_s", 8, least=True),
    Goal("p95 ved 50 samtaler", "p95_50_ms", 1 / 8),
    Goal("p50 ved én samtale", "p50_1_ms", 1 / 4),
    Goal("p50 ved én samtale mod gulvet", "p50_1_ms", 2, theirs=FLOOR),
    Goal("koldstart", "start_s", 1 / 5),
    Goal("hukommelse, samme opsætning", "pss_mb", 1.0),
    Goal("hukommelse, én af hver", "pss_mb", 0.7, ours=ONE_EACH),
    Goal("træning", "train_s", 1 / 5),
)
REACHED, MISSED = "nået", "**ikke nået**"
LONGEST_GROWTH = 1.5  # the 400th turn against the first


UNDERSTOOD = {"top1": "ydelse rigtig", "three": "ydelse blandt tre", "kinds": "slags rigtig"}
Scores = Mapping[str, Mapping[str, Share]]


def table(measured: Measured, long: Mapping[str, Mapping[int, float]], scores: Scores) -> str:
    """One row a goal: the ratio that was to be had, the one that was, and whether that is it."""
    rows = [row for goal in GOALS if (row := _row(goal, measured)) is not None]
    if turns := long.get(OURS):
        growth = turns[max(turns)] / turns[min(turns)]
        rows.append(_told("400. besked mod den første", growth, LONGEST_GROWTH, least=False))
    rows += [row for key, title in UNDERSTOOD.items() if (row := _understood(title, key, scores)) is not None]
    return report.table(["mål (forhold til Rasas standard, hvor andet ikke står)", "skal være", "blev", ""], rows)


def _row(goal: Goal, measured: Measured) -> list[str] | None:
    own = goal.ours if goal.ours in measured else OURS  # with one Rasa, ours is one of each
    ours, theirs = (measured.get(name, {}).get(goal.key) for name in (own, goal.theirs))
    if not ours or not theirs:
        return None
    return _told(goal.title, statistics.median(ours) / statistics.median(theirs), goal.limit, goal.least)


def _understood(title: str, key: str, scores: Scores) -> list[str] | None:
    """Ours is to be above the best of the others, not beside it."""
    others = [score[key] for name, score in scores.items() if name != OURS and key in score]
    if OURS not in scores or not others:
        return None
    best = max(share.hits / share.of for share in others)
    ratio = scores[OURS][key].hits / scores[OURS][key].of / best
    return [f"{title} mod den bedste af de andre", "over 1,00", report.number(ratio, 2), REACHED if ratio > 1 else MISSED]


def _told(title: str, ratio: float, limit: float, least: bool) -> list[str]:
    reached = ratio >= limit if least else ratio <= limit
    sign = "mindst" if least else "højst"
    return [title, f"{sign} {_ratio(limit)}", _ratio(ratio), REACHED if reached else MISSED]


def _ratio(value: float) -> str:
    return report.number(value, 2 if value >= 0.2 else 3)
