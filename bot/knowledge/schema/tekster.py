"""``knowledge/tekster/<emne>.yml``: sentences that the bot says, by name; ``proever``: questions that must reach a service."""

from bot.knowledge.schema.base import Id, Shape, Tekst
from bot.knowledge.schema.ydelse import Aspekt


class Tekster(Shape):
    """The sentences of one subject. ``{navn}`` in a text is filled in by the bot."""

    emne: Id
    tekster: dict[str, Tekst]


class Proeve(Shape):
    """``knowledge/proever/<id>.yml``: questions that must lead to the service."""

    ydelse: Id
    spoergsmaal: list[Tekst]


class AspektSprog(Shape):
    """One aspect of a service: the button, the words by which people ask for it, what is said when it is not known."""

    titel: Tekst
    ord: list[Tekst]
    ukendt: Tekst | None = None


class Aspekter(Shape):
    """``knowledge/aspekter.yml``: the seven aspects by name, in the order in which buttons are offered."""

    aspekter: dict[Aspekt, AspektSprog]


class Andetsteds(Shape):
    """A matter that is not the assistant's: the words by which it is known, and where it belongs."""

    navn: Id
    ord: list[Tekst]
    tekst: Tekst


class AndetstedsListe(Shape):
    """``knowledge/andetsteds.yml``: the first entry whose words stand in the message is told."""

    andetsteds: list[Andetsteds]
