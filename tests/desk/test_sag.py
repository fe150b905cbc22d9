"""A case's page: what it shows, to whom, and what staff may do on it."""

import datetime as dt
import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from bot.knowledge.library import Library
from connectors.crm import artikler, henvendelser, sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.models import Henvendelse
from connectors.crm.opbevaring import slet_personoplysninger
from connectors.crm.tid import nu
from connectors.database import off_loop, reading, writing
from connectors.desk.models import Revision
from connectors.mail.models import Brev
from connectors.website.models import Besked, Samtale
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret, version

I_MORGEN = (nu() + dt.timedelta(days=1)).date().isoformat()


def sag(engine: Engine, number: str) -> Henvendelse:
    with reading(engine) as session:
        return henvendelser.find(session, number)


def breve(engine: Engine, slags: str) -> list[Brev]:
    with reading(engine) as session:
        return list(session.scalars(select(Brev).where(Brev.slags == slags)))


def samtale(engine: Engine, ident: str, wrote: dt.timedelta) -> None:
    """A conversation of the bot's in which the business wrote ``wrote`` ago."""
    with writing(engine) as session:
        then = nu() - wrote
        session.add(Samtale(id=ident, token_hash=ident, state="bot", epoch=0, last_seq=1, read_seq=0, created=then, active=then))
        session.flush()
        session.add(
            Besked(samtale_id=ident, seq=1, sender="user", text="Vi vil have <b>kunder</b>", data={}, created=then, pending=False)
        )


@pytest.fixture
def number(engine: Engine) -> str:
    return opret(
        engine,
        team="frontfunktion",
        ydelser=["alkoholbevilling"],
        aftaler=[{"tekst": "Ring tilbage", "frist": nu() + dt.timedelta(days=2), "ejer": "Anna Prøve"}],
        delopgaver=[{"enhed": "kff-bevilling", "ydelse": "alkoholbevilling", "frist": nu() + dt.timedelta(days=3)}],
    )


async def send(desk: Browser, engine: Engine, number: str, hvad: str, felter: dict[str, str] | None = None) -> tuple[int, str]:
    """Send one of the page's forms, filled in on the page as it is now. Returns the status, and the page or the way on."""
    now = await off_loop(version, engine, number)
    response = await desk.post(f"/desk/sager/{number}/{hvad}", {"version": str(now), **(felter or {})})
    return response.status, response.headers.get("Location") or await response.text()


async def test_everything_is_on_one_page(desk: Browser, engine: Engine, number: str, bibliotek: Library) -> None:
    page = await desk.side(f"/desk/sager/{number}")
    for shown in (
        "Prøvetegnestuen",
        "Nystartet arkitekt søger hjælp",
        'href="tel:+4520417703"',
        "20 41 77 03",
        'href="mailto:proeve@example.com',
        bibliotek.spoergsmaal["behov"].opsummering,
        "kunder og økonomi",
        bibliotek.ydelser["alkoholbevilling"].kort,
        "Ring tilbage",
        bibliotek.enheder["kff-bevilling"].navn,
        "Væksthus Hovedstadsregionen",
        "Vis historikken",
        "om 7 arbejdsdage" if nu().weekday() < 5 else "arbejdsdag",
    ):
        assert shown in page, shown


async def test_what_may_not_be_seen_looks_like_what_is_not_there(kontor: TestClient[Any, Any], engine: Engine) -> None:
    hidden = await off_loop(opret, engine, team="tmf-byggeri", virksomhed={"navn": "Hemmelig Prøve"})
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-hr"])
    for path in ("", "/note", "/ejer"):
        answers = []
        for number in (hidden, "KBH-2026-999999"):
            response = await (bo.post(f"/desk/sager/{number}{path}") if path else bo.get(f"/desk/sager/{number}"))
            answers.append((response.status, (await response.text()).replace(number, "")))
        assert answers[0][0] == 404 and answers[0] == answers[1]
        assert "Hemmelig" not in answers[0][1]


async def test_roles_without_cases_get_no_page(kontor: TestClient[Any, Any], engine: Engine, number: str) -> None:
    for role in ("redaktør", "analytiker", "admin"):
        person = await log_ind(kontor, engine, f"x-{role}", [role], ["frontfunktion"])
        assert (await person.get(f"/desk/sager/{number}")).status == 403
        assert (await person.post(f"/desk/sager/{number}/note", {"tekst": "hej"})).status == 403


