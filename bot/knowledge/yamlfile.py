"""YAML files with the line number of every value, read by PyYAML's C parser.

PyYAML is used directly because it keeps the marks of every node and reads the whole catalogue in well
under a second; ruamel's round-trip reader, which also keeps them, takes many times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

Key = str | int
Lines = dict[tuple[Key, ...], int]


class YamlError(ValueError):
    """The text is not YAML, or a key stands twice. ``line`` counts from 1; the message is Danish."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Document:
    """The value of a YAML text and the line on which each part of it stands."""

    value: Any
    lines: Lines

    def line(self, where: tuple[Key, ...]) -> int:
        """The line of the value at ``where``, or of its nearest known ancestor."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return 1


def parse(text: str) -> Document:
    """Read one YAML document.

    Raises:
        YamlError: when it is not YAML, is empty, or holds the same key twice.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, f"kan ikke læses som YAML: {_danish(error)}") from error
    except yaml.YAMLError as error:
        raise YamlError(1, f"kan ikke læses som YAML: {error}") from error
    if node is None:
        raise YamlError(1, "filen er tom")
    lines: Lines = {}
    _walk(node, (), lines)
    constructor = SafeConstructor()
    try:
        value = constructor.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(mark.line + 1 if mark else 1, f"kan ikke læses: {error.problem}") from error
    except ValueError as error:
        raise YamlError(1, f"indeholder en værdi, der ikke kan læses: {error}") from error
    return Document(value, lines)


def _walk(node: yaml.Node, where: tuple[Key, ...], lines: Lines) -> None:
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key.value, str) else str(key.value)
            if name in seen:
                raise YamlError(key.start_mark.line + 1, f"nøglen '{name}' står her to gange")
            seen.add(name)
            lines[(*where, name)] = key.start_mark.line + 1
            _walk(value, (*where, name), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*where, index), lines)


_PROBLEMS = {
    "mapping values are not allowed in this context": "der mangler anførselstegn om en tekst med kolon",
    "found character '\\t' that cannot start any token": "der står et tabulatortegn; brug mellemrum",
    "found unexpected end of stream": "et anførselstegn eller en parentes mangler sin afslutning",
    "could not find expected ':'": "der mangler et kolon efter en nøgle",
    "did not find expected key": "linjen er rykket forkert ind, eller der mangler anførselstegn",
}


def _danish(error: yaml.MarkedYAMLError) -> str:
    return _PROBLEMS.get(error.problem or "", error.problem or "ukendt fejl")
