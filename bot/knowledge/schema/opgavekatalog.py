"""``knowledge/opgavekatalog.yml``: what the front clarifies at once, what goes to a company team, what to a back office.

The report (chapter 7, "Planlægning og etablering af frontenhed") asks for such a catalogue. Where a service belongs is
derived from its unit's type, its share of information (bilag 2) and its service types; editors may overrule it with a reason.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.knowledge.schema.base import Id, Shape, Tekst
from bot.knowledge.schema.ydelse import Servicetype

Niveau = Literal["straks", "team", "backoffice"]
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def _only(*known: str) -> AfterValidator:
    def check(text: str) -> str:
        unknown = sorted(set(_PLACEHOLDER.findall(text)) - set(known))
        if unknown:
            may = ", ".join(f"{{{name}}}" for name in known) or "ingen pladsholdere"
            raise ValueError(f"må ikke indeholde {{{unknown[0]}}}; her kan bruges: {may}")
        return text

    return AfterValidator(check)


OmYdelse = Annotated[Tekst, _only("ydelse", "enhed")]
OmAndel = Annotated[Tekst, _only("ydelse", "enhed", "andel", "stand")]
OmPakke = Annotated[Tekst, _only("pakke", "enhed")]
OmUndtagelse = Annotated[Tekst, _only("ydelse", "enhed", "begrundelse")]
OmEnhed = Annotated[Tekst, _only("enhed")]


class Straks(Shape):
    """When the front may clarify a service that belongs to another unit: from so large a share of information (per
    cent), and only where none of ``ikke_ved`` is among its service types. ``antagelse``: the threshold is ours."""

    informationsandel_mindst: int = Field(ge=1, le=100)
    ikke_ved: list[Servicetype] = []
    antagelse: bool = False


class Forklaringer(Shape):
    """The sentence by which each kind of routing explains itself to staff."""

    front: OmYdelse
    information: OmAndel
    team: OmYdelse
    backoffice: OmYdelse
    undtagelse: OmUndtagelse
    flere_samme: OmEnhed
    flere: OmEnhed
    pakke: OmPakke
    pakke_graense: OmPakke
    menneske: OmEnhed
    uklart: OmEnhed


class Undtagelse(Shape):
    """An editor's own decision on one service, with the reason that staff read."""

    ydelse: Id
    niveau: Niveau
    begrundelse: Tekst


class Opgavekatalog(Shape):
    """The whole file."""

    straks: Straks
    undtagelser: list[Undtagelse] = []
    forklaringer: Forklaringer
    kilder: list[Tekst] = Field(min_length=1)
