"""The one library of a process: what understands a message and what answers it never see different files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.knowledge.live import LiveLibrary
from bot.settings import settings


def live_library() -> LiveLibrary:
    """The library of this process, followed while it runs; opened on first use."""
    return _opened(settings().knowledge, settings().var / "knowledge-rasa.json")


@lru_cache(maxsize=4)
def _opened(folder: Path, memory: Path) -> LiveLibrary:
    live = LiveLibrary(folder, memory)
    live.start()
    return live