async def test_looking_and_changing_are_in_the_audit_log(desk: Browser, engine: Engine, number: str) -> None:
    await desk.side(f"/desk/sager/{number}")
    await send(desk, engine, number, "note", {"tekst": "Meget hemmelig note"})

    def lines() -> list[tuple[str, str, int | None]]:
        with reading(engine) as session:
            rows = session.scalars(select(Revision).where(Revision.slags == "henvendelse").order_by(Revision.id))
            assert "hemmelig" not in str([row.detaljer for row in rows])
            return [(row.handling, row.noegle, row.medarbejder_id) for row in session.scalars(select(Revision))]

    found = await off_loop(lines)
    assert ("set", number, desk.bruger.id) in found and ("ændret", number, desk.bruger.id) in found


async def test_take_give_release_and_undo(desk: Browser, engine: Engine, kontor: TestClient[Any, Any], number: str) -> None:
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-hr"])
    status, way = await send(desk, engine, number, "ejer", {"ejer": str(desk.bruger.id)})
    assert status == 303 and (await off_loop(sag, engine, number)).ejer_id == desk.bruger.id
    page = await desk.side(way)
    assert "Sagen er din." in page and "Tildel til mig" not in page
    await send(desk, engine, number, "ejer", {"ejer": str(bo.bruger.id)})
    status, way = await send(desk, engine, number, "ejer", {"ejer": ""})
    assert (await off_loop(sag, engine, number)).ejer is None
    code = re.search(r'name="fortryd" value="([^"]+)"', await desk.side(way))
    assert code is not None
    form = {"fortryd": code[1], "version": str(await off_loop(version, engine, number))}
    for _ in range(2):  # sent twice it works once
        assert (await desk.post(f"/desk/sager/{number}/fortryd", form)).status == 303
    row = await off_loop(sag, engine, number)
    assert (row.ejer_id, row.ejer) == (bo.bruger.id, "Bo Prøve")


async def test_who_cannot_have_cases_gets_none(desk: Browser, engine: Engine, kontor: TestClient[Any, Any], number: str) -> None:
    admin = await log_ind(kontor, engine, "chef", ["admin"])
    for wrong in (str(admin.bruger.id), "999999", "x"):
        status, page = await send(desk, engine, number, "ejer", {"ejer": wrong})
        assert status == 422 and 'id="ejer-ejer-fejl"' in page
    assert (await off_loop(sag, engine, number)).ejer is None


async def test_routing_needs_a_reason_that_becomes_a_note(desk: Browser, engine: Engine, number: str, bibliotek: Library) -> None:
    before = await off_loop(sag, engine, number)
    status, page = await send(desk, engine, number, "team", {"team": "kff-bevilling", "begrundelse": ""})
    assert status == 422 and '<option value="kff-bevilling" selected>' in page
    status, way = await send(desk, engine, number, "team", {"team": "kff-bevilling", "begrundelse": "Det er en bevilling"})
    after = await off_loop(sag, engine, number)
    assert status == 303 and after.team == "kff-bevilling" and after.svarfrist != before.svarfrist
    page = await desk.side(way)
    assert "Det er en bevilling" in page
    code = re.search(r'name="fortryd" value="([^"]+)"', page)
    assert code is not None
    await send(desk, engine, number, "fortryd", {"fortryd": code[1].replace("&#43;", "+")})
    undone = await off_loop(sag, engine, number)
    assert (undone.team, undone.svarfrist) == ("frontfunktion", before.svarfrist.replace(microsecond=0))
    status, page = await send(desk, engine, number, "team", {"team": "frontfunktion", "begrundelse": "igen"})
    assert status == 422 and "Sagen ligger der allerede" in page


async def test_the_catalogue_of_tasks_suggests_a_unit_and_says_why(desk: Browser, number: str, bibliotek: Library) -> None:
    page = await desk.side(f"/desk/sager/{number}")
    (forslag,) = re.findall(r'<p class="forslag">(.*?)</p>', page, re.DOTALL)
    assert len(forslag) > 20


async def test_who_sends_a_case_away_lands_on_the_lists(kontor: TestClient[Any, Any], engine: Engine, number: str) -> None:
    bo = await log_ind(kontor, engine, "bo", ["backoffice"], ["tmf-byggeri"])
    theirs = await off_loop(opret, engine, team="tmf-byggeri")
    status, way = await send(bo, engine, theirs, "team", {"team": "team-hr", "begrundelse": "Ikke vores"})
    assert (status, way) == (303, "/desk/")
    assert "Sagen er sendt til" in await bo.side("/desk/")


