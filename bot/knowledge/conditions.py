"""Whether a package's conditions can ever hold: they ask about what is asked, and for answers that can be given.

A misspelt answer ("etablert") is valid YAML and never true; the editor would only notice that nobody fits any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.knowledge.problem import Problem
from bot.knowledge.schema.betingelse import Interval
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.language.fold import fold

if TYPE_CHECKING:
    from bot.knowledge.library import Entry

Where = tuple[str | int, ...]
_CHOICES = ("valg", "flervalg", "stadie", "beliggenhed")


def slots(condition: Any) -> set[str]:
    """The questions that a condition speaks of; none where there is no condition."""
    return {slot for part in _parts(condition) for slot in part}


def broken_conditions(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """Questions asked twice, conditions on what the package does not ask, and answers that no button stands for."""
    questions = {entry.value.id: entry.value for entry in entries.values() if isinstance(entry.value, Spoergsmaal)}
    for name, entry in sorted(entries.items()):
        if not isinstance(entry.value, Servicepakke):
            continue
        for where, message in _problems(entry.value, questions):
            yield Problem(name, entry.document.line(where), message, fatal=False)


def _problems(pakke: Servicepakke, questions: Mapping[str, Spoergsmaal]) -> Iterator[tuple[Where, str]]:
    asked: set[str] = set()
    for index, step in enumerate(pakke.spoergsmaal):
        if step.slot in asked:
            yield ("spoergsmaal", index, "slot"), f"spørgsmålet '{step.slot}' stilles to gange"
        asked.add(step.slot)
    for where, condition in _conditions(pakke):
        for slot in sorted(slots(condition)):
            question = questions.get(slot)
            if question is not None and slot not in asked and not question.om_firmaet:
                yield where, f"pakken spørger ikke om '{slot}'"
        for part in _parts(condition):
            for slot, test in part.items():
                if slot in questions:
                    yield from ((where, message) for message in _values(test, questions[slot]))


def _values(test: Any, question: Spoergsmaal) -> Iterator[str]:
    if isinstance(test, bool):
        if question.type != "ja_nej":
            yield f"'{question.id}' kan ikke besvares med ja eller nej"
    elif isinstance(test, Interval):
        if question.type != "ansatte" and not any(isinstance(option.vaerdi, int) for option in question.valg):
            yield f"'{question.id}' er ikke et tal"
    elif isinstance(test, str | list) and question.type in _CHOICES:
        known = {fold(str(option.vaerdi)) for option in question.valg}
        for value in test if isinstance(test, list) else [test]:
            if fold(str(value)) not in known:
                yield f"svaret '{value}' findes ikke blandt valgene i spoergsmaal/{question.id}.yml"


def _conditions(pakke: Servicepakke) -> Iterator[tuple[Where, Any]]:
    parts: dict[str, Sequence[Any]] = {
        "spoergsmaal": pakke.spoergsmaal,
        "kriterier": pakke.kriterier,
        "ydelser": pakke.ydelser,
        "versioner": pakke.versioner,
        "henvisninger": pakke.henvisninger,
    }
    for key, items in parts.items():
        for index, item in enumerate(items):
            yield (key, index, "naar"), item.naar
    for index, version in enumerate(pakke.versioner):
        for place, service in enumerate(version.ydelser):
            yield ("versioner", index, "ydelser", place, "naar"), service.naar


def _parts(condition: Any) -> list[Mapping[str, Any]]:
    if condition is None:
        return []
    return condition if isinstance(condition, list) else [condition]
