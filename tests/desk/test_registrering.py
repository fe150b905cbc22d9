"""``/desk/registrer``: what staff type becomes the bot's own case, once, with nothing lost on the way."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from connectors.crm import henvendelser
from connectors.crm.models import Henvendelse
from connectors.crm.tid import nu
from connectors.crm.virksomhed import Virksomhed
from connectors.database import off_loop, reading, writing
from connectors.desk.models import Revision
from connectors.mail.models import Brev
from connectors.tracker import TrackerEvent
from connectors.website.models import Besked, Samtale
from tests.desk.kontor import Browser, log_ind
from tests.desk.mening import mening
from tests.desk.sager import opret
from tests.website.fakes import FakeRasa

REGISTRER = "/desk/registrer"
KONTAKT = {
    "svar-navn": "Karla Prøvesen", "svar-telefon": "20 41 77 03", "svar-cvr": "97 22 52 49",
    "svar-virksomhed": "Prøvehuset ApS", "samtykke": "ja",
}  # fmt: skip
SERVICE = {"kanal": "telefon", "sagt": "vi vil gerne have borde ud på fortovet", "ydelse": "udeservering", **KONTAKT}


def formular(**felter: str) -> dict[str, str]:
    """A form with a token of its own, as the page sends it."""
    return {
        "noegle": str(uuid.uuid4()),
        "handling": "opret",
        **SERVICE,
        **{name.replace("__", "-"): v for name, v in felter.items()},
    }


def sager(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        numbers = list(session.scalars(select(Henvendelse.nummer).order_by(Henvendelse.id)))
    return [found for number in numbers if (found := henvendelser.som_json(engine, number))]


def revisioner(engine: Engine, handling: str) -> list[tuple[str, str]]:
    with reading(engine) as session:
        rows = session.scalars(select(Revision).where(Revision.handling == handling).order_by(Revision.id))
        return [(row.slags, row.noegle) for row in rows]


async def fejl(desk: Browser, data: dict[str, Any], status: int = 422) -> str:
    response = await desk.post(REGISTRER, data)
    page = await response.text()
    assert response.status == status, page
    return page


async def test_a_call_becomes_a_case_for_the_services_unit(desk: Browser, engine: Engine) -> None:
    before = nu()
    response = await desk.post(REGISTRER, formular())
    assert response.status == 303
    [case] = await off_loop(sager, engine)
    assert response.headers["Location"] == f"/desk/sager/{case['number']}"
    assert (case["kanal"], case["status"], case["team"], case["ejer"]) == ("telefon", "ny", "tmf-byliv", None)
    assert case["virksomhed"]["cvr"] == "97225249"
    assert case["kontakt"]["telefon"] == "20417703"
    assert before.timestamp() - 1 <= dt.datetime.fromisoformat(case["kontakt"]["samtykke"]).timestamp() <= nu().timestamp()
    assert case["ydelser"] == ["udeservering"]
    assert case["svar"] == {"behov": SERVICE["sagt"]}
    assert case["hovedindhold"].startswith("Har ringet.")
    assert [agreement["tekst"] for agreement in case["aftaler"]] == ["Kontakter virksomheden"]
    assert case["historik"][0]["hvem"] == desk.bruger.navn
    assert ("henvendelse", case["number"]) in await off_loop(revisioner, engine, "oprettet")
    assert f"{case['number']} er oprettet." in await desk.side(f"/desk/sager/{case['number']}")


async def test_the_form_sent_twice_is_one_case_and_says_so(desk: Browser, engine: Engine) -> None:
    sent = formular(straks="ja")
    first = await desk.post(REGISTRER, sent)
    second = await desk.post(REGISTRER, sent)
    assert first.headers["Location"] == second.headers["Location"]
    [case] = await off_loop(sager, engine)
    assert case["status"] == "afsluttet"
    assert len([line for line in case["historik"] if line["felt"] == "status" and line["til"] == "afsluttet"]) == 1
    page = await desk.side(second.headers["Location"])
    assert "var allerede oprettet" in page


async def test_the_back_button_and_another_business_loses_neither(desk: Browser, engine: Engine) -> None:
    sent = formular()
    await desk.post(REGISTRER, sent)
    page = await fejl(desk, {**sent, "svar-navn": "Aske Testesen", "sagt": "vi vil have et skilt op"}, 409)
    assert "allerede brugt til KBH-" in page
    assert "Aske Testesen" in page
    fresh = re.search(r'name="noegle" value="([^"]+)"', page)
    assert fresh is not None
    assert fresh[1] != sent["noegle"]
    again = {**sent, "noegle": fresh[1], "svar-navn": "Aske Testesen", "sagt": "vi vil have et skilt op"}
    assert (await desk.post(REGISTRER, again)).status == 303
    assert [case["kontakt"]["navn"] for case in await off_loop(sager, engine)] == ["Karla Prøvesen", "Aske Testesen"]


async def test_two_members_of_staff_never_share_a_key(kontor: TestClient[Any, Any], engine: Engine) -> None:
    sent = formular()
    for name in ("anna", "bo"):
        browser = await log_ind(kontor, engine, name, ["front"])
        assert (await browser.post(REGISTRER, sent)).status == 303
    assert len(await off_loop(sager, engine)) == 2


async def test_solved_at_once_is_closed_by_the_front_with_nothing_promised(desk: Browser, engine: Engine) -> None:
    await desk.post(REGISTRER, formular(straks="ja", **{"svar-email": "karla@example.dk"}))
    [case] = await off_loop(sager, engine)
    assert (case["status"], case["team"], case["ejer"]) == ("afsluttet", "frontfunktion", desk.bruger.navn)
    assert case["aftaler"] == []
    with reading(engine) as session:
        assert session.scalar(select(Henvendelse.udfald)) == "straks"


async def test_staff_can_keep_the_case_or_choose_another_unit(desk: Browser, engine: Engine) -> None:
    await desk.post(REGISTRER, formular(tag="ja", enhed="team-tmf"))
    [case] = await off_loop(sager, engine)
    assert (case["team"], case["ejer"], case["status"]) == ("team-tmf", desk.bruger.navn, "ny")


async def test_the_business_is_told_by_mail_once(desk: Browser, engine: Engine) -> None:
    sent = formular(**{"svar-email": "karla@example.dk"})
    await desk.post(REGISTRER, sent)
    await desk.post(REGISTRER, sent)
    [case] = await off_loop(sager, engine)
    with reading(engine) as session:
        [letter] = session.scalars(select(Brev)).all()
    assert letter.til == "karla@example.dk"
    assert case["number"] in letter.tekst
    assert "Vi har oprettet din henvendelse" in letter.tekst


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"samtykke": ""}, "Uden et ja må henvendelsen ikke oprettes"),
        ({"svar-navn": ""}, "Skriv navnet på den, vi skal kontakte"),
        ({"svar-telefon": ""}, "Skriv et telefonnummer eller en e-mail"),
        ({"svar-telefon": "ring bare"}, "Det er ikke et telefonnummer"),
        ({"svar-email": "karla(a)example"}, "Det er ikke en e-mailadresse"),
        ({"svar-cvr": "97225248"}, "Cifrene passer ikke sammen"),
        ({"svar-cvr": "9722524"}, "har otte cifre, og her mangler der nogle"),
        ({"svar-ansatte": "en del"}, "Antallet kan ikke læses"),
        ({"sagt": "", "ydelse": ""}, "Skriv kort, hvad det drejer sig om"),
        ({"kanal": ""}, "Vælg, hvordan henvendelsen er kommet"),
        ({"kanal": "brevdue"}, "Vælg, hvordan henvendelsen er kommet"),
        ({"enhed": "findes-ikke"}, "Enheden findes ikke"),
        ({"samtykke_dato": "2099-01-01"}, "kan ikke have sagt ja i fremtiden"),
        ({"samtykke_dato": "i går"}, "Skriv datoen som"),
        ({"aftale_tekst-0": "", "aftale_dato-0": "2099-01-01"}, "Skriv, hvad der er aftalt"),
        ({"aftale_tekst-0": "Ringer op", "aftale_dato-0": "2020-01-01"}, "Fristen skal ligge efter nu"),
        ({"opgave_ydelse-0": "brandsyn"}, "Vælg den enhed, der skal gøre det"),
    ],
)
async def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Browser, engine: Engine, changed: dict[str, str], told: str
) -> None:
    sent = {**formular(aftale_tekst__0="Sender et brev om åbningen"), **changed}
    page = await fejl(desk, sent)
    assert told in page
    assert "Det blev ikke gemt. Ret dette:" in page
    assert await off_loop(sager, engine) == []
    for name, value in sent.items():
        if name.startswith(("svar-", "aftale_", "opgave_ydelse")) and value:
            assert value in page, name
    if sent["sagt"]:
        assert sent["sagt"] in page
    summary = re.findall(r'<li><a href="#([^"]+)">', page)
    assert summary
    assert all(f'id="{anchor}"' in page for anchor in summary), summary


async def test_consent_given_earlier_keeps_its_time(desk: Browser, engine: Engine) -> None:
    await desk.post(REGISTRER, formular(kanal="mail", samtykke_dato="2026-01-05", samtykke_tid="9:30"))
    [case] = await off_loop(sager, engine)
    assert case["kontakt"]["samtykke"] == "2026-01-05T09:30:00+01:00"
    assert case["hovedindhold"].startswith("Har skrevet en mail.")


async def test_a_cpr_number_is_never_stored_and_staff_are_told(desk: Browser, engine: Engine) -> None:
    response = await desk.post(REGISTRER, formular(sagt="ejeren 010190-1234 vil have borde ud"))
    assert response.status == 303
    [case] = await off_loop(sager, engine)
    assert "1234" not in json.dumps(case)
    assert "[CPR]" in case["hovedindhold"]
    page = await (await desk.post(REGISTRER, {**formular(sagt="ejeren 010190-1234"), "handling": "vis"})).text()
    assert "Et CPR-nummer er fjernet" in page
    assert "010190" not in page


async def test_delopgaver_and_agreements_are_made_with_their_deadlines(desk: Browser, engine: Engine) -> None:
    due = (nu() + dt.timedelta(days=30)).date().isoformat()
    data = formular(
        aftale_tekst__0="Ringer, når tegningerne er klar", aftale_dato__0=due, opgave_enhed__0="oekf-brand",
        opgave_ydelse__0="brandsyn", opgave_dato__0=due,
    )  # fmt: skip
    several = [("csrf", desk.bruger.csrf), *data.items(), ("ydelse", "alkoholbevilling"), ("opgave_vist", "x|y")]
    response = await desk.client.post(REGISTRER, data=several, allow_redirects=False)
    assert response.status == 303, await response.text()
    [case] = await off_loop(sager, engine)
    assert case["team"] == "frontfunktion"
    assert case["ydelser"] == ["udeservering", "alkoholbevilling"]
    assert [(task["enhed"], task["ydelse"]) for task in case["delopgaver"]] == [
        ("tmf-byliv", "udeservering"), ("kff-bevilling", "alkoholbevilling"), ("oekf-brand", "brandsyn"),
    ]  # fmt: skip
    assert case["delopgaver"][2]["frist"].startswith(f"{due}T16:00")
    agreement = case["aftaler"][1]
    assert (agreement["tekst"], agreement["ejer"]) == ("Ringer, når tegningerne er klar", desk.bruger.navn)
    assert agreement["frist"].startswith(f"{due}T16:00")


async def test_a_delopgave_that_staff_unmark_is_not_made(desk: Browser, engine: Engine) -> None:
    several = [
        ("csrf", desk.bruger.csrf), *formular().items(), ("ydelse", "alkoholbevilling"),
        ("opgave_vist", "tmf-byliv|udeservering"), ("opgave_vist", "kff-bevilling|alkoholbevilling"),
        ("opgave", "kff-bevilling|alkoholbevilling"),
    ]  # fmt: skip
    assert (await desk.client.post(REGISTRER, data=several, allow_redirects=False)).status == 303
    [case] = await off_loop(sager, engine)
    assert [task["enhed"] for task in case["delopgaver"]] == ["kff-bevilling"]


async def test_what_the_text_says_is_filled_in_and_read_as_in_the_chat(desk: Browser, rasa: FakeRasa) -> None:
    rasa.meaning = mening("pakke/opstartspakke", "ydelse/ivaerksaetterkurser")
    text = "Jeg hedder Karla Prøvesen, jeg er arkitekt, vores tegnestue ligger i Valby"
    sent = {"noegle": str(uuid.uuid4()), "kanal": "telefon", "sagt": text, "handling": "vaelg:pakke/opstartspakke"}
    page = await (await desk.post(REGISTRER, sent)).text()
    assert re.search(r'name="svar-branche" value="arkitekt"', page)
    assert 'name="svar-navn" value="Karla Prøvesen"' in page
    assert re.search(r'name="valg-beliggenhed" value="0" checked', page)
    assert 'value="vaelg:ydelse/ivaerksaetterkurser"' in page
    assert '<option value="opstartspakke" selected>' in page


async def test_a_field_that_staff_empty_stays_empty(desk: Browser) -> None:
    sent = {
        "noegle": str(uuid.uuid4()),
        "kanal": "telefon",
        "sagt": "Jeg er arkitekt",
        "pakke": "opstartspakke",
        "handling": "vis",
    }
    page = await (await desk.post(REGISTRER, sent)).text()
    filled = re.search(r'name="forudfyldt" value="([^"]*)"', page)
    assert filled is not None
    assert "branche" in filled[1].split(",")
    again = await (await desk.post(REGISTRER, {**sent, "forudfyldt": filled[1], "svar-branche": ""})).text()
    assert 'name="svar-branche" value=""' in again


async def test_the_assessment_follows_the_answers(desk: Browser) -> None:
    sent = {
        "noegle": str(uuid.uuid4()), "kanal": "telefon", "pakke": "hr-pakke", "valg-beliggenhed": "0", "handling": "vis",
    }  # fmt: skip
    small = await (await desk.post(REGISTRER, {**sent, "svar-stadie": "vi har kørt i 12 år", "svar-ansatte": "8"})).text()
    assert "passer ikke" in small
    large = await (await desk.post(REGISTRER, {**sent, "svar-stadie": "vi har kørt i 12 år", "svar-ansatte": "80"})).text()
    assert '<span class="badge badge-success">passer</span>' in large
    assert "HR-teamet for virksomheder" in large
    assert 'name="ydelse" value="jobrotation"' in large
    assert "er læst som det markerede" in large
    assert re.search(r'name="valg-stadie" value="2" checked', large)


async def test_a_package_without_a_service_chosen_is_not_registered(desk: Browser) -> None:
    sent = {**formular(pakke="hr-pakke", ydelse=""), "valg-stadie": "2", "valg-beliggenhed": "0", "svar-ansatte": "80"}
    assert "Vælg mindst én af pakkens ydelser" in await fejl(desk, sent)
    chosen = await (await desk.post(REGISTRER, {**sent, "handling": "anbefalede"})).text()
    marked = re.findall(r'name="ydelse" value="([^"]+)" checked', chosen)
    assert marked
    assert len(marked) == chosen.count('<span class="badge badge-success">anbefales</span>')


async def test_by_hand_it_works_without_rasa(desk: Browser, rasa: FakeRasa, engine: Engine) -> None:
    await rasa.stop()
    page = await (await desk.post(REGISTRER, {**formular(), "handling": "vis"})).text()
    assert "Forslagene kan ikke hentes lige nu" in page
    assert '<option value="alkoholbevilling">' in page
    added = await (await desk.post(REGISTRER, {**formular(), "tilfoej_ydelse": "alkoholbevilling", "handling": "tilfoej"})).text()
    assert re.search(r'name="ydelse" value="alkoholbevilling" checked', added)
    assert (await desk.post(REGISTRER, formular())).status == 303
    assert len(await off_loop(sager, engine)) == 1


async def test_a_known_company_is_told_and_not_asked_again(desk: Browser, engine: Engine) -> None:
    told = {"cvr": "97225249", "navn": "Prøvehuset ApS", "branche": "hotel", "ansatte": 80}
    number = await off_loop(opret, engine, virksomhed=told)
    sent = {"noegle": str(uuid.uuid4()), "kanal": "telefon", "svar-cvr": "97 22 52 49", "handling": "slaa-op"}
    page = await (await desk.post(REGISTRER, sent)).text()
    assert number in page
    assert "1 tidligere henvendelse" in page
    assert 'name="svar-virksomhed" value="Prøvehuset ApS"' in page
    assert 'name="svar-ansatte" value="80"' in page
    assert 'name="svar-branche" value="hotel"' in page
    contact = await (await desk.post(REGISTRER, {**sent, "handling": "kontakt:0"})).text()
    assert re.search(r'name="svar-telefon" value="\d', contact)
    looked_at = [line for line in await off_loop(revisioner, engine, "set") if line[0] == "virksomhed"]
    assert len(looked_at) == 2  # each of the two forms was new; the one that has it shown already adds none
    shown = re.search(r'name="opslag" value="(\d+)"', page)
    assert shown is not None
    await desk.post(REGISTRER, {**sent, "opslag": shown[1], "handling": "vis"})
    assert len([line for line in await off_loop(revisioner, engine, "set") if line[0] == "virksomhed"]) == 2


async def test_a_name_finds_companies_to_choose_between(desk: Browser, engine: Engine) -> None:
    await off_loop(opret, engine, virksomhed={"cvr": "97225249", "navn": "Prøvehuset Nord"})
    await off_loop(opret, engine, virksomhed={"navn": "Prøvehuset Syd"})
    sent = {"noegle": str(uuid.uuid4()), "kanal": "telefon", "svar-virksomhed": "prøvehuset", "handling": "slaa-op"}
    page = await (await desk.post(REGISTRER, sent)).text()
    found = dict(re.findall(r'value="(firma:\d+)">(Prøvehuset \w+)', page))
    assert set(found.values()) == {"Prøvehuset Nord", "Prøvehuset Syd"}
    north = next(key for key, name in found.items() if name == "Prøvehuset Nord")
    chosen = await (await desk.post(REGISTRER, {**sent, "handling": north})).text()
    assert 'name="svar-cvr" value="97225249"' in chosen


async def test_a_konsulent_learns_no_cases_of_others_but_who_the_key_account_manager_is(
    kontor: TestClient[Any, Any], engine: Engine
) -> None:
    front = await log_ind(kontor, engine, "kim", ["konsulent"], ["team-hr"])
    other = await log_ind(kontor, engine, "karl", ["konsulent"], ["team-opstart-vaekst"])
    number = await off_loop(opret, engine, team="team-hr", virksomhed={"cvr": "97225249", "navn": "Prøvehuset"})

    def give() -> None:
        with writing(engine) as session:
            session.scalars(select(Virksomhed)).one().kam_id = front.bruger.id

    await off_loop(give)
    sent = {"noegle": str(uuid.uuid4()), "kanal": "telefon", "svar-cvr": "97225249", "handling": "slaa-op"}
    page = await (await other.post(REGISTRER, sent)).text()
    assert number not in page
    assert "Prøvehuset" not in page
    assert "Kim Prøve" in page


async def test_a_case_that_its_maker_may_not_see_is_told_without_its_page(kontor: TestClient[Any, Any], engine: Engine) -> None:
    konsulent = await log_ind(kontor, engine, "kim", ["konsulent"], ["team-hr"])
    response = await konsulent.post(REGISTRER, formular())
    assert response.headers["Location"] == REGISTRER
    [case] = await off_loop(sager, engine)
    page = await konsulent.side(REGISTRER)
    assert f"{case['number']} er oprettet." in page
    assert "som du ikke har adgang til" in page


async def test_who_may_register(kontor: TestClient[Any, Any], engine: Engine) -> None:
    for role, status in (
        ("front", 200),
        ("konsulent", 200),
        ("backoffice", 403),
        ("redaktør", 403),
        ("analytiker", 403),
        ("admin", 403),
    ):
        browser = await log_ind(kontor, engine, role, [role])
        assert (await browser.get(REGISTRER)).status == status, role
        assert (await browser.post(REGISTRER, {**formular(), "handling": "vis"})).status == status, role
        assert ("/desk/registrer" in await browser.side("/desk/konto")) is (status == 200), role
    assert (await kontor.get(REGISTRER, allow_redirects=False)).status == 303


async def test_without_the_forms_secret_nothing_is_made(desk: Browser, engine: Engine) -> None:
    response = await desk.client.post(REGISTRER, data=formular(), allow_redirects=False)
    assert response.status == 403
    assert await off_loop(sager, engine) == []


def chat(engine: Engine, ident: str, state: str, hvem: int | None = None) -> None:
    """A conversation that has told the bot of a café, and answered some of the package's questions."""
    firma = {"virksomhed": "Café Prøve", "navn": "Karla Prøvesen", "telefon": "20417703"}
    forloeb = {
        "slags": "pakke", "noegle": "k", "pakke": "cafe-restaurationspakke", "tekst": {"type_sted": "en café"},
        "svar": {"type_sted": "café", "lokale": True, "samtykke": True}, "valgte": ["alkoholbevilling"],
    }  # fmt: skip
    with writing(engine) as session:
        session.add(
            Samtale(
                id=ident, token_hash=ident, state=state, epoch=1, last_seq=2, read_seq=0, created=nu(), active=nu(),
                medarbejder_id=hvem,
            )
        )  # fmt: skip
        session.flush()
        for seq, text in ((1, "jeg vil åbne et sted på Vesterbro"), (2, "en café")):
            session.add(Besked(samtale_id=ident, seq=seq, sender="user", text=text, data={}, created=nu(), pending=False))
        for seq, (name, value) in enumerate({"firma": firma, "forloeb": forloeb}.items()):
            data = json.dumps({"event": "slot", "name": name, "value": value}, separators=(",", ":"))
            session.add(TrackerEvent(sender=ident, seq=seq, data=data))


