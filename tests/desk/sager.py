"""Cases for the tests of the desk, due from now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Engine

from connectors.crm import henvendelser
from connectors.crm.tid import nu
from tests.crm.eksempler import udkast


def opret(engine: Engine, om: dt.timedelta = dt.timedelta(days=9), **andre: Any) -> str:
    """A case that is due ``om`` from now. Returns its number; ``andre`` replace fields of the draft."""
    values: dict[str, Any] = {"noegle": f"proeve:{nu().timestamp()}", "samtale": None, "delopgaver": [], "aftaler": [], **andre}
    return henvendelser.opret(engine, udkast(**values), nu() + om, nu()).number


def version(engine: Engine, number: str) -> int:
    """The case's version, as a page that is fetched now has it."""
    found = henvendelser.version(engine, number)
    assert found is not None
    return found
