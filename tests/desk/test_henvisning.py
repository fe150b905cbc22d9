"""The page that hands a business on: the draft, the yes, sent once."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from connectors.crm import henvendelser
from connectors.database import off_loop, reading
from connectors.desk.models import Revision
from connectors.mail.models import Brev
from tests.crm.eksempler import felter
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret, version

TIL = "kontakt@example.com"
JA: dict[str, Any] = {"svar": {**felter()["svar"], "videregivelse": True}}


def _sag(engine: Engine, *, ja: bool = True) -> str:
    return opret(engine, **JA) if ja else opret(engine)


def _mails(engine: Engine) -> list[Brev]:
    with reading(engine) as session:
        return list(session.scalars(select(Brev).where(Brev.slags == "henvisning")))


async def _send(desk: Browser, engine: Engine, number: str, path: str, **values: str) -> tuple[int, str]:
    now = await off_loop(version, engine, number)
    form = {"version": str(now), "ekstern": "vaeksthus", **values}
    response = await desk.post(f"/desk/sager/{number}/{path}", form)
    return response.status, response.headers.get("Location") or html.unescape(await response.text())


async def test_the_draft_is_shown_edited_and_sent_once(desk: Browser, engine: Engine) -> None:
    number = await off_loop(_sag, engine)
    page = html.unescape(await desk.side(f"/desk/sager/{number}/henvisning"))
    assert "Henvisning af Prøvetegnestuen" in page and "kunder og økonomi" in page and "besøger virksomheden sammen" in page
    assert re.search(r'name="til" value=""', page), "the address is typed by staff"
    mail = {"til": TIL, "emne": "Besøg?", "tekst": "Vi tager derud på mandag."}
    assert await _send(desk, engine, number, "henvisning", **mail) == (303, f"/desk/sager/{number}/henvisning")
    [brev] = _mails(engine)
    assert (brev.til, brev.emne, brev.tekst) == (TIL, "Besøg?", "Vi tager derud på mandag.")
    page = await desk.side(f"/desk/sager/{number}/henvisning")
    assert "sendt af Anna Prøve" in page and TIL in page and 'name="tekst"' not in page
    status, page = await _send(desk, engine, number, "henvisning", **mail)
    assert status == 422 and "allerede sendt" in page and len(_mails(engine)) == 1


async def test_sent_twice_by_the_same_click_it_goes_once(desk: Browser, engine: Engine) -> None:
    number = await off_loop(_sag, engine)
    form = {
        "version": str(await off_loop(version, engine, number)),
        "ekstern": "vaeksthus",
        "til": TIL,
        "emne": "E",
        "tekst": "T",
    }
    for _ in range(2):
        response = await desk.post(f"/desk/sager/{number}/henvisning", form)
        assert response.status == 303
    assert len(_mails(engine)) == 1


async def test_without_the_yes_it_is_refused_and_opens_when_the_yes_is_noted(desk: Browser, engine: Engine) -> None:
    number = await off_loop(_sag, engine, ja=False)
    page = html.unescape(await desk.side(f"/desk/sager/{number}/henvisning"))
    assert "har ikke sagt ja til, at oplysningerne gives videre til Væksthus Hovedstadsregionen" in page
    assert 'name="til"' not in page and "Henvisning af Prøvetegnestuen" in page, "the draft can be read all the same"
    status, page = await _send(desk, engine, number, "henvisning", til=TIL, emne="E", tekst="T")
    assert status == 422 and "ikke sagt ja" in page and _mails(engine) == []
    yes = {"sagt_af": "Prøve Person", "form": "telefon"}
    assert (await _send(desk, engine, number, "henvisning/ja", **yes))[0] == 303
    case = await off_loop(henvendelser.som_json, engine, number)
    assert case is not None and case["svar"]["videregivelse"] is True
    assert ("Anna Prøve", "videregivelse") in [(line["hvem"], line["felt"]) for line in case["historik"]]
    assert (await _send(desk, engine, number, "henvisning", til=TIL, emne="E", tekst="T"))[0] == 303
    assert len(_mails(engine)) == 1
    assert "Må gives videre" in await desk.side(f"/desk/sager/{number}")


@pytest.mark.parametrize(
    ("path", "values", "siges"),
    [
        ("henvisning", {"til": "", "emne": "E", "tekst": "T"}, "modtagerens e-mailadresse"),
        ("henvisning", {"til": TIL, "emne": "", "tekst": "T"}, "Skriv mailens emne"),
        ("henvisning", {"til": TIL, "emne": "E", "tekst": "x" * 10_001}, "plads til 10000"),
        ("henvisning", {"til": TIL, "emne": "E", "tekst": "T", "ekstern": "politiet"}, "Vælg, hvem"),
        ("henvisning/ja", {"sagt_af": "", "form": "telefon"}, "hvem i virksomheden"),
        ("henvisning/ja", {"sagt_af": "P", "form": "brevdue"}, "hvordan virksomheden sagde ja"),
    ],
)
async def test_a_mistake_is_told_and_what_was_typed_stays(
    desk: Browser, engine: Engine, path: str, values: dict[str, str], siges: str
) -> None:
    number = await off_loop(_sag, engine, ja=path == "henvisning")
    status, page = await _send(desk, engine, number, path, **values)
    assert status == 422 and siges in page and _mails(engine) == []
    if values.get("tekst") == "T" and "ekstern" not in values:
        assert ">T</textarea>" in page


async def test_a_case_changed_meanwhile_is_not_sent_and_says_so(desk: Browser, engine: Engine) -> None:
    number = await off_loop(_sag, engine)
    status, page = await _send(desk, engine, number, "henvisning", til=TIL, emne="Mit emne", tekst="T", version="999")
    assert status == 409 and "har ændret sagen i mellemtiden" in page and "Mit emne" in page
    assert _mails(engine) == []


async def test_another_body_can_be_chosen(desk: Browser, engine: Engine) -> None:
    number = await off_loop(_sag, engine)
    page = html.unescape(await desk.side(f"/desk/sager/{number}/henvisning?til=eksportraadet"))
    assert "<h2>Eksportrådet</h2>" in page and "ikke sagt ja" in page


async def test_it_stands_in_the_audit_log_and_on_the_case_s_page(desk: Browser, engine: Engine) -> None:
    number = await off_loop(_sag, engine)
    await _send(desk, engine, number, "henvisning", til=TIL, emne="E", tekst="T")
    with reading(engine) as session:
        lines = session.scalars(select(Revision).where(Revision.noegle == number)).all()
    assert ("ændret", {"handling": "henvisning"}) in [(line.handling, line.detaljer) for line in lines]
    assert f"/desk/sager/{number}/henvisning" in await desk.side(f"/desk/sager/{number}")


async def test_who_may_not_see_the_case_sees_no_draft(kontor: TestClient[Any, Any], engine: Engine) -> None:
    number = await off_loop(_sag, engine)
    other = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-hr"])
    assert (await other.get(f"/desk/sager/{number}/henvisning")).status == 404
    assert (await _send(other, engine, number, "henvisning", til=TIL, emne="E", tekst="T"))[0] == 404
    assert _mails(engine) == []
