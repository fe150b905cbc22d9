"""Conditions as data: what an editor may write under ``naar`` in a package.

``{stadie: [idé, nystartet], ansatte: {mindst: 5, hoejst: 15}}`` holds when every line of it does; a list of such
mappings holds when one of them does. How they are reckoned with what is known stands in ``bot.screening.criteria``.
"""

from typing import Annotated

from pydantic import Field, StrictBool, model_validator

from bot.knowledge.schema.base import Shape, Slot, Tekst


class Interval(Shape):
    """A number between two bounds, both included; a missing bound is open."""

    mindst: float | None = None
    hoejst: float | None = None

    @model_validator(mode="after")
    def _some_bound(self) -> "Interval":
        if self.mindst is None and self.hoejst is None:
            raise ValueError("skal have 'mindst' eller 'hoejst'")
        return self


class Naevner(Shape):
    """A free text that speaks of one of these: the beginning of a word, or several words in a row."""

    naevner: list[Tekst] = Field(min_length=1)


class Besvaret(Shape):
    """Whether the question has had an answer at all ("ved ikke" is none)."""

    besvaret: bool


class Flere(Shape):
    """A choice of several, of which at least so many were taken."""

    mindst_valgt: int = Field(ge=1)


Proeve = Annotated[
    StrictBool | Interval | Naevner | Besvaret | Flere | Tekst | list[Tekst],
    Field(union_mode="left_to_right"),
]
Alle = dict[Slot, Proeve]
Betingelse = Alle | list[Alle]
