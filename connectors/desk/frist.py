"""A deadline as staff see it: a word and a colour, never the colour alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.knowledge.schema.kommune import Kommune
from bot.language.dato import KOEBENHAVN
from connectors.crm.frister import er_arbejdsdag, fast_dag

_FAR = 30  # days ahead from which nobody counts working days any more


@dataclass(frozen=True)
class Fristmaerke:
    """``ord`` says it ("i dag", "om 2 arbejdsdage", "overskredet 1 dag"); ``farve`` is dkfds' badge: error, warning,
    success or info."""

    ord: str
    farve: str


def maerke(frist: dt.datetime, nu: dt.datetime, kommune: Kommune, *, afsluttet: bool = False) -> Fristmaerke:
    """How near ``frist`` is at ``nu``, in Copenhagen's days. What is closed has no deadline left to keep.

    What is left is told in working days, for that is what a member of staff has; what is passed in plain days, for
    that is how long the business has waited.
    """
    if afsluttet:
        return Fristmaerke("afsluttet", "info")
    today, day = nu.astimezone(KOEBENHAVN).date(), frist.astimezone(KOEBENHAVN).date()
    if frist < nu:
        late = (today - day).days
        return Fristmaerke(f"overskredet {late} {'dag' if late == 1 else 'dage'}" if late else "overskredet i dag", "error")
    if day == today:
        return Fristmaerke("i dag", "warning")
    if (day - today).days > _FAR:
        return Fristmaerke(f"om {(day - today).days // 7} uger", "success")
    left = _arbejdsdage(today, day, kommune)
    if left == 0:
        return Fristmaerke("før næste arbejdsdag", "warning")
    return Fristmaerke(f"om {left} {'arbejdsdag' if left == 1 else 'arbejdsdage'}", "warning" if left == 1 else "success")


def _arbejdsdage(today: dt.date, day: dt.date, kommune: Kommune) -> int:
    """Working days after ``today``, up to and with ``day``."""
    closed = frozenset(kommune.lukkedage.dage)
    yearly = frozenset(fast_dag(text) for text in kommune.lukkedage.faste)
    days = (today + dt.timedelta(days=ahead) for ahead in range(1, (day - today).days + 1))
    return sum(er_arbejdsdag(each, closed, yearly) for each in days)
