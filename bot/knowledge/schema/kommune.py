"""``knowledge/kommune.yml``: what only the municipality can decide, as example values until it has."""

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.knowledge.schema.base import Id, Shape, Tekst


def _klokkeslaet(text: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-3])[:.][0-5]\d", text):
        raise ValueError("skal være et klokkeslæt som 16:00")
    return text


def _fast_dag(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    try:
        dt.date(2000, int(match[2]), int(match[1]))  # type: ignore[index]  # a leap year, so that 29-02 is one
    except (TypeError, ValueError) as error:
        raise ValueError("skal være dag og måned, som 24-12") from error
    return text


Klokkeslaet = Annotated[Tekst, AfterValidator(_klokkeslaet)]
FastDag = Annotated[Tekst, AfterValidator(_fast_dag)]


class Kontaktvej(Shape):
    """A way to reach the front function. A value that is only an example is never told as fact."""

    titel: Tekst
    vaerdi: Tekst
    eksempel: bool


class Svarfrist(Shape):
    """Reply deadline of one unit, in working days (Danish holidays and closing days left out)."""

    arbejdsdage: int = Field(ge=1, le=60)
    eksempel: bool


class Lukkedage(Shape):
    """Days on which the municipality is closed beside the public holidays."""

    eksempel: bool
    dage: list[dt.date] = []
    faste: list[FastDag] = []


class Opbevaring(Shape):
    """How long contact data are kept, in months."""

    maaneder: int = Field(ge=1)
    eksempel: bool


class Kommune(Shape):
    """The municipality's own values."""

    navn: Tekst
    kontakt: list[Kontaktvej] = Field(min_length=1)
    svarfrister: dict[Id, Svarfrist]
    svarfrist_ellers: Svarfrist
    svarfrist_klokken: Klokkeslaet
    lukkedage: Lukkedage
    opbevaring: Opbevaring

    def eksempelvaerdier(self) -> list[str]:
        """Names of the values that are still only examples; ``Library.eksempelvaerdier`` has those of all files."""
        found = [f"kontakt: {way.titel}" for way in self.kontakt if way.eksempel]
        found += [f"svarfrist: {enhed}" for enhed, frist in self.svarfrister.items() if frist.eksempel]
        found += ["svarfrist_ellers"] if self.svarfrist_ellers.eksempel else []
        for name in ("lukkedage", "opbevaring"):
            found += [name] if getattr(self, name).eksempel else []
        return found
