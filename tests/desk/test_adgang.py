"""Who may open what: every route of the desk with every role, without a log-in, and without a form's secret.

The table says it a second time, apart from the code. A route that is not in it fails the test: whoever adds one says here
who it is for.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine

from connectors.database import off_loop
from connectors.desk import medarbejdere
from connectors.desk.adgang import aaben, kontroller_ruter, kraev
from connectors.desk.menu import MENU
from connectors.desk.models import ROLLER
from connectors.desk.sider import TEMPLATES
from tests.desk import sager
from tests.desk.kontor import log_ind, ny_browser, som

Client = TestClient[Any, Any]

ALLE = frozenset(ROLLER)
SAG = frozenset({"front", "konsulent", "backoffice"})
VISITERER = frozenset({"front", "konsulent"})
ADMIN = frozenset({"admin"})
UDEN_LOGIN: frozenset[str] = frozenset()  # anybody, logged in or not

TABEL: dict[str, frozenset[str]] = {
    "GET /desk": ALLE,
    "GET /desk/static/{path}": UDEN_LOGIN,
    "GET /desk/login": UDEN_LOGIN,
    "POST /desk/login": UDEN_LOGIN,
    "GET /desk/login/kommune": UDEN_LOGIN,
    "GET /desk/login/kommune/svar": UDEN_LOGIN,
    "POST /desk/logud": ALLE,
    "GET /desk/konto": ALLE,
    "POST /desk/konto/logud-alle": ALLE,
    "GET /desk/konto/adgangskode": ALLE,
    "POST /desk/konto/adgangskode": ALLE,
    "GET /desk/": SAG,
    "GET /desk/api/antal": SAG,
    "GET /desk/sager/{nummer}": SAG,
    "POST /desk/sager/{nummer}/ejer": SAG,
    "POST /desk/sager/{nummer}/team": SAG,
    "POST /desk/sager/{nummer}/status": SAG,
    "POST /desk/sager/{nummer}/svarfrist": SAG,
    "POST /desk/sager/{nummer}/luk": SAG,
    "POST /desk/sager/{nummer}/genaabn": SAG,
    "POST /desk/sager/{nummer}/note": SAG,
    "POST /desk/sager/{nummer}/svar": SAG,
    "POST /desk/sager/{nummer}/aftale": SAG,
    "POST /desk/sager/{nummer}/aftale/{id}": SAG,
    "POST /desk/sager/{nummer}/udfoert/{id}": SAG,
    "POST /desk/sager/{nummer}/delopgave": SAG,
    "POST /desk/sager/{nummer}/delopgave/{id}": SAG,
    "POST /desk/sager/{nummer}/maerker": SAG,
    "POST /desk/sager/{nummer}/fortryd": SAG,
    "GET /desk/sager/{nummer}/henvisning": SAG,
    "POST /desk/sager/{nummer}/henvisning": SAG,
    "POST /desk/sager/{nummer}/henvisning/ja": SAG,
    "GET /desk/udbakke": frozenset({"front", "admin"}),
    "POST /desk/udbakke/{id}/igen": frozenset({"front", "admin"}),
    "POST /desk/udbakke/spejling/igen": frozenset({"front", "admin"}),
    "POST /desk/udbakke/spejling/{nummer}/igen": frozenset({"front", "admin"}),
    "GET /desk/virksomheder": SAG,
    "GET /desk/virksomheder/{id}": SAG,
    "POST /desk/virksomheder/{id}/kam": VISITERER,
    "GET /desk/virksomheder/{id}/flet/{anden}": VISITERER,
    "POST /desk/virksomheder/{id}/flet/{anden}": VISITERER,
    "POST /desk/virksomheder/{id}/fortryd/{fletning}": VISITERER,
    "GET /desk/ws": SAG,
    "GET /desk/api/live": SAG,
    "POST /desk/api/tilstede": SAG,
    "GET /desk/samtaler/{id}": SAG,
    "POST /desk/samtaler/{id}/tag": SAG,
    "POST /desk/samtaler/{id}/tilbage": SAG,
    "POST /desk/samtaler/{id}/afslut": SAG,
    "POST /desk/samtaler/{id}/videre": SAG,
    "POST /desk/api/samtaler/{id}/beskeder": SAG,
    "POST /desk/api/samtaler/{id}/noter": SAG,
    "POST /desk/api/samtaler/{id}/laest": SAG,
    "GET /desk/api/forstaa": VISITERER,
    "GET /desk/api/forslag": SAG,
    "GET /desk/api/skabeloner": SAG,
    "GET /desk/registrer": VISITERER,
    "POST /desk/registrer": VISITERER,
    "GET /desk/admin/medarbejdere": ADMIN,
    "GET /desk/admin/medarbejdere/ny": ADMIN,
    "POST /desk/admin/medarbejdere/ny": ADMIN,
    "GET /desk/admin/medarbejdere/{id}": ADMIN,
    "POST /desk/admin/medarbejdere/{id}": ADMIN,
    "POST /desk/admin/medarbejdere/{id}/adgangskode": ADMIN,
    "POST /desk/admin/medarbejdere/{id}/laas-op": ADMIN,
    "POST /desk/admin/medarbejdere/{id}/aktiv": ADMIN,
    "GET /desk/admin/api": ADMIN,
    "POST /desk/admin/api": ADMIN,
    "POST /desk/admin/api/{id}/tilbagekald": ADMIN,
    "GET /desk/admin/revision": ADMIN,
    "GET /desk/admin/revision.csv": ADMIN,
    "GET /desk/redaktion": frozenset({"redaktør"}),
    "GET /desk/tal": frozenset({"analytiker"}),
}
POSTS = [rute for rute in TABEL if rute.startswith("POST ")]
EXAMPLES = {"nummer": "KBH-2026-999999", "id": "99999999", "anden": "99999998", "fletning": "99999997", "path": "desk.css"}


def routes(client: Client) -> set[str]:
    """What the running desk answers, HEAD left out."""
    assert isinstance(client.server, TestServer)
    found = [route for route in client.server.app.router.routes() if route.resource is not None and route.method != "HEAD"]
    return {f"{r.method} {r.resource.canonical}" for r in found if r.resource and r.resource.canonical.startswith("/desk")}


def address(rute: str) -> tuple[str, str]:
    """Method and path, with something in each place of it that there is not."""
    method, _, path = rute.partition(" ")
    return method, re.sub(r"\{(\w+)\}", lambda found: EXAMPLES[found[1]], path)


async def ask(client: Client, rute: str, **more: Any) -> Any:
    method, path = address(rute)
    return await client.request(method, path, **{"allow_redirects": False, **more})


async def refused(answer: Any) -> bool:
    """Whether the role was what stood in the way, and not that what was asked for is not there."""
    return answer.status == 403 and "Din rolle giver ikke adgang" in await answer.text()


async def test_every_route_is_in_the_table_and_nothing_else(client: Client) -> None:
    assert routes(client) == set(TABEL)


@pytest.mark.parametrize("rolle", ROLLER)
async def test_each_role_opens_what_is_its_own_and_nothing_else(kontor: Client, engine: Engine, rolle: str) -> None:
    browser = await log_ind(kontor, engine, "en", [rolle], ["team-hr"])
    row = await off_loop(medarbejdere.hent, engine, browser.bruger.id)
    for rute, roller in TABEL.items():
        if "logud" in rute:
            browser = await som(kontor, engine, row)
        answer = await ask(browser.client, rute, headers={"X-CSRF-Token": browser.bruger.csrf})
        may = not roller or rolle in roller
        assert await refused(answer) != may, f"{rolle}: {rute} gav {answer.status}"
        assert answer.status < 500, f"{rolle}: {rute} gav {answer.status}"
        if "logud" in rute:
            browser = await som(kontor, engine, row)


async def test_several_roles_open_what_each_opens(kontor: Client, engine: Engine) -> None:
    browser = await log_ind(kontor, engine, "en", ["redaktør", "analytiker"])
    for path, status in (("/desk/redaktion", 200), ("/desk/tal", 200), ("/desk/", 403), ("/desk/admin/revision", 403)):
        assert (await browser.get(path)).status == status


async def test_without_a_log_in_pages_lead_to_it_and_everything_else_is_refused(kontor: Client) -> None:
    for rute, roller in TABEL.items():
        answer = await ask(kontor, rute)
        if not roller:
            assert answer.status not in (303, 401), rute
        elif "/desk/api/" in rute or rute == "GET /desk/ws":
            assert answer.status == 401 and (await answer.json())["error"]["code"] == "ikke_logget_ind", rute
        elif rute.startswith("GET "):
            assert answer.status == 303 and answer.headers["Location"].startswith("/desk/login?videre=/desk"), rute
        else:
            assert answer.status == 401, rute


@pytest.mark.parametrize("secret", ["mangler", "forkert", "en andens"])
async def test_no_change_without_the_form_s_secret(kontor: Client, engine: Engine, secret: str) -> None:
    browser = await log_ind(kontor, engine, "en", ROLLER, ["team-hr"])
    other = await log_ind(kontor, engine, "to", ROLLER)
    brought = {"mangler": {}, "forkert": {"csrf": "forkert"}, "en andens": {"csrf": other.bruger.csrf}}[secret]
    for rute in POSTS:
        for sent in ({"data": brought}, {"headers": {"X-CSRF-Token": brought["csrf"]}} if brought else {}):
            answer = await ask(browser.client, rute, **sent)
            text = await answer.text()
            assert answer.status == 403 and "intet er gemt" in text, f"{rute} gav {answer.status}"
    assert (await browser.get("/desk/konto")).status == 200, "et log-ud uden hemmelighed må ikke lykkes"


async def test_logging_in_needs_a_form_of_this_browser(client: Client) -> None:
    here, elsewhere = ny_browser(client), ny_browser(client)
    page = await (await elsewhere.get("/desk/login")).text()
    stolen = re.search(r'name="csrf" value="([^"]+)"', page)
    assert stolen is not None
    sent = {"csrf": stolen[1], "brugernavn": "en", "adgangskode": "x"}
    assert (await here.post("/desk/login", data=sent)).status == 403
    await here.get("/desk/login")
    assert (await here.post("/desk/login", data=sent)).status == 403
    assert (await elsewhere.post("/desk/login", data=sent)).status == 401


async def test_a_socket_of_another_site_is_refused(kontor: Client, engine: Engine) -> None:
    browser = await log_ind(kontor, engine, "en", ["front"])
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x" * 22 + "==",
    }
    for origin in ({}, {"Origin": "https://fremmed.example"}, {"Origin": "null"}):
        assert (await browser.client.get("/desk/ws", headers={**upgrade, **origin})).status == 403


UNITS = {"konsulent": "team-hr", "backoffice": "kff-bevilling"}


@pytest.mark.parametrize("rolle", UNITS)
async def test_another_unit_s_case_is_not_there(kontor: Client, engine: Engine, rolle: str) -> None:
    nummer = await off_loop(sager.opret, engine, team="tmf-miljoe")
    other = await log_ind(kontor, engine, "en", [rolle], [UNITS[rolle]])
    own = await log_ind(kontor, engine, "to", [rolle], ["tmf-miljoe"])
    front = await log_ind(kontor, engine, "tre", ["front"])
    for rute in (rute for rute, roller in TABEL.items() if "{nummer}" in rute and rolle in roller):
        method, path = address(rute)
        path = path.replace(EXAMPLES["nummer"], nummer)
        sent: dict[str, Any] = {"headers": {"X-CSRF-Token": other.bruger.csrf}, "allow_redirects": False}
        hidden = await other.client.request(method, path, **sent)
        absent = await ask(other.client, rute, headers={"X-CSRF-Token": other.bruger.csrf})
        assert hidden.status == absent.status == 404, rute
        pages = [(await answer.text()).replace(nummer, "").replace(EXAMPLES["nummer"], "") for answer in (hidden, absent)]
        assert pages[0] == pages[1], f"{rute}: svaret røber, at sagen findes"
    for browser in (own, front):
        assert (await browser.get(f"/desk/sager/{nummer}")).status == 200
    assert nummer not in await other.side("/desk/?liste=alle")


async def test_the_menu_shows_what_may_be_opened_and_nothing_else(kontor: Client, engine: Engine) -> None:
    for rolle in ROLLER:
        browser = await log_ind(kontor, engine, f"en-{rolle}", [rolle])
        page = await browser.side("/desk/konto")
        menu = page.partition('aria-label="Hovedmenu"')[2].partition("</nav>")[0]
        shown = set(re.findall(r'href="([^"]+)"', menu))
        assert shown == {punkt.sti for punkt in MENU if rolle in punkt.roller}
        for path in shown:
            assert (await browser.get(path)).status == 200, f"{rolle}: {path}"
        assert (await browser.get("/desk")).headers["Location"] in shown


async def test_nothing_on_a_page_needs_more_than_the_page_s_own_host(kontor: Client, engine: Engine) -> None:
    browser = await log_ind(kontor, engine, "en", ROLLER, ["team-hr"])
    for rute in (rute for rute in TABEL if rute.startswith("GET ")):
        answer = await ask(browser.client, rute)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'self'" in policy, rute
        assert "Access-Control-Allow-Origin" not in answer.headers
        if "static" not in rute:
            assert answer.headers["Cache-Control"] == "no-store", rute


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_no_template_holds_style_or_script(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|\|safe|javascript:", text)


def test_an_app_with_a_route_that_is_for_nobody_in_particular_does_not_start() -> None:
    async def open_to_all(_: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_get("/a", aaben(open_to_all))
    kontroller_ruter(app)

    async def forgotten(_: web.Request) -> web.Response:
        return web.Response()

    app.router.add_get("/b", forgotten)
    with pytest.raises(RuntimeError, match="/b"):
        kontroller_ruter(app)


def test_a_role_that_there_is_not_is_refused_when_it_is_written() -> None:
    with pytest.raises(ValueError, match="kejser"):
        kraev("kejser")
