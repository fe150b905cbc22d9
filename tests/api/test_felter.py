"""The table of fields in ``docs/zammad.md``, line by line, against a case and its ticket."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Server
from tests.api.test_ramme import kald
from tests.api.test_zammad_py import KUNDE, sag
from tests.docs.test_zammad_page import table

Kontrol = Callable[[dict[str, Any], dict[str, Any], Server], bool]


def tid(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value)


KONTROLLER: dict[str, Kontrol] = {
    "number": lambda case, ticket, _: ticket["number"] == case["number"],
    "hovedindhold (første linje)": lambda case, ticket, _: ticket["title"] == case["hovedindhold"].split("\n")[0],
    "hovedindhold (det hele)": lambda case, ticket, server: articles(server, ticket)[0]["body"] == case["hovedindhold"],
    "status": lambda case, ticket, _: case["status"] == "i gang" and (ticket["state"], ticket["state_id"]) == ("open", 2),
    "team": lambda case, ticket, server: (
        ticket["group"] == case["team"] and group(server, ticket)["note"] == server.library.enheder[case["team"]].navn
    ),
    "ejer": lambda case, ticket, _: case["ejer"] == "Prøve Kollega" and ticket["owner"] == "kollega" and ticket["owner_id"] > 1,
    "virksomhed": lambda case, ticket, _: ticket["organization"] == case["virksomhed"]["navn"] and ticket["organization_id"] > 0,
    "kontakt": lambda case, ticket, _: ticket["customer"] == case["kontakt"]["email"] and ticket["customer_id"] > 0,
    "svarfrist": lambda case, ticket, _: (
        tid(ticket["escalation_at"]) == tid(case["svarfrist"]) and ticket["pending_time"] is None
    ),
    "oprettet": lambda case, ticket, _: abs(tid(ticket["created_at"]) - tid(case["oprettet"])) < dt.timedelta(seconds=1),
    "version": lambda _, ticket, __: ticket["erhverv_version"] > 1,
    "udfald": lambda _, ticket, __: ticket["erhverv_udfald"] is None,
    "hele sagen i vores form": lambda case, ticket, _: ticket["erhverv"] == case,
}


def articles(server: Server, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.klient("Artikler").ticket.articles(ticket["id"])
    return found


def group(server: Server, ticket: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = server.klient("Grupper").group.find(ticket["group_id"])
    return found


@pytest.fixture
def ticket(server: Server) -> dict[str, Any]:
    """A ticket with everything in it."""
    server.medarbejder()
    client = server.klient()
    client.organization.create({"name": "Prøvetegnestuen"})
    client.user.create({**KUNDE, "organization": "Prøvetegnestuen"})
    ident = client.ticket.create(sag(state="open", owner="kollega"))["id"]
    found: dict[str, Any] = kald(server, "GET", f"tickets/{ident}?expand=true", server.token("Felter")).json()
    return found


def test_each_line_of_the_table_is_so(server: Server, ticket: dict[str, Any]) -> None:
    rows = {ours.replace("`", ""): theirs for ours, theirs in table("hos os")}
    assert set(rows) == set(KONTROLLER)
    for ours, theirs in rows.items():
        assert KONTROLLER[ours](ticket["erhverv"], ticket, server), ours
        for name in re.findall(r"\b(?:[a-z]+_)?[a-z]+(?:_id|_at|_time|_version|_udfald)\b", theirs):
            assert name in ticket, f"{name} i rækken {ours}"
