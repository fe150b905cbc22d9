"""What can be searched stands beside itself in one spelling: lower case, without æøå and accents.

Stored, because neither database can be relied on to compare Danish letters: SQLite's ``lower()`` knows only ASCII, and
PostgreSQL's knows what its collation knows, which in a container is often nothing but ASCII too. A stored text is the
same on both, needs no function on the connection, and is folded once a change instead of once a row and search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from sqlalchemy import Text, event, inspect
from sqlalchemy.orm import InstanceState, Mapped, mapped_column

from bot.language.fold import fold

_PAIR = re.compile(r"\S*(?:ae|oe|aa)\S*")


def soegetekst(texts: Iterable[str | None]) -> str:
    """Each text on a line of its own, folded; after it its words with "ae", "oe" or "aa" as they were typed, so that a part
    of a word that begins between the two letters is found too ("elsen" in "Michaelsen")."""
    lines: dict[str, None] = {}
    for text in texts:
        if folded := fold(text or ""):
            typed = _PAIR.findall((text or "").lower())
            lines |= dict.fromkeys([folded, *typed])
    return "\n".join(lines)


class Soegbar:
    """A row with text that can be searched. ``soeges``: the columns it consists of; ``soegetekst`` follows them."""

    soeges: ClassVar[tuple[str, ...]]
    soegetekst: Mapped[str] = mapped_column(Text, server_default="", deferred=True)


@event.listens_for(Soegbar, "before_insert", propagate=True)
@event.listens_for(Soegbar, "before_update", propagate=True)
def _follow(_mapper: object, _connection: object, row: Soegbar) -> None:
    state: InstanceState[Soegbar] = inspect(row, raiseerr=True)
    # A row whose children alone have changed must not be written: its version would count a change that is none.
    if any(state.attrs[name].history.has_changes() for name in row.soeges):
        row.soegetekst = soegetekst(getattr(row, name) for name in row.soeges)
