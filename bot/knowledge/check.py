"""Checking the editors' files: a whole folder, or only some files of one."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.library import load_library
from bot.knowledge.problem import Problem

Found = list[tuple[Path, Problem]]


def check(default: Path, paths: tuple[Path, ...] = ()) -> Found:
    """Problems with the ``knowledge`` folder that each lies in.

    A path may be a whole ``knowledge`` folder, or a file or folder inside one; then only its problems are told, but
    checked against all the rest.

    Raises:
        FileNotFoundError: when a path does not exist.
    """
    found: Found = []
    for path in paths or (default,):
        whole = path.resolve()
        if not whole.exists():
            raise FileNotFoundError(f"{path} findes ikke")
        folder = _knowledge_folder(whole) or default.resolve()
        inside = whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else "."
        _, problems, _ = load_library(folder)
        found += [(folder, problem) for problem in problems if inside == "." or _within(problem.path, inside)]
    return list(dict.fromkeys(found))


def _knowledge_folder(path: Path) -> Path | None:
    """The nearest folder upwards that has the catalogue's files in it."""
    return next(
        (folder for folder in (path, *path.parents) if (folder / "ydelser").is_dir() and (folder / "omraader").is_dir()), None
    )


def _within(name: str, inside: str) -> bool:
    return name == inside or name.startswith(inside + "/")
