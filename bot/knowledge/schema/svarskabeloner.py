"""``knowledge/svarskabeloner.yml``: canned replies that staff put into the chat and finish by hand."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.knowledge.schema.base import Id, Shape, Tekst

# What a canned reply may hold. ``fornavn`` is the first name of the member of staff who writes, ``virksomhed`` the
# company's name, ``nummer`` and ``frist`` are those of its case.
PLADSHOLDERE = ("fornavn", "virksomhed", "nummer", "frist")
PLADSHOLDER = re.compile(r"\{([^{}]*)\}")


def _known(text: str) -> str:
    unknown = [name for name in PLADSHOLDER.findall(text) if name not in PLADSHOLDERE]
    if unknown:
        may = ", ".join(f"{{{name}}}" for name in PLADSHOLDERE)
        raise ValueError(f"må ikke indeholde {{{unknown[0]}}}; her kan bruges: {may}")
    return text


class Skabelon(Shape):
    """One canned reply."""

    id: Id
    titel: Tekst
    tekst: Annotated[Tekst, AfterValidator(_known)]


class Svarskabeloner(Shape):
    """The whole file, in the order in which staff see it."""

    skabeloner: list[Skabelon] = Field(min_length=1)