async def test_status_and_deadline(desk: Browser, engine: Engine, number: str) -> None:
    status, way = await send(desk, engine, number, "status", {"status": "afventer virksomheden"})
    assert status == 303 and "Fortryd: tilbage til Ny" in await desk.side(way)
    assert (await off_loop(sag, engine, number)).status == "afventer virksomheden"
    assert (await send(desk, engine, number, "status", {"status": "afsluttet"}))[0] == 422  # that needs an outcome
    status, page = await send(desk, engine, number, "svarfrist", {"dato": "2020-01-01"})
    assert status == 422 and "Svarfristen skal ligge efter nu." in page and 'value="2020-01-01"' in page
    assert (await send(desk, engine, number, "svarfrist", {"dato": I_MORGEN}))[0] == 303
    assert (await off_loop(sag, engine, number)).svarfrist.date().isoformat() == I_MORGEN


async def test_closing_needs_an_outcome_and_asks_about_open_delopgaver(desk: Browser, engine: Engine, number: str) -> None:
    status, page = await send(desk, engine, number, "luk", {"udfald": ""})
    assert status == 422 and "Vælg, hvordan sagen endte." in page
    status, page = await send(desk, engine, number, "luk", {"udfald": "loest"})
    assert status == 422 and "Alkohol" in page and 'id="luk-alligevel-fejl"' in page and '<option value="loest" selected>' in page
    status, way = await send(desk, engine, number, "luk", {"udfald": "loest", "alligevel": "ja"})
    assert status == 303 and (await off_loop(sag, engine, number)).udfald == "loest"
    page = await desk.side(way)
    assert "Løst" in page and "Genåbn sagen" in page and "Tildel til mig" not in page and "Ny aftale" not in page
    assert (await send(desk, engine, number, "genaabn"))[0] == 303
    row = await off_loop(sag, engine, number)
    assert (row.status, row.udfald) == ("i gang", None)


async def test_a_note_is_private_stored_once_and_masked(desk: Browser, engine: Engine, number: str) -> None:
    form = {"tekst": "Ejeren har cpr 010190-1234, ring efter kl. 10", "noegle": "k1"}
    for _ in range(2):
        assert (await send(desk, engine, number, "note", form))[0] == 303
    (note,) = await off_loop(artikler.for_sag, engine, number)
    assert (note.retning, note.form, note.hvem) == ("intern", "note", "Anna Prøve")
    assert note.tekst == "Ejeren har cpr [CPR], ring efter kl. 10"
    assert "Et CPR-nummer blev fjernet." in await desk.side(f"/desk/sager/{number}")
    await send(desk, engine, number, "note", {"tekst": "Noget andet fra samme side", "noegle": "k1"})
    assert len(await off_loop(artikler.for_sag, engine, number)) == 2
    assert await off_loop(breve, engine, "svar") == []


async def test_an_empty_note_is_refused_at_its_field(desk: Browser, engine: Engine, number: str) -> None:
    status, page = await send(desk, engine, number, "note", {"tekst": "  "})
    assert status == 422 and 'href="#note-tekst"' in page and 'aria-invalid="true"' in page


async def test_an_answer_goes_by_mail_once(desk: Browser, engine: Engine, number: str) -> None:
    assert "Sendes som e-mail til proeve@example.com" in await desk.side(f"/desk/sager/{number}")
    for _ in range(2):
        assert (await send(desk, engine, number, "svar", {"tekst": "I kan søge nu.", "noegle": "k1"}))[0] == 303
    (brev,) = await off_loop(breve, engine, "svar")
    assert brev.til == "proeve@example.com" and "I kan søge nu." in brev.tekst
    assert "Svaret er sendt som e-mail." in await desk.side(f"/desk/sager/{number}")


