"""``knowledge/ydelser/<hovedområde>/<id>.yml``: one service of the catalogue."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.schema.base import Id, Shape, Tekst

Servicetype = Literal["information", "vejledning", "myndighed"]
Kanal = Literal["telefon", "e-mail", "moede", "besoeg", "selvbetjening", "skriftlig-ansoegning", "kursus", "udgaaende", "chat"]
Forvaltning = Literal["BIF", "KES", "TMF", "KFF", "ØKF"]


class Aspekt(StrEnum):
    """What a business asks about a service; the catalogue answers those that a source supports."""

    HVAD = "hvad"
    HVEM = "hvem"
    HVORDAN = "hvordan"
    HVOR_LAENGE = "hvor_laenge"
    PRIS = "pris"
    KONTAKT = "kontakt"
    NOEDVENDIGT = "noedvendigt"


class Svar(Shape):
    """The answer to one aspect, with the source that supports it."""

    tekst: Tekst
    kilde: Tekst


class Tal(Shape):
    """The report's figures: how often a year, årsværk, share of information in per cent (bilag 2)."""

    antal_pr_aar: str | None = None
    aarsvaerk: float | None = None
    informationsandel_pct: int | None = Field(default=None, ge=0, le=100)
    bemaerkning: Tekst | None = None
    kilde: Tekst


class Ydelse(Shape):
    """A service: what it is, for whom, who decides, how businesses speak of it."""

    id: Id
    navn: Tekst
    kort: Tekst
    for_hvem: Tekst
    naeste_skridt: Tekst
    forvaltning: Forvaltning
    enhed: Id
    ydelsesomraade: Annotated[str, StringConstraints(pattern=r"^\d\.\d$")]
    servicetype: list[Servicetype] = Field(min_length=1)
    kanaler: list[Kanal] = Field(min_length=1)
    selvbetjening: bool | Literal["ukendt"] = "ukendt"
    beslaegtede: list[Id] = []
    pakker: list[Id] = []
    synonymer: list[Tekst] = []
    eksempler: list[Tekst] = Field(min_length=1)
    svar: dict[Aspekt, Svar] = {}
    maal: Tekst | None = None
    vaerktoejer: list[Tekst] | Tekst | None = None
    afloest_af: Tekst | None = None
    ny_i_rapporten: bool = False
    tal: Tal | None = None
    stand: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    kilder: list[Tekst] = Field(min_length=1)

    @property
    def hovedomraade(self) -> str:
        """The main area, ``1``-``7``."""
        return self.ydelsesomraade.split(".")[0]
