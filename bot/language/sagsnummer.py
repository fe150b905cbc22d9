"""Case numbers in free text: ``KBH-<year>-<six digits>``."""

from __future__ import annotations

import re

# People leave out hyphens and leading zeros and copy typographic dashes; a bare "2026-000123" counts only when complete.
_SEPARATOR = r"[\s\-\u2010-\u2015\u2212_./:#]*"
_YEAR = r"(?P<aar>20[0-9]{2})"
_LOOSE = re.compile(
    rf"(?<!\w)KBH{_SEPARATOR}(?:(?:nr|sag)\b{_SEPARATOR})?{_YEAR}{_SEPARATOR}"
    r"(?P<loebe>[0-9]{3}[ .][0-9]{3}|[0-9]{1,6})(?![0-9])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w\-]){_YEAR}[\-\u2010-\u2015](?P<loebe>[0-9]{{6}})(?![\w\-])")


def find_nummer(text: str) -> str | None:
    """The first case number in free text in its full form ("kbh 2026 123" → ``KBH-2026-000123``), else None."""
    for pattern in (_LOOSE, _BARE):
        for match in pattern.finditer(text):
            loebenummer = int(re.sub(r"[ .]", "", match["loebe"]))
            if loebenummer:
                return skriv_nummer(int(match["aar"]), loebenummer)
    return None


def skriv_nummer(aar: int, loebenummer: int) -> str:
    """The full form of a number."""
    return f"KBH-{aar}-{loebenummer:06d}"
