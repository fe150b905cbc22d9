"""Packages by the names that people call them."""

from __future__ import annotations

import re

from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.screening.criteria import bare, kendt

_ELLIPSIS = re.compile(r"\b(\w{2,})-( ?(?:og|eller|/) ?)(\w{2,}?)(pakker?n?e?)\b", re.IGNORECASE)


def spelled_out(text: str) -> str:
    """ "opstarts- og vækstpakken" as "opstartspakken og vækstpakken"."""
    return _ELLIPSIS.sub(r"\1\4\2\3\4", text)


def named_packages(text: str, library: Library) -> list[Servicepakke]:
    """The packages that a text names: the beginning of the name, and "pakke" in the same or the next word."""
    words = bare(spelled_out(text))
    return [pakke for pakke in library.servicepakker.values() if re.search(rf"\b{_stem(pakke)}\w*(?: \w*)?pakke", words)]


def _stem(pakke: Servicepakke) -> str:
    return re.escape(kendt(pakke.id.split("-")[0]).removesuffix("pakke").removesuffix("s"))


def without_names(text: str, library: Library) -> str:
    """A text without the names of packages: "cafépakken" says nothing of what the business is."""
    if "pakke" not in text.lower():
        return text
    names = [
        name for pakke in library.servicepakker.values() for name in (pakke.navn, *pakke.synonymer) if "pakke" in name.lower()
    ]
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\w*", " ", text, flags=re.IGNORECASE)
    return re.sub(r"\b[\w-]*pakken?\b", " ", text, flags=re.IGNORECASE)
