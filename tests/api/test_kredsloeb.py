"""The circle: our own mirror delivers into another installation of ours, through our own API."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine
from zammad_py import ZammadAPI

from connectors.crm import artikler, henvendelser, maerker
from connectors.crm.tid import nu
from connectors.database import engine_for
from connectors.website.metrics import Metrics
from connectors.zammad.oversigt import status
from connectors.zammad.settings import ZammadSettings
from connectors.zammad.spejler import Spejler
from tests.api.conftest import Server
from tests.crm.eksempler import NU, udkast

# Deadlines there must lie ahead of the real present.
FRIST = dt.datetime(2099, 1, 5, 16, tzinfo=dt.UTC)


@pytest.fixture
def anden(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """The other installation's database."""
    path = tmp_path / "anden.db"
    shutil.copy(sqlite_template, path)
    engine = engine_for(f"sqlite:///{path}")
    yield engine
    engine.dispose()


async def test_cases_stand_there_as_they_stand_here(engine: Engine, anden: Engine, start: Callable[..., Server]) -> None:
    server = start(anden)
    server.medarbejder("proeve.kollega")
    client = server.klient("Kontrol")
    client.ticket.create({"title": "En sag, der var der i forvejen", "group": "team-hr", "customer": {"email": "x@example.com"},
                          "article": {"body": "Hej"}})  # fmt: skip
    settings = ZammadSettings(_env_file=None, zammad_url=server.url, zammad_token=SecretStr(server.token("Spejl")))
    clock = [nu()]
    spejler = Spejler(engine, settings, Metrics(), lambda: clock[0])

    async def deliver() -> None:
        for _ in range(5):
            await spejler.omgang()
            clock[0] += dt.timedelta(hours=1)
        found = status(engine)
        assert (found.venter, found.opgivet) == (0, 0), found.linjer

    numbers = [henvendelser.opret(engine, udkast(noegle=f"n{index}"), FRIST, NU).number for index in range(3)]
    artikler.tilfoej(engine, numbers[0], "Prøve Kollega", "intern", "note", "Kun for os", nu=NU)
    await deliver()
    artikler.tilfoej(engine, numbers[0], "Prøve Person", "ind", "telefon", "Ringede igen", nu=NU)
    maerker.saet(engine, numbers[0], "Prøve Kollega", ["haster"], NU)
    change(engine, numbers[0], status="afventer virksomheden", team="team-hr")
    change(engine, numbers[1], status="afsluttet")
    await deliver()
    await deliver()

    tickets = {ticket["title"].split()[0]: ticket for ticket in client.ticket.all() if ticket["title"].startswith("KBH-")}
    assert sorted(tickets) == numbers and len(list(client.ticket.all())) == 4
    assert [tickets[number]["state"] for number in numbers] == ["pending reminder", "closed", "new"]
    assert [tickets[number]["group"] for number in numbers] == ["team-hr", "team-opstart-vaekst", "team-opstart-vaekst"]
    assert {ticket["customer"] for ticket in tickets.values()} == {"proeve@example.com"}
    assert {ticket["organization"] for ticket in tickets.values()} == {"Prøvetegnestuen (CVR 97225249)"}
    ident = tickets[numbers[0]]["id"]
    assert client.ticket.tags(ident) == {"tags": ["haster"]}
    written = [(one["body"], one["internal"]) for one in client.ticket.articles(ident) if one["message_id"]]
    assert written == [("Kun for os", True), ("Ringede igen", False)]


async def test_a_lost_answer_makes_no_second_case_there(engine: Engine, anden: Engine, start: Callable[..., Server]) -> None:
    server = start(anden)
    client: ZammadAPI = server.klient("Kontrol")
    settings = ZammadSettings(_env_file=None, zammad_url=server.url, zammad_token=SecretStr(server.token("Spejl")))
    henvendelser.opret(engine, udkast(), FRIST, NU)
    for hour in range(3):  # each time with a memory of nothing, as after an answer that never came
        moment = nu() + dt.timedelta(hours=hour)
        await Spejler(engine, settings, Metrics(), lambda moment=moment: moment).omgang()  # type: ignore[misc]
        forget(engine)
    assert len(list(client.ticket.all())) == 1


def change(engine: Engine, number: str, **felter: Any) -> None:
    """Change a case as staff do."""
    version = henvendelser.version(engine, number)
    assert version is not None
    henvendelser.aendr(engine, number, felter, "Prøve Kollega", version, NU)


def forget(engine: Engine) -> None:
    """As if nothing had ever been delivered."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM zammad_levering")
