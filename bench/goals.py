"""What is to be reached against stock Rasa's default and against the floor, as ratios in one run (issue 5)."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench import report

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
LONGEST_GROWTH = 1.5  # the 400th turn against the first


def table(measured: Measured, long: Mapping[str, Mapping[int, float]]) -> str:
    """One row a goal: the ratio that was to be had, the one that was, and whether that is it."""
    rows = [row for goal in GOALS if (row := _row(goal, measured)) is not None]
    if turns := long.get(OURS):
        growth = turns[max(turns)] / turns[min(turns)]
        rows.append(_told("400. besked mod den første", growth, LONGEST_GROWTH, least=False))
    return report.table(["mål (forhold til Rasas standard, hvor andet ikke står)", "skal være", "blev", ""], rows)


def _row(goal: Goal, measured: Measured) -> list[str] | None:
    ours, theirs = (measured.get(name, {}).get(goal.key) for name in (goal.ours, goal.theirs))
    if not ours or not theirs:
        return None
    return _told(goal.title, statistics.median(ours) / statistics.median(theirs), goal.limit, goal.least)


def _told(title: str, ratio: float, limit: float, least: bool) -> list[str]:
    reached = ratio >= limit if least else ratio <= limit
    sign = "mindst" if least else "højst"
    return [title, f"{sign} {report.number(limit, 2)}", report.number(ratio, 2), "nået" if reached else "**ikke nået**"]
