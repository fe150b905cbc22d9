"""Checking the editors' files: a whole folder, or only some files of one."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.library import load_library
from bot.knowledge.problem import Problem

Found = list[tuple[Path, Problem]]


def check(default: Path, paths: tuple[Path, ...] = ()) -> Found:
    """Problems with the ``knowledge`` folder that each path lies in.

    A path may be a whole ``knowledge`` folder, or a file or folder inside one; then only its problems are told, but
    checked against all the rest. A path that is not there, or lies in no such folder, is a problem of its own.
    """
    found: Found = []
    for path in paths or (default,):
        whole = path.resolve()
        folder = _knowledge_folder(whole)
        if not whole.exists():
            found.append((whole.parent, Problem(whole.name, 1, "findes ikke")))
        elif folder is None:
            message = "ligger ikke i en knowledge-mappe med ydelser og omraader, så den kan ikke kontrolleres"
            found.append((whole.parent, Problem(whole.name, 1, message)))
        else:
            inside = whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else "."
            _, problems, _ = load_library(folder)
            found += [(folder, problem) for problem in problems if inside == "." or _within(problem.path, inside)]
    return list(dict.fromkeys(found))


def _knowledge_folder(path: Path) -> Path | None:
    """The catalogue that a path lies in, upwards; else the one right inside it (the project's own folder is given)."""
    return next((folder for folder in (path, *path.parents, path / "knowledge") if _is_catalogue(folder)), None)


def _is_catalogue(folder: Path) -> bool:
    return (folder / "ydelser").is_dir() and (folder / "omraader").is_dir()


def _within(name: str, inside: str) -> bool:
    return name == inside or name.startswith(inside + "/")
