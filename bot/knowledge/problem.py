"""One error in one of the editors' files."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """An error in an editor's file, in Danish.

    ``path`` is relative to ``knowledge/``; ``line`` counts from 1. ``blocking`` problems keep the file's
    last good version in force; the others (a missing test file) are only told by ``erhverv check``. Where there is
    no good version to fall back on, a file with a ``fatal`` problem is left out; one that only refers to something
    missing is used without that link, so that one broken file on a fresh machine never empties the catalogue.
    """

    path: str
    line: int
    message: str
    blocking: bool = True
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"
