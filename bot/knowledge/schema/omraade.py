"""``knowledge/omraader/<n>.yml``: a main area with its ydelsesområder (report, chapter 4)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.schema.base import Id, Shape, Tekst


class Ydelsesomraade(Shape):
    """A part of a main area, such as ``5.3``."""

    id: Annotated[str, StringConstraints(pattern=r"^\d\.\d$")]
    navn: Tekst
    kort: Tekst


class Omraade(Shape):
    """One of the seven main areas."""

    id: Annotated[str, StringConstraints(pattern=r"^\d$")]
    navn: Tekst
    kort: Tekst
    synonymer: list[Tekst] = []
    ydelsesomraader: list[Ydelsesomraade] = Field(min_length=1)
    kilder: list[Tekst] = Field(min_length=1)


class SvaerePar(Shape):
    """``knowledge/svaere-par.yml``: groups of services that one sentence seldom tells apart."""

    par: list[list[Id]]
