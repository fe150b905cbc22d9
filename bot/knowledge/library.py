"""The whole of ``knowledge/`` as one immutable object, and how it is read from files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.knowledge.danish_errors import danish
from bot.knowledge.problem import Problem
from bot.knowledge.references import broken_references
from bot.knowledge.schema.aabningstid import Aabningstider
from bot.knowledge.schema.enhed import Ekstern, Enhed
from bot.knowledge.schema.kommune import Kommune
from bot.knowledge.schema.omraade import Omraade, SvaerePar
from bot.knowledge.schema.opgavekatalog import Opgavekatalog
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.spoergsmaal import Brancher, Emne, Spoergsmaal
from bot.knowledge.schema.svarskabeloner import Skabelon, Svarskabeloner
from bot.knowledge.schema.tekster import Andetsteds, AndetstedsListe, Aspekter, AspektSprog, Proeve, Tekster
from bot.knowledge.schema.ydelse import Aspekt, Ydelse
from bot.knowledge.yamlfile import Document, YamlError, parse

_FOLDERS: dict[str, type[BaseModel]] = {
    "ydelser": Ydelse,
    "omraader": Omraade,
    "enheder": Enhed,
    "eksterne": Ekstern,
    "servicepakker": Servicepakke,
    "spoergsmaal": Spoergsmaal,
    "tekster": Tekster,
    "proever": Proeve,
}
_SINGLE: dict[str, type[BaseModel]] = {
    "kommune.yml": Kommune,
    "aabningstider.yml": Aabningstider,
    "brancher.yml": Brancher,
    "svaere-par.yml": SvaerePar,
    "aspekter.yml": Aspekter,
    "andetsteds.yml": AndetstedsListe,
    "opgavekatalog.yml": Opgavekatalog,
    "svarskabeloner.yml": Svarskabeloner,
}


@dataclass(frozen=True)
class Entry:
    """One good file: its object, its lines, its text."""

    path: str
    value: Any
    document: Document
    text: str


@dataclass(frozen=True, eq=False)
class Library:
    """Everything that editors keep, by id. ``version`` changes with any change of any file in force. Each is equal to itself
    only, so that what was worked out from it can be kept by it."""

    ydelser: Mapping[str, Ydelse] = field(default_factory=dict)
    omraader: Mapping[str, Omraade] = field(default_factory=dict)
    enheder: Mapping[str, Enhed] = field(default_factory=dict)
    eksterne: Mapping[str, Ekstern] = field(default_factory=dict)
    servicepakker: Mapping[str, Servicepakke] = field(default_factory=dict)
    spoergsmaal: Mapping[str, Spoergsmaal] = field(default_factory=dict)
    tekster: Mapping[str, Tekster] = field(default_factory=dict)
    proever: Mapping[str, Proeve] = field(default_factory=dict)
    brancher: tuple[Emne, ...] = ()
    aspekter: Mapping[Aspekt, AspektSprog] = field(default_factory=dict)
    andetsteds: tuple[Andetsteds, ...] = ()
    svaere_par: tuple[tuple[str, ...], ...] = ()
    skabeloner: tuple[Skabelon, ...] = ()
    opgavekatalog: Opgavekatalog | None = None
    kommune: Kommune | None = None
    aabningstider: Aabningstider | None = None
    version: str = ""

    def text(self, emne: str, navn: str, /, **values: object) -> str:
        """The sentence ``navn`` of ``emne`` with its ``{…}`` filled in.

        Raises:
            KeyError: when there is no such sentence; ``erhverv check`` and the tests find that first.
        """
        text = self.tekster[emne].tekster[navn]
        for key, value in values.items():
            text = text.replace("{" + key + "}", str(value))
        return text

    @property
    def kommunen(self) -> Kommune:
        """``kommune.yml``, without which the assistant can promise nothing.

        Raises:
            LookupError: when the file has never been readable.
        """
        if self.kommune is None:
            raise LookupError("knowledge/kommune.yml mangler eller kan ikke læses")
        return self.kommune

    def eksempelvaerdier(self) -> list[str]:
        """Names of the values that only the municipality can decide and that are still examples."""
        hours = self.aabningstider
        found = self.kommune.eksempelvaerdier() if self.kommune else []
        return [*found, *(["aabningstider"] if hours and hours.eksempel else [])]

    @property
    def opgaverne(self) -> Opgavekatalog:
        """``opgavekatalog.yml``, by which staff are told where a case goes.

        Raises:
            LookupError: when the file has never been readable.
        """
        if self.opgavekatalog is None:
            raise LookupError("knowledge/opgavekatalog.yml mangler eller kan ikke læses")
        return self.opgavekatalog


def load_library(
    folder: Path, last_good: Mapping[str, str] | None = None, known: dict[str, Entry] | None = None
) -> tuple[Library, list[Problem], dict[str, str]]:
    """Read every file under ``folder``.

    Args:
        folder: the ``knowledge`` folder.
        last_good: text of each file when it was last without error, by its path relative to ``folder``.
        known: the good files of the last reading, by path; those whose text is the same are not checked by themselves again.
            Holds this reading's afterwards.

    Returns:
        The library, every problem of every file (sorted), and the texts now in force, by path. A file with a
        blocking problem is replaced by its last good text where there is one, and left out where not.

    Raises:
        FileNotFoundError: when there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"mappen {folder} findes ikke")
    texts = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.yml")) if not path.name.startswith(".")}
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for name, path in texts.items():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = "den er ikke gemt som UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
            problems.append(Problem(name, 1, f"kan ikke læses: {why}"))
            continue
        entry = known.get(name) if known else None
        if entry is None or entry.text != text:
            entry, found = read_entry(name, text)
            problems += found
        if entry is not None:
            entries[name] = entry
    problems += [Problem(str(path.relative_to(folder)), 1, "filen skal ende på .yml") for path in _odd_files(folder)]
    problems += _settle(entries, dict(last_good or {}), set(texts))
    if known is not None:
        known.clear()
        known.update(entries)
    return _library(entries), sorted(set(problems)), {name: entry.text for name, entry in entries.items()}


