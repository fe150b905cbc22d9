"""Failures as pages: what happened, that nothing was saved, and what had been written."""

from __future__ import annotations

import html
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.desk import app as desk_app
from connectors.desk.adgang import kraev
from connectors.desk.sikkerhed import LARGEST_BODY
from tests.desk.kontor import Browser, log_ind, ny_browser
from tests.website.fakes import House

Client = TestClient[Any, Any]
LETTER = "Kære virksomhed\nDet tager lidt tid & <mere>."

FAILURES: dict[str, tuple[Exception, int, str]] = {
    "foraeldet": (ForaeldetVersion("KBH-2026-000001", 3, "ny"), 409, "En kollega har ændret KBH-2026-000001"),
    "ukendt": (UkendtHenvendelse(), 404, "ingen henvendelse med det nummer"),
    "database": (OperationalError("SELECT hemmeligt", {}, Exception("hemmeligt")), 503, "Databasen svarer ikke"),
    "uventet": (RuntimeError("hemmeligt"), 500, "uventet fejl"),
    "for_stor": (web.HTTPRequestEntityTooLarge(1, 2), 413, "fylder for meget"),
}


@pytest.fixture
async def failing(house: House, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A desk on which ``/desk/fejl/<kind>`` and ``/desk/api/fejl/<kind>`` fail."""

    @kraev()
    async def fail(request: web.Request) -> web.Response:
        raise FAILURES[request.match_info["kind"]][0]

    def ruter(app: web.Application) -> None:
        for path in ("/fejl/{kind}", "/api/fejl/{kind}"):
            app.router.add_get(path, fail)
            app.router.add_post(path, fail)

    monkeypatch.setattr(desk_app, "MODULER", (*desk_app.MODULER, ruter))
    return await log_ind(await house.gateway(), engine, "anna", ["front"])


@pytest.mark.parametrize("kind", FAILURES)
async def test_each_failure_has_its_page_and_keeps_what_was_written(failing: Browser, kind: str) -> None:
    _, status, said = FAILURES[kind]
    answer = await failing.post(f"/desk/fejl/{kind}", {"svar": LETTER, "adgangskode": "min hemmelige kode", "version": "3"})
    page = await answer.text()
    assert answer.status == status and said in page and '<html lang="da">' in page
    assert "hemmelig" not in page
    assert (html.escape(LETTER) in page) == (kind != "for_stor")
    assert page.count("<textarea") == (kind != "for_stor")


@pytest.mark.parametrize("kind", FAILURES)
async def test_scripts_get_the_same_as_json(failing: Browser, kind: str) -> None:
    answer = await failing.get(f"/desk/api/fejl/{kind}")
    error = (await answer.json())["error"]
    assert answer.status == FAILURES[kind][1] and error["code"] and error["message"] and "hemmelig" not in str(error)


async def test_what_is_unexpected_has_a_reference_to_the_log(failing: Browser, caplog: pytest.LogCaptureFixture) -> None:
    page = await (await failing.get("/desk/fejl/uventet")).text()
    (record,) = [record for record in caplog.records if record.name == "connectors.desk.fejlsider"]
    reference = record.getMessage().partition(":")[0]
    assert reference.startswith("F-") and reference in page and "hemmelig" not in record.getMessage()


async def test_a_page_that_is_not_there_and_a_method_that_is_none(front: Browser) -> None:
    for answer, status in ((await front.get("/desk/findes-ikke"), 404), (await front.post("/desk/konto"), 405)):
        page = await answer.text()
        assert answer.status == status and "Hovedmenu" in page and "Anna Prøve" in page
    assert (await front.get("/desk/api/findes-ikke")).content_type == "application/json"


async def test_who_was_logged_out_while_writing_gets_the_text_back(client: Client) -> None:
    answer = await ny_browser(client).post("/desk/sager/KBH-2026-000001/note", data={"csrf": "x", "tekst": LETTER})
    page = await answer.text()
    assert answer.status == 401 and "Log ind igen" in page and html.escape(LETTER) in page


async def test_staff_may_send_more_than_a_business_but_not_without_end(front: Browser) -> None:
    assert (await front.post("/desk/konto/adgangskode", {"gammel": "x" * 100_000})).status == 400
    answer = await front.post("/desk/konto/adgangskode", {"gammel": "x" * LARGEST_BODY})
    assert answer.status == 413 and "fylder for meget" in await answer.text()
    assert (await front.client.post("/api/chat/sessions", data=b"{}" + b" " * 20_000)).status == 413