async def test_a_chat_fills_in_the_form_and_its_case_is_told_in_it(desk: Browser, engine: Engine) -> None:
    await off_loop(chat, engine, "samtale-a", "menneske", desk.bruger.id)
    page = await desk.side(f"{REGISTRER}?samtale=samtale-a")
    assert "jeg vil åbne et sted på Vesterbro" in page
    assert ">en café<" not in page  # it answered a question
    assert '<option value="cafe-restaurationspakke" selected>' in page
    assert re.search(r'name="valg-type_sted" value="0" checked', page)
    assert re.search(r'name="ydelse" value="alkoholbevilling" checked', page)
    assert 'name="svar-virksomhed" value="Café Prøve"' in page
    assert re.search(r'name="samtykke" value="ja" checked', page)
    assert ("samtale", "samtale-a") in await off_loop(revisioner, engine, "set")
    token = re.search(r'name="noegle" value="([^"]+)"', page)
    assert token is not None
    sent = {
        "noegle": token[1], "samtale": "samtale-a", "kanal": "chat", "sagt": "jeg vil åbne et sted på Vesterbro",
        "pakke": "cafe-restaurationspakke", "ydelse": "alkoholbevilling", "valg-type_sted": "0", "valg-lokale": "0",
        "svar-beliggenhed": "Vesterbro", "svar-navn": "Karla Prøvesen", "svar-telefon": "20417703", "samtykke": "ja",
        "handling": "opret",
    }  # fmt: skip
    for _ in range(2):
        assert (await desk.post(REGISTRER, sent)).status == 303
    [case] = await off_loop(sager, engine)
    assert (case["samtale"], case["kanal"], case["team"]) == ("samtale-a", "chat", "team-tmf")
    with reading(engine) as session:
        told = [m for m in session.scalars(select(Besked)).all() if m.data.get("type") == "henvendelse"]
    [message] = told
    assert (message.sender, message.samtale_id) == ("system", "samtale-a")
    assert message.data == {
        "type": "henvendelse", "number": case["number"], "team": case["team"], "svarfrist": case["svarfrist"],
    }  # fmt: skip
    assert case["number"] in message.text


