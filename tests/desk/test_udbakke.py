"""The outbox page: what has not been delivered, why, and another try."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from connectors.crm.henvendelser import find
from connectors.crm.tid import nu
from connectors.database import off_loop, reading, writing
from connectors.desk.models import Revision
from connectors.mail import udbakke
from connectors.mail.models import Brev
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret


def _brev(engine: Engine, number: str, **andre: Any) -> int:
    """A mail that nobody carries just now."""
    with writing(engine) as session:
        row = find(session, number)
        udbakke.laeg(session, "svar", f"prøve:{number}", "proeve@example.com", "Emne", "Hemmelig tekst", row.id, nu())
        brev = session.scalars(select(Brev).where(Brev.noegle == f"prøve:{number}")).one()
        brev.naeste_forsoeg = nu() + dt.timedelta(hours=1)
        for felt, value in andre.items():
            setattr(brev, felt, value)
        return brev.id


def _row(engine: Engine, brev_id: int) -> Brev:
    with reading(engine) as session:
        return session.get_one(Brev, brev_id)


async def test_what_has_failed_is_shown_with_its_reason_and_what_is_sent_is_not(desk: Browser, engine: Engine) -> None:
    given_up, failed, waiting, sent = [await off_loop(opret, engine) for _ in range(4)]
    await off_loop(_brev, engine, given_up, opgivet=nu(), forsoeg=3, fejl="mailserveren tager ikke imod mail til adressen (550)")
    await off_loop(_brev, engine, failed, forsoeg=1, fejl="mailserveren svarede 421")
    await off_loop(_brev, engine, waiting)
    await off_loop(_brev, engine, sent, sendt=nu())
    page = html.unescape(await desk.side("/desk/udbakke"))
    assert "3 mails er ikke leveret" in page and sent not in page
    assert page.index(given_up) < page.index(failed) < page.index(waiting)
    for shown in ("efter 3 forsøg", "(550)", "svarede 421", "Opgivet", "Fejlet", "Venter", "proeve@example.com"):
        assert shown in page
    assert "Hemmelig tekst" not in page


async def test_nothing_to_show(desk: Browser) -> None:
    assert "Alle mails er sendt" in await desk.side("/desk/udbakke")


async def test_one_that_was_given_up_is_tried_again_and_goes(desk: Browser, engine: Engine) -> None:
    number = await off_loop(opret, engine)
    brev = await off_loop(_brev, engine, number, opgivet=nu(), forsoeg=10, fejl="mailserveren svarede 421")
    response = await desk.post(f"/desk/udbakke/{brev}/igen")
    assert (response.status, response.headers["Location"]) == (303, "/desk/udbakke")
    row = await off_loop(_row, engine, brev)
    assert row.opgivet is None and row.naeste_forsoeg <= nu()
    assert "prøves igen nu" in await desk.side("/desk/udbakke")
    with reading(engine) as session:
        lines = session.scalars(select(Revision).where(Revision.slags == "brev")).all()
        assert [(line.handling, line.noegle) for line in lines] == [("ændret", str(brev))]


async def test_one_that_is_sent_or_gone_is_said_to_be_so(desk: Browser, engine: Engine) -> None:
    number = await off_loop(opret, engine)
    brev = await off_loop(_brev, engine, number, sendt=nu())
    for ident in (brev, 99_999):
        assert (await desk.post(f"/desk/udbakke/{ident}/igen")).status == 303
        assert "sendt i mellemtiden" in await desk.side("/desk/udbakke")
    assert (await off_loop(_row, engine, brev)).sendt is not None


async def test_an_admin_sees_that_it_failed_and_not_whose_it_is(kontor: TestClient[Any, Any], engine: Engine) -> None:
    number = await off_loop(opret, engine)
    await off_loop(_brev, engine, number, opgivet=nu(), fejl="mailserveren svarede 421")
    admin = await log_ind(kontor, engine, "admin", ["admin"])
    page = await admin.side("/desk/udbakke")
    assert "svarede 421" in page and number in page
    assert "proeve@example.com" not in page and f"/desk/sager/{number}" not in page
