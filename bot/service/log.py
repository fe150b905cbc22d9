"""One stream of log lines from several programs, each line with its program's name before it.

Each program writes to a pipe that outlives it, so that the last words of one that crashed are not lost. Nobody
has to read our output: when it is not read, the oldest lines are dropped, and a program never waits for its log.

Left out are the deprecation warnings of other people's code (``without_deprecations``): at every start Rasa and its
libraries print dozens, about which whoever runs this can do nothing. They would hide the lines that matter.
"""

from __future__ import annotations

import linecache
import os
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO

LONGEST_LINE = 64 * 1024
# What ``warnings.formatwarning`` writes: "path:line: Category: message", then the line of code, indented by two.
# Only what tells of the future is dropped; a UserWarning or a RuntimeWarning may tell of something wrong now.
_DEPRECATION = re.compile(
    rb"(/[^:]*/(?:site-packages|dist-packages|lib/python3\.\d+)/[^:]*):(\d+): "
    rb"\w*(?:Deprecat\w*|Future|MovedIn\w*|RemovedIn\w*)Warning: "
)
_LONGEST_MESSAGE = 5  # lines


class Log:
    """Writes to ``out`` (a binary stream) from a thread of its own; keeps at most ``waiting`` unwritten lines."""

    def __init__(self, out: BinaryIO, width: int = 0, waiting: int = 10_000) -> None:
        self._out = out
        self._width = width
        self._waiting = waiting
        self._lines: deque[bytes] = deque()
        self._dropped = 0
        self._closed = False
        self._ready = threading.Condition()
        self._ends: list[int] = []
        self._readers: list[threading.Thread] = []
        self._writer = threading.Thread(target=self._write, name="log", daemon=True)
        self._writer.start()

    def pipe(self, name: str) -> int:
        """A file descriptor that programs may inherit and write to; each line comes out as ``name | line``."""
        read_end, write_end = os.pipe()
        os.set_inheritable(write_end, True)
        self._ends.append(write_end)
        prefix = f"{name:<{self._width}} | ".encode()
        reader = threading.Thread(target=self._read, args=(read_end, prefix), name=f"log-{name}", daemon=True)
        reader.start()
        self._readers.append(reader)
        return write_end

    def say(self, line: str) -> None:
        """A line of our own, without a prefix."""
        self._put(line.encode() + b"\n")

    def close(self, patience: float = 2.0) -> None:
        """Write what is left, for at most ``patience`` seconds."""
        for end in self._ends:
            os.close(end)
        self._ends.clear()
        for reader in self._readers:
            reader.join(patience)
        with self._ready:
            self._closed = True
            self._ready.notify()
        self._writer.join(patience)

    def _put(self, line: bytes) -> None:
        with self._ready:
            if len(self._lines) >= self._waiting:
                self._lines.popleft()
                self._dropped += 1
            self._lines.append(line)
            self._ready.notify()

    def _read(self, read_end: int, prefix: bytes) -> None:
        rest = b""
        while chunk := os.read(read_end, LONGEST_LINE):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in without_deprecations(lines):
                self._put(prefix + line + b"\n")
            if len(rest) >= LONGEST_LINE:
                self._put(prefix + rest + b"\n")
                rest = b""
        if rest:
            self._put(prefix + rest + b"\n")
        os.close(read_end)

    def _write(self) -> None:
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._lines or self._closed)
                if not self._lines:
                    return
                batch = b"".join(self._lines)
                if self._dropped:
                    batch = f"({self._dropped} loglinjer sprunget over, fordi ingen læste dem)\n".encode() + batch
                self._lines.clear()
                self._dropped = 0
            try:
                self._out.write(batch)
                self._out.flush()
            except (OSError, ValueError):
                # Whoever read our output is gone (``make run | head``); the programs go on.
                continue


def without_deprecations(lines: Sequence[bytes]) -> Iterator[bytes]:
    """``lines`` without the deprecation warnings of installed packages and of Python itself.

    With a warning go the further lines of its message and its line of code, which is known by being what stands at
    that place in that file. Nothing else is ever dropped, so a traceback right behind a warning is whole. Python
    writes a warning at once, so that all of it is among ``lines``; if not, what is left of it is shown.
    """
    number = 0
    while number < len(lines):
        found = _DEPRECATION.match(lines[number])
        if found is None:
            yield lines[number]
            number += 1
            continue
        code = linecache.getline(os.fsdecode(found[1]), int(found[2])).strip().encode()
        following = [line.rstrip(b"\r") for line in lines[number + 1 : number + 1 + _LONGEST_MESSAGE]]
        number += 1
        if code and b"  " + code in following:
            number += following.index(b"  " + code) + 1
