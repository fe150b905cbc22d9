"""Tickets: made whole or not at all, once each, and never changed behind anybody's back."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from connectors.crm import henvendelser
from connectors.crm.models import Henvendelse
from connectors.crm.opbevaring import slet_personoplysninger
from connectors.crm.tid import nu
from connectors.database import reading
from connectors.mail.models import Brev
from tests.api.conftest import Server
from tests.api.test_ramme import KUN_SQLITE, kald
from tests.api.test_zammad_py import KUNDE, afvist, sag

ARTIKEL = {"body": "Hvordan får jeg lov til at stille borde ud?", "type": "note"}


def antal(server: Server) -> int:
    with reading(server.engine) as session:
        return session.scalar(select(func.count()).select_from(Henvendelse)) or 0


@KUN_SQLITE
@pytest.mark.parametrize(
    ("change", "siger"),
    [
        ({"title": None}, "title mangler"),
        ({"title": " "}, "title mangler"),
        ({"title": 7}, "title skal være en tekst"),
        ({"title": "x" * 251}, "mellem 1 og 250"),
        ({"group": None}, "skal have en enhed"),
        ({"group": "findes-ikke"}, "group findes-ikke findes ikke"),
        ({"group": None, "group_id": 9999}, "group_id 9999 findes ikke"),
        ({"group": None, "group_id": "hest"}, "group_id skal være et tal"),
        ({"group": ["team-tmf"]}, "group skal være et navn"),
        ({"customer": None}, "skal have en kontakt"),
        ({"customer": "ukendt@example.com"}, "ingen kontakt, der hedder"),
        ({"customer": {"firstname": "Uden"}}, "e-mail eller telefon"),
        ({"customer": {"email": "ikke en adresse"}}, "ikke en e-mailadresse"),
        ({"customer": {"phone": "hest"}}, "ikke et telefonnummer"),
        ({"customer": None, "customer_id": 7}, "ingen kontakt med nummer"),
        ({"customer": None, "customer_id": "guess:hest"}, "ikke en e-mailadresse"),
        ({"article": None}, "første artikel"),
        ({"article": {"body": "  "}}, "ingen tekst"),
        ({"article": {"body": "<p> </p>", "content_type": "text/html"}}, "ingen tekst"),
        ({"article": {"body": "x" * 20_001}}, "plads til 20000"),
        ({"article": {**ARTIKEL, "type": "fax"}}, "typen fax"),
        ({"article": {**ARTIKEL, "sender": "System"}}, "sender skal være"),
        ({"article": {**ARTIKEL, "internal": "ja"}}, "true eller false"),
        ({"article": {**ARTIKEL, "attachments": [{"filename": "a"}]}}, "Vedhæftninger"),
        ({"state": "parkeret"}, "state parkeret findes ikke"),
        ({"state": "new", "state_id": 4}, "siger hver sit"),
        ({"priority": "3 high"}, "ingen prioritet"),
        ({"owner": "ukendt"}, "owner ukendt findes ikke"),
        ({"organization": "Ukendt"}, "organization Ukendt findes ikke"),
        ({"tags": ["x" * 61]}, "plads til 60"),
        ({"tags": 7}, "tags skal være"),
        ({"pending_time": "i morgen"}, "tidspunkt med tidszone"),
        ({"pending_time": "9999-12-31T23:59:59-12:00"}, "tidspunkt med tidszone"),
        ({"pending_time": "2099-01-05T15:00:00"}, "tidspunkt med tidszone"),
        ({"pending_time": "2020-01-05T15:00:00Z"}, "efter nu"),
        ({"erhverv_kanal": "fax"}, "erhverv_kanal"),
        ({"erhverv_servicepakke": "findes-ikke"}, "erhverv_servicepakke"),
        ({"erhverv_ydelser": ["findes-ikke"]}, "erhverv_ydelser"),
        ({"erhverv_udfald": "godt"}, "erhverv_udfald"),
    ],
)
def test_what_is_no_ticket_is_refused_and_nothing_stored(server: Server, change: dict[str, Any], siger: str) -> None:
    client = server.klient()
    client.user.create(KUNDE)
    assert siger in afvist(client.ticket.create, sag(**change))["error_human"]
    assert antal(server) == 0


@pytest.mark.parametrize(
    "customer",
    [
        {"customer": {**KUNDE}},
        {"customer": {"phone": "+45 20417703", "firstname": "Prøve"}},
        {"customer_id": "guess:proeve@example.com", "customer": None},
    ],
)
def test_a_contact_may_come_with_the_ticket(server: Server, customer: dict[str, Any]) -> None:
    client = server.klient()
    first, second = client.ticket.create(sag(**customer)), client.ticket.create(sag(**customer))
    assert first["customer_id"] == second["customer_id"] and antal(server) == 2
    assert len([one for one in client.user.all() if 3 in one["role_ids"]]) == 1


def test_everything_that_a_new_ticket_may_hold(server: Server) -> None:
    owner = server.medarbejder()
    client = server.klient()
    company = client.organization.create({"name": "Prøvetegnestuen"})
    group = next(one for one in client.group.all(filters={"per_page": 100}) if one["name"] == "team-opstart-vaekst")
    ticket = client.ticket.create(
        sag(
            group=None, group_id=group["id"], customer={**KUNDE}, organization_id=company["id"], state="open", owner_id=owner,
            tags=["fortov"], pending_time="2099-01-05T15:00:00Z", erhverv_kanal="moede", erhverv_servicepakke="opstartspakke",
            erhverv_ydelser=["ivaerksaetterkurser"], priority_id=2,
            article={"body": "<p>Hej</p><script>alert(1)</script><p>Vi &amp; vores</p>", "content_type": "text/html"},
        )
    )  # fmt: skip
    case = ticket["erhverv"]
    assert (case["team"], case["status"], case["ejer"], case["kanal"]) == (
        "team-opstart-vaekst",
        "i gang",
        "Prøve Kollega",
        "moede",
    )
    assert (case["servicepakke"], case["ydelser"]) == ("opstartspakke", ["ivaerksaetterkurser"])
    assert case["hovedindhold"] == "Borde på fortovet\n\nHej\n\nVi & vores"
    assert case["svarfrist"] == "2099-01-05T16:00:00+01:00" and ticket["organization_id"] == company["id"]
    assert case["virksomhed"]["navn"] == "Prøvetegnestuen" and client.ticket.tags(ticket["id"]) == {"tags": ["fortov"]}


def test_an_internal_first_article_is_never_the_summary(server: Server) -> None:
    client = server.klient()
    ticket = client.ticket.create(sag(customer={**KUNDE}, article={"body": "Kun for os", "internal": True}))
    assert ticket["erhverv"]["hovedindhold"] == "Borde på fortovet"
    articles = client.ticket.articles(ticket["id"])
    assert [(one["body"], one["internal"]) for one in articles] == [("Borde på fortovet", False), ("Kun for os", True)]


def test_a_cpr_number_is_kept_nowhere(server: Server) -> None:
    client = server.klient()
    article = {"body": "Mit nummer er 010190-1234", "type": "note"}
    named = {**KUNDE, "lastname": "Prøvesen 010190-1234"}
    ticket = client.ticket.create(sag(title="Fra 010190-1234", customer=named, article=article))
    client.ticket_article.create({"ticket_id": ticket["id"], "body": "igen 010190-1234", "subject": "010190-1234"})
    seen = str(client.ticket.find(ticket["id"])) + str(client.ticket.articles(ticket["id"]))
    assert kald(server, "POST", "tag_list", server.token("Mærker"), json={"name": "010190-1234"}).status_code == 200
    seen += str(client.user.all()) + kald(server, "GET", "tag_list", server.token("Læser")).text
    assert "1234" not in seen and seen.count("[CPR]") >= 6


def test_the_same_key_is_the_same_ticket_also_at_the_same_moment(server: Server) -> None:
    client = server.klient(additional_headers=[("Idempotency-Key", "bestilling-7")])
    other = server.klient("Andet", additional_headers=[("Idempotency-Key", "bestilling-7")])
    body = sag(customer={**KUNDE}, tags="fortov")
    found: list[dict[str, Any]] = []
    threads = [threading.Thread(target=lambda: found.append(client.ticket.create(body))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({ticket["number"] for ticket in found}) == 1 and len(found) == 6 and antal(server) == 1
    assert other.ticket.create(body)["number"] != found[0]["number"]
    client.session.headers["Idempotency-Key"] = "x" * 151
    assert "højst være på 150" in afvist(client.ticket.create, body)["error_human"]


def test_changes_without_a_version_never_undo_each_other(server: Server) -> None:
    server.medarbejder()
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    token = server.token("Samtidig")
    changes = [{"state": "open"}, {"owner": "kollega"}, {"group": "team-hr"}, {"pending_time": "2099-01-05T15:00:00Z"}]
    codes: list[int] = []
    threads = [
        threading.Thread(
            target=lambda body=body: codes.append(kald(server, "PUT", f"tickets/{ident}", token, json=body).status_code)
        )
        for body in changes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = client.ticket.find(ident)["erhverv"]
    assert codes == [200] * 4
    assert (case["status"], case["ejer"], case["team"]) == ("i gang", "Prøve Kollega", "team-hr")


def test_of_two_with_the_same_version_one_is_refused(server: Server) -> None:
    client = server.klient()
    ticket = client.ticket.create(sag(customer={**KUNDE}))
    path, token = f"tickets/{ticket['id']}", server.token("Samtidig")
    changes = [({"state": "open"}, "En"), ({"group": "team-hr"}, "To")]
    bodies = [
        {**change, "erhverv_version": ticket["erhverv_version"], "article": {"body": text, "internal": True}}
        for change, text in changes
    ]
    answers = [kald(server, "PUT", path, token, json=body) for body in bodies]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert [one["body"] for one in client.ticket.articles(ticket["id"]) if one["internal"]] == ["En"]
    for version in ("1", True, 1.5):
        assert "erhverv_version" in afvist(client.ticket.update, ticket["id"], {"erhverv_version": version})["error_human"]


def test_a_ticket_sent_back_as_it_came_changes_nothing(server: Server) -> None:
    client = server.klient()
    made = client.ticket.create(sag(customer={**KUNDE}, state="open"))
    whole = kald(server, "GET", f"tickets/{made['id']}?expand=true", server.token("Andet")).json()
    again = client.ticket.update(made["id"], whole)
    assert again["erhverv_version"] == made["erhverv_version"] and again["erhverv"] == made["erhverv"]


@KUN_SQLITE
@pytest.mark.parametrize(
    ("change", "siger"),
    [
        ({"title": "Noget andet"}, "hovedindholdets første linje"),
        ({"tags": "fortov"}, "tags/add"),
        ({"priority_id": 3}, "ingen prioritet"),
        ({"erhverv_udfald": "loest"}, "når sagen afsluttes"),
        ({"pending_time": "2020-01-05T15:00:00Z"}, "efter nu"),
        ({"article": "tekst"}, "article skal være et objekt"),
        ({"article": {"body": ""}}, "ingen tekst"),
        ({"state": "open", "article": {"body": "x", "type": "chat"}}, "ikke skrives i chatten"),
        ({"organization": "Anden"}, "virksomhed kan ikke ændres"),
    ],
)
def test_what_cannot_be_changed_is_refused_whole(server: Server, change: dict[str, Any], siger: str) -> None:
    client = server.klient()
    client.organization.create({"name": "Anden"})
    ticket = client.ticket.create(sag(customer={**KUNDE}))
    assert siger in afvist(client.ticket.update, ticket["id"], change)["error_human"]
    assert client.ticket.find(ticket["id"])["erhverv_version"] == ticket["erhverv_version"]


def test_a_closed_case_is_reopened_before_it_is_changed(server: Server) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    closed = client.ticket.update(ident, {"state": "closed", "erhverv_udfald": "henvist"})
    assert closed["erhverv_udfald"] == "henvist"
    assert "genåbn sagen først" in afvist(client.ticket.update, ident, {"group": "team-hr"})["error_human"]
    assert "genåbn sagen først" in afvist(client.ticket_tag.add, ident, "fortov")["error_human"]
    assert client.ticket.update(ident, {"state": "closed"})["erhverv_version"] == closed["erhverv_version"]
    assert client.ticket.update(ident, {"state": "open", "group": "team-hr"})["erhverv"]["team"] == "team-hr"


def test_an_owner_is_given_and_taken(server: Server) -> None:
    owner = server.medarbejder()
    server.medarbejder("borte", "Borte Kollega", aktiv=False)
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    for given in ({"owner_id": owner}, {"owner": "kollega"}, {"owner": "kollega@example.com"}, {"owner": "Prøve Kollega"}):
        assert client.ticket.update(ident, given)["owner_id"] == owner
        assert client.ticket.update(ident, {"owner_id": 1})["owner_id"] == 1
    assert client.ticket.update(ident, {"owner": "kollega"})["owner_id"] == owner
    assert client.ticket.update(ident, {"owner": "-"})["owner_id"] == 1
    assert "findes ikke" in afvist(client.ticket.update, ident, {"owner": "borte"})["error_human"]


def test_a_change_tells_the_business(server: Server) -> None:
    server.medarbejder()
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    client.ticket.update(ident, {"owner": "kollega"})
    with reading(server.engine) as session:
        letters = list(session.scalars(select(Brev)))
    assert [letter.til for letter in letters] == ["proeve@example.com"] and "Prøve Kollega" in letters[0].tekst


def test_the_history_can_be_read(server: Server) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    client.ticket.update(ident, {"state": "open"})
    lines = kald(server, "GET", f"ticket_history/{ident}", server.token("Andet")).json()["history"]
    assert [(line["attribute"], line["value_from"], line["value_to"], line["type"]) for line in lines] == [
        ("status", None, "ny", "created"), ("status", "ny", "i gang", "updated"),
    ]  # fmt: skip


def test_erased_personal_data_never_come_back(server: Server) -> None:
    client = server.klient()
    ticket = client.ticket.create(sag(customer={**KUNDE}))
    client.ticket_article.create({"ticket_id": ticket["id"], "body": "Prøve Person ringede", "internal": True})
    lonely = client.user.create({"firstname": "Ensom", "email": "ensom@example.com"})
    later = nu().replace(year=nu().year + 2)
    assert slet_personoplysninger(server.engine, later, later, "Personoplysninger er slettet.") == 1
    afvist(client.user.find, ticket["customer_id"])
    afvist(client.user.find, lonely["id"])
    seen = [client.ticket.find(ticket["id"]), client.ticket.articles(ticket["id"]), list(client.user.all()),
            list(client.ticket.search("proeve@example.com")), list(client.user.search("ensom")),
            list(client.organization.all()), list(client.ticket_article.all())]  # fmt: skip
    for personal in ("proeve@example.com", "20417703", "Prøve Person", "Ensom", "borde ud"):
        assert personal not in str(seen)
    assert client.ticket.find(ticket["id"])["customer_id"] is None
    assert henvendelser.som_json(server.engine, ticket["number"]) is not None
