"""Scoring: what counts as right, as among three, and how sure a share is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.evaluation import Line, Share, read, report, score
from bot.nlu.understanding import Candidate, Understanding

TWINS = [["a-ukompliceret", "a-kompliceret"]]


def found(kind: str, ident: str | None, *candidates: tuple[str, str | None], confidence: float = 0.9) -> Understanding:
    offers = tuple(Candidate(k, i, 0.2) for k, i in candidates or ((kind, ident),))
    return Understanding("t", kind, kind, ident, confidence, offers)


def asked(*candidates: tuple[str, str | None]) -> Understanding:
    return found("uklart", None, *candidates, confidence=0.4)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe 1998, table I, method 3 (the score interval without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval() == pytest.approx((low, high), abs=6e-5)


def test_nothing_counted_says_nothing() -> None:
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert str(Share(0, 0)) == "0/0"
    assert str(Share(9, 10)).startswith("9/10 = 0.900 [0.596-0.982]")


@pytest.mark.parametrize(
    ("line", "understood", "right", "among"),
    [
        (Line("t", "ydelse", "a"), found("ydelse", "a"), True, True),
        (Line("t", "ydelse", "a"), found("ydelse", "b", ("ydelse", "b"), ("ydelse", "a")), False, False),
        (Line("t", "ydelse", "a"), asked(("ydelse", "b"), ("ydelse", "c"), ("ydelse", "a")), False, True),
        (Line("t", "ydelse", "a"), asked(("ydelse", "b"), ("ydelse", "c"), ("ydelse", "d"), ("ydelse", "a")), False, False),
        (Line("t", "ydelse", "a-kompliceret"), found("ydelse", "a-ukompliceret"), True, True),
        (Line("t", "ydelse", "a-kompliceret"), asked(("ydelse", "a-ukompliceret")), False, True),
        (Line("t", "pakke", "a"), found("ydelse", "a"), False, False),
        (Line("t", "menneske", None), found("menneske", None), True, True),
        (Line("t", "uklart", None), asked(("ydelse", "a")), True, True),
    ],
)
def test_what_counts(line: Line, understood: Understanding, right: bool, among: bool) -> None:
    (result,) = score([line], [understood], TWINS)
    assert (result.right, result.among) == (right, among)


def test_two_groups_of_twins_are_two_things() -> None:
    groups = [["a", "b"], ["c", "d"]]
    assert score([Line("t", "ydelse", "a")], [found("ydelse", "b")], groups)[0].right
    assert not score([Line("t", "ydelse", "a")], [found("ydelse", "c")], groups)[0].right


def test_as_many_answers_as_lines() -> None:
    with pytest.raises(ValueError, match="zip"):
        score([Line("t", "ydelse", "a")], [], [])


def test_the_report_counts_each_figure() -> None:
    lines = [Line("et", "ydelse", "a"), Line("to", "ydelse", "a"), Line("tre", "ydelse", "a"), Line("fire", "udenfor", None)]
    lines += [Line("fem", "menneske", None)]
    answers = [found("ydelse", "a"), found("ydelse", "b"), asked(("ydelse", "a")), found("ydelse", "b"), found("menneske", None)]
    told = report(score(lines, answers, []))
    rows = dict(line.split("  ", 1) for line in told.splitlines() if "  " in line.strip())
    figures = {name.strip(): value.split()[0] for name, value in rows.items()}
    assert figures["ydelse: rigtig første gang"] == "1/3"
    assert figures["ydelse: rigtig, eller spurgt med den rigtige blandt tre"] == "2/3"
    assert figures["ydelse: sikkert sagt, men forkert"] == "1/3"
    assert figures["ydelse: spurgt"] == "1/3"
    assert figures["slags: rigtig"] == "3/5"
    assert figures["menneske: fundet"] == "1/1"
    assert figures["udenfor: besvaret som ydelse"] == "1/1"
    assert "1 x ydelse/a -> ydelse/b" in told
    assert "ydelse/a -> uklart (0.40): tre" in told
    assert "  0.8-1.0: 0.90 0.50 4" in told


def test_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "linjer.jsonl"
    path.write_text(
        '{"text": "må jeg", "kind": "ydelse", "id": "a"}\n\n{"text": "x", "kind": "sag", "id": null}\n', encoding="utf-8"
    )
    assert read(path) == [Line("må jeg", "ydelse", "a"), Line("x", "sag", None)]


@pytest.mark.parametrize("bad", ["x", '{"text": "a"}', "[]", '{"text": "a", "kind": "ydelse"}'])
def test_a_line_that_is_none_is_named(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "linjer.jsonl"
    path.write_text('{"text": "a", "kind": "sag", "id": null}\n' + bad + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"linjer\.jsonl:2: "):
        read(path)
