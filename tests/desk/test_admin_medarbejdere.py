"""The administrators' pages on staff."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from argon2 import PasswordHasher
from sqlalchemy import Engine

from bot.knowledge.schema.enhed import Enhed
from connectors.database import off_loop
from connectors.desk import kodeord, medarbejdere
from connectors.desk.models import Medarbejder
from tests.desk.kontor import Browser, log_ind, medarbejder
from tests.website.fakes import House

LISTE = "/desk/admin/medarbejdere"
NY = {"brugernavn": "bo", "navn": "Bo Prøve", "fornavn": "", "email": "", "roller": "front"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kodeord, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
async def admin(client: TestClient[Any, Any], engine: Engine) -> Browser:
    return await log_ind(client, engine, "asta", ["admin"])


@pytest.fixture
def units(house: House) -> None:
    """A municipality with one unit."""
    enhed = Enhed(id="team-hr", navn="Team HR", forvaltning="BIF", type="team", kort="Prøve", kilder=["prøve"])
    object.__setattr__(house.knowledge.current, "enheder", {"team-hr": enhed})


async def stored(engine: Engine, brugernavn: str) -> Medarbejder:
    return next(row for row in await off_loop(medarbejdere.alle, engine) if row.brugernavn == brugernavn)


async def test_a_new_person_s_password_is_shown_this_once(admin: Browser, engine: Engine) -> None:
    made = await admin.post(f"{LISTE}/ny", NY)
    page = await made.text()
    kode = re.search(r'<code class="desk-hemmelig">([^<]+)</code>', page)
    assert made.status == 200 and kode is not None and made.headers["Cache-Control"] == "no-store"
    assert kodeord.passer((await stored(engine, "bo")).adgangskode, kode[1])
    for path in (LISTE, f"{LISTE}/{(await stored(engine, 'bo')).id}"):
        assert kode[1] not in await admin.side(path)


async def test_a_form_with_mistakes_keeps_what_was_typed(admin: Browser, engine: Engine) -> None:
    refused = await admin.post(f"{LISTE}/ny", {**NY, "brugernavn": "asta", "email": "bo@example.dk"})
    page = await refused.text()
    assert refused.status == 400 and "Brugernavnet er taget" in page
    assert 'value="Bo Prøve"' in page and 'value="bo@example.dk"' in page
    assert re.search(r'value="front" checked', page)
    assert len(await off_loop(medarbejdere.alle, engine)) == 1


async def test_a_person_is_altered_and_has_the_new_role_at_the_next_click(
    admin: Browser, client: TestClient[Any, Any], engine: Engine, units: None
) -> None:
    bo = await log_ind(client, engine, "bo", ["front"])
    assert (await bo.get(LISTE)).status == 403
    sent = {"version": "1", "navn": "Bo Prøve", "fornavn": "Bo", "email": "", "roller": "admin", "enheder": "team-hr"}
    assert (await admin.post(f"{LISTE}/{bo.bruger.id}", sent)).headers["Location"] == LISTE
    assert "Bo Prøve er gemt." in await admin.side(LISTE)
    assert (await bo.get(LISTE)).status == 200
    assert (await stored(engine, "bo")).enheder == ["team-hr"]


async def test_a_stale_form_shows_what_stands_now_and_what_was_typed(admin: Browser, engine: Engine) -> None:
    row = await off_loop(medarbejder, engine, "bo", ["front"], email="ny@example.dk", version=2)
    sent = {"version": "1", "navn": "Bo Andet", "fornavn": "Bo", "email": "", "roller": "front"}
    refused = await admin.post(f"{LISTE}/{row.id}", sent)
    page = await refused.text()
    assert refused.status == 409 and "ny@example.dk" in page and 'value="Bo Andet"' in page and 'name="version" value="2"' in page
    assert (await stored(engine, "bo")).navn == "Bo Prøve"
    await admin.post(f"{LISTE}/{row.id}", {**sent, "version": "2"})
    assert (await stored(engine, "bo")).navn == "Bo Andet"


async def test_shutting_out_letting_in_and_a_new_password(admin: Browser, client: TestClient[Any, Any], engine: Engine) -> None:
    bo = await log_ind(client, engine, "bo", ["front"])
    path = f"{LISTE}/{bo.bruger.id}"
    await admin.post(f"{path}/aktiv", {"aktiv": "nej", "version": "1"})
    assert "er logget ud overalt" in await admin.side(path)
    assert (await bo.get("/desk/konto")).status == 303
    await admin.post(f"{path}/aktiv", {"aktiv": "ja", "version": "1"})
    assert "i mellemtiden" in await admin.side(path) and not (await stored(engine, "bo")).aktiv
    await admin.post(f"{path}/aktiv", {"aktiv": "ja", "version": "2"})
    assert (await stored(engine, "bo")).aktiv
    assert "desk-hemmelig" in await (await admin.post(f"{path}/adgangskode", {"version": "3"})).text()
    await admin.post(f"{path}/laas-op")
    assert "kan logge ind igen" in await admin.side(path)


async def test_the_last_administrator_is_told_why_he_stays(admin: Browser) -> None:
    path = f"{LISTE}/{admin.bruger.id}"
    await admin.post(f"{path}/aktiv", {"aktiv": "nej", "version": "1"})
    assert "den sidste administrator" in await admin.side(path)
    sent = {"version": "1", "navn": "Asta Prøve", "fornavn": "Asta", "email": "", "roller": "front"}
    refused = await admin.post(path, sent)
    assert refused.status == 400 and "den sidste administrator" in await refused.text()


@pytest.mark.parametrize("path", [f"{LISTE}/999999", f"{LISTE}/0", f"{LISTE}/x", f"{LISTE}/9999999999"])
async def test_a_person_who_is_not_there(admin: Browser, path: str) -> None:
    assert (await admin.get(path)).status == 404
