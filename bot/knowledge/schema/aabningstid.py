"""``knowledge/aabningstider.yml``: when a business can reach a person in the chat."""

import datetime as dt
import re
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, field_validator, model_validator

from bot.knowledge.schema.base import Shape, Tekst
from bot.knowledge.schema.kommune import Klokkeslaet

Ugedag = Literal["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
UGEDAGE: tuple[Ugedag, ...] = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


class Interval(Shape):
    """From ``fra`` until, but not at, ``til``, as ``HH:MM`` in Copenhagen's time."""

    fra: Klokkeslaet
    til: Klokkeslaet

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.start >= self.slut:
            raise ValueError(f"skal have et 'til' ({self.til}), der er senere end 'fra' ({self.fra})")
        return self

    @property
    def start(self) -> dt.time:
        """``fra`` as a time of day."""
        return _tid(self.fra)

    @property
    def slut(self) -> dt.time:
        """``til`` as a time of day."""
        return _tid(self.til)


def _adskilte(tider: list[Interval]) -> list[Interval]:
    ordered = sorted(tider, key=lambda interval: interval.start)
    for earlier, later in pairwise(ordered):
        if later.start < earlier.slut:
            raise ValueError(f"har tider, som overlapper: {earlier.fra}-{earlier.til} og {later.fra}-{later.til}")
    return ordered


Dagstider = Annotated[list[Interval], AfterValidator(_adskilte)]


class Undtagelse(Shape):
    """Other hours on one date than on its weekday, also on a holiday; without ``tider`` it is closed. ``grund`` is told."""

    dato: dt.date
    tider: Dagstider = []
    grund: Tekst


class Aabningstider(Shape):
    """Opening hours by weekday; a day that isn't named is closed, and so are holidays and ``kommune.yml``'s closing days."""

    eksempel: bool
    dage: dict[Ugedag, Dagstider]
    undtagelser: list[Undtagelse] = []

    @field_validator("undtagelser")
    @classmethod
    def _each_date_once(cls, undtagelser: list[Undtagelse]) -> list[Undtagelse]:
        seen: set[dt.date] = set()
        for item in undtagelser:
            if item.dato in seen:
                raise ValueError(f"har datoen {item.dato.isoformat()} to gange; skriv alle tider for en dag under samme dato")
            seen.add(item.dato)
        return undtagelser


def _tid(text: str) -> dt.time:
    hour, minute = re.split("[:.]", text)
    return dt.time(int(hour), int(minute))
