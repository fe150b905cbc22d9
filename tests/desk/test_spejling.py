"""The mirror's part of the outbox page: what Zammad lacks, why, and another try."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Engine, select

from bot.knowledge.library import Library
from connectors.crm.henvendelser import find
from connectors.crm.tid import nu
from connectors.database import off_loop, reading, writing
from connectors.desk.models import Revision
from connectors.zammad.models import Levering
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret
from tests.website.fakes import FakeKnowledge, House

Aabn = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def aabn(house: House, engine: Engine, bibliotek: Library, monkeypatch: pytest.MonkeyPatch) -> Aabn:
    """Opens the desk of a gateway that mirrors, but whose next round is far off."""

    async def begin(*roller: str) -> Browser:
        monkeypatch.setenv("ERHVERV_ZAMMAD_URL", "http://127.0.0.1:1")
        monkeypatch.setenv("ERHVERV_ZAMMAD_TOKEN", "proeve")
        monkeypatch.setenv("ERHVERV_ZAMMAD_SWEEP_SECONDS", "3600")
        house.knowledge = FakeKnowledge(bibliotek)
        return await log_ind(await house.gateway(), engine, "anna", list(roller) or ["front"], ["frontfunktion"])

    return begin


def _levering(engine: Engine, number: str, **felter: object) -> None:
    with writing(engine) as session:
        row = find(session, number)
        values = {"forsoegt_version": row.version, "forsoeg": 1, "naeste_forsoeg": nu() + dt.timedelta(hours=1), **felter}
        session.add(Levering(henvendelse_id=row.id, noegle=number, **values))


def _row(engine: Engine, number: str) -> Levering:
    with reading(engine) as session:
        return session.scalars(select(Levering).where(Levering.noegle == number)).one()


async def _three(engine: Engine) -> tuple[str, str, str, str]:
    given_up, failed, waiting, done = [await off_loop(opret, engine) for _ in range(4)]
    refusal = "Zammad afviste (422): Email address 'proeve@example.com' is used"
    await off_loop(_levering, engine, given_up, opgivet=nu(), fejl=refusal)
    await off_loop(_levering, engine, failed, fejl="Zammad svarede ikke i tide")
    await off_loop(_levering, engine, done, leveret_version=1, leveret=nu())
    return given_up, failed, waiting, done


async def test_what_zammad_lacks_is_shown_with_its_reason(aabn: Aabn, engine: Engine) -> None:
    desk = await aabn()
    given_up, failed, waiting, done = await _three(engine)
    page = html.unescape(await desk.side("/desk/udbakke"))
    assert "1 henvendelse er leveret" in page and "2 venter" in page and "1 er opgivet" in page
    assert page.index(given_up) < page.index(failed) < page.index(waiting) and done not in page
    for shown in ("'proeve@example.com' is used", "svarede ikke i tide", "på at blive leveret"):
        assert shown in page


async def test_an_administrator_sees_no_more_than_the_kind_of_refusal(aabn: Aabn, engine: Engine) -> None:
    desk = await aabn("admin")
    given_up, *_ = await _three(engine)
    page = html.unescape(await desk.side("/desk/udbakke"))
    assert "Zammad afviste (422)." in page and "proeve@example.com" not in page
    assert given_up in page and f"/desk/sager/{given_up}" not in page


async def test_one_is_tried_again_and_then_all(aabn: Aabn, engine: Engine) -> None:
    desk = await aabn()
    given_up, failed, *_ = await _three(engine)
    response = await desk.post(f"/desk/udbakke/spejling/{given_up}/igen")
    assert (response.status, response.headers["Location"]) == (303, "/desk/udbakke")
    assert _row(engine, given_up).opgivet is None and _row(engine, given_up).naeste_forsoeg <= nu()
    assert _row(engine, failed).naeste_forsoeg > nu()
    await desk.post("/desk/udbakke/spejling/igen")
    assert _row(engine, failed).naeste_forsoeg <= nu()
    assert "2 henvendelser prøves igen nu" in html.unescape(await desk.side("/desk/udbakke"))
    with reading(engine) as session:
        lines = session.scalars(select(Revision).where(Revision.slags == "spejling").order_by(Revision.id))
        assert [(line.noegle, line.detaljer) for line in lines] == [(given_up, {"antal": 1}), ("alle", {"antal": 2})]


async def test_nothing_to_try_again_is_told(aabn: Aabn) -> None:
    desk = await aabn()
    await desk.post("/desk/udbakke/spejling/KBH-2026-000999/igen")
    assert "ikke noget at prøve igen" in html.unescape(await desk.side("/desk/udbakke"))


async def test_a_form_without_its_secret_and_a_role_without_the_page_do_nothing(aabn: Aabn, engine: Engine) -> None:
    desk = await aabn()
    given_up, *_ = await _three(engine)
    assert (await desk.post(f"/desk/udbakke/spejling/{given_up}/igen", {"csrf": "forkert"})).status == 403
    other = await log_ind(desk.client, engine, "bo", ["konsulent"])
    assert (await other.post("/desk/udbakke/spejling/igen")).status == 403
    assert _row(engine, given_up).opgivet is not None


async def test_where_no_zammad_is_set_the_page_is_about_mail_alone(desk: Browser) -> None:
    assert "Zammad" not in await desk.side("/desk/udbakke")
