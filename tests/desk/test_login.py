"""Logging in and out in a browser: cookies, the way on, limits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from argon2 import PasswordHasher
from sqlalchemy import Engine

from connectors.crm.tid import nu
from connectors.database import off_loop
from connectors.desk import kodeord, medarbejdere
from connectors.desk.login import FORKERT, KUN_LOKALT
from connectors.desk.settings import DeskSettings
from tests.desk.kontor import Browser, csrf_i, medarbejder, ny_browser
from tests.website.fakes import House

KODE = "rødgrød med fløde"
Client = TestClient[Any, Any]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kodeord, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


async def log_ind(client: Client, navn: str = "anna", kode: str = KODE, videre: str = "") -> Any:
    """Through the form; the answer is not followed."""
    page = await (await client.get("/desk/login")).text()
    data = {"csrf": csrf_i(page), "brugernavn": navn, "adgangskode": kode, "videre": videre}
    return await client.post("/desk/login", data=data, allow_redirects=False)


@pytest.fixture
async def anna(client: Client, engine: Engine) -> Client:
    """Anna's browser, at the log-in form."""
    await off_loop(medarbejder, engine, "anna", ["front"], adgangskode=kodeord.hash_af(KODE))
    return ny_browser(client)


async def test_the_way_in_and_out(anna: Client) -> None:
    first = await anna.get("/desk/konto", allow_redirects=False)
    assert (first.status, first.headers["Location"]) == (303, "/desk/login?videre=/desk/konto")
    entered = await log_ind(anna, videre="/desk/konto")
    assert (entered.status, entered.headers["Location"]) == (303, "/desk/konto")
    page = await (await anna.get("/desk/konto")).text()
    assert "Anna Prøve" in page
    kept = {cookie.key: cookie.value for cookie in anna.session.cookie_jar}
    out = await anna.post("/desk/logud", data={"csrf": csrf_i(page)})
    assert "Du er logget ud." in await out.text()
    anna.session.cookie_jar.update_cookies(kept)  # somebody who copied the cookie
    assert (await anna.get("/desk/konto", allow_redirects=False)).status == 303


async def test_a_wrong_name_and_a_wrong_password_are_told_the_same(anna: Client) -> None:
    pages = []
    for navn, kode in (("anna", "forkert kode her"), ("findes-ikke", KODE)):
        answer = await log_ind(anna, navn, kode)
        assert answer.status == 401
        page = await answer.text()
        assert FORKERT in page and kode not in page
        pages.append(page.replace(navn, "navn").replace(csrf_i(page), ""))
    assert pages[0] == pages[1]


async def test_every_log_in_has_a_cookie_of_its_own_and_ends_the_one_before(anna: Client) -> None:
    await log_ind(anna)
    first = {cookie.key: cookie.value for cookie in anna.session.cookie_jar}["desk"]
    csrf = csrf_i(await (await anna.get("/desk/konto")).text())
    data = {"csrf": csrf, "brugernavn": "anna", "adgangskode": KODE}
    assert (await anna.post("/desk/login", data=data, allow_redirects=False)).status == 303
    assert {cookie.key: cookie.value for cookie in anna.session.cookie_jar}["desk"] != first
    other = ny_browser(anna)
    other.session.cookie_jar.update_cookies({"desk": first})
    assert (await other.get("/desk/konto", allow_redirects=False)).status == 303


async def test_the_cookie_can_t_be_read_by_scripts_nor_sent_along_by_other_sites(anna: Client) -> None:
    cookie = (await log_ind(anna)).cookies["desk"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"], cookie["domain"]) == (
        True,
        "Lax",
        "/",
        "",
        "",
    )