async def test_a_closed_chat_is_told_nothing(desk: Browser, engine: Engine) -> None:
    await off_loop(chat, engine, "samtale-a", "lukket")
    await desk.post(REGISTRER, formular(samtale="samtale-a", kanal="chat"))
    [case] = await off_loop(sager, engine)
    assert case["samtale"] == "samtale-a"
    with reading(engine) as session:
        assert [m for m in session.scalars(select(Besked)).all() if m.data.get("type") == "henvendelse"] == []


async def test_a_chat_is_only_for_those_who_may_see_it(kontor: TestClient[Any, Any], engine: Engine) -> None:
    await off_loop(chat, engine, "samtale-a", "menneske", 999)
    konsulent = await log_ind(kontor, engine, "kim", ["konsulent"], ["team-hr"])
    assert (await konsulent.get(f"{REGISTRER}?samtale=samtale-a")).status == 404
    response = await konsulent.post(REGISTRER, formular(samtale="samtale-a", kanal="chat"))
    assert response.status == 404
    assert await off_loop(sager, engine) == []


async def test_the_same_form_of_two_tabs_at_one_moment_is_one_case(desk: Browser, engine: Engine) -> None:
    sent = formular()
    answers = await asyncio.gather(*(desk.post(REGISTRER, sent) for _ in range(5)))
    assert {answer.status for answer in answers} == {303}
    assert len(await off_loop(sager, engine)) == 1


async def test_a_token_that_is_none_makes_a_case_of_its_own(desk: Browser, engine: Engine) -> None:
    for _ in range(2):
        assert (await desk.post(REGISTRER, formular(noegle="bot:1"))).status == 303
    assert len(await off_loop(sager, engine)) == 2
