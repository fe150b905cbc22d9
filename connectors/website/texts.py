"""What the chat itself says, from ``knowledge/tekster/chat.yml``."""

from __future__ import annotations

import logging
from typing import Protocol

from bot.knowledge.library import Library
from bot.knowledge.problem import Problem
from connectors.website.errors import LAST_RESORT, MISSING_TEXT
from connectors.website.messages import Button, Draft
from connectors.website.receiving import Told

logger = logging.getLogger(__name__)

NAMES = (
    "hilsen", "knap_omraader", "knap_pakker", "knap_menneske", "cpr_maskeret", "foraeldet_knap", "fejl", "fejl_kontakt", "lukket",
)  # fmt: skip


class Knowledge(Protocol):
    """What the gateway needs of ``bot.knowledge.LiveLibrary``."""

    @property
    def current(self) -> Library: ...

    @property
    def problems(self) -> list[Problem]: ...


def greeting(library: Library) -> list[Draft]:
    """The first message: that a computer answers, and where one may begin. A text that is gone keeps nobody out."""
    starters = (("knap_omraader", "omraader"), ("knap_pakker", "pakkeoversigt"), ("knap_menneske", "menneske"))
    buttons = []
    for name, intent in starters:
        try:
            buttons.append(Button(library.text("chat", name), {"intent": intent}))
        except LookupError:
            logger.error("teksten %s mangler i knowledge/tekster/chat.yml", name)
    return [Draft("bot", _said(library, "hilsen"), buttons=buttons)]


def _said(library: Library, name: str) -> str:
    """A text that must never keep what it tells of from happening, such as that a conversation is deleted."""
    try:
        return library.text("chat", name)
    except LookupError:
        logger.error("teksten %s mangler i knowledge/tekster/chat.yml", name)
        return MISSING_TEXT


def told(library: Library) -> Told:
    """What is told of a message to one who waits for a person or has one."""
    notice = {"type": "foraeldet_knap"}
    return Told(
        _handover(library, "forladt"),
        {
            "venter": Draft("system", _handover(library, "knap_venter"), notice),
            "menneske": Draft("system", _handover(library, "knap_menneske"), notice),
        },
    )


def _handover(library: Library, name: str) -> str:
    """As ``_said``, of ``overtagelse.yml``."""
    try:
        return library.text("overtagelse", name)
    except LookupError:
        logger.error("teksten %s mangler i knowledge/tekster/overtagelse.yml", name)
        return MISSING_TEXT


def cpr_notice(library: Library, count: int) -> Draft:
    """Tells that ``count`` CPR numbers were taken out."""
    return Draft("system", _said(library, "cpr_maskeret"), {"type": "cpr_maskeret", "antal": count})


def stale_button(library: Library) -> Draft:
    """Tells that the pressed button is out of date; the system says it, so the bot's latest buttons stay good."""
    return Draft("system", _said(library, "foraeldet_knap"), {"type": "foraeldet_knap"})


def apology(library: Library, reference: str) -> Draft:
    """Tells that it went wrong, with ways on. It never fails, whatever state the editors' files are in."""
    data = {"type": "fejl", "reference": reference}
    try:
        text = library.text("chat", "fejl", reference=reference)
        # an example value is no way to reach anybody
        ways = [f"{way.titel}: {way.vaerdi}" for way in library.kommunen.kontakt if not way.eksempel] if library.kommune else []
        if ways:
            text += "\n\n" + library.text("chat", "fejl_kontakt", kontakt=", ".join(ways))
        return Draft("bot", text, data, [Button(library.text("chat", "knap_menneske"), {"intent": "menneske"})])
    except LookupError:
        logger.error("knowledge/tekster/chat.yml mangler, eller en tekst mangler i den")
        return Draft("bot", LAST_RESORT.format(reference=reference), data)


def closing(library: Library) -> str:
    """Told when the business ends the conversation."""
    return _said(library, "lukket")
