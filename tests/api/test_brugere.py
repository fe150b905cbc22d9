"""Users and organizations: contacts, staff and companies."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from connectors.crm import fletning, henvendelser
from connectors.crm.tid import nu
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading
from tests.api.conftest import Server
from tests.api.test_ramme import KUN_SQLITE, kald
from tests.api.test_zammad_py import KUNDE, afvist, sag
from tests.crm.eksempler import FRIST, NU, udkast


def test_a_contact_of_the_chat_is_a_user_like_any_other(server: Server) -> None:
    henvendelser.opret(server.engine, udkast(), FRIST, NU)
    client = server.klient()
    (user,) = [one for one in client.user.all() if one["roles"] == ["Customer"]]
    (ticket,) = client.ticket.all()
    assert user["id"] == ticket["customer_id"] and user["organization"] == ticket["organization"] == "Prøvetegnestuen"
    assert client.user.find(user["id"])["login"] == "proeve@example.com"
    (company,) = client.organization.all()
    assert company["member_ids"] == [user["id"]] and company["erhverv_cvr"] == "97225249"


def test_one_contact_of_many_cases_is_one_user_with_what_was_told_last(server: Server) -> None:
    contacts = [("Prøve Person", "20417703"), ("Prøve P. Person", None)]
    for index, (navn, telefon) in enumerate(contacts):
        kontakt = {"navn": navn, "telefon": telefon, "email": "proeve@example.com", "samtykke": NU}
        henvendelser.opret(server.engine, udkast(noegle=f"n{index}", kontakt=kontakt), FRIST, NU)
    (user,) = [one for one in server.klient().user.all() if one["roles"] == ["Customer"]]
    assert (user["firstname"], user["lastname"], user["phone"]) == ("Prøve P.", "Person", None)


def test_staff_and_contacts_page_by_page(server: Server) -> None:
    staff = [server.medarbejder(f"kollega{index}", f"Kollega {index}") for index in range(7)]
    client = server.klient()
    contacts = [
        client.user.create({"firstname": f"Kontakt {index}", "email": f"k{index}@example.com"})["id"] for index in range(8)
    ]
    seen: list[int] = []
    page = client.user.all(filters={"per_page": 5})
    while len(page):
        seen += [one["id"] for one in page]
        page = page.next_page()
    assert seen == staff + contacts
    assert [one["id"] for one in client.user.search("kollega", filters={"per_page": 4, "page": 2})] == staff[4:]
    assert [one["id"] for one in client.user.search('firstname:"Kontakt 3"')] == [contacts[3]]
    assert {one["roles"][0] for one in client.user.all(filters={"per_page": 100})} == {"Agent", "Customer"}


def test_a_contact_is_corrected_in_every_case_that_holds_it(server: Server) -> None:
    client = server.klient()
    user = client.user.create(KUNDE)
    tickets = [client.ticket.create(sag()) for _ in range(2)]
    changed = client.user.update(user["id"], {"lastname": "Personsen", "email": "ny@example.com"})
    assert changed["id"] == user["id"] and changed["phone"] == "20417703"
    for ticket in tickets:
        case = client.ticket.find(ticket["id"])["erhverv"]
        assert case["kontakt"]["navn"] == "Prøve Personsen" and case["kontakt"]["email"] == "ny@example.com"
        assert case["historik"][-1] | {"tid": None} == {
            "tid": None,
            "hvem": "Prøvesystem",
            "felt": "kontakt",
            "fra": None,
            "til": "rettet",
        }
        assert client.ticket.find(ticket["id"])["customer_id"] == user["id"]
    assert not list(client.user.search("email:proeve@example.com"))
    assert client.user.update(user["id"], {})["email"] == "ny@example.com"


@KUN_SQLITE
@pytest.mark.parametrize(
    ("change", "siger"),
    [
        ({"email": "optaget@example.com"}, "allerede en anden kontakts"),
        ({"email": "", "phone": ""}, "e-mail eller telefon"),
        ({"email": "hest"}, "ikke en e-mailadresse"),
        ({"phone": "hest"}, "ikke et telefonnummer"),
        ({"firstname": "x" * 201}, "højst være på 200"),
        ({"firstname": 7}, "skal være en tekst"),
        ({"roles": ["Agent"]}, "kun kontakter"),
        ({"organization": "Ukendt"}, "findes ikke"),
    ],
)
def test_what_is_no_contact_is_refused(server: Server, change: dict[str, Any], siger: str) -> None:
    client = server.klient()
    client.user.create({"firstname": "Optaget", "email": "optaget@example.com"})
    user = client.user.create(KUNDE)
    assert siger in afvist(client.user.update, user["id"], change)["error_human"]
    if change.get("email") != "":
        assert siger in afvist(client.user.create, {"firstname": "Ny", "email": "helt-ny@example.com", **change})["error_human"]
    assert client.user.find(user["id"])["email"] == "proeve@example.com"


def test_the_same_contact_cannot_be_made_twice(server: Server) -> None:
    client = server.klient()
    client.user.create(KUNDE)
    assert "allerede en anden" in afvist(client.user.create, KUNDE)["error_human"]
    henvendelser.opret(server.engine, udkast(kontakt={"navn": "A", "email": "chat@example.com", "samtykke": NU}), FRIST, NU)
    assert "allerede en anden" in afvist(client.user.create, {"email": "chat@example.com"})["error_human"]


def test_of_many_who_make_the_same_contact_at_once_one_does(server: Server) -> None:
    token = server.token()
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(kald(server, "POST", "users", token, json=KUNDE).status_code))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [201, *[422] * 5]


def test_a_contact_without_cases_can_be_deleted(server: Server) -> None:
    client = server.klient()
    user = client.user.create(KUNDE)
    assert client.user.destroy(user["id"]) == {}
    afvist(client.user.find, user["id"])
    agent = server.medarbejder()
    for call, *args in ((client.user.destroy, agent), (client.user.update, agent, {"firstname": "Ny"})):
        assert "skrivebordet" in afvist(call, *args)["error_human"]


@KUN_SQLITE
@pytest.mark.parametrize(
    "ident", [0, 1, 999_999, 1_000_000, 1_999_999, 2_000_000, 2_000_009, 10_000_000, 10_000_009, 9_999_999_999]
)
def test_a_user_that_there_is_not(server: Server, ident: int) -> None:
    assert kald(server, "GET", f"users/{ident}", server.token()).status_code == 404


def test_an_organization_is_made_found_changed_and_kept_apart(server: Server) -> None:
    client = server.klient()
    first = client.organization.create({"name": "Prøvetegnestuen ApS"})
    assert "findes allerede" in afvist(client.organization.create, {"name": "PRØVETEGNESTUEN"})["error_human"]
    second = client.organization.create({"erhverv_cvr": "97225249"})
    assert second["name"] == "CVR 97225249"
    assert "findes allerede" in afvist(client.organization.create, {"name": "Andet", "erhverv_cvr": "97225249"})["error_human"]
    changed = client.organization.update(second["id"], {"name": "Prøvehuset", "erhverv_version": second["erhverv_version"]})
    assert (changed["name"], changed["erhverv_cvr"]) == ("Prøvehuset", "97225249")
    stale = afvist(client.organization.update, second["id"], {"name": "Nej", "erhverv_version": second["erhverv_version"]})
    assert "ændret af en anden" in stale["error_human"]
    assert [one["id"] for one in client.organization.search("name:prøvehuset")] == [second["id"]]
    assert [one["id"] for one in client.organization.search("erhverv_cvr:97225249")] == [second["id"]]
    assert [one["id"] for one in client.organization.all()] == [first["id"], second["id"]]
    for bad, siger in (({"name": " "}, "skal have et navn"), ({"name": "!!"}, "bogstaver"), ({"name": "x" * 201}, "højst"),
                       ({"erhverv_cvr": "12345678"}, "ikke et CVR"), ({"name": "A", "members": ["b"]}, "følger af")):  # fmt: skip
        assert siger in afvist(client.organization.create, bad)["error_human"]


def test_a_company_made_here_is_the_one_that_a_case_finds(server: Server) -> None:
    client = server.klient()
    company = client.organization.create({"name": "Prøvetegnestuen", "erhverv_cvr": "97225249"})
    henvendelser.opret(server.engine, udkast(), FRIST, NU)
    assert [ticket["organization_id"] for ticket in client.ticket.all()] == [company["id"]]


def test_what_has_been_merged_is_the_other(server: Server) -> None:
    client = server.klient()
    first = client.organization.create({"name": "Prøvetegnestuen"})
    second = client.organization.create({"name": "Prøve Tegnestuen og Co"})
    client.user.create({**KUNDE, "organization_id": first["id"]})
    fletning.flet(server.engine, server.library, first["id"], second["id"], "Prøve Kollega", nu())
    assert [one["id"] for one in client.organization.all()] == [second["id"]]
    assert f"lagt sammen med nr. {second['id']}" in afvist(client.organization.find, first["id"])["error_human"]
    assert client.ticket.create(sag())["organization_id"] == second["id"]
    with reading(server.engine) as session:
        assert len(list(session.scalars(select(Virksomhed)))) == 2
