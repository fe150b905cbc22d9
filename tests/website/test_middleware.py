"""Pages of other origins, and the headers that every answer bears."""

import pytest

from tests.website.fakes import House

FRIEND, STRANGER = "https://friend.example", "https://stranger.example"


@pytest.fixture
async def client(house: House):
    return await house.gateway(allowed_origins=[FRIEND])


async def test_an_allowed_page_may_use_the_chat(client):
    preflight = await client.options(
        "/api/chat/messages",
        headers={"Origin": FRIEND, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"},
    )
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == FRIEND
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    response = await client.post("/api/chat/sessions", json={}, headers={"Origin": FRIEND})
    assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (201, FRIEND)
    assert "Origin" in response.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in response.headers


async def test_errors_can_be_read_by_an_allowed_page(client):
    response = await client.get("/api/chat/messages", headers={"Origin": FRIEND})
    assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (401, FRIEND)


async def test_the_own_page_may_use_the_chat(client):
    origin = str(client.make_url("")).rstrip("/")
    assert (await client.post("/api/chat/sessions", json={}, headers={"Origin": origin})).status == 201


@pytest.mark.parametrize(
    "origin", [STRANGER, "null", FRIEND + ".evil.example", "http://friend.example", FRIEND + ":8443", FRIEND.upper(), ""]
)
async def test_any_other_page_is_kept_out(client, origin: str):
    response = await client.post("/api/chat/sessions", json={}, headers={"Origin": origin})
    assert (response.status, (await response.json())["error"]["code"]) == (403, "fremmed_side")
    assert "Access-Control-Allow-Origin" not in response.headers
    preflight = await client.options("/api/chat/messages", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert preflight.status == 403


async def test_the_script_may_be_loaded_by_an_allowed_page_only(client):
    assert (await client.get("/static/x.js", headers={"Origin": FRIEND})).headers["Access-Control-Allow-Origin"] == FRIEND
    assert "Access-Control-Allow-Origin" not in (await client.get("/static/x.js", headers={"Origin": STRANGER})).headers


async def test_a_tls_proxy_makes_the_own_origin_https(house: House):
    client = await house.gateway(trusted_proxies=["127.0.0.1"])
    origin = str(client.make_url("")).rstrip("/").replace("http:", "https:")
    headers = {"Origin": origin, "X-Forwarded-Proto": "https"}
    assert (await client.post("/api/chat/sessions", json={}, headers=headers)).status == 201
    assert (await client.post("/api/chat/sessions", json={}, headers={"Origin": origin})).status == 403


@pytest.mark.parametrize("path", ["/", "/findes-ikke", "/api/chat/messages", "/healthz"])
async def test_security_headers_are_on_everything(client, path: str):
    headers = (await client.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy and "unsafe" not in policy
    assert "aiohttp" not in headers["Server"]
    assert "Cache-Control" in headers
