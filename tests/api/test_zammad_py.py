"""The whole life of a case, driven by the public client zammad-py against a running server."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from requests.exceptions import HTTPError
from zammad_py import ZammadAPI

from connectors.api import tokens
from connectors.crm import henvendelser
from connectors.crm.tid import nu
from tests.api.conftest import Server
from tests.docs.pages import text

KUNDE = {"firstname": "Prøve", "lastname": "Person", "email": "Proeve@Example.com", "phone": "20 41 77 03"}


def sag(**more: Any) -> dict[str, Any]:
    """What a ticket is made of."""
    article = {"subject": "Emne", "body": "Hvordan får jeg lov til at stille borde ud?", "type": "phone", "internal": False}
    return {"title": "Borde på fortovet", "group": "team-tmf", "customer": "proeve@example.com", "article": article, **more}


def afvist(call: Any, *args: Any) -> dict[str, str]:
    """What the server says when it refuses."""
    with pytest.raises(HTTPError) as refused:
        call(*args)
    body: dict[str, str] = json.loads(str(refused.value))
    assert set(body) == {"error", "error_human"} and body["error_human"]
    return body


def test_the_whole_life_of_a_case(server: Server) -> None:
    kollega = server.medarbejder(enheder=["team-hr"])
    client = server.klient()

    company = client.organization.create({"name": "Prøvetegnestuen", "erhverv_cvr": "97225249"})
    assert company["name"] == "Prøvetegnestuen" and company["erhverv_cvr"] == "97225249"
    user = client.user.create({**KUNDE, "organization": "Prøvetegnestuen"})
    assert (user["firstname"], user["lastname"], user["email"], user["phone"]) == (
        "Prøve",
        "Person",
        "proeve@example.com",
        "20417703",
    )
    assert user["organization_id"] == company["id"]

    ticket = client.ticket.create(sag(tags="fortov,haster"))
    number, ident = ticket["number"], ticket["id"]
    assert number.startswith("KBH-") and ticket["title"] == "Borde på fortovet"
    assert ticket["customer_id"] == user["id"] and ticket["organization_id"] == company["id"]
    case = henvendelser.som_json(server.engine, number)
    assert case is not None
    assert (case["kanal"], case["status"], case["team"]) == ("telefon", "ny", "team-tmf")
    assert case["kontakt"]["telefon"] == "20417703" and case["virksomhed"]["cvr"] == "97225249"
    assert case["hovedindhold"] == "Borde på fortovet\n\nHvordan får jeg lov til at stille borde ud?"
    assert case == ticket["erhverv"]

    note = client.ticket_article.create({"ticket_id": ident, "body": "Kun for os", "type": "note", "internal": True})
    answer = client.ticket_article.create({"ticket_id": ident, "body": "Det skal du søge om", "type": "email"})
    said = client.ticket_article.create({"ticket_id": ident, "body": "Tak", "type": "web", "sender": "Customer"})
    assert (note["internal"], answer["internal"]) == (True, False)
    assert (answer["type"], answer["to"], said["from"]) == ("email", "proeve@example.com", "Prøve Person")
    bodies = [one["body"] for one in client.ticket.articles(ident)]
    assert bodies == [case["hovedindhold"], "Kun for os", "Det skal du søge om", "Tak"]
    assert client.ticket_article.find(note["id"])["body"] == "Kun for os"

    client.ticket_tag.add(ident, "vejen")
    client.ticket_tag.remove(ident, "haster")
    assert client.ticket.tags(ident) == {"tags": ["fortov", "vejen"]}

    for query in ("borde", f"number:{number}", 'state.name:new AND group.name:"team-tmf"', "organization.name:Prøvetegnestuen",
                  "customer.email:proeve@example.com", "tags:vejen"):  # fmt: skip
        assert [one["number"] for one in client.ticket.search(query)] == [number], query
    assert not list(client.ticket.search("state.name:closed"))

    changed = client.ticket.update(ident, {"state": "open", "owner": "kollega@example.com", "group": "team-hr"})
    assert (changed["state_id"], changed["owner_id"], changed["erhverv"]["team"]) == (2, kollega, "team-hr")
    due = "2099-01-05T15:00:00Z"
    waiting = client.ticket.update(ident, {"state": "pending reminder", "pending_time": due})
    assert waiting["pending_time"] == "2099-01-05T15:00:00.000Z"
    closed = client.ticket.update(ident, {"state": "closed", "article": {"body": "Løst", "internal": True}})
    assert closed["state_id"] == 4 and closed["close_at"] and closed["escalation_at"] is None
    again = client.ticket.update(ident, {"state": "open"})
    assert again["state_id"] == 2 and again["close_at"] is None

    stale = afvist(client.ticket.update, ident, {"state": "closed", "erhverv_version": ticket["erhverv_version"]})
    assert "er ændret af" in stale["error_human"]
    assert client.ticket.find(ident)["state_id"] == 2
    fresh = client.ticket.update(ident, {"state": "closed", "erhverv_version": again["erhverv_version"]})
    assert fresh["erhverv_version"] > again["erhverv_version"]

    history = henvendelser.som_json(server.engine, number)
    assert history is not None
    states = [(line["hvem"], line["til"]) for line in history["historik"] if line["felt"] == "status"]
    told = ["ny", "i gang", "afventer virksomheden", "afsluttet", "i gang", "afsluttet"]
    assert states == [("Prøvesystem", state) for state in told]
    assert "slettes ikke" in afvist(client.ticket.destroy, ident)["error_human"]


def test_the_example_of_the_documentation_works(server: Server) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", text("zammad.md"), flags=re.DOTALL)
    example = example.replace("https://erhverv.eksempel.dk", server.url).replace("erhverv_…", server.token())
    exec(compile(example, "zammad.md", "exec"), {})
    (ticket,) = server.klient("Kontrol").ticket.all()
    assert ticket["title"] == "Borde på fortovet" and ticket["erhverv"]["kanal"] == "telefon"


def test_thirty_tickets_page_by_page(server: Server) -> None:
    client = server.klient()
    client.user.create(KUNDE)
    made = [client.ticket.create(sag(title=f"Sag {index}"))["id"] for index in range(30)]
    page, seen = client.ticket.all(), []
    while True:
        assert len(page) == 10 or page.is_last_page()
        seen += [ticket["id"] for ticket in page]
        if not len(page):
            break
        page = page.next_page()
    assert seen == made
    assert [ticket["id"] for ticket in client.ticket.all(page=3)] == made[20:]
    back = client.ticket.all(page=3).prev_page()
    assert [ticket["id"] for ticket in back] == made[10:20]
    assert [ticket["id"] for ticket in client.ticket.all(filters={"page": 2, "per_page": 25})] == made[25:]
    assert not list(client.ticket.all(page=4)) and not list(client.ticket.all(page=400))
    found = client.ticket.search("sag", filters={"per_page": 12, "sort_by": "id", "order_by": "asc"})
    ids = [ticket["id"] for ticket in found]
    while not found.is_last_page():
        found = found.next_page()
        ids += [ticket["id"] for ticket in found]
    assert ids == made


def test_every_list_of_the_client_can_be_read(server: Server) -> None:
    server.medarbejder()
    client = server.klient()
    client.user.create({**KUNDE})
    client.organization.create({"name": "Prøvetegnestuen"})
    ticket = client.ticket.create(sag())
    client.ticket_tag.add(ticket["id"], "vejen")
    client.ticket_article.create({"ticket_id": ticket["id"], "body": "Note"})
    resources = (client.group, client.role, client.organization, client.ticket, client.ticket_article, client.ticket_priority,
                 client.ticket_state, client.user)  # fmt: skip
    for resource in resources:
        rows = list(resource.all())
        assert rows, resource.path_attribute
        assert resource.find(rows[0]["id"])["id"] == rows[0]["id"]
    assert [one["name"] for one in client.taglist.all()] == ["vejen"]
    assert {one["name"] for one in client.ticket_state.all()} == {"new", "open", "pending reminder", "closed"}
    assert {one["name"] for one in client.group.all(filters={"per_page": 100})} == set(server.library.enheder)
    assert client.user.me()["firstname"] == "Prøvesystem"
    assert [one["email"] for one in client.user.search("kollega")] == ["kollega@example.com"]
    assert [one["email"] for one in client.user.search("email:proeve@example.com")] == ["proeve@example.com"]
    assert [one["name"] for one in client.organization.search("tegnestuen")] == ["Prøvetegnestuen"]
    assert [one["name"] for one in client.group.search("team-hr")] == ["team-hr"]
    assert client.link.get(ticket["id"]) == {"links": [], "assets": {}}


def test_what_cannot_be_done_says_so(server: Server) -> None:
    client = server.klient()
    user = client.user.create(KUNDE)
    company = client.organization.create({"name": "Prøvetegnestuen"})
    ticket = client.ticket.create(sag())
    article = client.ticket_article.create({"ticket_id": ticket["id"], "body": "Note"})
    for call, *args in (
        (client.ticket.merge, ticket["id"], ticket["number"]),
        (client.link.add, ticket["id"], ticket["number"]),
        (client.link.remove, ticket["id"], ticket["number"]),
        (client.ticket_article.update, article["id"], {"body": "Andet"}),
        (client.ticket_article.destroy, article["id"]),
        (client.ticket_article_attachment.download, 1, article["id"], ticket["id"]),
        (client.ticket_article_plain.find, article["id"]),
        (client.group.create, {"name": "Nyt hold"}),
        (client.group.destroy, 1),
        (client.ticket_state.create, {"name": "parkeret"}),
        (client.organization.destroy, company["id"]),
        (client.taglist.destroy, 1),
        (client.user.destroy, user["id"]),
        (client.user.create, {"firstname": "Ny", "email": "ny@example.com", "roles": ["Agent"]}),
        (client.knowledge_bases.init,),
        (client.knowledge_bases_categories.show_permissions, 1, 2),
        (client.ticket_tag.all,),
        (client.ticket.find, 999_999),
        (client.ticket.search, "hest:2"),
        (client.ticket.search, "state.name:new OR state.name:open"),
    ):
        afvist(call, *args)


def test_a_wrong_and_a_revoked_token(server: Server) -> None:
    wrong = ZammadAPI(url=f"{server.url}/api/v1", http_token="forkert")
    assert "ukendt eller tilbagekaldt" in afvist(wrong.ticket.all)["error_human"]
    client = server.klient()
    assert list(client.ticket.all()) == []
    tokens.tilbagekald(server.engine, tokens.alle(server.engine)[0].id, nu())
    assert "tilbagekaldt" in afvist(client.ticket.all)["error_human"]


def test_scopes_bind(server: Server) -> None:
    writer, reader = server.klient(), server.klient("Læser", "laes")
    writer.user.create(KUNDE)
    ticket = writer.ticket.create(sag())
    note = writer.ticket_article.create({"ticket_id": ticket["id"], "body": "Kun for os", "internal": True})
    assert reader.ticket.find(ticket["id"])["number"] == ticket["number"]
    assert [one["internal"] for one in reader.ticket.articles(ticket["id"])] == [False]
    assert reader.ticket.find(ticket["id"])["article_count"] == 1
    afvist(reader.ticket_article.find, note["id"])
    assert "scopet skriv" in afvist(reader.ticket.update, ticket["id"], {"state": "open"})["error_human"]
    assert "scopet admin" in afvist(server.klient("Skriver", "laes", "skriv").taglist.create, {"name": "ny"})["error_human"]
    blind = server.klient("Blind", "skriv")
    assert set(blind.ticket.update(ticket["id"], {"state": "open"})) == {"id", "number", "created_at"}
    assert "scopet laes" in afvist(blind.ticket.find, ticket["id"])["error_human"]


def test_on_behalf_of_a_colleague(server: Server) -> None:
    server.medarbejder()
    client = server.klient(on_behalf_of="kollega@example.com")
    client.user.create(KUNDE)
    ticket = client.ticket.create(sag())
    case = henvendelser.som_json(server.engine, ticket["number"])
    assert case is not None and case["historik"][0]["hvem"] == "Prøve Kollega (via Prøvesystem)"
    server.medarbejder("lang", "Lang " + "x" * 190)
    longest = server.klient("y" * 100, on_behalf_of="lang")
    made = longest.ticket.create(sag(title="Langt navn"))
    assert longest.ticket_article.create({"ticket_id": made["id"], "body": "Note"})["from"].endswith(f"(via {'y' * 100})")
    nobody = server.klient("Andet", on_behalf_of="ukendt@example.com")
    assert "nævner ingen medarbejder" in afvist(nobody.ticket.all)["error_human"]
    small = server.klient("Tredje", "laes", on_behalf_of="kollega")
    assert "kræver scopet admin" in afvist(small.ticket.all)["error_human"]
