"""Tags on cases, by which staff find what belongs together. They outlive the case's personal data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from connectors.crm import henvendelser, tid
from connectors.crm.artikler import rens
from connectors.crm.historik import linje
from connectors.crm.korrespondance import Maerke
from connectors.crm.models import Henvendelse
from connectors.crm.sagsgang import kraev_aaben
from connectors.database import reading, writing

LONGEST = 60


def saet(
    engine: Engine, number: str, hvem: str, navne: Iterable[str], nu: dt.datetime | None = None, *, version: int | None = None
) -> list[str]:
    """Give the case just these tags, if it is still at ``version`` where one is given. Returns them, sorted.

    A tag is kept as it was first typed, without blanks around it; "VIP" and "vip" are one. Raises ``UkendtHenvendelse``,
    ``ForaeldetVersion``, and ``ValueError`` on an empty or too long tag and on a closed case.
    """
    wanted = _distinct(navne)
    return _change(engine, number, hvem, lambda _: wanted, nu, version)


def saet_i(session: Session, row: Henvendelse, hvem: str, navne: Iterable[str], nu: dt.datetime) -> list[str]:
    """As ``saet``, of a case that the caller has taken, in a transaction that is under way."""
    wanted = _distinct(navne)
    return _change_i(session, row, hvem, lambda _: wanted, nu)


def tilfoej(engine: Engine, number: str, hvem: str, navn: str, nu: dt.datetime | None = None) -> list[str]:
    """Add a tag, if it is not there. Returns the case's tags, sorted; errors as in ``saet``."""
    one = _distinct([navn])
    return _change(
        engine, number, hvem, lambda present: present | {key: name for key, name in one.items() if key not in present}, nu
    )


def fjern(engine: Engine, number: str, hvem: str, navn: str, nu: dt.datetime | None = None) -> list[str]:
    """Take a tag off, if it is there. Returns the case's tags, sorted; errors as in ``saet``."""
    gone = _distinct([navn])
    return _change(engine, number, hvem, lambda present: {key: name for key, name in present.items() if key not in gone}, nu)


def for_sag(engine: Engine, number: str) -> list[str]:
    """The case's tags, sorted. Raises ``UkendtHenvendelse``."""
    with reading(engine) as session:
        return _sorted(row.navn for row in _rows(session, henvendelser.find(session, number)))


def brugte(engine: Engine) -> list[str]:
    """Every tag that some case has, sorted."""
    with reading(engine) as session:
        return _sorted(session.scalars(select(Maerke.navn).distinct()))


def _distinct(navne: Iterable[str]) -> dict[str, str]:
    """The tags by how they are compared."""
    found: dict[str, str] = {}
    for navn in navne:
        kept = " ".join(rens(navn).split())
        if not kept:
            raise ValueError("et mærke må ikke være tomt")
        if len(kept) > LONGEST:
            raise ValueError(f"mærket {kept[:20]}… er på {len(kept)} tegn; der er plads til {LONGEST}")
        found.setdefault(kept.casefold(), kept)
    return found


def _change(
    engine: Engine,
    number: str,
    hvem: str,
    change: Callable[[dict[str, str]], dict[str, str]],
    nu: dt.datetime | None,
    version: int | None = None,
) -> list[str]:
    with writing(engine) as session:
        row = henvendelser.laas(session, number, version)
        return _change_i(session, row, hvem, change, nu or tid.nu())


def _change_i(
    session: Session, row: Henvendelse, hvem: str, change: Callable[[dict[str, str]], dict[str, str]], nu: dt.datetime
) -> list[str]:
    present = {tag.navn.casefold(): tag for tag in _rows(session, row)}
    wanted = change({key: tag.navn for key, tag in present.items()})
    if wanted.keys() != present.keys():
        kraev_aaben(row)
        for key in present.keys() - wanted.keys():
            row.historik.append(linje(hvem, "mærke", present[key].navn, None, nu))
            session.delete(present[key])
        for key in wanted.keys() - present.keys():
            row.historik.append(linje(hvem, "mærke", None, wanted[key], nu))
            session.add(Maerke(henvendelse_id=row.id, navn=wanted[key]))
        henvendelser.roer_ved(session, row, nu)
    return _sorted(present[key].navn if key in present else wanted[key] for key in wanted)


def _rows(session: Session, row: Henvendelse) -> list[Maerke]:
    return list(session.scalars(select(Maerke).where(Maerke.henvendelse_id == row.id)))


def _sorted(navne: Iterable[str]) -> list[str]:
    return sorted(navne, key=str.casefold)
