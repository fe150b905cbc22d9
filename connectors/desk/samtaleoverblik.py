"""What stands beside a conversation on the desk: its state, what it has led to, and the company if it is known."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from connectors.crm import synlighed
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading
from connectors.desk.adgang import Bruger
from connectors.desk.samtalevisning import Stilling, find, stilling


@dataclass(frozen=True)
class Overblik:
    """``sager``: numbers of the cases it has led to, newest first. ``virksomhed_id``: the company's page, None where the
    company is not known; ``virksomhed`` its name."""

    id: str
    stilling: Stilling
    sager: list[str]
    virksomhed_id: int | None
    virksomhed: str | None


def hent(engine: Engine, samtale_id: str, hvem: Bruger) -> Overblik:
    """Raises ``IngenSamtale`` where the conversation is not for ``hvem``."""
    with reading(engine) as session:
        samtale = find(session, samtale_id, hvem)
        cases = select(Henvendelse).where(Henvendelse.samtale == samtale_id, synlighed.for_bruger(hvem))
        rows = session.scalars(cases.order_by(Henvendelse.id.desc())).all()
        ids = [row.virksomhed_id for row in rows if row.virksomhed_id is not None]
        company = session.get(Virksomhed, ids[0]) if ids else None
        return Overblik(
            samtale_id, stilling(session, samtale, hvem), [row.nummer for row in rows],
            company.id if company else None, company.navn if company else None,
        )  # fmt: skip
