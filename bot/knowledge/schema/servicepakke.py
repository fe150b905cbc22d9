"""``knowledge/servicepakker/<id>.yml``: one package, from its questions to who gets the case (report, chapter 4)."""

from typing import Literal

from pydantic import Field, model_validator

from bot.knowledge.schema.base import Id, Shape, Slot, Tekst
from bot.knowledge.schema.betingelse import Betingelse


class Trin(Shape):
    """A question of the package; ``naar`` tells when it is asked, the rest replaces the question's own wording.

    ``altid``: asked though the answer is known from another package, because it means something else here (where the
    building project lies is not where the company lies).
    """

    slot: Slot
    naar: Betingelse | None = None
    tekst: Tekst | None = None
    hvorfor: Tekst | None = None
    forklaring: Tekst | None = None
    altid: bool = False


class Kriterium(Shape):
    """A line of the decision table. The first line that holds decides; one that can't be settled goes to a person."""

    naar: Betingelse | None = None
    udfald: Literal["passer", "passer_ikke", "person"]
    hvorfor: Tekst
    anden_pakke: Id | None = None
    henvis_til: list[Id] = []
    ydelser: list[Id] = []
    antagelse: bool = False


class PakkeYdelse(Shape):
    """A service in the package and what it gives this business; without ``naar`` it is always recommended."""

    id: Id
    giver: Tekst
    naar: Betingelse | None = None


class Version(Shape):
    """What a package brings along for one kind of business."""

    navn: Tekst
    naar: Betingelse
    ydelser: list[PakkeYdelse] = Field(min_length=1)


class Henvisning(Shape):
    """A body outside the municipality, when to send there, and what is said about it."""

    til: Id
    naar: Betingelse | None = None
    tekst: Tekst


class Servicepakke(Shape):
    """A package: purpose, target group, questions, criteria, services, referrals, team, funnel."""

    id: Id
    navn: Tekst
    kort: Tekst
    formaal: Tekst
    maalgruppe: Tekst
    synonymer: list[Tekst] = []
    eksempler: list[Tekst] = Field(min_length=1)
    kanaler: list[Literal["indgående", "udgående"]] = Field(min_length=1)
    team: Id
    koordineres: bool = False
    faellesmoede: Tekst | None = None
    spoergsmaal: list[Trin] = Field(min_length=1, max_length=8)
    kriterier: list[Kriterium] = Field(min_length=1)
    ydelser: list[PakkeYdelse] = Field(min_length=1)
    versioner: list[Version] = []
    henvisninger: list[Henvisning] = []
    tragt: list[Tekst] = []
    stand: Tekst
    kilder: list[Tekst] = Field(min_length=1)

    @model_validator(mode="after")
    def _ends(self) -> "Servicepakke":
        if self.kriterier[-1].naar is not None:
            raise ValueError("det sidste kriterium skal stå uden 'naar', så der altid er et udfald")
        return self

    def alle_ydelser(self) -> list[str]:
        """Ids of every service the package or one of its versions can hold, each once."""
        ids = [item.id for item in self.ydelser]
        for version in self.versioner:
            ids += [item.id for item in version.ydelser]
        return list(dict.fromkeys(ids))
