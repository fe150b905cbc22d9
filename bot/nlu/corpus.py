"""The lines that the ranker learns from: ``data/nlu/`` and what editors write in ``knowledge/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from bot.knowledge.library import Library

Line = tuple[str, str]  # text, label such as "ydelse/udeservering" or "menneske"


def nlu_lines(folder: Path) -> Iterator[Line]:
    """The examples of every Rasa NLU file under ``folder``.

    Raises:
        ValueError: when a file is not of Rasa's form; names the file.
    """
    for path in sorted(folder.rglob("*.yml")):
        yield from nlu_file_lines(path)


def nlu_file_lines(path: Path) -> Iterator[Line]:
    """The examples of one Rasa NLU file."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for block in document["nlu"]:
            for line in block["examples"].splitlines():
                text = line.strip().removeprefix("-").strip()
                if text:
                    yield text, str(block["intent"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} er ikke en NLU-fil, der kan læses: {error}") from error


def knowledge_lines(library: Library) -> Iterator[Line]:
    """What editors' files say of each service, package and area: names, synonyms, example phrasings."""
    yield from knowledge_names(library)
    for ydelse in library.ydelser.values():
        for text in ydelse.eksempler:
            yield text, f"ydelse/{ydelse.id}"
    for pakke in library.servicepakker.values():
        for text in pakke.eksempler:
            yield text, f"pakke/{pakke.id}"


def knowledge_names(library: Library) -> Iterator[Line]:
    """Names and synonyms of each service, package and area."""
    for ydelse in library.ydelser.values():
        for text in (ydelse.navn, *ydelse.synonymer):
            yield text, f"ydelse/{ydelse.id}"
    for pakke in library.servicepakker.values():
        for text in (pakke.navn, *pakke.synonymer):
            yield text, f"pakke/{pakke.id}"
    for omraade in library.omraader.values():
        for text in (omraade.navn, *omraade.synonymer, *(part.navn for part in omraade.ydelsesomraader)):
            yield text, f"omraade/{omraade.id}"


def by_label(lines: Iterable[Line]) -> dict[str, list[str]]:
    """The lines of each label, each line once, in order."""
    grouped: dict[str, dict[str, None]] = {}
    for text, label in lines:
        grouped.setdefault(label, {})[text] = None
    return {label: list(texts) for label, texts in grouped.items()}


def digest(texts: Iterable[str]) -> str:
    """A short fingerprint of a label's lines, the same in whatever order they came."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16]
