"""Rate limits: per conversation, per address, behind proxies, lifted on loopback only; and who counts as inside."""

import uuid

import pytest
from aiohttp.test_utils import make_mocked_request

from connectors.website import addresses
from connectors.website.limits import AddressLimiter
from tests.website.fakes import Chat, House


async def refused(response) -> int:
    body = await response.json()
    assert (response.status, body["error"]["code"]) == (429, "for_mange")
    seconds = int(response.headers["Retry-After"])
    assert 1 <= seconds <= 60
    assert str(seconds) in body["error"]["message"]
    return seconds


async def test_a_conversation_may_write_so_many_a_minute(house: House):
    client = await house.gateway(messages_per_minute_conversation=3)
    chat = await Chat(client).open()
    first = str(uuid.uuid4())
    assert (await chat.post(client_id=first, text="0")).status == 202
    for text in "12":
        await chat.say(text)
    await refused(await chat.post(text="3"))
    assert (await chat.post(client_id=first, text="0")).status == 202  # known already, so it costs nothing
    assert [m["text"] for m in await chat.settled() if m["from"] == "user"] == ["0", "1", "2"]
    other = await Chat(client).open()
    await other.say("en anden må gerne")


async def test_the_limit_of_a_conversation_holds_over_replicas_and_restarts(house: House):
    first = await house.gateway(messages_per_minute_conversation=2, name="a")
    chat = await Chat(first).open()
    await chat.say("1")
    second = await house.gateway(messages_per_minute_conversation=2, name="b")
    await Chat(second, chat.token).say("2")
    await refused(await chat.post(text="3"))


async def test_an_address_may_write_so_many_a_minute(house: House):
    client = await house.gateway(messages_per_minute_address=3)
    one, two = await Chat(client).open(), await Chat(client).open()
    await one.say("1")
    await two.say("2")
    assert (await two.post(text="")).status == 400  # what is refused costs nothing
    await two.say("3")
    await refused(await one.post(text="4"))
    assert len([m for m in (await one.get())["messages"] if m["from"] == "user"]) == 1


async def test_an_address_may_begin_so_many_conversations(house: House):
    client = await house.gateway(messages_per_minute_address=2)
    await Chat(client).open()
    await Chat(client).open()
    await refused(await client.post("/api/chat/sessions", json={}))


async def test_limits_are_lifted_on_loopback_where_configured(house: House):
    client = await house.gateway(messages_per_minute_conversation=1, messages_per_minute_address=1, lift_limits=True)
    chat = await Chat(client).open()
    for text in "123":
        await chat.say(text)
    # somebody whom a proxy on this machine speaks for is not on this machine
    headers = {**chat.headers, "X-Forwarded-For": "203.0.113.9"}
    body = {"client_id": str(uuid.uuid4()), "text": "4"}
    await refused(await client.post("/api/chat/messages", json=body, headers=headers))


async def test_forwarded_addresses_count_one_by_one_from_a_trusted_proxy_only(house: House):
    async def begin(client, address: str) -> int:
        response = await client.post("/api/chat/sessions", json={}, headers={"X-Forwarded-For": address})
        return int(response.status)

    trusting = await house.gateway(messages_per_minute_address=1, trusted_proxies=["127.0.0.0/8"])
    assert [await begin(trusting, a) for a in ("203.0.113.1", "203.0.113.2", "198.51.100.7, 203.0.113.1")] == [201, 201, 429]
    wary = await house.gateway(messages_per_minute_address=1)
    assert [await begin(wary, a) for a in ("203.0.113.1", "203.0.113.2")] == [201, 429]


def request(remote: str, *forwarded: str):
    class Transport:
        def get_extra_info(self, name: str, default: object = None) -> object:
            return (remote, 5000) if name == "peername" else default

        def is_closing(self) -> bool:
            return False

    headers = [("X-Forwarded-For", value) for value in forwarded]
    return make_mocked_request("GET", "/", headers=dict(headers), transport=Transport())


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.1", None, [], "203.0.113.1"),
        ("203.0.113.1", "198.51.100.1", [], "203.0.113.1"),
        ("10.0.0.1", "198.51.100.1", ["10.0.0.1"], "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, løgn", ["10.0.0.1"], "10.0.0.1"),
        ("::ffff:10.0.0.1", "2001:db8::1", ["10.0.0.1"], "2001:db8::1"),
    ],
)
def test_the_client_is_the_nearest_that_is_no_trusted_proxy(
    remote: str, forwarded: str | None, trusted: list[str], expected: str
):
    assert addresses.client_address(request(remote, *([forwarded] if forwarded else [])), addresses.networks(trusted)) == expected


@pytest.mark.parametrize(
    ("remote", "forwarded", "inner"),
    [
        ("127.0.0.1", None, True),
        ("::1", None, True),
        ("10.1.2.3", None, True),
        ("192.168.1.1", "10.0.0.9", True),
        ("203.0.113.1", None, False),
        ("127.0.0.1", "203.0.113.1", False),
        ("127.0.0.1", "10.0.0.1, 203.0.113.1", False),
        ("127.0.0.1", "løgn", False),
        ("172.32.0.1", None, False),
    ],
)
def test_inside_is_who_comes_from_inside_all_the_way(remote: str, forwarded: str | None, inner: bool):
    assert addresses.is_inner(request(remote, *([forwarded] if forwarded else []))) is inner


@pytest.mark.parametrize("bad", ["proxy", "10.0.0.0/99", ""])
def test_a_proxy_that_is_no_address_is_told_at_the_start(bad: str):
    with pytest.raises(ValueError, match="ERHVERV_TRUSTED_PROXIES"):
        addresses.networks([bad])


@pytest.mark.parametrize("bad", ["*", "www.eksempel.dk", "https://www.eksempel.dk/", "https://", "https://a.dk/sti"])
def test_an_origin_that_could_never_match_is_told_at_the_start(bad: str):
    with pytest.raises(ValueError, match="ERHVERV_ALLOWED_ORIGINS"):
        addresses.origins([bad])
    assert addresses.origins(["https://www.eksempel.dk", "http://127.0.0.1:8090"])


def test_a_minute_slides():
    time = [0.0]
    limiter = AddressLimiter(2, lambda: time[0])
    assert [limiter.take("a"), limiter.take("a"), limiter.take("a"), limiter.take("b")] == [None, None, 60, None]
    time[0] = 59.5
    assert limiter.take("a") == 1
    time[0] = 60.0
    assert [limiter.take("a"), limiter.take("a"), limiter.take("a")] == [None, None, 60]
    limiter.give_back("a")
    assert limiter.take("a") is None
