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
        if node is None:
            raise YamlError(1, "filen er tom")
        lines: Lines = {}
        _walk(node, (), lines, set())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, f"kan ikke læses som YAML: {_danish(error, text)}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, f"der står et tegn, som ikke kan bruges (U+{ord(text[error.position]):04X})") from error
    except RecursionError as error:
        raise YamlError(1, "der er lister eller nøgler i for mange lag") from error
    constructor = SafeConstructor()
    try:
        value = constructor.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(mark.line + 1 if mark else 1, f"kan ikke læses: {_danish(error, text)}") from error
    return Document(value, lines)


def _walk(node: yaml.Node, where: tuple[Key, ...], lines: Lines, seen_nodes: set[int]) -> None:
    if id(node) in seen_nodes:
        raise YamlError(node.start_mark.line + 1, "& og * (henvisninger inde i filen) kan ikke bruges; skriv det ud")
    seen_nodes.add(id(node))
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key.value, str) else str(key.value)
            if name in seen:
                raise YamlError(key.start_mark.line + 1, f"nøglen '{name}' står her to gange")
            seen.add(name)
            lines[(*where, name)] = key.start_mark.line + 1
            _walk(value, (*where, name), lines, seen_nodes)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*where, index), lines, seen_nodes)
    elif isinstance(node, yaml.ScalarNode):
        _check_scalar(node)


def _check_scalar(node: yaml.ScalarNode) -> None:
    """A date such as 2026-02-31 fails only when its value is made, without saying where it stands."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        try:
            SafeConstructor().construct_yaml_timestamp(node)
        except ValueError as error:
            raise YamlError(node.start_mark.line + 1, f"datoen '{node.value}' findes ikke") from error


_INDENT = "linjen er rykket forkert ind, eller der mangler anførselstegn"
_UNFINISHED = "et anførselstegn eller en parentes mangler sin afslutning"
_BROKEN_LIST = "der mangler et komma, en afsluttende parentes eller anførselstegn i en liste"
_TAB = "der står et tabulatortegn; brug mellemrum"
_PROBLEMS = {
    "mapping values are not allowed in this context": "der mangler anførselstegn om en tekst med kolon",
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found unexpected end of stream": _UNFINISHED,
    "could not find expected ':'": "der mangler et kolon efter en nøgle",
    "did not find expected key": _INDENT,
    "did not find expected '-' indicator": _INDENT,
    "did not find expected <document start>": _INDENT,
    "block sequence entries are not allowed in this context": _INDENT,
    "did not find expected ',' or ']'": _BROKEN_LIST,
    "did not find expected ',' or '}'": _BROKEN_LIST,
    "did not find expected node content": "der mangler en værdi, eller en parentes er lukket uden at være åbnet",
    "did not find expected comment or line break": "der står noget efter | eller >; teksten skal begynde på næste linje",
    "found character that cannot start any token": "en tekst må ikke begynde med det tegn; sæt anførselstegn om",
    "found undefined alias": "en tekst må ikke begynde med *; sæt anførselstegn om",
    "found unknown escape character": "der står en \\ inde i \"…\"; brug '…' i stedet",
    "found unknown directive name": "en linje må ikke begynde med %; sæt anførselstegn om",
    "but found another document": "filen må ikke være delt med ---",
    "found unhashable key": "en nøgle skal være en tekst",
}


def _danish(error: yaml.MarkedYAMLError, text: str) -> str:
    problem, mark = error.problem or "", error.problem_mark
    if "could not determine a constructor" in problem:
        return "en tekst må ikke begynde med !; sæt anførselstegn om"
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        return _TAB
    return _PROBLEMS.get(problem, "noget på linjen er ikke skrevet rigtigt")
