"""One company, one view: search, page, key account manager, and who may."""

import datetime as dt
import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from bot.knowledge.library import Library
from connectors.crm import fletning, henvendelser
from connectors.crm.models import Henvendelse
from connectors.crm.tid import nu
from connectors.crm.virksomhed import Virksomhed
from connectors.database import off_loop, reading
from connectors.desk.models import Revision
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret

I_OVERMORGEN = dt.timedelta(days=2)


def sag(engine: Engine, number: str) -> Henvendelse:
    with reading(engine) as session:
        return henvendelser.find(session, number)


def virksomhed_id(engine: Engine, number: str) -> int:
    found = sag(engine, number).virksomhed_id
    assert found is not None
    return found


def version(engine: Engine, ident: int) -> int:
    with reading(engine) as session:
        return session.get_one(Virksomhed, ident).version


@pytest.fixture
def bageri(engine: Engine) -> str:
    return opret(
        engine,
        virksomhed={"navn": "Ærø Prøvebageri", "branche": "bager", "ansatte": [5, 15]},
        kontakt={"navn": "Bager Prøve", "email": "bager@example.com", "samtykke": nu()},
        aftaler=[{"tekst": "Send skema om udeservering", "frist": nu() + I_OVERMORGEN, "ejer": "Anna Prøve"}],
        servicepakke="opstartspakke",
    )


async def test_search_by_name_number_and_contact(desk: Browser, engine: Engine, bageri: str) -> None:
    other = await off_loop(opret, engine)  # has a CVR number
    for typed, found, missed in (
        ("aeroe", "Ærø Prøvebageri", "Prøvetegnestuen"),
        ("97225249", "Prøvetegnestuen", "Ærø"),
        ("bager@example", "Ærø Prøvebageri", "Prøvetegnestuen"),
    ):
        page = await desk.side(f"/desk/virksomheder?q={typed}")
        assert found in page and missed not in page, typed
    assert f"/desk/virksomheder/{await off_loop(virksomhed_id, engine, other)}" in await desk.side("/desk/virksomheder")
    assert "Ingen virksomheder fundet" in await desk.side("/desk/virksomheder?q=findesikke")


async def test_the_page_holds_everything_of_the_company(desk: Browser, engine: Engine, bageri: str, bibliotek: Library) -> None:
    second = await off_loop(opret, engine, virksomhed={"navn": "Ærø Prøvebageri ApS"}, servicepakke=None)
    ident = await off_loop(virksomhed_id, engine, bageri)
    assert ident == await off_loop(virksomhed_id, engine, second)
    page = await desk.side(f"/desk/virksomheder/{ident}")
    for shown in (bageri, second, "Send skema om udeservering", "bager@example.com", "Bager Prøve", "5-15"):
        assert shown in page, shown
    assert bibliotek.servicepakker["opstartspakke"].navn in page


async def test_who_sees_no_case_of_it_sees_no_company(kontor: TestClient[Any, Any], engine: Engine, bageri: str) -> None:
    ident = await off_loop(virksomhed_id, engine, bageri)
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["tmf-byggeri"])
    hidden, missing = await bo.get(f"/desk/virksomheder/{ident}"), await bo.get("/desk/virksomheder/99999")
    assert (hidden.status, missing.status) == (404, 404)
    assert await hidden.text() == await missing.text()
    assert "Prøvebageri" not in await bo.side("/desk/virksomheder?q=aeroe")
    assert (await bo.post(f"/desk/virksomheder/{ident}/kam", {"kam": str(bo.bruger.id), "version": "1"})).status == 404


async def test_cases_of_other_units_are_counted_and_not_shown(kontor: TestClient[Any, Any], engine: Engine, bageri: str) -> None:
    theirs = await off_loop(opret, engine, virksomhed={"navn": "Ærø Prøvebageri"}, team="tmf-byggeri")
    bo = await log_ind(kontor, engine, "bo", ["backoffice"], ["tmf-byggeri"])
    page = await bo.side(f"/desk/virksomheder/{await off_loop(virksomhed_id, engine, theirs)}")
    assert theirs in page and bageri not in page and "1 henvendelse hos andre enheder vises ikke." in page
    assert "udeservering" not in page and "bager@example.com" not in page
    assert "/kam" not in page and "Måske den samme" not in page


async def test_the_key_account_manager_gets_the_companys_cases(
    desk: Browser, engine: Engine, kontor: TestClient[Any, Any], bageri: str
) -> None:
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-hr"])
    ident = await off_loop(virksomhed_id, engine, bageri)
    form = {"kam": str(bo.bruger.id), "version": str(await off_loop(version, engine, ident))}
    for _ in range(2):  # sent twice it works once
        assert (await desk.post(f"/desk/virksomheder/{ident}/kam", form)).status == 303
    assert "Bo Prøve er key account manager." in await desk.side(f"/desk/virksomheder/{ident}")
    row = await off_loop(sag, engine, bageri)
    assert (row.ejer_id, row.key_account_manager) == (bo.bruger.id, "Bo Prøve")
    assert bageri in await bo.side("/desk/?liste=mine")
    now = str(await off_loop(version, engine, ident))
    assert (await desk.post(f"/desk/virksomheder/{ident}/kam", {"kam": "", "version": now})).status == 303
    assert (await off_loop(sag, engine, bageri)).key_account_manager is None


