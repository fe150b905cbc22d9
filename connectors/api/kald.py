"""One call of the API: who calls, with what, and how an answer is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.api.fejl import ugyldig
from connectors.api.tokens import Klient

LONGEST_KEY = 150
MOST_PER_PAGE = 500
_YES = ("true", "1")


@dataclass(frozen=True)
class Svar:
    """What a handler answers with."""

    data: Any
    status: int = 200


@dataclass(frozen=True)
class Kald:
    """What a handler knows. ``hvem`` is the name that history and articles get; ``query`` the parameters of the address,
    ``match`` the parts of its path, ``body`` the JSON object that was sent; ``key``: the header ``Idempotency-Key``."""

    engine: Engine
    library: Library
    klient: Klient
    hvem: str
    nu: dt.datetime
    match: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    key: str | None

    @property
    def id(self) -> int:
        """The number in the path."""
        return int(self.match["id"])

    @property
    def expand(self) -> bool:
        """Whether names are wanted beside ids."""
        return self.query.get("expand") in _YES

    @property
    def ser_interne(self) -> bool:
        """Whether the client may read staff's own notes: only one that also works in the cases."""
        return {"laes", "skriv"} <= self.klient.scopes

    def noegle(self, key: str | None = None) -> str | None:
        """The client's idempotency key, apart from every other client's; None where it gave none. Raises ``ZammadFejl``."""
        given = self.key or key
        if not given:
            return None
        if len(given) > LONGEST_KEY:
            raise ugyldig(f"Idempotency-Key må højst være på {LONGEST_KEY} tegn.")
        return f"api:{self.klient.id}:{given}"

    def ja(self, name: str) -> bool:
        """Whether a parameter of the address says yes."""
        return self.query.get(name) in _YES


Handler = Callable[[Kald], Svar]


@dataclass(frozen=True)
class Side:
    """Which part of a list is wanted."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """How many come before it."""
        return (self.page - 1) * self.per_page


def side(kald: Kald, ellers: int = 100) -> Side:
    """The page that is asked for. A page that is larger than we give is refused: cut short, it would look like the last.

    Raises:
        ZammadFejl: 422.
    """
    page = _whole(kald, "page", 1)
    per_page = _whole(kald, "per_page" if "per_page" in kald.query else "limit", ellers)
    if per_page > MOST_PER_PAGE:
        raise ugyldig(f"per_page må højst være {MOST_PER_PAGE}.")
    if page * per_page > 2**31 - 1:
        raise ugyldig("page er for stor.")
    return Side(page, per_page)


def liste(kald: Kald, rows: list[dict[str, Any]], total: int) -> Svar:
    """A page of a list, in the form that is asked for."""
    if kald.ja("full"):
        raise ugyldig("full understøttes ikke; brug expand=true.")
    if kald.ja("only_total_count"):
        return Svar({"total_count": total})
    if kald.ja("with_total_count"):
        return Svar({"records": rows, "total_count": total})
    return Svar(rows)


def _whole(kald: Kald, name: str, ellers: int) -> int:
    said = kald.query.get(name)
    if said is None:
        return ellers
    if not said.isascii() or not said.isdecimal() or len(said) > 9 or int(said) < 1:
        raise ugyldig(f"{name} skal være et helt tal fra 1 og op.")
    return int(said)
