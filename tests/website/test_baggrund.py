"""The web process carries mail, looks at deadlines and follows questionnaires up by itself."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

from sqlalchemy import Engine
from watchfiles import awatch

from connectors.crm.artikler import for_sag
from connectors.crm.henvendelser import opret
from connectors.crm.tid import nu
from connectors.database import off_loop
from tests.crm.eksempler import udkast
from tests.crm.medarbejdere import library
from tests.survey.sager import LUKKET, aendre, invitationer
from tests.website.fakes import FakeKnowledge, FakeRasa, House


async def test_a_late_case_is_told_and_the_mail_lands_in_the_folder(engine: Engine, rasa: FakeRasa, tmp_path: Path) -> None:
    assert rasa.server is not None
    now = nu()
    made, due = now - dt.timedelta(days=3), now - dt.timedelta(hours=1)
    late = await off_loop(opret, engine, udkast(aftaler=[], delopgaver=[]), due, made)
    closed = await off_loop(opret, engine, udkast(noegle="anden", delopgaver=[]), now + dt.timedelta(days=2), now)
    then = now - dt.timedelta(days=8)
    await off_loop(aendre, engine, closed.number, then, **LUKKET)
    post = tmp_path / "post"
    post.mkdir()
    house = House(engine, str(rasa.server.make_url("")).rstrip("/"), tmp_path, FakeKnowledge(library()))
    await house.gateway()
    try:
        async with asyncio.timeout(20):
            # looks at once, at each new mail, and now and then
            async for _ in awatch(post, rust_timeout=500, yield_on_timeout=True):
                if await off_loop(_done, engine, late.number, post):
                    break
    finally:
        await house.stop()


def _done(engine: Engine, late: str, post: Path) -> bool:
    told = any("ikke nået" in artikel.tekst for artikel in for_sag(engine, late))
    reminded = invitationer(engine)[0].paamindet is not None
    # that the case is late, that it was closed, the questionnaire, and the reminder
    return told and reminded and len(list(post.glob("*.eml"))) == 4
