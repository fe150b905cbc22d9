"""What of a case comes to stand in Zammad."""

from __future__ import annotations

import json

from sqlalchemy import delete, exists, select

from connectors.crm import artikler, henvendelser
from connectors.crm.korrespondance import Artikel, Maerke
from connectors.crm.models import Henvendelse, Kontakt
from connectors.crm.opbevaring import slet_personoplysninger
from connectors.database import writing
from connectors.desk.models import Medarbejder
from connectors.zammad.levering import proev_igen
from tests.crm.eksempler import NU
from tests.zammad.conftest import Hus

ARKITEKT = "Nystartet arkitekt søger hjælp til at finde kunder."


async def test_a_new_case_becomes_a_ticket_with_its_contact_company_and_summary(hus: Hus) -> None:
    number = hus.sag()
    found = await hus.alle()
    ticket = hus.zammad.ticket(number)
    assert (found.leveret, found.venter, found.opgivet) == (1, 0, 0)
    assert ticket["title"] == f"{number} · opstartspakke"
    assert (ticket["group"], ticket["state"]) == ("team-opstart-vaekst", "new")
    customer = hus.zammad.users[ticket["customer_id"]]
    assert (customer["firstname"], customer["lastname"]) == ("Prøve", "Person")
    assert (customer["email"], customer["phone"]) == ("proeve@example.com", "20417703")
    assert customer["organization"] == "Prøvetegnestuen (CVR 97225249)"
    (body,) = hus.zammad.bodies(number)
    assert body.startswith(ARKITEKT) and "Prøvetegnestuen, 97225249" in body
    assert json.loads(ticket["erhverv"]) == henvendelser.som_json(hus.engine, number)


async def test_changes_follow(hus: Hus) -> None:
    number = hus.sag()
    await hus.alle()
    for status, state in (("i gang", "open"), ("afventer virksomheden", "pending reminder"), ("afsluttet", "closed")):
        hus.aendr(number, status=status, team="team-hr")
        await hus.alle()
        ticket = hus.zammad.ticket(number)
        assert (ticket["state"], ticket["group"]) == (state, "team-hr")
    assert len(hus.zammad.tickets) == 1 and len(hus.zammad.bodies(number)) == 1


async def test_a_case_that_waits_for_the_business_has_its_deadline_as_the_reminder(hus: Hus) -> None:
    number = hus.sag()
    hus.aendr(number, status="afventer virksomheden")
    await hus.alle()
    assert hus.zammad.ticket(number)["pending_time"] == "2026-11-26T15:00:00.000Z"
    hus.aendr(number, status="i gang")
    await hus.alle()
    assert hus.zammad.ticket(number)["pending_time"] is None


async def test_the_groups_of_the_settings_are_used(hus: Hus) -> None:
    hus.changes = {"zammad_groups": {"team-opstart-vaekst": "team-hr"}}
    number = hus.sag()
    await hus.alle()
    assert hus.zammad.ticket(number)["group"] == "team-hr"


async def test_articles_come_once_each_in_order_and_internal_ones_are_internal(hus: Hus) -> None:
    number = hus.sag()
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "Kun for os", nu=NU)
    await hus.alle()
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "ud", "mail", "Kære Prøve", emne="Svar", nu=NU)
    artikler.tilfoej(hus.engine, number, "Prøve Person", "ind", "telefon", "Tak", nu=NU)
    found = await hus.alle()
    again = await hus.alle()
    assert hus.zammad.bodies(number)[1:] == ["Kun for os", "Kære Prøve", "Tak"]
    assert [one["internal"] for one in hus.zammad.articles] == [False, True, False, False]
    assert [one["sender"] for one in hus.zammad.articles] == ["Customer", "Agent", "Agent", "Customer"]
    assert {one["type"] for one in hus.zammad.articles} == {"note"}
    assert hus.zammad.articles[2]["subject"] == "E-mail til virksomheden · Prøve Kollega: Svar"
    assert found.leveret == again.leveret == 1


async def test_tags_are_added_and_those_over_there_left(hus: Hus) -> None:
    number = hus.sag()
    await hus.alle()
    ident = hus.zammad.ticket(number)["id"]
    hus.zammad.tags[ident] = ["deres"]
    with writing(hus.engine) as session:
        row = henvendelser.laas(session, number)
        session.add(Maerke(henvendelse_id=row.id, navn="haster"))
        henvendelser.roer_ved(session, row, NU)
    await hus.alle()
    assert hus.zammad.tags[ident] == ["deres", "haster"]


async def test_the_owner_is_the_agent_with_the_same_address(hus: Hus) -> None:
    agent = hus.zammad.agent("kollega@example.com")
    number = hus.sag()
    with writing(hus.engine) as session:
        one = Medarbejder(brugernavn="kollega", navn="Prøve Kollega", fornavn="Prøve", email="Kollega@example.com",
                          roller=["konsulent"], enheder=[], oprettet=NU)  # fmt: skip
        other = Medarbejder(brugernavn="anden", navn="Anden Kollega", fornavn="Anden", email="anden@example.com",
                            roller=["konsulent"], enheder=[], oprettet=NU)  # fmt: skip
        session.add_all([one, other])
        session.flush()
        ids = one.id, other.id
    await hus.alle()
    assert hus.zammad.ticket(number)["owner_id"] == 1  # nobody
    for ident, navn in zip(ids, ("Prøve Kollega", "Anden Kollega"), strict=True):
        with writing(hus.engine) as session:
            row = henvendelser.laas(session, number)
            henvendelser.aendr_i(session, row, {"ejer": navn, "ejer_id": ident}, "Prøve Kollega", NU)
        await hus.alle()
        assert hus.zammad.ticket(number)["owner_id"] == agent  # the other is unknown over there: left as it is


