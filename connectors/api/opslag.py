"""What a client means by ``group``, ``state``, ``owner`` and the like: each may come by name, by id, or both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from connectors.api import numre
from connectors.api.fejl import ugyldig
from connectors.api.kald import Kald
from connectors.crm.ejer import Ejer
from connectors.crm.tilknytning import rod
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.virksomhedsnavn import navnenoegle
from connectors.desk.models import Medarbejder
from connectors.zammad.tabel import INGEN_EJER, PRIORITET, PRIORITETER, STATUS_AF_ID, STATUS_AF_NAVN

T = TypeVar("T")
_NOBODY = ("-", "")


def givet(body: Mapping[str, Any], name: str) -> bool:
    """Whether the field is there, by name or by id, with a value."""
    return any(body.get(key) not in (None, "") for key in (name, f"{name}_id"))


def team(kald: Kald) -> str | None:
    """The team of ``group``/``group_id``; None where neither is given. Raises ``ZammadFejl``."""

    def by_name(name: str) -> str | None:
        known = kald.library.enheder
        return name if name in known else next((ident for ident, one in known.items() if one.navn == name), None)

    def by_id(number: int) -> str | None:
        return next((name for name, ident in numre.grupper(kald.engine, kald.library).items() if ident == number), None)

    return _one(kald.body, "group", by_name, by_id)


def status(kald: Kald) -> str | None:
    """The status of ``state``/``state_id``; None where neither is given. Raises ``ZammadFejl``."""
    return _one(kald.body, "state", STATUS_AF_NAVN.get, STATUS_AF_ID.get)


def kun_normal_prioritet(kald: Kald) -> None:
    """Refuse any priority but Zammad's normal one: our cases have none. Raises ``ZammadFejl``."""
    ids = {name: ident for ident, name in PRIORITETER.items()}
    found = _one(kald.body, "priority", ids.get, lambda number: number if number in PRIORITETER else None)
    if found not in (None, PRIORITET):
        raise ugyldig(f"Henvendelser har ingen prioritet; kun {PRIORITETER[PRIORITET]} kan bruges.")


def ejer(session: Session, body: Mapping[str, Any]) -> tuple[bool, Ejer | None]:
    """Whether ``owner``/``owner_id`` is given, and who it is: None for nobody. Raises ``ZammadFejl``."""
    if not givet(body, "owner"):
        return "owner" in body and body["owner"] == "", None
    if (body.get("owner") in _NOBODY and not body.get("owner_id")) or body.get("owner_id") == INGEN_EJER:
        return True, None

    def by_name(name: str) -> Ejer | None:
        return _medarbejder(session, or_(Medarbejder.brugernavn == name, Medarbejder.email == name, Medarbejder.navn == name))

    def by_id(number: int) -> Ejer | None:
        return _medarbejder(session, Medarbejder.id == number - numre.MEDARBEJDER_FRA)

    return True, _one(body, "owner", by_name, by_id)


def virksomhed(session: Session, body: Mapping[str, Any]) -> Virksomhed | None:
    """The company of ``organization``/``organization_id``; None where neither is given. Raises ``ZammadFejl``."""
    return _one(body, "organization", lambda name: _named(session, name), lambda number: _numbered(session, number))


def tidspunkt(value: Any, name: str) -> dt.datetime | None:
    """A time as Zammad's clients write it, with its zone; None where it is empty. Raises ``ZammadFejl``."""
    if value in (None, ""):
        return None
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError:
        moment = None
    # years that no clock can reckon with in another zone are no deadlines either
    if moment is None or moment.tzinfo is None or not 2000 <= moment.year < 2100:
        raise ugyldig(f"{name} skal være et tidspunkt med tidszone, som 2026-11-26T15:00:00Z.")
    return moment


def tekst(body: Mapping[str, Any], name: str, *, kraevet: bool = False) -> str | None:
    """A field that is text; None where it is not given or blank. Raises ``ZammadFejl``."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise ugyldig(f"{name} skal være en tekst.")
    found = value.strip() if value else ""
    if not found and kraevet:
        raise ugyldig(f"{name} mangler.", f"Missing required value for field '{name}'!")
    return found or None


def _one(
    body: Mapping[str, Any], name: str, by_name: Callable[[str], T | None], by_id: Callable[[int], T | None]
) -> T | None:  # fmt: skip
    said, number = body.get(name), body.get(f"{name}_id")
    found: list[T] = []
    if number not in (None, ""):
        if not isinstance(number, int | str) or isinstance(number, bool) or not str(number).isdecimal() or len(str(number)) > 10:
            raise ugyldig(f"{name}_id skal være et tal.")
        one = by_id(int(number))
        if one is None:
            raise ugyldig(f"{name}_id {number} findes ikke.", f"Invalid value for param '{name}_id': {number}")
        found.append(one)
    if said not in (None, ""):
        if not isinstance(said, str):
            raise ugyldig(f"{name} skal være et navn.", f"String is needed as ref value for '{name}'")
        one = by_name(said.strip())
        if one is None:
            raise ugyldig(f"{name} {said[:60]} findes ikke.", f"No lookup value found for '{name}': \"{said[:60]}\"")
        found.append(one)
    if len(found) == 2 and found[0] != found[1]:
        raise ugyldig(f"{name} og {name}_id siger hver sit; send kun den ene.")
    return found[0] if found else None


def _medarbejder(session: Session, which: Any) -> Ejer | None:
    found = list(session.scalars(select(Medarbejder).where(which, Medarbejder.aktiv).limit(2)))
    if len(found) > 1:
        raise ugyldig("owner passer på flere medarbejdere; brug brugernavn eller owner_id.")
    return Ejer(found[0].id, found[0].navn) if found else None


def _numbered(session: Session, number: int) -> Virksomhed | None:
    found = session.get(Virksomhed, number) if number <= numre.LARGEST else None
    return None if found is None else rod(session, found)


def _named(session: Session, name: str) -> Virksomhed | None:
    """By CVR as ``CVR 97225249``, else by name, however it is spelt."""
    cvr = name.removeprefix("CVR ") if name.startswith("CVR ") else None
    which = Virksomhed.cvr == cvr if cvr else Virksomhed.navn_noegle == navnenoegle(name)
    rows = list(session.scalars(select(Virksomhed).where(which).order_by(Virksomhed.id)))
    roots = {root.id: root for root in (rod(session, row) for row in rows)}
    if len(roots) > 1:
        raise ugyldig(f"Flere virksomheder hedder {name[:60]}; brug organization_id.")
    return next(iter(roots.values()), None)
