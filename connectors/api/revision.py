"""Lines of the audit log for what other systems see and do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.api.kald import Kald
from connectors.database import writing
from connectors.desk.models import Revision


def skriv(kald: Kald, handling: str, slags: str, noegle: str, detaljer: Mapping[str, Any] | None = None) -> None:
    """Add a line: who (the client, and whom it acts for), what (``handling`` as in ``connectors.desk.revision``), to which
    object. ``detaljer`` never hold what stood in it."""
    with writing(kald.engine) as session:
        session.add(
            Revision(
                tid=kald.nu,
                medarbejder_id=None,
                hvem=f"API: {kald.hvem}",
                handling=handling,
                slags=slags,
                noegle=noegle,
                detaljer=dict(detaljer) if detaljer else None,
            )
        )