def read_entry(name: str, text: str) -> tuple[Entry | None, list[Problem]]:
    """Check one file by itself: YAML, shape, and that its name is its id."""
    shape = _SINGLE.get(name) or _FOLDERS.get(name.split("/")[0])
    if shape is None:
        return None, [Problem(name, 1, f"ligger ikke i en kendt mappe ({', '.join(_FOLDERS)})")]
    try:
        document = parse(text)
    except YamlError as error:
        return None, [Problem(name, error.line, error.message)]
    try:
        value = shape.model_validate(document.value)
    except ValidationError as error:
        return None, [Problem(name, document.line(where), message) for where, message in danish(error.errors())]
    expected = Path(name).stem
    own = _own_id(value)
    if own is not None and own != expected:
        return None, [Problem(name, document.line((_id_key(value),)), f"filen hedder '{expected}', men id er '{own}'")]
    return Entry(name, value, document, text), []


def _settle(entries: dict[str, Entry], last_good: dict[str, str], present: set[str]) -> list[Problem]:
    """Put last good versions in place of bad files, and drop what refers to nothing, until all references hold."""
    problems: list[Problem] = []
    for name in sorted(present - set(entries)):
        if name in last_good:
            entry, _ = read_entry(name, last_good[name])
            if entry is not None:
                entries[name] = entry
    settled: set[str] = set()
    while True:
        found = broken_references(entries, present)
        problems += found
        fatal = {problem.path for problem in found if problem.fatal}
        todo = {problem.path for problem in found if problem.blocking} - (settled - fatal)
        if not todo:
            return problems
        for name in todo:
            old = last_good.get(name)
            entry = None
            if name not in settled and old is not None and old != entries[name].text:
                entry, _ = read_entry(name, old)
            settled.add(name)
            if entry is not None:
                entries[name] = entry
            elif name in fatal:
                del entries[name]


def _odd_files(folder: Path) -> list[Path]:
    """Files that nobody reads, so that an edit in one is not lost in silence; hidden files and editors' copies are left."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix not in (".yml", ".md")
        and not path.name.endswith("~")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def _id_key(value: Any) -> str:
    names: dict[type, str] = {Tekster: "emne", Proeve: "ydelse"}
    return names.get(type(value), "id")


def _own_id(value: Any) -> str | None:
    return None if isinstance(value, tuple(_SINGLE.values())) else str(getattr(value, _id_key(value)))


def _library(entries: Mapping[str, Entry]) -> Library:
    by_folder: dict[str, dict[str, Any]] = {folder: {} for folder in _FOLDERS}
    single: dict[str, Any] = {}
    digest = hashlib.sha256()
    for name, entry in sorted(entries.items()):
        digest.update(name.encode())
        digest.update(entry.text.encode())
        if name in _SINGLE:
            single[name] = entry.value
        else:
            by_folder[name.split("/")[0]][_own_id(entry.value) or ""] = entry.value
    brancher: Brancher | None = single.get("brancher.yml")
    aspekter: Aspekter | None = single.get("aspekter.yml")
    elsewhere: AndetstedsListe | None = single.get("andetsteds.yml")
    par: SvaerePar | None = single.get("svaere-par.yml")
    canned: Svarskabeloner | None = single.get("svarskabeloner.yml")
    return Library(
        **by_folder,
        brancher=tuple(brancher.brancher) if brancher else (),
        aspekter=aspekter.aspekter if aspekter else {},
        andetsteds=tuple(elsewhere.andetsteds) if elsewhere else (),
        svaere_par=tuple(tuple(group) for group in par.par) if par else (),
        skabeloner=tuple(canned.skabeloner) if canned else (),
        opgavekatalog=single.get("opgavekatalog.yml"),
        kommune=single.get("kommune.yml"),
        aabningstider=single.get("aabningstider.yml"),
        version=digest.hexdigest()[:16],
    )
