"""Whether the business is in its chat just now, so that it can be told something there."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.settings import settings
from connectors.website.models import Besked, Samtale


def til_stede(session: Session, samtale_id: str | None, nu: dt.datetime, *, laas: bool = True) -> Samtale | None:
    """The conversation if it is open and the business began it or wrote in it within ``present_minutes``; locked, unless
    one only wants to know.

    What staff or the system write does not count: that nobody reads it is why one asks. Take a case's lock before
    this one, never after.
    """
    if samtale_id is None:
        return None
    found = select(Samtale).where(Samtale.id == samtale_id)
    samtale = session.scalar(found.with_for_update() if laas else found)
    if samtale is None or samtale.state == "lukket":
        return None
    wrote = session.scalar(select(func.max(Besked.created)).where(Besked.samtale_id == samtale_id, Besked.sender == "user"))
    since = nu - dt.timedelta(minutes=settings().present_minutes)
    return samtale if max(wrote or samtale.created, samtale.created) >= since else None
