"""The trained model and whether it is still the one that its sources make.

``models/erhverv.tar.gz`` lies beside ``models/erhverv.fingerprint``, a hash over what it was trained from. The
knowledge files are not part of it: they are read by the running bot (design.md, "Finding the ydelse").
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.service.parent import Parent
from bot.service.problem import StartProblem
from bot.service.training import run_training
from bot.settings import ROOT

NAME = "erhverv"
SOURCES = ("config.yml", "domain.yml", "data/nlu", "data/stories", "bot/nlu", "bot/language")
# A model read by other versions of these is another model; da-core-news-sm may be absent.
PACKAGES = ("rasa", "spacy", "scikit-learn", "numpy", "simplemma", "da-core-news-sm")

Say = Callable[[str], None]


def _say(line: str) -> None:
    print(line, flush=True)


def is_stale(root: Path = ROOT) -> bool:
    """There is no model, or what it is trained from has changed since."""
    model, mark = archive(root), _mark(root)
    return not (model.exists() and mark.exists() and mark.read_text(encoding="ascii").strip() == fingerprint(root))


def ensure(root: Path = ROOT, say: Say = _say, parent: Parent | None = None) -> None:
    """Train if stale."""
    if is_stale(root):
        train(root, say=say, parent=parent, only_if_stale=True)


def train(
    root: Path = ROOT,
    command: tuple[str, ...] | None = None,
    say: Say = _say,
    parent: Parent | None = None,
    only_if_stale: bool = False,
) -> None:
    """Train anew (one or two minutes), saying how far it is; the old model stays until the new one is whole.

    ``command`` makes ``erhverv.tar.gz`` in the folder given to it as last argument; Rasa's unless a test says other.
    Raises ``StartProblem``; the log of the training is then in ``models/traening.log``.
    """
    for needed in ("config.yml", "domain.yml"):
        if not (root / needed).exists():
            raise StartProblem(f"{needed} mangler, så sprogmodellen kan ikke trænes. Hent projektet igen.")
    models = root / "models"
    models.mkdir(exist_ok=True)
    with _alone(models, say):
        if only_if_stale and not is_stale(root):
            return  # another process trained it while we waited
        mark = fingerprint(root)  # before: a source changed meanwhile makes the new model stale
        with tempfile.TemporaryDirectory(prefix=".ny-", dir=models) as folder:
            run_training((*(command or _rasa(root)), folder), root, models / "traening.log", say, parent)
            made = Path(folder) / f"{NAME}.tar.gz"
            if not made.exists():
                raise StartProblem(f"Træningen lavede ingen sprogmodel; se {models / 'traening.log'}.")
            _mark(root).unlink(missing_ok=True)
            made.replace(archive(root))
        _mark(root).write_text(mark + "\n", encoding="ascii")


def fingerprint(root: Path = ROOT) -> str:
    """A hash over the names and contents of ``SOURCES`` and the versions of ``PACKAGES``."""
    total = hashlib.sha256()
    for name in PACKAGES:
        total.update(f"{name}={_version(name)}\n".encode())
    for path in _files(root):
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        start = root / source
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            hidden = any(part.startswith((".", "__pycache__")) or part.endswith("~") for part in path.relative_to(root).parts)
            if path.is_file() and not hidden:
                yield path


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def archive(root: Path = ROOT) -> Path:
    """Where the trained model lies."""
    return root / "models" / f"{NAME}.tar.gz"


def _mark(root: Path) -> Path:
    return root / "models" / f"{NAME}.fingerprint"


def _rasa(root: Path) -> tuple[str, ...]:
    data = [str(path) for path in (root / "data/nlu", root / "data/stories") if path.exists()]
    # -m rasa, not the script: that carries the path where .venv was made
    return (sys.executable, "-m", "rasa", "train", "--fixed-model-name", NAME, "--data", *data, "--out")


@contextmanager
def _alone(models: Path, say: Say) -> Iterator[None]:
    with (models / ".laas").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Sprogmodellen trænes allerede af et andet program; venter på det …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        for left_over in models.glob(".ny-*"):  # of a training that was killed
            shutil.rmtree(left_over, ignore_errors=True)
        yield
