"""Whatever is sent in whichever field, the answer is a refusal or a success, and never a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.api.conftest import Server
from tests.api.test_ramme import KUN_SQLITE
from tests.api.test_zammad_py import KUNDE, sag

SAERT: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 10**30, "", " ", "²", "x" * 3000, "\x00", "\ud800", "%", "'; DROP TABLE henvendelse",
    [], [None], [[]], {}, {"id": 1}, {"email": ["a"]}, "guess:", "null", "1", "2099-01-01", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
)  # fmt: skip
FELTER = {
    "tickets": """title group group_id customer customer_id article state state_id owner owner_id priority organization
        organization_id tags pending_time erhverv_kanal erhverv_servicepakke erhverv_ydelser erhverv_udfald erhverv_version""",
    "ticket_articles": "ticket_id body subject type internal sender sender_id to content_type message_id attachments",
    "users": "firstname lastname email phone mobile organization organization_id roles role_ids",
    "organizations": "name erhverv_cvr members erhverv_version",
    "tag_list": "name",
}
QUERY = ("page", "per_page", "limit", "query", "sort_by", "order_by", "expand", "condition[x]", "object", "o_id", "term")


@pytest.fixture
def post(server: Server) -> Any:
    session = requests.Session()
    session.headers["Authorization"] = f"Token token={server.token()}"

    def send(method: str, path: str, **more: Any) -> requests.Response:
        answer = session.request(method, f"{server.url}/api/v1/{path}", timeout=30, **more)
        assert answer.status_code < 500 or answer.status_code == 501, (method, path, more, answer.text)
        if answer.status_code >= 400:
            assert set(answer.json()) == {"error", "error_human"}
        return answer

    return send


# PostgreSQL is the stricter of the two: it refuses what is too long or too large.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("path", FELTER)
def test_odd_values_in_every_field(path: str, post: Any) -> None:
    ident = post("POST", "tickets", json=sag(customer={**KUNDE})).json()["id"]
    whole = {
        "tickets": sag(),
        "ticket_articles": {"ticket_id": ident, "body": "Tekst"},
        "users": {"firstname": "Ny", "email": "ny@example.com"},
        "organizations": {"name": "Nyt navn"},
        "tag_list": {"name": "nyt"},
    }[path]
    for name in FELTER[path].split():
        for value in SAERT:
            post("POST", path, json={**whole, name: value})
            if path != "tag_list":
                post("PUT", f"{path}/{1 if path == 'organizations' else ident}", json={name: value})
    assert post("GET", f"tickets/{ident}").status_code == 200


@KUN_SQLITE
@pytest.mark.parametrize(
    "path", ["tickets", "tickets/search", "ticket_articles", "users", "users/search", "organizations/search", "groups/search",
             "tags", "tag_search", "tag_list", "ticket_states"],
)  # fmt: skip
def test_odd_values_in_every_parameter(path: str, post: Any) -> None:
    for name in QUERY:
        for value in SAERT:
            if isinstance(value, str) and "\ud800" not in value:
                post("GET", path, params={name: value})
