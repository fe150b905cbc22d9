"""What the two files of the desk, ``opgavekatalog.yml`` and ``svarskabeloner.yml``, must hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.knowledge.problem import Problem
from bot.knowledge.schema.enhed import Enhed
from bot.knowledge.schema.opgavekatalog import Opgavekatalog
from bot.knowledge.schema.svarskabeloner import Svarskabeloner
from bot.knowledge.schema.ydelse import Ydelse

if TYPE_CHECKING:
    from bot.knowledge.library import Entry

KINDS = {"front": "en front", "team": "et team", "backoffice": "et back office"}


def broken_desk_files(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A name used twice, and an exception that sends a service to a kind of unit that its unit is not."""
    for name, entry in sorted(entries.items()):
        if isinstance(entry.value, Svarskabeloner):
            ids = [skabelon.id for skabelon in entry.value.skabeloner]
            for index in _repeated(ids):
                line = entry.document.line(("skabeloner", index, "id"))
                yield Problem(name, line, f"id '{ids[index]}' står to gange", fatal=False)
        elif isinstance(entry.value, Opgavekatalog):
            yield from _exceptions(name, entry, entry.value, entries)


def _exceptions(name: str, entry: Entry, catalogue: Opgavekatalog, entries: Mapping[str, Entry]) -> Iterator[Problem]:
    unit_of = {other.value.id: other.value.enhed for other in entries.values() if isinstance(other.value, Ydelse)}
    type_of = {other.value.id: other.value.type for other in entries.values() if isinstance(other.value, Enhed)}
    ids = [exception.ydelse for exception in catalogue.undtagelser]
    for index in _repeated(ids):
        line = entry.document.line(("undtagelser", index, "ydelse"))
        yield Problem(name, line, f"ydelsen '{ids[index]}' har to undtagelser", fatal=False)
    for index, exception in enumerate(catalogue.undtagelser):
        unit = unit_of.get(exception.ydelse)
        kind = type_of.get(unit or "")
        if exception.niveau != "straks" and kind is not None and kind != exception.niveau:
            message = f"niveauet kan ikke være '{exception.niveau}': ydelsens enhed '{unit}' er {KINDS[kind]}"
            yield Problem(name, entry.document.line(("undtagelser", index, "niveau")), message, fatal=False)


def _repeated(ids: list[str]) -> list[int]:
    return [index for index, ident in enumerate(ids) if ident in ids[:index]]
