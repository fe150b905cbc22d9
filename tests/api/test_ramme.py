"""Around every call: who may, how often, what is too much, and the shape of a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from sqlalchemy import Engine, select, text

from connectors.api import ruter
from connectors.database import reading, writing
from connectors.desk.models import Revision
from tests.api.conftest import Server
from tests.api.test_zammad_py import KUNDE, sag

# What does not touch the database is tried on one.
KUN_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def kald(server: Server, method: str, path: str, token: str | None = None, **more: Any) -> requests.Response:
    """A call as any program makes it."""
    headers = {"Authorization": f"Token token={token}"} if token else {}
    headers |= more.pop("headers", {})
    return requests.request(method, f"{server.url}/api/v1/{path}", headers=headers, timeout=30, **more)


def test_every_address_is_closed_without_a_token(server: Server) -> None:
    server.token()
    for method, path, _, _ in ruter.RUTER:
        address = path.replace("{number}", "1")
        for part in ("id", "ticket", "article"):
            address = address.replace(f"{{{part}:\\d{{1,10}}}}", "1")
        answer = kald(server, method, address)
        assert answer.status_code == 401, (method, address)
        assert answer.headers["WWW-Authenticate"].startswith("Token")
        assert set(answer.json()) == {"error", "error_human"}
        assert "Set-Cookie" not in answer.headers


@KUN_SQLITE
@pytest.mark.parametrize("header", ["Token token={}", 'Token token="{}"', "token token={}", "Bearer {}"])
def test_the_ways_in_which_zammad_s_clients_send_a_token(server: Server, header: str) -> None:
    answer = kald(server, "GET", "users/me", headers={"Authorization": header.format(server.token())})
    assert answer.status_code == 200


@KUN_SQLITE
@pytest.mark.parametrize("header", ["Basic cHI6cHI=", "Token", "Token token=", "Token hest={}", "{}", "Bearer"])
def test_what_is_no_token_opens_nothing(server: Server, header: str) -> None:
    answer = kald(server, "GET", "users/me", headers={"Authorization": header.format(server.token())})
    assert answer.status_code == 401


def test_too_many_calls_are_told_when_to_come_back(engine: Engine, start: Callable[..., Server]) -> None:
    server = start(engine, per_minute=3)
    token, other = server.token("Travl"), server.token("Rolig")
    codes = [kald(server, "GET", "users/me", token).status_code for _ in range(4)]
    refused = kald(server, "GET", "users/me", token)
    assert codes == [200, 200, 200, 429] and refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert set(refused.json()) == {"error", "error_human"} and "Prøv igen" in refused.json()["error_human"]
    assert kald(server, "GET", "users/me", other).status_code == 200
    guesses = [kald(server, "GET", "users/me", f"gæt-{index}".encode().hex()).status_code for index in range(4)]
    assert guesses == [401, 401, 401, 429]


@KUN_SQLITE
@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"{", 400),
        (b"[1]", 400),
        (b'"tekst"', 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"name": "' + b"x" * 300_000 + b'"}', 413),
        (b"", 422),
        (b"null", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(server: Server, data: bytes, status: int) -> None:
    answer = kald(server, "POST", "organizations", server.token(), data=data)
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "error_human"}


def test_a_body_without_an_end_is_not_read_to_the_end(server: Server) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"name": "'
        while True:
            yield b"x" * 65536

    try:
        answer = kald(server, "POST", "organizations", server.token(), data=endless())
    except requests.exceptions.ConnectionError:
        return  # the server hung up while we were still sending
    assert answer.status_code == 413


def test_what_no_database_can_hold_does_not_get_there(server: Server) -> None:
    answer = kald(server, "POST", "organizations", server.token(), data=b'{"name": "Pr\\u0000\\ud800ve"}')
    assert answer.status_code == 201 and answer.json()["name"] == "Pr\ufffd\ufffdve"


def test_an_unknown_address_is_told_in_zammad_s_shape(server: Server) -> None:
    token = server.token()
    for method, path in (("GET", "hest"), ("GET", ""), ("PATCH", "tickets/1"), ("POST", "online_notifications/mark_all_as_read"),
                         ("GET", "tickets/hest"), ("GET", "tickets/99999999999")):  # fmt: skip
        answer = kald(server, method, path, token)
        assert answer.status_code == 404 and set(answer.json()) == {"error", "error_human"}, path
    assert requests.get(f"{server.url}/api/v1", headers={"Authorization": f"Token token={token}"}, timeout=30).status_code == 404


def test_a_foreign_page_is_refused_in_zammad_s_shape(server: Server) -> None:
    answer = kald(server, "GET", "users/me", server.token(), headers={"Origin": "https://ond.example.com"})
    assert answer.status_code == 403 and set(answer.json()) == {"error", "error_human"}


def test_the_chat_s_own_errors_keep_the_contract_s_shape(server: Server) -> None:
    answer = requests.post(f"{server.url}/api/chat/messages", json={}, timeout=30)
    assert answer.status_code == 401 and set(answer.json()["error"]) == {"code", "message"}


def test_a_database_that_fails_tells_nothing_of_itself(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    token = server.token()
    with writing(server.engine) as session:
        session.execute(text("DROP TABLE henvendelse_maerke"))
    answer = kald(server, "GET", "tag_list", token)
    assert answer.status_code >= 500 and set(answer.json()) == {"error", "error_human"}
    assert "henvendelse_maerke" not in answer.text and token not in caplog.text


@KUN_SQLITE
@pytest.mark.parametrize(
    ("query", "siger"),
    [
        ("page=0", "page skal"),
        ("page=-1", "page skal"),
        ("page=to", "page skal"),
        ("page=²", "page skal"),
        ("per_page=0", "per_page skal"),
        ("per_page=501", "højst være 500"),
        ("page=999999999&per_page=500", "for stor"),
        ("full=true", "expand=true"),
        ("sort_by=password", "sorteres efter"),
        ("order_by=op", "sorteres efter"),
    ],
)
def test_a_page_that_there_cannot_be_is_refused(server: Server, query: str, siger: str) -> None:
    answer = kald(server, "GET", f"tickets?{query}", server.token())
    assert answer.status_code == 422 and siger in answer.json()["error_human"]


def test_counts_are_given_where_they_are_asked_for(server: Server) -> None:
    token, client = server.token("Tæller"), server.klient()
    client.user.create(KUNDE)
    for index in range(3):
        client.ticket.create(sag(title=f"Sag {index}"))
    assert kald(server, "GET", "tickets?only_total_count=true", token).json() == {"total_count": 3}
    counted = kald(server, "GET", "tickets/search?query=sag&with_total_count=true&per_page=2&expand=true", token).json()
    assert counted["total_count"] == 3 and len(counted["records"]) == 2
    plain = kald(server, "GET", "tickets/search?query=sag&per_page=2", token).json()
    assert plain["tickets_count"] == 2 and set(plain["assets"]["Ticket"]) == {str(ident) for ident in plain["tickets"]}
    assert "state" not in kald(server, "GET", "tickets", token).json()[0]
    assert kald(server, "GET", "tickets?expand=true", token).json()[0]["state"] == "new"


def test_what_is_seen_and_changed_stands_in_the_audit_log_without_what_stood_there(server: Server) -> None:
    client = server.klient()
    client.user.create(KUNDE)
    ticket = client.ticket.create(sag())
    client.ticket.find(ticket["id"])
    client.ticket.update(ticket["id"], {"state": "open"})
    client.ticket_article.create({"ticket_id": ticket["id"], "body": "Hemmeligt", "internal": True})
    list(client.ticket.search("borde"))
    with reading(server.engine) as session:
        lines = [(row.hvem, row.handling, row.slags, row.noegle, row.detaljer) for row in session.scalars(select(Revision))]
    assert {line[0] for line in lines} == {"API: Prøvesystem"}
    number = ticket["number"]
    done = [(handling, slags, noegle) for _, handling, slags, noegle, _ in lines]
    for wanted in (("oprettet", "henvendelse", number), ("set", "henvendelse", number), ("ændret", "henvendelse", number),
                   ("set", "henvendelse", "søgning")):  # fmt: skip
        assert wanted in done
    assert done.count(("ændret", "henvendelse", number)) == 2
    assert "Hemmeligt" not in str(lines) and "example.com" not in str(lines)
    assert {"numre": [number]} in [line[4] for line in lines]


def test_what_no_database_holds_is_refused_in_an_address(server: Server) -> None:
    answer = kald(server, "GET", "tickets/search?query=tags:%00", server.token())
    assert (answer.status_code, answer.json()["error_human"]) == (422, "Adressen har et tegn, der ikke kan bruges.")
