"""The pages for people: ``README.md`` and ``docs/*.md``."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def text(name: str) -> str:
    """One page of ``docs/``."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def cells(page: str) -> list[list[str]]:
    """The rows of a page's tables, each as its cells without backticks."""
    rows = [line.strip().strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row] for row in rows if not set("".join(row)) <= set("-: ")]


def links(path: Path) -> list[tuple[str, Path, str]]:
    """Links and images of a page to files of the project: as written, the file meant, the heading meant."""
    found = []
    prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    written = re.findall(r"\[[^\]]*\]\(([^)\s]+)[^)]*\)", prose) + re.findall(r"(?:src|href)=\"([^\"]+)\"", prose)
    for target in written:
        if not re.match(r"[a-z]+:|//", target):
            file, _, heading = target.partition("#")
            found.append((target, (path.parent / file).resolve() if file else path, heading))
    return found


def anchors(path: Path) -> set[str]:
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