async def test_an_answer_goes_into_the_chat_if_the_business_is_there(desk: Browser, engine: Engine) -> None:
    await off_loop(samtale, engine, "samtale-x", dt.timedelta(seconds=5))
    number = await off_loop(opret, engine, samtale="samtale-x")
    page = await desk.side(f"/desk/sager/{number}")
    assert "Virksomheden er i chatten lige nu" in page
    assert "Vi vil have &lt;b&gt;kunder&lt;/b&gt;" in page and "<b>kunder</b>" not in page
    await send(desk, engine, number, "svar", {"tekst": "I kan søge nu.", "noegle": "k1"})
    assert await off_loop(breve, engine, "svar") == []

    def texts() -> list[str]:
        with reading(engine) as session:
            return list(session.scalars(select(Besked.text).where(Besked.samtale_id == "samtale-x", Besked.sender == "agent")))

    (text,) = await off_loop(texts)
    assert "I kan søge nu." in text


async def test_a_business_that_can_only_be_called(desk: Browser, engine: Engine) -> None:
    number = await off_loop(opret, engine, kontakt={"navn": "Prøve", "telefon": "20417703", "samtykke": nu()})
    assert "skal ringes op" in await desk.side(f"/desk/sager/{number}")
    status, page = await send(desk, engine, number, "svar", {"tekst": "Hej", "noegle": "k"})
    assert status == 422 and "ring i stedet" in page


async def test_agreements(desk: Browser, engine: Engine, number: str) -> None:
    new = {"tekst": "Møde på rådhuset", "dato": I_MORGEN, "tid": "14:30", "ejer": "Anna Prøve"}
    assert (await send(desk, engine, number, "aftale", new))[0] == 303
    row = await off_loop(sag, engine, number)
    added = row.aftaler[-1]
    assert added.tekst == "Møde på rådhuset" and added.ejer == "Anna Prøve" and added.frist is not None
    for done in ("ja", "nej", "ja"):
        assert (await send(desk, engine, number, f"udfoert/{added.id}", {"udfoert": done}))[0] == 303
        changed = (await off_loop(sag, engine, number)).aftaler[-1]
        assert (changed.udfoert is not None) == (done == "ja")
    await send(desk, engine, number, f"udfoert/{added.id}", {"udfoert": "nej"})
    assert (await send(desk, engine, number, f"aftale/{added.id}", {**new, "tekst": "Møde i Valby"}))[0] == 303
    assert (await off_loop(sag, engine, number)).aftaler[-1].tekst == "Møde i Valby"
    status, page = await send(desk, engine, number, "aftale", {"tekst": "For sent", "dato": "2020-01-01"})
    assert status == 422 and "Aftalens tidspunkt skal ligge efter nu." in page and 'value="For sent"' in page
    status, page = await send(desk, engine, number, "aftale/999999", new)
    assert status == 422


async def test_an_overdue_agreement_can_be_reworded(desk: Browser, engine: Engine) -> None:
    passed = nu() - dt.timedelta(days=1)
    number = await off_loop(opret, engine, aftaler=[{"tekst": "Ring", "frist": passed, "ejer": None}])
    (before,) = (await off_loop(sag, engine, number)).aftaler
    page = await desk.side(f"/desk/sager/{number}")
    shown = {
        name: re.findall(rf'id="aftale-{before.id}-{name}" name="{name}" value="([^"]+)"', page)[0] for name in ("dato", "tid")
    }
    assert (await send(desk, engine, number, f"aftale/{before.id}", {"tekst": "Ring til Bo", **shown}))[0] == 303
    (after,) = (await off_loop(sag, engine, number)).aftaler
    assert (after.tekst, after.frist) == ("Ring til Bo", before.frist)


async def test_delopgaver(desk: Browser, engine: Engine, number: str, bibliotek: Library) -> None:
    assert (await send(desk, engine, number, "delopgave", {"enhed": "oekf-brand", "ydelse": "brandsyn", "dato": ""}))[0] == 303
    row = await off_loop(sag, engine, number)
    added = row.delopgaver[-1]
    assert (added.enhed, added.ydelse) == ("oekf-brand", "brandsyn") and added.frist is not None
    due = (nu() + dt.timedelta(days=20)).date().isoformat()
    assert (await send(desk, engine, number, f"delopgave/{added.id}", {"status": "i gang", "dato": due}))[0] == 303
    changed = (await off_loop(sag, engine, number)).delopgaver[-1]
    assert changed.status == "i gang" and changed.frist is not None and changed.frist.date().isoformat() == due
    status, page = await send(desk, engine, number, "delopgave", {"enhed": "oekf-brand", "ydelse": "brandsyn"})
    assert status == 422 and "har allerede den delopgave" in page
    assert (await send(desk, engine, number, "delopgave", {"enhed": "findes-ikke"}))[0] == 422
    assert (await send(desk, engine, number, "delopgave/999999", {"status": "ny"}))[0] == 422