async def test_over_https_the_cookies_are_the_host_s_alone(house: House, engine: Engine) -> None:
    client = await house.gateway(trusted_proxies=["127.0.0.1"])
    await off_loop(medarbejder, engine, "anna", ["front"], adgangskode=kodeord.hash_af(KODE))
    proxied = ny_browser(client, **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    page = await proxied.get("/desk/login")
    foer = page.cookies["__Host-desk-foer"]
    data = {"csrf": csrf_i(await page.text()), "brugernavn": "anna", "adgangskode": KODE}
    answer = await proxied.post(
        "/desk/login", data=data, allow_redirects=False, headers={"Cookie": f"__Host-desk-foer={foer.value}"}
    )
    cookie = answer.cookies["__Host-desk"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize(
    "hen", ["https://fremmed.example/", "//fremmed.example", "/desk/../../x", "/desk\\x", "/andet", "/desk.example", "/desk/\nx"]
)
async def test_log_in_leads_nowhere_but_to_the_desk(anna: Client, hen: str) -> None:
    assert (await log_ind(anna, videre=hen)).headers["Location"] == "/desk"


async def test_too_many_attempts_from_one_address(house: House, engine: Engine) -> None:
    client = await house.gateway(desk=DeskSettings(login_per_minute_address=3))
    await off_loop(medarbejder, engine, "anna", ["front"], adgangskode=kodeord.hash_af(KODE))
    for _ in range(3):
        assert (await log_ind(ny_browser(client), f"gæt-{_}", "x")).status == 401
    refused = await log_ind(ny_browser(client))
    assert refused.status == 429 and int(refused.headers["Retry-After"]) > 0
    assert "Vent" in await refused.text()


async def test_demo_log_ins_are_refused_from_elsewhere(house: House, engine: Engine) -> None:
    client = await house.gateway(trusted_proxies=["127.0.0.1"])
    await off_loop(medarbejder, engine, "demo-front", ["front"], adgangskode=kodeord.hash_af(KODE), demo=True)
    for headers in ({"X-Forwarded-For": "192.0.2.7"}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
        answer = await log_ind(ny_browser(client, **headers), "demo-front")
        assert answer.status == 401 and KUN_LOKALT in await answer.text()
    assert (await log_ind(ny_browser(client), "demo-front")).status == 303


async def test_a_demo_log_in_taken_elsewhere_opens_nothing(client: Client, engine: Engine) -> None:
    await off_loop(medarbejder, engine, "demo-front", ["front"], adgangskode=kodeord.hash_af(KODE), demo=True)
    here = ny_browser(client)
    await log_ind(here, "demo-front")
    assert (await here.get("/desk/konto")).status == 200
    elsewhere = await here.get("/desk/konto", headers={"X-Forwarded-For": "192.0.2.7"}, allow_redirects=False)
    assert elsewhere.status == 303


async def test_a_one_time_password_must_be_changed_before_anything_else(client: Client, engine: Engine, front: Browser) -> None:
    felter = medarbejdere.Oplysninger("Bo Prøve", "Bo", None, ("front",), ())
    _, kode = await off_loop(medarbejdere.opret, engine, "bo", felter, front.bruger, nu())
    bo = ny_browser(client)
    assert (await log_ind(bo, "bo", kode)).status == 303
    sent = await bo.get("/desk/konto", allow_redirects=False)
    assert (sent.status, sent.headers["Location"]) == (303, "/desk/konto/adgangskode")
    page = await (await bo.get("/desk/konto/adgangskode")).text()
    data = {"csrf": csrf_i(page), "gammel": kode, "ny": "en helt ny kode", "gentaget": "en helt anden"}
    wrong = await bo.post("/desk/konto/adgangskode", data=data)
    text = await wrong.text()
    assert wrong.status == 400 and "to forskellige" in text and "en helt ny kode" not in text
    right = await bo.post("/desk/konto/adgangskode", data={**data, "gentaget": "en helt ny kode"}, allow_redirects=False)
    assert right.headers["Location"] == "/desk/konto"
    assert "Bo Prøve" in await (await bo.get("/desk/konto")).text()


async def test_logging_out_everywhere(anna: Client) -> None:
    other = ny_browser(anna)
    await log_ind(anna)
    await log_ind(other)
    csrf = csrf_i(await (await anna.get("/desk/konto")).text())
    assert (await anna.post("/desk/konto/logud-alle", data={"csrf": csrf}, allow_redirects=False)).status == 303
    assert (await other.get("/desk/konto", allow_redirects=False)).status == 303


async def test_after_five_wrong_passwords_the_right_one_is_told_the_same(anna: Client) -> None:
    for _ in range(5):
        assert (await log_ind(anna, kode="forkert kode her")).status == 401
    answer = await log_ind(anna)
    assert answer.status == 401 and FORKERT in await answer.text()


@pytest.mark.parametrize(
    ("minutter", "brugt_imens", "inde"), [(59, False, True), (61, False, False), (599, True, True), (601, True, False)]
)
async def test_a_log_in_ends_by_itself(
    anna: Client, monkeypatch: pytest.MonkeyPatch, minutter: int, brugt_imens: bool, inde: bool
) -> None:
    await log_ind(anna)
    begyndt = nu()
    for minut in (*(range(30, minutter, 30) if brugt_imens else ()), minutter):
        monkeypatch.setattr("connectors.desk.adgang.nu", lambda later=minut: begyndt + dt.timedelta(minutes=later))
        page = await anna.get("/desk/konto", allow_redirects=False)
    script = await anna.get("/desk/api/antal")
    assert (page.status, script.status) == ((200, 200) if inde else (303, 401))


async def test_what_no_database_holds_is_no_unexpected_error(anna: Client) -> None:
    assert (await log_ind(anna, navn="an\0na")).status == 401
    assert (await log_ind(anna)).status == 303
    for path in ("/desk/?liste=alle&team=%00", "/desk/sager/%00", "/desk/samtaler/a%00"):
        assert (await anna.get(path)).status == 404, path
