"""Lines in, JSON lines out: what a line is, and that no input stops the rest."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.commands.extract import command as extract


def answers(slot: str, given: bytes) -> list[tuple[str, object]]:
    """``text`` and ``value`` of each line that ``erhverv extract`` writes."""
    result = CliRunner().invoke(extract, [slot], input=given)
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout_bytes.decode("utf-8").removesuffix("\n").split("\n") if line]
    return [(line["text"], line["value"]) for line in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (b"ja\nnej", [("ja", True), ("nej", False)]),
        (b"ja\r\nnej\r\n", [("ja", True), ("nej", False)]),
        (b"\xef\xbb\xbfja\n", [("ja", True)]),
        (b"\n\nja\n", [("", None), ("", None), ("ja", True)]),
        (b"", []),
    ],
)
def test_a_line_ends_at_lf_or_crlf(given: bytes, expected: list[tuple[str, object]]) -> None:
    assert answers("ja_nej", given) == expected


def test_no_other_sign_ends_a_line() -> None:
    text = "a\u2028b\u0085c\x0bd\x0ce"
    assert answers("behov", f"{text}\n".encode()) == [(text, "a b c d e")]


def test_bytes_that_are_no_utf8_stop_nothing() -> None:
    assert answers("behov", b"\xff\xfe hej\nigen\n") == [("\ufffd\ufffd hej", "\ufffd\ufffd hej"), ("igen", "igen")]
