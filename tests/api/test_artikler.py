"""Articles: who sees them, what leaves the house, and that each is written once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from connectors.crm.korrespondance import Artikel
from connectors.database import reading
from connectors.mail.models import Brev
from tests.api.conftest import Server
from tests.api.test_ramme import KUN_SQLITE, kald
from tests.api.test_zammad_py import KUNDE, afvist, sag


def breve(server: Server) -> list[str]:
    with reading(server.engine) as session:
        return list(session.scalars(select(Brev.til).where(Brev.slags == "svar")))


@pytest.mark.parametrize(
    ("said", "retning", "form", "sendt"),
    [
        ({}, "ud", "note", False),
        ({"internal": True}, "intern", "note", False),
        ({"sender": "Customer"}, "ind", "note", False),
        ({"sender_id": 2, "type": "email"}, "ind", "mail", False),
        ({"type": "email"}, "ud", "mail", True),
        ({"type": "email", "internal": True}, "intern", "mail", False),
        ({"type": "phone"}, "ud", "telefon", False),
        ({"type": "web", "sender": "Customer"}, "ind", "web", False),
        ({"type": "chat", "sender": "Customer"}, "ind", "chat", False),
    ],
)
def test_what_each_kind_becomes(server: Server, said: dict[str, Any], retning: str, form: str, sendt: bool) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    made = client.ticket_article.create({"ticket_id": ident, "body": "Teksten", "subject": "Emnet", **said})
    with reading(server.engine) as session:
        row = session.get_one(Artikel, made["id"])
    assert (row.retning, row.form, row.tekst) == (retning, form, "Teksten")
    assert row.hvem == ("Prøve Person" if retning == "ind" else "Prøvesystem")
    assert made["internal"] == (retning == "intern") and made["sender"] == ("Customer" if retning == "ind" else "Agent")
    assert breve(server) == (["proeve@example.com"] if sendt else [])


def test_an_answer_that_cannot_reach_anybody_is_refused(server: Server) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={"firstname": "Prøve", "phone": "20417703"}))["id"]
    refused = afvist(client.ticket_article.create, {"ticket_id": ident, "body": "Hej", "type": "email"})
    assert "ingen e-mailadresse" in refused["error_human"] and len(client.ticket.articles(ident)) == 1


@pytest.mark.parametrize("by", ["Idempotency-Key", "message_id"])
def test_the_same_key_is_the_same_article_and_the_same_mail(server: Server, by: str) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    body = {"ticket_id": ident, "body": "Det skal du søge om", "type": "email"}
    if by == "message_id":
        body["message_id"] = "<svar-1@example.com>"
    else:
        client.session.headers["Idempotency-Key"] = "svar-1"
    first, second = client.ticket_article.create(body), client.ticket_article.create(body)
    assert first["id"] == second["id"] and len(breve(server)) == 1 and len(client.ticket.articles(ident)) == 2
    assert client.ticket.articles(ident)[1]["message_id"] == ("<svar-1@example.com>" if by == "message_id" else "svar-1")


def test_a_key_of_another_case_is_refused(server: Server) -> None:
    client = server.klient()
    first, second = (client.ticket.create(sag(customer={**KUNDE}))["id"] for _ in range(2))
    client.ticket_article.create({"ticket_id": first, "body": "En", "message_id": "m"})
    refused = afvist(client.ticket_article.create, {"ticket_id": second, "body": "En", "message_id": "m"})
    assert "brugt til en anden sag" in refused["error_human"] and len(client.ticket.articles(second)) == 1


def test_internal_notes_are_for_those_who_work_in_the_cases(server: Server) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    note = client.ticket_article.create({"ticket_id": ident, "body": "Kun for os", "internal": True})
    token = server.token("Læser", "laes")
    lists = ["ticket_articles", "tickets/search?query=borde&expand=true"]
    for path in (*lists, f"ticket_articles/by_ticket/{ident}", f"tickets/{ident}?expand=true", f"ticket_history/{ident}"):
        answer = kald(server, "GET", path, token)
        assert answer.status_code == 200 and "Kun for os" not in answer.text
    assert kald(server, "GET", f"ticket_articles/{note['id']}", token).status_code == 404
    assert len(client.ticket.articles(ident)) == 2


def test_a_closed_case_takes_a_note(server: Server) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    client.ticket.update(ident, {"state": "closed"})
    assert client.ticket_article.create({"ticket_id": ident, "body": "Efterskrift", "internal": True})["id"]


@KUN_SQLITE
@pytest.mark.parametrize("ticket", [None, "", "hest", 999_999, -1, 99999999999, "²"])
def test_a_case_that_there_is_not_takes_none(server: Server, ticket: object) -> None:
    answer = kald(server, "POST", "ticket_articles", server.token(), json={"ticket_id": ticket, "body": "x"})
    assert answer.status_code == 404 and "ingen henvendelse" in answer.json()["error_human"]


def test_the_summary_is_the_first_article_by_a_number_of_its_own(server: Server) -> None:
    client = server.klient()
    ident = client.ticket.create(sag(customer={**KUNDE}))["id"]
    first = client.ticket.articles(ident)[0]
    assert client.ticket_article.find(first["id"]) == first
    assert (first["type"], first["sender"], first["subject"]) == ("phone", "Customer", "Borde på fortovet")
    for unknown in (first["id"] + 1, 2_147_483_648, 5):
        afvist(client.ticket_article.find, unknown)
