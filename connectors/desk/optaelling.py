"""What the analysts count: cases, chats and questionnaires of a period. Numbers only; nothing that leads to anybody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, distinct, func, select
from sqlalchemy.orm import Session

from bot.language.dato import KOEBENHAVN
from connectors.crm.models import Henvendelse, Historik
from connectors.database import reading
from connectors.survey.models import PARAMETRE, Besvarelse
from connectors.website.models import Besked, Samtale

FEWEST_ANSWERS = 3  # an average of fewer would say what single businesses answered
ANSWERED = ("afventer virksomheden", "afsluttet")


@dataclass(frozen=True)
class Snit:
    """An average of marks from 1 to 5, None where fewer than ``FEWEST_ANSWERS`` gave one."""

    antal: int
    snit: float | None


@dataclass(frozen=True)
class Tal:
    """The numbers of a period. The pairs are a value as it is stored and how many there are of it.

    ``besvaret`` of ``skulle``: cases answered in time, of those that are answered or late; answered is the first time a
    case awaits the business or is closed.
    """

    henvendelser: int
    uger: list[tuple[str, int]]
    kanaler: list[tuple[str, int]]
    teams: list[tuple[str, int]]
    statusser: list[tuple[str, int]]
    udfald: list[tuple[str, int]]
    besvaret: int
    skulle: int
    samtaler: int
    overtaget: int
    survey: dict[str, Snit]


def optael(engine: Engine, fra: dt.date, til: dt.date, nu: dt.datetime) -> Tal:
    """Count what was made from ``fra`` to ``til``, both days included, in Copenhagen's time."""
    start = dt.datetime.combine(fra, dt.time(), KOEBENHAVN)
    slut = dt.datetime.combine(til + dt.timedelta(days=1), dt.time(), KOEBENHAVN)
    with reading(engine) as session:
        h = Henvendelse
        made = (h.oprettet >= start, h.oprettet < slut)
        rows = session.execute(select(h.id, h.oprettet, h.kanal, h.team, h.status, h.udfald, h.svarfrist).where(*made)).all()
        answers: dict[int, dt.datetime] = {}
        changes = select(Historik.henvendelse_id, Historik.tid).join(h, h.id == Historik.henvendelse_id)
        for case, tid in session.execute(changes.where(*made, Historik.felt == "status", Historik.til.in_(ANSWERED))):
            answers[case] = min(tid, answers.get(case, tid))
        due = [(answers.get(row.id), row.svarfrist) for row in rows if row.id in answers or row.svarfrist < nu]
        samtaler, overtaget = _samtaler(session, start, slut)
        return Tal(
            henvendelser=len(rows),
            uger=_uger((row.oprettet for row in rows), fra, til),
            kanaler=_hyppigst(row.kanal for row in rows),
            teams=_hyppigst(row.team for row in rows),
            statusser=_hyppigst(row.status for row in rows),
            udfald=_hyppigst(row.udfald for row in rows if row.udfald),
            besvaret=sum(answer is not None and answer <= frist for answer, frist in due),
            skulle=len(due),
            samtaler=samtaler,
            overtaget=overtaget,
            survey=_survey(session, fra, til),
        )


def _hyppigst(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))


def _uger(tider: Iterable[dt.datetime], fra: dt.date, til: dt.date) -> list[tuple[str, int]]:
    """Every week of the period by its number, those without a case too."""
    counted = Counter(_uge(tid.astimezone(KOEBENHAVN).date()) for tid in tider)
    days = (fra + dt.timedelta(days=ahead) for ahead in range((til - fra).days + 1))
    return [(uge, counted[uge]) for uge in dict.fromkeys(_uge(day) for day in days)]


def _uge(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"uge {week}, {year}"


def _samtaler(session: Session, start: dt.datetime, slut: dt.datetime) -> tuple[int, int]:
    """How many chats began in the period, and how many of them a person took over."""
    began = (Samtale.created >= start, Samtale.created < slut)
    antal = session.scalar(select(func.count()).select_from(Samtale).where(*began)) or 0
    taken = (
        select(func.count(distinct(Besked.samtale_id)))
        .join(Samtale, Samtale.id == Besked.samtale_id)
        .where(*began, Besked.sender == "system", Besked.data["state"].as_string() == "menneske")
    )
    return antal, session.scalar(taken) or 0


def _survey(session: Session, fra: dt.date, til: dt.date) -> dict[str, Snit]:
    columns = [getattr(Besvarelse, name) for name in PARAMETRE]
    rows = session.execute(select(*columns).where(Besvarelse.dag >= fra, Besvarelse.dag <= til)).all()
    found = {}
    for position, name in enumerate(PARAMETRE):
        marks = [row[position] for row in rows if row[position] is not None]
        found[name] = Snit(len(marks), sum(marks) / len(marks) if len(marks) >= FEWEST_ANSWERS else None)
    return found
