"""Undoing what was done a moment ago: a code that says what to set back, good only while nobody has changed more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.library import Library
from connectors.crm import sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.models import STATUSSER, Henvendelse
from connectors.crm.tid import iso
from connectors.desk import ordliste
from connectors.desk.sagshandling import Arbejde, Handling, Udfald
from connectors.website import tilstede


@dataclass(frozen=True)
class Fortrydelse:
    """What the page offers: ``kode`` for the form, ``tekst`` on the button."""

    kode: str
    tekst: str


def ejer(row: Henvendelse) -> str:
    """Sets ``row``'s owner back."""
    return f"ejer {row.ejer_id or ''}".strip()


def team(row: Henvendelse) -> str:
    """Sets ``row``'s team back, and its deadline with it."""
    return f"team {row.team} {iso(row.svarfrist)}"


def status(row: Henvendelse) -> str:
    """Sets ``row``'s state back."""
    return f"status {row.status}"


def tilbud(
    kode: str, version: str, row: Henvendelse, library: Library, kolleger: Sequence[tuple[int, str]]
) -> Fortrydelse | None:
    """What the page of ``row`` offers to undo; None where the code says nothing or the case has changed since.
    ``kolleger``: id and name of those who can have a case."""
    what, _, value = kode.partition(" ")
    if version != str(row.version):
        return None
    if what == "ejer":
        names = {str(ident): navn for ident, navn in kolleger}
        before = names.get(value) if value else "ingen ejer"
        return Fortrydelse(kode, f"Fortryd: tilbage til {before}") if before else None
    if what == "team" and (unit := library.enheder.get(value.split(" ")[0])):
        return Fortrydelse(kode, f"Fortryd: tilbage til {unit.navn}")
    if what == "status" and value in STATUSSER:
        return Fortrydelse(kode, f"Fortryd: tilbage til {ordliste.STATUSSER[value]}")
    return None


def _fortryd(work: Arbejde) -> Udfald | None:
    felter = _felter(work)
    sagsgang.aendr(work.engine, work.library, work.number, work.version, work.bruger.navn, felter, work.nu)
    return Udfald("Det er fortrudt.")


def _felter(work: Arbejde) -> dict[str, Any]:
    what, _, value = work.form["fortryd"].partition(" ")
    if what == "ejer":
        names = {one.id: one.navn for one in tilstede.kolleger(work.engine, work.nu)}
        if value and (not value.isascii() or not value.isdigit() or int(value) not in names):
            raise ValueError("den tidligere ejer kan ikke få sager længere")
        return {"ejer": Ejer(int(value), names[int(value)]) if value else None}
    if what == "team":
        unit, _, moment = value.partition(" ")
        deadline = _tidspunkt(moment)
        return {"team": unit, **({"svarfrist": deadline} if deadline and deadline > work.nu else {})}
    if what == "status" and value in STATUSSER:
        return {"status": value}
    raise ValueError("det kan ikke fortrydes")


def _tidspunkt(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _gjort(work: Arbejde) -> bool:
    felter = _felter(work)
    if "ejer" in felter:
        return work.row.ejer_id == (felter["ejer"].id if felter["ejer"] else None)
    return all(getattr(work.row, felt) == til for felt, til in felter.items())


HANDLING = Handling("fortryd", "fortryd", _fortryd, _gjort)
