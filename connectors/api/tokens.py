"""The API's clients: a token each, shown when it is made and kept as its SHA-256 only."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, select

from connectors.api.models import SCOPES, ApiToken
from connectors.database import reading, writing

PREFIX = "erhverv_"  # so that a token that lies where it should not is seen to be one
LONGEST_NAME = 100
BRUGT_HVER = dt.timedelta(minutes=1)  # the last use is kept to the minute: not a write for every request


@dataclass(frozen=True)
class Klient:
    """A client as its token lets it in. ``navn`` is what history and audit log call it; ``scopes`` of ``SCOPES``."""

    id: int
    navn: str
    scopes: frozenset[str]


@dataclass(frozen=True)
class KlientVist:
    """A client as an administrator sees it; never its token."""

    id: int
    navn: str
    scopes: tuple[str, ...]
    oprettet: dt.datetime
    brugt: dt.datetime | None
    tilbagekaldt: dt.datetime | None


def lav(engine: Engine, navn: str, scopes: Iterable[str], nu: dt.datetime) -> str:
    """Make a client. Returns its token, which is not kept and cannot be shown again.

    Raises:
        ValueError: in Danish, where the name is empty, too long or in use, or a scope is none.
    """
    navn, valgt = " ".join(navn.split()), set(scopes)
    if not navn or len(navn) > LONGEST_NAME:
        raise ValueError(f"klienten skal have et navn på højst {LONGEST_NAME} tegn")
    if ukendte := valgt - set(SCOPES):
        raise ValueError(f"{', '.join(sorted(ukendte))} er ikke et scope; vælg blandt {', '.join(SCOPES)}")
    if not valgt:
        raise ValueError(f"vælg mindst ét scope: {', '.join(SCOPES)}")
    token = PREFIX + secrets.token_urlsafe(32)
    with writing(engine) as session:
        taken = select(ApiToken.id).where(ApiToken.navn == navn, ApiToken.tilbagekaldt.is_(None))
        if session.scalar(taken) is not None:
            raise ValueError(f"der er allerede en klient med navnet {navn}; tilbagekald den, eller vælg et andet navn")
        ordered = [scope for scope in SCOPES if scope in valgt]
        session.add(ApiToken(navn=navn, token_hash=token_hash(token), scopes=ordered, oprettet=nu))
    return token


def find(engine: Engine, token: str, nu: dt.datetime) -> Klient | None:
    """The client that ``token`` lets in; None where it is unknown or revoked. Notes that it has been used."""
    with reading(engine) as session:
        row = session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash(token), ApiToken.tilbagekaldt.is_(None)))
    if row is None:
        return None
    if row.brugt is None or nu - row.brugt >= BRUGT_HVER:
        with writing(engine) as session:
            used = session.get(ApiToken, row.id)
            if used is not None:
                used.brugt = nu
    return Klient(row.id, row.navn, frozenset(row.scopes))


def tilbagekald(engine: Engine, klient_id: int, nu: dt.datetime) -> bool:
    """Let the client in no more. False where there is none, or it had been revoked already."""
    with writing(engine) as session:
        row = session.get(ApiToken, klient_id)
        if row is None or row.tilbagekaldt is not None:
            return False
        row.tilbagekaldt = nu
        return True


def alle(engine: Engine) -> list[KlientVist]:
    """Every client, the newest first, revoked ones too."""
    with reading(engine) as session:
        return [
            KlientVist(row.id, row.navn, tuple(row.scopes), row.oprettet, row.brugt, row.tilbagekaldt)
            for row in session.scalars(select(ApiToken).order_by(ApiToken.id.desc()))
        ]


def token_hash(token: str) -> str:
    """What is stored of a token. A plain hash is enough: 256 random bits can't be guessed from it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
