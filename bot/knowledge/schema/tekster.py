"""``knowledge/tekster/<emne>.yml``: sentences that the bot says, by name; ``proever``: questions that must reach a service."""

from bot.knowledge.schema.base import Id, Shape, Tekst


class Tekster(Shape):
    """The sentences of one subject. ``{navn}`` in a text is filled in by the bot."""

    emne: Id
    tekster: dict[str, Tekst]


class Proeve(Shape):
    """``knowledge/proever/<id>.yml``: questions that must lead to the service."""

    ydelse: Id
    spoergsmaal: list[Tekst]
