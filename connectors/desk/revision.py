"""The audit log: who looked at or changed whose data. Lines are added and never altered (triggers refuse it)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from connectors.crm.tid import nu as nutid
from connectors.database import writing
from connectors.desk.adgang import Bruger
from connectors.desk.models import Revision


def skriv(
    session_or_engine: Session | Engine,
    bruger: Bruger | None,
    handling: str,
    slags: str,
    noegle: str,
    detaljer: Mapping[str, Any] | None = None,
    nu: dt.datetime | None = None,
) -> None:
    """Add a line: with a session in the caller's transaction, with an engine in one of its own.

    Args:
        bruger: who did it; None for the system itself.
        handling: what was done, in Danish: "set", "ændret", "søgt", "eksporteret", "logget ind" …
        slags, noegle: what it was done to: "henvendelse", "KBH-2026-000123".
        detaljer: names of fields and the like; never what stood in them.
    """
    if isinstance(session_or_engine, Engine):
        with writing(session_or_engine) as session:
            skriv(session, bruger, handling, slags, noegle, detaljer, nu)
        return
    session_or_engine.add(
        Revision(
            tid=nu or nutid(),
            medarbejder_id=bruger.id if bruger else None,
            hvem=bruger.navn if bruger else "systemet",
            handling=handling,
            slags=slags,
            noegle=noegle,
            detaljer=dict(detaljer) if detaljer else None,
        )
    )
