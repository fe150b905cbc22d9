"""``knowledge/enheder/<id>.yml`` and ``knowledge/eksterne/<id>.yml``: who gets a henvendelse, and who does not."""

from typing import Literal

from pydantic import Field

from bot.knowledge.schema.base import Id, Shape, Tekst


class Enhed(Shape):
    """A team or back office inside the municipality that can get a henvendelse."""

    id: Id
    navn: Tekst
    forvaltning: Literal["BIF", "KES", "TMF", "KFF", "ØKF", "tværgående"]
    type: Literal["front", "team", "backoffice"]
    kort: Tekst
    kilder: list[Tekst] = Field(min_length=1)


class Ekstern(Shape):
    """A body outside the municipality that the report refers businesses to.

    ``modtager_henvendelser``: it can be handed a case, with the business's separate yes; the others it contacts itself.
    ``henvisning``: what is said when a business is sent there and the package has no words of its own.
    """

    id: Id
    navn: Tekst
    kort: Tekst
    afloest_af: Tekst | None = None
    modtager_henvendelser: bool = False
    henvisning: Tekst | None = None
    kilder: list[Tekst] = Field(min_length=1)
