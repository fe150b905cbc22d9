"""Conversations of the fictitious business, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Engine

from connectors.website import receiving, store
from connectors.website.messages import Draft
from connectors.website.receiving import Incoming


def aabn(engine: Engine, nu: dt.datetime) -> str:
    """A conversation begun at ``nu``. Returns its id."""
    return store.create(engine, [Draft("bot", "Hej")], nu)[0]


def skriv(engine: Engine, samtale_id: str, tekst: str, nu: dt.datetime) -> None:
    """The business writes."""
    receiving.receive(engine, samtale_id, Incoming(str(uuid.uuid4()), text=tekst), None, nu)


def beskeder(engine: Engine, samtale_id: str) -> list[dict[str, Any]]:
    """What the business sees."""
    return store.fetch(engine, samtale_id, 0).messages