async def test_a_delopgave_sent_unchanged_keeps_its_hour(desk: Browser, engine: Engine, number: str) -> None:
    before = (await off_loop(sag, engine, number)).delopgaver[0]
    assert before.frist is not None
    page = await desk.side(f"/desk/sager/{number}")
    (shown,) = re.findall(rf'id="delopgave-{before.id}-dato" name="dato" value="([^"]+)"', page)
    await send(desk, engine, number, f"delopgave/{before.id}", {"status": "i gang", "dato": shown})
    after = (await off_loop(sag, engine, number)).delopgaver[0]
    assert (after.status, after.frist) == ("i gang", before.frist)


async def test_tags(desk: Browser, engine: Engine, number: str) -> None:
    await send(desk, engine, number, "maerker", {"maerker": "haster, café ,"})
    page = await desk.side(f"/desk/sager/{number}")
    assert '<span class="badge maerke">haster</span>' in page and 'value="café, haster"' in page
    await send(desk, engine, number, "maerker", {"maerker": ""})
    assert "badge maerke" not in await desk.side(f"/desk/sager/{number}")


async def test_a_stale_form_is_refused_told_and_kept(desk: Browser, engine: Engine, number: str, bibliotek: Library) -> None:
    page = await desk.side(f"/desk/sager/{number}")
    seen = {name: re.search(rf'name="{name}" value="(\d+)"', page) for name in ("version", "historik")}
    stale = {name: found[1] for name, found in seen.items() if found}
    other = Ejer(desk.bruger.id, "Bente Prøve")
    await off_loop(sagsgang.aendr, engine, bibliotek, number, int(stale["version"]), "Bente Prøve", {"ejer": other}, nu())
    response = await desk.post(
        f"/desk/sager/{number}/team", {**stale, "team": "team-hr", "begrundelse": "Meget lang og velovervejet begrundelse"}
    )
    page = await response.text()
    assert response.status == 409
    assert "Bente Prøve" in page and "Ejer: Bente Prøve" in page and "Status: Ny" not in page.split("sag-gitter")[0]
    assert "Meget lang og velovervejet begrundelse</textarea>" in page and '<option value="team-hr" selected>' in page
    assert (await off_loop(sag, engine, number)).team == "frontfunktion"
    assert f'name="version" value="{await off_loop(version, engine, number)}"' in page  # sent again it works


@pytest.mark.parametrize(
    ("hvad", "felter"),
    [
        ("ejer", {"ejer": "{mig}"}),
        ("team", {"team": "team-hr", "begrundelse": "hr"}),
        ("status", {"status": "i gang"}),
        ("svarfrist", {"dato": I_MORGEN}),
        ("luk", {"udfald": "loest", "alligevel": "ja"}),
        ("aftale", {"tekst": "Møde", "dato": I_MORGEN, "tid": "14:30", "ejer": ""}),
        ("delopgave", {"enhed": "oekf-brand", "ydelse": "brandsyn"}),
        ("maerker", {"maerker": "haster"}),
    ],
)
async def test_a_form_sent_twice_works_once(
    desk: Browser, engine: Engine, number: str, hvad: str, felter: dict[str, str]
) -> None:
    form = {key: value.format(mig=desk.bruger.id) for key, value in felter.items()}
    form["version"] = str(await off_loop(version, engine, number))
    first = await desk.post(f"/desk/sager/{number}/{hvad}", form)
    once = await off_loop(sag, engine, number)
    second = await desk.post(f"/desk/sager/{number}/{hvad}", form)
    assert (first.status, second.status) == (303, 303)
    twice = await off_loop(sag, engine, number)
    assert (twice.version, len(twice.historik)) == (once.version, len(once.historik))


async def test_every_form_needs_its_secret(desk: Browser, engine: Engine, number: str) -> None:
    now = str(await off_loop(version, engine, number))
    for hvad in (
        "ejer",
        "team",
        "status",
        "svarfrist",
        "luk",
        "genaabn",
        "note",
        "svar",
        "aftale",
        "delopgave",
        "maerker",
        "fortryd",
    ):
        response = await desk.post(f"/desk/sager/{number}/{hvad}", {"version": now, "csrf": "forkert", "tekst": "hej"})
        assert response.status == 403, hvad
    assert await off_loop(version, engine, number) == int(now)


