"""The company that a registration is about: known from before, so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from connectors.crm import synlighed, virksomhedsvisning
from connectors.crm.synlighed import Seer
from connectors.crm.tilknytning import kam, rod
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.virksomhedsnavn import navnenoegle
from connectors.crm.virksomhedsvisning import VirksomhedVist
from connectors.database import reading

SHORTEST = 3  # letters of a name from which companies are looked for
MOST = 6


@dataclass(frozen=True)
class Opslag:
    """``firma``: the one company that it is, as the member of staff may see it. ``kam``: its key account manager, told also
    to those who may not see its cases. ``andre``: (id, name, CVR) of companies whose name begins so."""

    firma: VirksomhedVist | None = None
    kam: str | None = None
    andre: tuple[tuple[int, str, str | None], ...] = ()

    @property
    def kendt(self) -> Mapping[str, Any]:
        """What the company told of itself last, by slot of the screening."""
        if self.firma is None:
            return {}
        return {"cvr": self.firma.cvr, "virksomhed": self.firma.navn, **self.firma.oplysninger}


def slaa_op(engine: Engine, cvr: str | None, navn: str | None, bruger: Seer) -> Opslag:
    """The company by CVR; without one by name, where one company alone has it."""
    noegle = navnenoegle(navn)
    with reading(engine) as session:
        exact = Virksomhed.cvr == cvr if cvr else Virksomhed.navn_noegle == noegle
        rows = list(session.scalars(select(Virksomhed).where(exact))) if cvr or noegle else []
        roots = {root.id: root for root in (rod(session, row) for row in rows)}
        root = next(iter(roots.values())) if len(roots) == 1 else None
        manager = kam(session, root) if root is not None else None
        andre = _lignende(session, noegle, bruger, root) if not cvr and noegle and len(noegle) >= SHORTEST else ()
    firma = virksomhedsvisning.vis(engine, root.id, bruger) if root is not None else None
    return Opslag(firma, manager.navn if manager else None, andre)


def _lignende(session: Session, noegle: str, bruger: Seer, fundet: Virksomhed | None) -> tuple[tuple[int, str, str | None], ...]:
    """Companies that ``bruger`` may see and whose name begins with the key, save the one that was found."""
    like = Virksomhed.navn_noegle.startswith(noegle, autoescape=True)
    found = select(Virksomhed).where(like, Virksomhed.flettet_til.is_(None), synlighed.virksomheder(bruger))
    if fundet is not None:
        found = found.where(Virksomhed.id != fundet.id)
    rows = session.scalars(found.order_by(Virksomhed.navn_noegle, Virksomhed.id).limit(MOST))
    return tuple((row.id, row.navn or "", row.cvr) for row in rows)