async def test_a_stale_or_wrong_choice_of_manager_is_refused(
    desk: Browser, engine: Engine, kontor: TestClient[Any, Any], bageri: str
) -> None:
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-hr"])
    admin = await log_ind(kontor, engine, "chef", ["admin"])
    ident = await off_loop(virksomhed_id, engine, bageri)
    now = str(await off_loop(version, engine, ident))
    wrong = await desk.post(f"/desk/virksomheder/{ident}/kam", {"kam": str(admin.bruger.id), "version": now})
    assert wrong.status == 422 and 'id="kam-kam-fejl"' in await wrong.text()
    await desk.post(f"/desk/virksomheder/{ident}/kam", {"kam": str(bo.bruger.id), "version": now})
    stale = await desk.post(f"/desk/virksomheder/{ident}/kam", {"kam": str(desk.bruger.id), "version": now})
    page = await stale.text()
    assert stale.status == 409 and "Dit er ikke gemt" in page and f'<option value="{desk.bruger.id}" selected>' in page


async def test_who_only_has_tasks_decides_nothing(kontor: TestClient[Any, Any], engine: Engine, bageri: str) -> None:
    ident = await off_loop(virksomhed_id, engine, bageri)
    back = await log_ind(kontor, engine, "per", ["backoffice"], ["team-opstart-vaekst"])
    assert (await back.get(f"/desk/virksomheder/{ident}")).status == 200
    for path in (f"{ident}/kam", f"{ident}/flet/{ident}", f"{ident}/fortryd/1"):
        assert (await back.post(f"/desk/virksomheder/{path}", {"kam": "", "version": "1"})).status == 403
    editor = await log_ind(kontor, engine, "rikke", ["redaktør"])
    assert (await editor.get(f"/desk/virksomheder/{ident}")).status == 403
    assert (await editor.get("/desk/virksomheder")).status == 403


async def test_looking_and_changing_are_in_the_audit_log(desk: Browser, engine: Engine, bageri: str) -> None:
    ident = await off_loop(virksomhed_id, engine, bageri)
    await desk.side(f"/desk/virksomheder/{ident}")
    await desk.side("/desk/virksomheder?q=bager")
    now = str(await off_loop(version, engine, ident))
    await desk.post(f"/desk/virksomheder/{ident}/kam", {"kam": str(desk.bruger.id), "version": now})

    def lines() -> list[tuple[str, str, str]]:
        with reading(engine) as session:
            rows = list(session.scalars(select(Revision)))
            assert "bager" not in str([row.detaljer for row in rows])
            return [(row.handling, row.slags, row.noegle) for row in rows]

    found = await off_loop(lines)
    for expected in (("set", "virksomhed", str(ident)), ("søgt", "liste", "virksomheder"), ("ændret", "virksomhed", str(ident))):
        assert expected in found


async def test_a_record_merged_away_leads_to_what_it_was_merged_into(
    desk: Browser, engine: Engine, bageri: str, bibliotek: Library
) -> None:
    other = await off_loop(opret, engine, virksomhed={"navn": "Bageren på Ærø"})
    fra, til = await off_loop(virksomhed_id, engine, other), await off_loop(virksomhed_id, engine, bageri)
    await off_loop(fletning.flet, engine, bibliotek, fra, til, "Anna", nu())
    response = await desk.get(f"/desk/virksomheder/{fra}")
    assert (response.status, response.headers["Location"]) == (303, f"/desk/virksomheder/{til}")
    page = await desk.side("/desk/virksomheder?q=bageren")
    assert re.findall(r'href="/desk/virksomheder/(\d+)"', page) == [str(til)]


async def test_nobody_makes_themselves_key_account_manager_to_see_other_units_cases(
    kontor: TestClient[Any, Any], engine: Engine, bageri: str
) -> None:
    theirs = await off_loop(opret, engine, virksomhed={"navn": "Ærø Prøvebageri"}, team="tmf-byggeri")
    other = await off_loop(opret, engine, virksomhed={"navn": "Prøve Bod"}, team="tmf-byggeri")
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["tmf-byggeri"])
    ident, bod = await off_loop(virksomhed_id, engine, theirs), await off_loop(virksomhed_id, engine, other)
    assert "/kam" not in await bo.side(f"/desk/virksomheder/{ident}")
    form = {"kam": str(bo.bruger.id), "version": str(await off_loop(version, engine, ident))}
    assert (await bo.post(f"/desk/virksomheder/{ident}/kam", form)).status == 403
    for way in (f"{ident}/flet/{bod}", f"{bod}/flet/{ident}"):
        assert (await bo.get(f"/desk/virksomheder/{way}")).status == 403
        assert (await bo.post(f"/desk/virksomheder/{way}", {"behold": str(bod)})).status == 403
    form["version"] = str(await off_loop(version, engine, bod))
    assert (await bo.post(f"/desk/virksomheder/{bod}/kam", form)).status == 303
    assert (await bo.get(f"/desk/sager/{bageri}")).status == 404
