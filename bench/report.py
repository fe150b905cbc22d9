"""The tables as ``make bench`` writes them: JSON, and Markdown in Danish."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

Numbers = Sequence[float]


def spread(values: Numbers, digits: int = 0) -> str:
    """Median, with the smallest and the largest where there are several."""
    if not values:
        return "–"
    middle = number(statistics.median(values), digits)
    return middle if len(values) == 1 else f"{middle} ({number(min(values), digits)}–{number(max(values), digits)})"


def ratio(ours: Numbers, theirs: Numbers) -> str:
    """Median of ours against theirs."""
    return f"{statistics.median(ours) / statistics.median(theirs):.2f}".replace(".", ",") if ours and theirs else "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def comparison(measured: Mapping[str, Mapping[str, Any]], measures: Sequence[tuple[str, str, int]], against: str) -> str:
    """Rows of measures, columns of systems, and ours against ``against``; ``measures`` are (key, Danish name, digits)."""
    names = list(measured)
    rows = [
        [title, *(spread(measured[name].get(key, []), digits) for name in names),
         ratio(measured["vores"].get(key, []), measured.get(against, {}).get(key, []))]
        for key, title, digits in measures
    ]  # fmt: skip
    return table(["", *names, f"vores i forhold til {against}"], rows)


def number(value: float, digits: int) -> str:
    """As Danish has it: "1 234,5"."""
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")
