"""What the analysts' numbers count, on each database."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from bot.language.dato import KOEBENHAVN
from connectors.crm.models import Henvendelse, Historik
from connectors.database import writing
from connectors.desk.optaelling import Snit, optael
from connectors.survey.models import Besvarelse
from connectors.website.models import Besked, Samtale

NU = dt.datetime(2026, 11, 30, 12, tzinfo=KOEBENHAVN)
FRA, TIL = dt.date(2026, 11, 16), dt.date(2026, 11, 29)


def kl(dag: int, time: int = 10, minut: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, dag, time, minut, tzinfo=KOEBENHAVN)


def sag(engine: Engine, nummer: int, oprettet: dt.datetime, svar: dt.datetime | None = None, **felter: object) -> None:
    """A case with a deadline two days on, answered at ``svar``."""
    values: dict[str, object] = {
        "kanal": "chat",
        "status": "ny",
        "team": "frontfunktion",
        "hovedindhold": "x",
        "survey": "ikke sendt",
    }
    values |= {"svarfrist": oprettet + dt.timedelta(days=2), **felter}
    row = Henvendelse(nummer=f"KBH-2026-{nummer:06}", noegle=str(nummer), oprettet=oprettet, **values)
    row.historik = [Historik(tid=oprettet, hvem="bot", felt="status", fra=None, til="ny")]
    if svar:
        row.historik += [
            Historik(tid=svar - dt.timedelta(minutes=5), hvem="Anna", felt="status", fra="ny", til="i gang"),
            Historik(tid=svar, hvem="Anna", felt="status", fra="i gang", til="afventer virksomheden"),
            Historik(tid=svar + dt.timedelta(days=30), hvem="Anna", felt="status", fra="afventer virksomheden", til="afsluttet"),
        ]
    with writing(engine) as session:
        session.add(row)


def samtale(engine: Engine, navn: str, begyndt: dt.datetime, *tilstande: str) -> None:
    """A chat whose state has been ``tilstande`` in turn."""
    with writing(engine) as session:
        values = {"epoch": 0, "last_seq": 0, "read_seq": 0, "active": begyndt, "state": "bot"}
        session.add(Samtale(id=navn, token_hash=navn, created=begyndt, **values))
        session.flush()
        for seq, tilstand in enumerate(tilstande, 1):
            data = {"type": "overdragelse", "state": tilstand, "plads": None}
            session.add(Besked(samtale_id=navn, seq=seq, sender="system", text="", data=data, created=begyndt, pending=False))


def test_weeks_channels_teams_statuses_and_outcomes(engine: Engine) -> None:
    sag(engine, 1, kl(16, 0))
    sag(engine, 2, kl(29, 23, 59), kanal="telefon", team="team-hr", status="afsluttet", udfald="straks")
    sag(engine, 3, kl(29), kanal="telefon")
    sag(engine, 4, kl(15, 23, 59))
    sag(engine, 5, kl(30, 0))
    tal = optael(engine, FRA, TIL, NU)
    assert tal.henvendelser == 3
    assert tal.uger == [("uge 47, 2026", 1), ("uge 48, 2026", 2)]
    assert tal.kanaler == [("telefon", 2), ("chat", 1)]
    assert tal.teams == [("frontfunktion", 2), ("team-hr", 1)]
    assert tal.statusser == [("ny", 2), ("afsluttet", 1)]
    assert tal.udfald == [("straks", 1)]


def test_weeks_without_a_case_are_there_too_and_the_year_is_the_week_s(engine: Engine) -> None:
    tal = optael(engine, dt.date(2026, 12, 27), dt.date(2027, 1, 4), NU)
    assert tal.uger == [("uge 52, 2026", 0), ("uge 53, 2026", 0), ("uge 1, 2027", 0)]


def test_answered_in_time_counts_what_is_answered_or_late(engine: Engine) -> None:
    sag(engine, 1, kl(16), svar=kl(18))  # at the last moment
    sag(engine, 2, kl(16), svar=kl(18, 10, 1))
    sag(engine, 3, kl(16))  # late, and not answered
    sag(engine, 4, kl(29, 20))  # still in time
    tal = optael(engine, FRA, TIL, NU)
    assert (tal.besvaret, tal.skulle) == (1, 3)


def test_chats_taken_over_are_counted_once(engine: Engine) -> None:
    samtale(engine, "a", kl(17))
    samtale(engine, "b", kl(17), "venter", "menneske", "bot", "venter", "menneske", "bot")
    samtale(engine, "c", kl(17), "venter", "bot")
    samtale(engine, "d", kl(10), "menneske")
    tal = optael(engine, FRA, TIL, NU)
    assert (tal.samtaler, tal.overtaget) == (3, 1)


@pytest.mark.parametrize(("marks", "snit"), [([5, 4], None), ([5, 4, 3], 4.0), ([5, 4, None], None), ([5, 5, 4, None], 14 / 3)])
def test_an_average_of_few_is_not_shown(engine: Engine, marks: list[int | None], snit: float | None) -> None:
    with writing(engine) as session:
        for mark in marks:
            session.add(Besvarelse(dag=TIL, team="team-hr", sagsbehandlingstid=mark))
        session.add(Besvarelse(dag=FRA - dt.timedelta(days=1), team="team-hr", sagsbehandlingstid=1))
    survey = optael(engine, FRA, TIL, NU).survey
    given = len([mark for mark in marks if mark is not None])
    found = survey["sagsbehandlingstid"]
    assert (found.antal, found.snit) == (given, pytest.approx(snit) if snit else None)
    assert survey["orientering"] == Snit(0, None)
