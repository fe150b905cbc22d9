"""The audit log's page and file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from connectors.database import off_loop, writing
from connectors.desk import revisionslog
from connectors.desk.adgang import Bruger
from connectors.desk.revision import skriv
from connectors.desk.revisionslog import Filtre, hent
from tests.desk.kontor import Browser, log_ind

SIDE = "/desk/admin/revision"
ANNA = Bruger(7, "anna", "Ænna Prøve", "Ænna", None, frozenset({"front"}), frozenset(), "")
MIDNIGHT = dt.datetime(2026, 11, 24, 23, tzinfo=dt.UTC)  # in Copenhagen the 25th begins


def fill(engine: Engine) -> None:
    skriv(engine, ANNA, "set", "henvendelse", "KBH-2026-000001", nu=MIDNIGHT - dt.timedelta(seconds=1))
    skriv(engine, ANNA, "ændret", "henvendelse", "KBH-2026-000002", {"felter": ["team"]}, MIDNIGHT)
    skriv(engine, None, "lukket", "medarbejder", "bo", nu=MIDNIGHT + dt.timedelta(days=1))


@pytest.fixture
async def admin(client: TestClient[Any, Any], engine: Engine) -> Browser:
    return await log_ind(client, engine, "asta", ["admin"])


@pytest.mark.parametrize(
    ("filtre", "noegler"),
    [
        (Filtre(), ["bo", "KBH-2026-000002", "KBH-2026-000001"]),
        (Filtre(hvem="Ænna Prøve"), ["KBH-2026-000002", "KBH-2026-000001"]),
        (Filtre(handling="set"), ["KBH-2026-000001"]),
        (Filtre(slags="medarbejder"), ["bo"]),
        (Filtre(noegle="KBH-2026-000002"), ["KBH-2026-000002"]),
        (Filtre(fra=dt.date(2026, 11, 25)), ["bo", "KBH-2026-000002"]),
        (Filtre(til=dt.date(2026, 11, 24)), ["KBH-2026-000001"]),
        (Filtre(fra=dt.date(2026, 11, 25), til=dt.date(2026, 11, 25), handling="set"), []),
    ],
)
def test_filters(engine: Engine, filtre: Filtre, noegler: list[str]) -> None:
    fill(engine)
    found = hent(engine, filtre, 1)
    assert [linje.noegle for linje in found.linjer] == noegler and found.antal == len(noegler)


def test_pages_are_whole_and_do_not_overlap(engine: Engine) -> None:
    with writing(engine) as session:
        for number in range(120):
            skriv(session, ANNA, "set", "henvendelse", f"nr-{number:03}", nu=MIDNIGHT)
    pages = [[linje.noegle for linje in hent(engine, Filtre(), side).linjer] for side in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [key for page in pages for key in page] == [f"nr-{number:03}" for number in reversed(range(120))]
    assert [linje.noegle for linje in hent(engine, Filtre(), 99).linjer] == pages[2]


async def test_the_page_shows_the_lines_and_notes_that_it_was_read(admin: Browser, engine: Engine) -> None:
    await off_loop(fill, engine)
    page = await admin.side(f"{SIDE}?handling=%C3%A6ndret&fra=25-11-2026")
    assert "KBH-2026-000002" in page and "KBH-2026-000001" not in page and "felter: team" in page
    newest = (await off_loop(hent, engine, Filtre(handling="set", slags="revision"), 1)).linjer[0]
    assert (newest.hvem, newest.detaljer) == ("Asta Prøve", {"handling": "ændret", "fra": "2026-11-25"})


async def test_a_day_that_is_none_is_told_and_everything_else_still_filters(admin: Browser, engine: Engine) -> None:
    await off_loop(fill, engine)
    answer = await admin.get(f"{SIDE}?fra=31-02-2026&slags=medarbejder")
    page = await answer.text()
    assert answer.status == 400 and "findes ikke i kalenderen" in page and 'value="31-02-2026"' in page


async def test_taking_it_out_is_noted_and_the_file_opens_in_a_spreadsheet(admin: Browser, engine: Engine) -> None:
    await off_loop(fill, engine)
    await off_loop(skriv, engine, ANNA, "søgt", "henvendelse", "=HYPERLINK(1)", None, MIDNIGHT)
    answer = await admin.get(f"{SIDE}.csv?hvem=%C3%86nna+Pr%C3%B8ve")
    text = (await answer.read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [row["noegle"] for row in rows] == ["'=HYPERLINK(1)", "KBH-2026-000002", "KBH-2026-000001"]
    assert rows[1]["tid"] == "2026-11-25T00:00:00+01:00" and rows[1]["detaljer"] == '{"felter": ["team"]}'
    newest = (await off_loop(hent, engine, Filtre(handling="eksporteret"), 1)).linjer[0]
    assert newest.detaljer == {"hvem": "Ænna Prøve", "linjer": 3}


async def test_the_lists_offer_what_there_is(engine: Engine) -> None:
    await off_loop(fill, engine)
    valg = await off_loop(revisionslog.valg, engine)
    assert valg.hvem == ["systemet", "Ænna Prøve"] and valg.slags == ["henvendelse", "medarbejder"]
    assert valg.handlinger == ["lukket", "set", "ændret"]