async def test_an_undo_is_gone_once_the_case_has_changed(desk: Browser, engine: Engine, number: str) -> None:
    _, way = await send(desk, engine, number, "status", {"status": "i gang"})
    await send(desk, engine, number, "maerker", {"maerker": "haster"})
    assert 'name="fortryd"' not in await desk.side(way)
    status, page = await send(desk, engine, number, "fortryd", {"fortryd": "status slettet"})
    assert status == 422 and "Det kan ikke fortrydes." in page


async def test_an_erased_case_still_has_a_page(desk: Browser, engine: Engine) -> None:

    number = await off_loop(opret, engine)
    await off_loop(slet_personoplysninger, engine, nu() + dt.timedelta(days=1), nu(), "Slettet.")
    page = await desk.side(f"/desk/sager/{number}")
    assert "Kontaktoplysningerne er slettet" in page and "20417703" not in page


async def test_other_cases_of_the_company_are_linked(desk: Browser, engine: Engine) -> None:
    first = await off_loop(opret, engine, hovedindhold="Den første sag")
    second = await off_loop(opret, engine)
    page = await desk.side(f"/desk/sager/{second}")
    assert f'href="/desk/sager/{first}"' in page and "1 tidligere henvendelse" in page


async def test_who_keeps_an_agreement_is_a_colleague(desk: Browser, engine: Engine, number: str) -> None:
    before = len((await off_loop(sag, engine, number)).aftaler)
    for ejer in ("Karla Prøvesen, 010170-1234", "x" * 300):
        status, page = await send(desk, engine, number, "aftale", {"tekst": "Møde", "ejer": ejer})
        assert status == 422 and 'id="aftale-ejer-fejl"' in page
    row = await off_loop(sag, engine, number)
    assert len(row.aftaler) == before and "Karla" not in repr([(line.fra, line.til) for line in row.historik])
    kept = row.aftaler[0]
    form = {"tekst": "Ring tilbage i dag", "ejer": kept.ejer or "", "dato": I_MORGEN}
    assert (await send(desk, engine, number, f"aftale/{kept.id}", form))[0] == 303


async def test_a_unit_with_a_delopgave_notes_and_tells_how_far_it_is_but_runs_nothing(
    kontor: TestClient[Any, Any], engine: Engine, number: str, bibliotek: Library
) -> None:
    bo = await log_ind(kontor, engine, "bo", ["backoffice"], ["kff-bevilling"])
    page = await (await bo.get(f"/desk/sager/{number}")).text()
    assert "I deltager i sagen" in page and "/luk" not in page and f"{number}/svar" not in page
    for form, fields in (
        ("team", {"team": "kff-bevilling", "begrundelse": "vores"}),
        ("luk", {"udfald": "loest", "alligevel": "ja"}),
        ("status", {"status": "i gang"}),
        ("aftale", {"tekst": "Ring"}),
        ("svar", {"tekst": "Hej"}),
    ):
        status, told = await send(bo, engine, number, form, fields)
        assert status == 422 and "styres af en anden enhed" in told, form
    task = sag(engine, number).delopgaver[0]
    assert (await send(bo, engine, number, f"delopgave/{task.id}", {"status": "i gang"}))[0] == 303
    assert (await send(bo, engine, number, "note", {"tekst": "Bevillingen er på vej"}))[0] == 303
    row = sag(engine, number)
    assert (row.team, row.status, row.delopgaver[0].status) == ("frontfunktion", "ny", "i gang")


async def test_another_unit_s_delopgave_is_not_theirs(kontor: TestClient[Any, Any], engine: Engine) -> None:
    number = opret(
        engine,
        team="frontfunktion",
        delopgaver=[
            {"enhed": "kff-bevilling", "ydelse": None, "frist": None},
            {"enhed": "tmf-byliv", "ydelse": None, "frist": None},
        ],
    )
    bo = await log_ind(kontor, engine, "bo", ["backoffice"], ["kff-bevilling"])
    other = next(task for task in sag(engine, number).delopgaver if task.enhed == "tmf-byliv")
    status, told = await send(bo, engine, number, f"delopgave/{other.id}", {"status": "afsluttet"})
    assert status == 422 and "en anden enheds" in told
    assert all(task.status == "ny" for task in sag(engine, number).delopgaver)
