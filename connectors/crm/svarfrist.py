"""When a unit must have answered: the rule of ``kommune.yml``, the same for the chat, the desk and the API."""

from __future__ import annotations

import datetime as dt

from bot.knowledge.library import Library
from connectors.crm import frister


def deadline(enhed: str, nu: dt.datetime, library: Library) -> dt.datetime:
    """``enhed``'s reply deadline for what comes at ``nu``: working days, closing days left out, Copenhagen's time."""
    kommune = library.kommunen
    rule = kommune.svarfrister.get(enhed, kommune.svarfrist_ellers)
    return frister.svarfrist(nu, rule.arbejdsdage, kommune.svarfrist_klokken, kommune.lukkedage.dage, kommune.lukkedage.faste)
