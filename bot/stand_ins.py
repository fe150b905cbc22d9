"""Stand-ins for libraries that Rasa imports at start and this project never runs: TensorFlow, and chat services' SDKs.

Imported for nothing they cost more than half of Rasa's memory (docs/maalinger.md). Whoever does call one once Rasa is up
is told which and why, instead of getting something that looks like an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# What rasa.core.policies, rasa.nlu.classifiers, rasa.core.channels and their likes import at their top.
UNUSED = frozenset(
    {
        *("tensorflow", "tensorflow_addons", "tensorflow_hub", "keras", "matplotlib", "aiogram", "boto3", "botocore"),
        *("webexteamssdk", "slack_sdk", "twilio", "fbmessenger", "rocketchat_API", "mattermostwrapper", "pymongo"),
    }
)


class Used(RuntimeError):
    """A stand-in was called while Rasa runs."""


class _Kind(type):
    """What is taken from a stand-in module: to be subclassed, decorated with or named in an annotation."""

    def __getattr__(cls, name: str) -> Any:
        return _made(f"{cls.__name__}.{name}", name)

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__

    def __getitem__(cls, item: Any) -> Any:
        return cls


def _made(path: str, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Kind(path, (), {"__init__": _init, "__call__": _decorate})


def _init(self: Any, *args: Any, **kwargs: Any) -> None:
    _Finder.check(type(self).__name__)


def _decorate(self: Any, decorated: Any = None, *args: Any, **kwargs: Any) -> Any:
    _Finder.check(type(self).__name__)
    return decorated


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        made = _made(f"{self.__name__}.{name}", name)
        setattr(self, name, made)
        return made


class _Finder(MetaPathFinder, Loader):
    running = False

    @classmethod
    def check(cls, name: str) -> None:
        if cls.running:
            raise Used(f"{name} er ikke indlæst i den kørende Rasa (bot/stand_ins.py), men noget i config.yml bruger den")

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in UNUSED else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        made = _Module(spec.name)
        made.__path__ = []
        return made

    def exec_module(self, module: ModuleType) -> None:
        return None


def install() -> None:
    """From now on an import of ``UNUSED`` gives a stand-in. Before Rasa is imported."""
    sys.meta_path.insert(0, _Finder())


def imported() -> None:
    """All imports are done: from now on a stand-in refuses to be called."""
    _Finder.running = True