async def test_a_contact_known_over_there_is_used_as_it_is(hus: Hus) -> None:
    known = hus.zammad.agent("proeve@example.com")
    number = hus.sag()
    await hus.alle()
    assert hus.zammad.ticket(number)["customer_id"] == known
    assert hus.zammad.users[known]["lastname"] == "Kollega"


async def test_two_cases_of_one_contact_without_e_mail_have_one_customer(hus: Hus) -> None:
    kontakt = {"navn": "Prøve Person", "telefon": "20417703", "samtykke": NU}
    first, second = hus.sag("n1", kontakt=kontakt), hus.sag("n2", kontakt=kontakt)
    await hus.alle()
    assert hus.zammad.ticket(first)["customer_id"] == hus.zammad.ticket(second)["customer_id"]


async def test_a_zammad_that_makes_no_organisations_gets_the_case_without(hus: Hus) -> None:
    hus.zammad.maa_oprette_organisation = False
    number = hus.sag()
    await hus.alle()
    assert "organization" not in hus.zammad.users[hus.zammad.ticket(number)["customer_id"]]


async def test_an_organisation_that_the_index_does_not_show_yet_is_used(hus: Hus) -> None:
    hus.zammad.indekseret = False
    hus.sag("n1")
    hus.sag("n2", kontakt={"navn": "Anden Person", "email": "anden@example.com", "samtykke": NU})
    await hus.alle()
    assert len(hus.zammad.organizations) == 1
    assert len({one["organization"] for one in hus.zammad.users.values()}) == 1


async def test_signs_in_a_company_s_name_are_no_search_language(hus: Hus) -> None:
    for index in (1, 2):
        kontakt = {"navn": "Prøve Person", "email": f"p{index}@example.com", "samtykke": NU}
        hus.sag(f"n{index}", kontakt=kontakt, virksomhed={"navn": "Prøve & (Søn): A/S"})
    found = await hus.alle()
    assert found.leveret == 2 and [one["name"] for one in hus.zammad.organizations.values()] == ["Prøve & (Søn): A/S"]


async def test_what_is_erased_here_is_erased_there(hus: Hus) -> None:
    number = hus.sag()
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "Prøve Person ringede", nu=NU)
    await hus.alle()
    assert "proeve@example.com" in hus.zammad.everything()
    _erase(hus)
    found = await hus.alle()
    left = hus.zammad.everything()
    for personal in ("proeve@example.com", "20417703", "Prøve Person", ARKITEKT):
        assert personal not in left
    assert hus.zammad.ticket(number)["state"] == "new" and (found.leveret, found.opgivet) == (1, 0)


async def test_a_contact_that_another_case_holds_is_kept_until_that_is_erased(hus: Hus) -> None:
    first, second = hus.sag("n1"), hus.sag("n2")
    await hus.alle()
    with writing(hus.engine) as session:
        henvendelser.laas(session, second).oprettet = NU.replace(year=2027)
    _erase(hus)
    await hus.alle()
    assert "proeve@example.com" in str(hus.zammad.users)
    assert ARKITEKT not in str(hus.zammad.bodies(first))
    assert hus.zammad.bodies(second)
    slet_personoplysninger(hus.engine, NU.replace(year=2028), NU, "Slettet.")
    await hus.alle()
    assert "proeve@example.com" not in hus.zammad.everything()


async def test_somebody_else_s_contact_over_there_is_left(hus: Hus) -> None:
    hus.zammad.agent("proeve@example.com")
    hus.sag()
    await hus.alle()
    _erase(hus)
    found = await hus.alle()
    assert found.opgivet == 0 and "proeve@example.com" in str(hus.zammad.users)


async def test_what_zammad_does_not_let_us_erase_is_shown_and_can_be_tried_again(hus: Hus) -> None:
    number = hus.sag()
    await hus.alle()
    hus.zammad.maa_slette_artikler = False
    _erase(hus)
    found = await hus.alle()
    (line,) = found.linjer
    assert line.opgivet and "lader os ikke slette artikel" in str(line.fejl)
    assert "proeve@example.com" not in str(hus.zammad.users)  # what could be erased has been
    hus.zammad.maa_slette_artikler = True
    assert proev_igen(hus.engine, hus.nu, number) == 1
    found = await hus.alle()
    assert found.opgivet == 0 and ARKITEKT not in hus.zammad.everything()


async def test_a_case_erased_before_it_was_delivered_makes_no_ticket(hus: Hus) -> None:
    hus.sag()
    _erase(hus)
    found = await hus.alle()
    assert not hus.zammad.tickets and found.leveret == 1


def _erase(hus: Hus) -> None:
    """What the daily sweep does when the time is up."""
    assert slet_personoplysninger(hus.engine, NU.replace(year=2027), NU, "Personoplysninger er slettet.")
    with writing(hus.engine) as session:
        without = select(Henvendelse.id).where(~exists().where(Kontakt.henvendelse_id == Henvendelse.id))
        session.execute(delete(Artikel).where(Artikel.henvendelse_id.in_(without)))
