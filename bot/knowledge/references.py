"""What one file says of another: ids that must exist, ids that may stand only once, files that must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from bot.knowledge.conditions import broken_conditions, slots
from bot.knowledge.desk_files import broken_desk_files
from bot.knowledge.needed import NEEDED
from bot.knowledge.problem import Problem
from bot.knowledge.schema.enhed import Ekstern, Enhed
from bot.knowledge.schema.kommune import Kommune
from bot.knowledge.schema.omraade import Omraade, SvaerePar
from bot.knowledge.schema.opgavekatalog import Opgavekatalog
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.knowledge.schema.tekster import Proeve, Tekster
from bot.knowledge.schema.ydelse import Ydelse

if TYPE_CHECKING:
    from bot.knowledge.library import Entry

Where = tuple[str | int, ...]


def broken_references(entries: Mapping[str, Entry], present: Set[str] = frozenset()) -> list[Problem]:
    """Every reference to something that is not there, every id used twice, every service without a test file.

    ``present`` names the files that lie there, readable or not: that a file has an error is told of that file, not of
    all those that refer to it.
    """
    faulty = {(name.split("/")[0], PurePosixPath(name).stem) for name in present - set(entries)}
    known: dict[type, dict[str, str]] = {}
    problems: list[Problem] = []
    for name, entry in sorted(entries.items()):
        ident = getattr(entry.value, "id", None)
        if ident is None:
            continue
        ids = known.setdefault(type(entry.value), {})
        if ident in ids:
            problems.append(Problem(name, entry.document.line(("id",)), f"id '{ident}' bruges også i {ids[ident]}"))
        else:
            ids[ident] = name
    parts = {part.id for entry in entries.values() if isinstance(entry.value, Omraade) for part in entry.value.ydelsesomraader}
    for name, entry in sorted(entries.items()):
        for where, kind, ident in _references(entry.value):
            exists = ident in parts if kind is None else ident in known.get(kind, {})
            if not exists:
                noun = "ydelsesområdet" if kind is None else _NOUN[kind]
                itself = ("omraader", ident.split(".")[0]) if kind is None else (_FOLDER[kind], ident)
                # Without a question its package can't be asked; all else can be told without the link.
                fatal = kind is Spoergsmaal
                why = "har en fejl i sin egen fil" if itself in faulty else "findes ikke"
                if fatal or itself not in faulty:
                    problems.append(Problem(name, entry.document.line(where), f"{noun} '{ident}' {why}", fatal=fatal))
    problems += _folders(entries)
    problems += _missing_texts(entries)
    problems += _package_links(entries)
    problems += broken_conditions(entries)
    problems += broken_desk_files(entries)
    tested = {entry.value.ydelse for entry in entries.values() if isinstance(entry.value, Proeve) and entry.value.spoergsmaal}
    for name, entry in sorted(entries.items()):
        if isinstance(entry.value, Ydelse) and entry.value.id not in tested and ("proever", entry.value.id) not in faulty:
            problems.append(
                Problem(name, 1, f"prøvefilen proever/{entry.value.id}.yml mangler eller er tom", blocking=False, fatal=False)
            )
    return problems


_NOUN: dict[type, str] = {
    Ydelse: "ydelsen",
    Enhed: "enheden",
    Ekstern: "det eksterne sted",
    Servicepakke: "servicepakken",
    Spoergsmaal: "spørgsmålet",
}

_FOLDER: dict[type, str] = {
    Ydelse: "ydelser",
    Enhed: "enheder",
    Ekstern: "eksterne",
    Servicepakke: "servicepakker",
    Spoergsmaal: "spoergsmaal",
}


def _references(value: Any) -> Iterator[tuple[Where, type | None, str]]:
    if isinstance(value, Ydelse):
        yield ("ydelsesomraade",), None, value.ydelsesomraade
        yield ("enhed",), Enhed, value.enhed
        for index, ident in enumerate(value.beslaegtede):
            yield ("beslaegtede", index), Ydelse, ident
        for index, ident in enumerate(value.pakker):
            yield ("pakker", index), Servicepakke, ident
    elif isinstance(value, Servicepakke):
        yield from _package_references(value)
    elif isinstance(value, Proeve):
        yield ("ydelse",), Ydelse, value.ydelse
    elif isinstance(value, SvaerePar):
        for index, group in enumerate(value.par):
            for place, ident in enumerate(group):
                yield ("par", index, place), Ydelse, ident
    elif isinstance(value, Kommune):
        for ident in value.svarfrister:
            yield ("svarfrister", ident), Enhed, ident
    elif isinstance(value, Opgavekatalog):
        for index, exception in enumerate(value.undtagelser):
            yield ("undtagelser", index, "ydelse"), Ydelse, exception.ydelse


def _package_references(pakke: Servicepakke) -> Iterator[tuple[Where, type | None, str]]:
    yield ("team",), Enhed, pakke.team
    for index, step in enumerate(pakke.spoergsmaal):
        yield ("spoergsmaal", index, "slot"), Spoergsmaal, step.slot
        for slot in sorted(slots(step.naar)):
            yield ("spoergsmaal", index, "naar"), Spoergsmaal, slot
    for index, rule in enumerate(pakke.kriterier):
        for slot in sorted(slots(rule.naar)):
            yield ("kriterier", index, "naar"), Spoergsmaal, slot
        if rule.anden_pakke:
            yield ("kriterier", index, "anden_pakke"), Servicepakke, rule.anden_pakke
        for place, ident in enumerate(rule.henvis_til):
            yield ("kriterier", index, "henvis_til", place), Ekstern, ident
        for place, ident in enumerate(rule.ydelser):
            yield ("kriterier", index, "ydelser", place), Ydelse, ident
    for index, item in enumerate(pakke.ydelser):
        yield ("ydelser", index, "id"), Ydelse, item.id
        for slot in sorted(slots(item.naar)):
            yield ("ydelser", index, "naar"), Spoergsmaal, slot
    for index, version in enumerate(pakke.versioner):
        for slot in sorted(slots(version.naar)):
            yield ("versioner", index, "naar"), Spoergsmaal, slot
        for place, item in enumerate(version.ydelser):
            yield ("versioner", index, "ydelser", place, "id"), Ydelse, item.id
    for index, referral in enumerate(pakke.henvisninger):
        yield ("henvisninger", index, "til"), Ekstern, referral.til
        for slot in sorted(slots(referral.naar)):
            yield ("henvisninger", index, "naar"), Spoergsmaal, slot


def _missing_texts(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A sentence that the code says can't be taken away: without it an answer would be an apology."""
    for name, entry in sorted(entries.items()):
        if isinstance(entry.value, Tekster):
            for missing in sorted(NEEDED.get(entry.value.emne, frozenset()) - set(entry.value.tekster)):
                yield Problem(
                    name,
                    entry.document.line(("tekster",)),
                    f"teksten '{missing}' mangler; den bruges af assistenten",
                    fatal=False,
                )


def _folders(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A service lies in the folder of its main area, whose name begins with the area's number."""
    for name, entry in sorted(entries.items()):
        if isinstance(entry.value, Ydelse):
            folder = name.split("/")[1] if name.count("/") == 2 else ""
            if not folder.startswith(entry.value.hovedomraade + "-"):
                yield Problem(
                    name,
                    entry.document.line(("ydelsesomraade",)),
                    f"ligger ikke i mappen for hovedområde {entry.value.hovedomraade}",
                )


def _package_links(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A service that names a package must be held by it: the package's file decides."""
    held = {
        entry.value.id: set(entry.value.alle_ydelser()) for entry in entries.values() if isinstance(entry.value, Servicepakke)
    }
    for name, entry in sorted(entries.items()):
        if isinstance(entry.value, Ydelse):
            for index, ident in enumerate(entry.value.pakker):
                if ident in held and entry.value.id not in held[ident]:
                    yield Problem(
                        name,
                        entry.document.line(("pakker", index)),
                        f"pakken '{ident}' indeholder ikke ydelsen",
                        blocking=False,
                        fatal=False,
                    )
