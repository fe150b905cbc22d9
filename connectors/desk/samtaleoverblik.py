"""What stands beside a conversation on the desk: its state, what it has led to, and the company if it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from connectors.crm import synlighed
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading
from connectors.desk.adgang import Bruger
from connectors.desk.samtalevisning import Stilling, find, stilling
from connectors.website.resume import Resume, remembered, resume


@dataclass(frozen=True)
class Overblik:
    """``resume``: what is known and has been said. ``sager``: numbers of the cases it has led to, newest first.
    ``virksomhed_id``: the company's page, None where the company is not known; ``virksomhed`` its name."""

    id: str
    stilling: Stilling
    resume: Resume
    sager: list[str]
    virksomhed_id: int | None
    virksomhed: str | None


def hent(engine: Engine, samtale_id: str, hvem: Bruger, library: Library) -> Overblik:
    """Raises ``IngenSamtale`` where the conversation is not for ``hvem``."""
    with reading(engine) as session:
        samtale = find(session, samtale_id, hvem)
        now = stilling(session, samtale, hvem)
        cases = select(Henvendelse).where(Henvendelse.samtale == samtale_id, synlighed.for_bruger(hvem))
        rows = session.scalars(cases.order_by(Henvendelse.id.desc())).all()
        company = _virksomhed(session, rows, samtale_id, hvem)
    return Overblik(
        samtale_id, now, resume(engine, samtale_id, library), [row.nummer for row in rows],
        company.id if company else None, company.navn if company else None,
    )  # fmt: skip


def _virksomhed(session: Session, sager: Sequence[Henvendelse], samtale_id: str, hvem: Bruger) -> Virksomhed | None:
    """The company of the newest case, else the one that has the CVR number told in the conversation, if ``hvem`` may see
    it: anybody can type a number."""
    if ids := [row.virksomhed_id for row in sager if row.virksomhed_id is not None]:
        return session.get(Virksomhed, ids[0])
    firma, state = remembered(session, samtale_id)
    cvr = {**firma, **(state.svar if state else {})}.get("cvr")
    told = select(Virksomhed).where(Virksomhed.cvr == str(cvr), synlighed.virksomheder(hvem))
    return session.scalar(told) if cvr else None
