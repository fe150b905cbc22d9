"""Scoring the understanding on lines with known answers (contract, ``erhverv evaluate``)."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.understanding import CATALOGUE, Understanding

THREE = 3
BINS = 5


@dataclass(frozen=True)
class Line:
    """A message, its kind and the id of what it means."""

    text: str
    kind: str
    id: str | None


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % Wilson interval."""

    hits: int
    of: int

    def interval(self) -> tuple[float, float]:
        """Lower and upper bound; the whole range where nothing was counted."""
        if self.of == 0:
            return 0.0, 1.0
        z, share = 1.96, self.hits / self.of
        middle = (share + z * z / (2 * self.of)) / (1 + z * z / self.of)
        half = z * math.sqrt(share * (1 - share) / self.of + z * z / (4 * self.of**2)) / (1 + z * z / self.of)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.hits}/{self.of} = {self.hits / self.of:.3f} [{low:.3f}-{high:.3f}]" if self.of else "0/0"


@dataclass(frozen=True)
class Result:
    """One line and what was made of it. ``right``: acted on the right thing; ``among``: right, or asked with it among three."""

    line: Line
    found: Understanding
    right: bool
    among: bool

    @property
    def asked(self) -> bool:
        """Whether the bot would rather ask."""
        return self.found.kind == "uklart"


def read(path: Path) -> list[Line]:
    """Lines of a JSONL file.

    Raises:
        ValueError: naming the line that is not of the form.
    """
    lines = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
            ident = value["id"]
            if value["kind"] == "omraade" and ident is not None:
                ident = str(ident).split(".")[0]  # "5.3" counts as "5" (contract)
            lines.append(Line(str(value["text"]), str(value["kind"]), ident))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: linjen skal være JSON med text, kind og id") from error
    return lines


def score(lines: Sequence[Line], found: Sequence[Understanding], twins: Iterable[Iterable[str]]) -> list[Result]:
    """Each line judged; services of one group of ``twins`` count as one."""
    group = {ident: f"par {number}" for number, members in enumerate(twins) for ident in members}
    results = []
    for line, understood in zip(lines, found, strict=True):
        wanted = (line.kind, group.get(line.id or "", line.id))
        offers = [(c.kind, group.get(c.id or "", c.id)) for c in understood.candidates]
        right = (understood.kind, group.get(understood.id or "", understood.id)) == wanted
        among = right or (understood.kind == "uklart" and wanted in offers[:THREE])
        results.append(Result(line, understood, right, among))
    return results


def report(results: Sequence[Result]) -> str:
    """The table that ``erhverv evaluate`` prints, in Danish."""
    services = [r for r in results if r.line.kind == "ydelse"]
    named = [r for r in results if r.line.kind in CATALOGUE]
    rows = [
        ("ydelse: rigtig første gang", _share(services, lambda r: r.right)),
        ("ydelse: rigtig, eller spurgt med den rigtige blandt tre", _share(services, lambda r: r.among)),
        ("ydelse: sikkert sagt, men forkert", _share(services, lambda r: not r.asked and not r.right)),
        ("ydelse: spurgt", _share(services, lambda r: r.asked)),
        ("ydelse, pakke og område: rigtig første gang", _share(named, lambda r: r.right)),
        ("slags: rigtig", _share(results, lambda r: r.found.kind == r.line.kind)),
        ("menneske: fundet", _share([r for r in results if r.line.kind == "menneske"], lambda r: r.found.kind == "menneske")),
        (
            "udenfor: besvaret som ydelse",
            _share([r for r in results if r.line.kind == "udenfor"], lambda r: r.found.kind == "ydelse"),
        ),
    ]
    width = max(len(name) for name, _ in rows)
    text = [f"{len(results)} linjer", *(f"{name:<{width}}  {value}" for name, value in rows)]
    for kind in sorted({r.line.kind for r in results}):
        share = _share([r for r in results if r.line.kind == kind], lambda r: r.found.kind == r.line.kind)
        text += [f"{'slags ' + kind:<{width}}  {share}"]
    return "\n".join([*text, "", *_calibration(results), "", *_confusions(results), "", *_misses(results)])


def _share(results: Sequence[Result], test: Callable[[Result], bool]) -> Share:
    return Share(sum(1 for result in results if test(result)), len(results))


def _calibration(results: Sequence[Result]) -> list[str]:
    """In each fifth of confidence: what was promised, and what held."""
    text = ["kalibrering (sandsynlighed: lovet, holdt, antal)"]
    for place in range(BINS):
        low, high = place / BINS, (place + 1) / BINS
        part = [r for r in results if not r.asked and low <= r.found.confidence < high + (place == BINS - 1)]
        if part:
            promised = sum(r.found.confidence for r in part) / len(part)
            text.append(f"  {low:.1f}-{high:.1f}: {promised:.2f} {sum(r.right for r in part) / len(part):.2f} {len(part)}")
    return text


def _confusions(results: Sequence[Result]) -> list[str]:
    pairs = Counter(
        (_name(r.line.kind, r.line.id), _name(r.found.kind, r.found.id)) for r in results if not r.right and not r.asked
    )
    return ["forvekslinger", *(f"  {count} x {wanted} -> {given}" for (wanted, given), count in pairs.most_common(20))]


def _misses(results: Sequence[Result]) -> list[str]:
    return ["ikke rigtige", *(_miss(result) for result in results if not result.right)]


def _miss(result: Result) -> str:
    wanted, given = _name(result.line.kind, result.line.id), _name(result.found.kind, result.found.id)
    return f"  {wanted} -> {given} ({result.found.confidence:.2f}): {result.line.text[:100]}"


def _name(kind: str, ident: str | None) -> str:
    return f"{kind}/{ident}" if ident else kind
