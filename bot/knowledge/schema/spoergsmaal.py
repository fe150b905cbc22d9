"""``knowledge/spoergsmaal/<slot>.yml``: one question, worded once for every package that asks it."""

from typing import Literal

from pydantic import Field, model_validator

from bot.knowledge.schema.base import Shape, Slot, Tekst

Type = Literal[
    "ansatte",
    "ja_nej",
    "cvr",
    "telefon",
    "email",
    "stadie",
    "beliggenhed",
    "branche",
    "tekst",
    "navn",
    "valg",
    "flervalg",
    "aar",
    "sagsnummer",
    "kontakt",
]


class Valg(Shape):
    """A button under a question: what it says, what it stands for, and what people type instead of pressing it.

    ``fra`` and ``til`` (not included) are years, in a question of the type ``aar``.
    """

    titel: Tekst
    vaerdi: str | int | bool
    ogsaa: list[Tekst] = []
    fra: float | None = None
    til: float | None = None


class Spoergsmaal(Shape):
    """A question: wording, reason, help, buttons. ``om_firmaet``: the answer is kept from one package to the next."""

    id: Slot
    type: Type
    tekst: Tekst
    hvorfor: Tekst
    forklaring: Tekst
    opsummering: Tekst
    valg: list[Valg] = []
    kan_springes: bool = True
    om_firmaet: bool = False

    @model_validator(mode="after")
    def _choices(self) -> "Spoergsmaal":
        if self.type in ("valg", "flervalg", "aar") and len(self.valg) < 2:
            raise ValueError("et spørgsmål af typen valg skal have mindst to valg")
        return self


class Emne(Shape):
    """What kind of thing a free text may be mapped to (``knowledge/brancher.yml``)."""

    id: Tekst
    navn: Tekst
    ord: list[Tekst] = Field(min_length=1)


class Brancher(Shape):
    """The short list of industries that a free-text answer is mapped to."""

    brancher: list[Emne]
