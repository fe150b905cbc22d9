"""Reading ``knowledge/``: the editors' YAML files as checked, immutable objects."""

from bot.knowledge.library import Library, load_library
from bot.knowledge.live import LiveLibrary
from bot.knowledge.problem import Problem
from bot.knowledge.shared import live_library

__all__ = ["Library", "LiveLibrary", "Problem", "live_library", "load_library"]
