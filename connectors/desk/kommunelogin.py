"""A person whom the municipality's log-in vouches for: made at the first log-in, name and roles renewed at each."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from enum import Enum
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from connectors.database import writing
from connectors.desk import revision, sessioner
from connectors.desk.indlogning import Inde, aabn
from connectors.desk.medarbejderskema import LONGEST_NAME, TEGN
from connectors.desk.models import ROLLER, Medarbejder
from connectors.desk.settings import DeskSettings
from connectors.mail.adresse import brugbar


class Ude(Enum):
    """Why somebody whom the municipality knows does not get in."""

    INGEN_ROLLE = "ingen_rolle"
    LUKKET = "lukket"


def roller_af(claims: Mapping[str, Any], settings: DeskSettings) -> tuple[str, ...]:
    """Our roles that the claims give. The settings say where they stand and which of the provider's are which of ours;
    what is not mapped gives nothing, and with no mapping at all they are called the same."""
    found: Any = claims
    for step in settings.oidc_role_claim.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    theirs = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    ours = {settings.oidc_roles.get(str(each)) if settings.oidc_roles else each for each in theirs if isinstance(each, str)}
    return tuple(rolle for rolle in ROLLER if rolle in ours)


def modtag(engine: Engine, claims: Mapping[str, Any], settings: DeskSettings, nu: dt.datetime) -> Inde | Ude:
    """Let the person of a validated id token in, with a fresh log-in."""
    try:
        return _modtag(engine, claims, settings, nu)
    except IntegrityError:  # the same person's first log-in twice at once: the other was first
        return _modtag(engine, claims, settings, nu)


def _modtag(engine: Engine, claims: Mapping[str, Any], settings: DeskSettings, nu: dt.datetime) -> Inde | Ude:
    roller = list(roller_af(claims, settings))
    oidc_id = hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()
    with writing(engine) as session:
        row = session.scalars(select(Medarbejder).where(Medarbejder.oidc_id == oidc_id).with_for_update()).first()
        if row is None and not roller:
            return Ude.INGEN_ROLLE
        if row is None:
            row = Medarbejder(
                brugernavn=_ledigt(session, claims), oidc_id=oidc_id, enheder=[], roller=roller, oprettet=nu, **_navne(claims)
            )
            session.add(row)
            session.flush()
            details = {"roller": roller, "log-ind": "kommunen"}
            revision.skriv(session, None, "oprettet", "medarbejder", row.brugernavn, details, nu)
        elif not row.aktiv:
            return Ude.LUKKET
        else:
            _forny(session, row, claims, roller, nu)
        return Inde(row, aabn(session, row, settings, nu)) if roller else Ude.INGEN_ROLLE


def _forny(session: Session, row: Medarbejder, claims: Mapping[str, Any], roller: list[str], nu: dt.datetime) -> None:
    new: dict[str, Any] = {"roller": roller, **_navne(claims)}
    changed = [felt for felt, value in new.items() if getattr(row, felt) != value]
    for felt in changed:
        setattr(row, felt, new[felt])
    if changed:
        row.version += 1
        revision.skriv(session, None, "ændret", "medarbejder", row.brugernavn, {"felter": changed, "log-ind": "kommunen"}, nu)
    if not roller:
        sessioner.luk_alle(session, row.id)


def _navne(claims: Mapping[str, Any]) -> dict[str, str | None]:
    navn = _tekst(claims, "name") or _tekst(claims, "preferred_username") or "Medarbejder"
    return {
        "navn": navn,
        "fornavn": _tekst(claims, "given_name") or navn.partition(" ")[0],
        "email": brugbar(_tekst(claims, "email").lower()),
    }


def _tekst(claims: Mapping[str, Any], navn: str) -> str:
    value = claims.get(navn)
    return " ".join(value.split())[:LONGEST_NAME] if isinstance(value, str) else ""


def _ledigt(session: Session, claims: Mapping[str, Any]) -> str:
    """A user name that nobody has: a local account of the same name is another person's."""
    wanted = _tekst(claims, "preferred_username") or _tekst(claims, "email") or "medarbejder"
    base = "".join(tegn for tegn in wanted.casefold() if tegn.isalnum() or tegn in TEGN)[: LONGEST_NAME - 8] or "medarbejder"
    taken = set(session.scalars(select(Medarbejder.brugernavn).where(Medarbejder.brugernavn.startswith(base, autoescape=True))))
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)
