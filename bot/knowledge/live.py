"""``knowledge/`` followed while the bot runs: edits take effect in seconds, a bad file never replaces a good one."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

from bot.knowledge.library import Entry, Library, load_library
from bot.knowledge.problem import Problem

logger = logging.getLogger(__name__)


class LiveLibrary:
    """The library in force, reloaded by a watching thread when files change.

    Args:
        folder: the ``knowledge`` folder.
        memory: where the last good text of each file is kept over restarts (JSON), or None to keep it in memory only.
    """

    def __init__(self, folder: Path, memory: Path | None = None) -> None:
        self._folder = folder
        self._memory = memory
        self._lock = threading.Lock()
        self._good: dict[str, str] = _read_memory(memory)
        self._entries: dict[str, Entry] = {}
        self._library = Library()
        self._problems: list[Problem] = []
        self._stop = threading.Event()
        self._listeners: list[Callable[[Library], None]] = []
        self._thread: threading.Thread | None = None
        self.reload()

    @property
    def current(self) -> Library:
        """The library now in force."""
        return self._library

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files as they lie now."""
        return self._problems

    def on_change(self, listener: Callable[[Library], None]) -> None:
        """Call ``listener`` with each new library, from the watching thread."""
        self._listeners.append(listener)

    def reload(self) -> None:
        """Read the files anew; keep the last good version of those with an error."""
        with self._lock:
            library, problems, texts = load_library(self._folder, self._good, self._entries)
            changed = library.version != self._library.version
            self._good.update(texts)
            self._library, self._problems = library, problems
            if changed and self._memory is not None:
                _write_memory(self._memory, texts)
        for problem in problems:
            if problem.blocking:
                logger.error("knowledge/%s (den sidste gode udgave gælder fortsat)", problem)
        if changed:
            for listener in self._listeners:
                listener(library)

    def start(self) -> None:
        """Follow the folder from a daemon thread until ``stop``."""
        self._thread = threading.Thread(target=self._follow, name="knowledge", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watching thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _follow(self) -> None:
        for _ in watch(self._folder, stop_event=self._stop, debounce=400, step=50, rust_timeout=1000):
            try:
                self.reload()
            except Exception:
                logger.exception("knowledge/ kunne ikke læses; den sidste gode udgave gælder fortsat")


def _read_memory(memory: Path | None) -> dict[str, str]:
    if memory is None or not memory.is_file():
        return {}
    try:
        stored = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        logger.warning("%s kan ikke læses; de sidste gode udgaver er ukendte", memory)
        return {}
    return {str(name): str(text) for name, text in stored.items()} if isinstance(stored, dict) else {}


def _write_memory(memory: Path, texts: dict[str, str]) -> None:
    """A full disk must not stop an edit from taking effect; it only costs the memory over the next restart."""
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        draft = memory.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        draft.replace(memory)
    except OSError as error:
        logger.error("%s kan ikke skrives (%s); de sidste gode udgaver huskes kun, til processen stopper", memory, error.strerror)
