"""Lines from stdin for the commands that read them, and JSON lines to stdout: UTF-8 both, whatever the terminal's locale."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any


def each_line(answer: Callable[[str], dict[str, Any]]) -> None:
    """Write ``answer(line)`` as JSON for every line of stdin.

    A line ends at LF or CRLF and nowhere else; bytes that are no UTF-8 become U+FFFD, so one bad line stops nothing.
    """
    for text in _lines():
        sys.stdout.buffer.write(json.dumps(answer(text), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()  # an answer a line, also for whoever writes a line and waits


def _lines() -> Iterator[str]:
    for number, raw in enumerate(sys.stdin.buffer):
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
        yield text.removeprefix("\ufeff") if number == 0 else text
