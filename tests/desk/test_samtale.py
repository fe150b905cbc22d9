"""The chat page's forms: who gets a conversation, who may let it go, and what is told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from connectors.crm.tid import nu
from connectors.website import erase, noter, store
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret
from tests.desk.samtaler import revideret, skriv, stand, tag, venter
from tests.website.personale import samtale

KOEEN = "/desk/?liste=venter"


async def colleague(
    kontor: TestClient[Any, Any], engine: Engine, navn: str = "bo", rolle: str = "front", enhed: str = "frontfunktion"
) -> Browser:
    return await log_ind(kontor, engine, navn, [rolle], [enhed])


async def test_the_page_has_what_is_needed_to_take_it(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "vi vil have et skilt op")
    page = await desk.side(f"/desk/samtaler/{samtale_id}")
    assert f'data-samtale="{samtale_id}"' in page and "Tag samtalen" in page and "Venter i køen" in page
    assert "vi vil have et skilt op" in page  # the summary on top
    assert page.count("hidden>") >= 3  # giving back, ending and sending on are for who has it


async def test_taken_it_is_theirs_and_written_down(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "hej")
    await tag(desk, samtale_id)
    assert stand(engine, samtale_id) == ("menneske", desk.bruger.id)
    page = await desk.side(f"/desk/samtaler/{samtale_id}")
    assert "Du har samtalen" in page
    assert revideret(engine, samtale_id) == [("Anna Prøve", "ændret", {"handling": "taget"}), ("Anna Prøve", "set", None)]
    await desk.side(f"/desk/samtaler/{samtale_id}")  # looked at again at once: the same look
    assert len(revideret(engine, samtale_id)) == 2


async def test_of_two_at_once_one_has_it_and_the_other_sees_who(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine
) -> None:
    bo = await colleague(kontor, engine)
    samtale_id = venter(engine, "hej")
    answers = await asyncio.gather(*(one.post(f"/desk/samtaler/{samtale_id}/tag") for one in (desk, bo)))
    places = [answer.headers["Location"] for answer in answers]
    assert sorted(places) == sorted([f"/desk/samtaler/{samtale_id}", KOEEN])
    winner, loser = (desk, bo) if places[0] != KOEEN else (bo, desk)
    assert stand(engine, samtale_id) == ("menneske", winner.bruger.id)
    # what the loser's page asks for by itself takes nothing that is to be told
    quiet = await loser.get(KOEEN, headers={"X-Desk-Live": "1"})
    assert "har taget samtalen" not in await quiet.text()
    assert f"{winner.bruger.navn} har taget samtalen" in await loser.side(KOEEN)


async def test_a_form_without_the_pages_secret_does_nothing(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "hej")
    for action in ("tag", "tilbage", "afslut", "videre"):
        response = await desk.client.post(f"/desk/samtaler/{samtale_id}/{action}", data={}, allow_redirects=False)
        assert response.status == 403
    assert stand(engine, samtale_id) == ("venter", None)


@pytest.mark.parametrize(
    ("action", "told"), [("tilbage", "Computeren svarer virksomheden igen."), ("afslut", "Chatten er afsluttet.")]
)
async def test_only_the_owner_lets_it_go(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine, action: str, told: str
) -> None:
    bo = await colleague(kontor, engine)
    samtale_id = venter(engine, "hej")
    await tag(desk, samtale_id)
    assert (await bo.post(f"/desk/samtaler/{samtale_id}/{action}")).headers["Location"] == KOEEN
    assert "ikke hos dig længere" in await bo.side(KOEEN)
    assert stand(engine, samtale_id) == ("menneske", desk.bruger.id)
    assert (await desk.post(f"/desk/samtaler/{samtale_id}/{action}")).headers["Location"] == KOEEN
    assert told in await desk.side(KOEEN)
    assert stand(engine, samtale_id) == ("bot", None)
    notices = [message["text"] for message in store.fetch(engine, samtale_id, 0).messages if message["from"] == "system"]
    assert "Anna" in notices[-1]


async def test_sent_on_to_a_unit_with_a_reason_only_colleagues_see(
    kontor: TestClient[Any, Any], desk: Browser, engine: Engine
) -> None:
    hr = await colleague(kontor, engine, "hanne", rolle="konsulent", enhed="team-hr")
    samtale_id = venter(engine, "vi mangler fem smede")
    assert (await hr.get(f"/desk/samtaler/{samtale_id}")).status == 404
    await tag(desk, samtale_id)
    form = {"modtager": "enhed:team-hr", "begrundelse": "Det er <b>rekruttering</b>"}
    assert (await desk.post(f"/desk/samtaler/{samtale_id}/videre", form)).headers["Location"] == KOEEN
    assert stand(engine, samtale_id) == ("venter", None)
    assert not any("rekruttering" in message["text"] for message in store.fetch(engine, samtale_id, 0).messages)
    assert "rekruttering" in noter.noter(engine, samtale_id)[0].tekst
    assert (await hr.get(f"/desk/samtaler/{samtale_id}")).status == 200
    await tag(hr, samtale_id)
    assert stand(engine, samtale_id) == ("menneske", hr.bruger.id)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"modtager": "enhed:team-hr", "begrundelse": " "}, "Skriv, hvorfor"),
        ({"modtager": "", "begrundelse": "fordi"}, "Vælg, hvem"),
        ({"modtager": "kollega:x", "begrundelse": "fordi"}, "Vælg, hvem"),
        ({"modtager": "kollega:999", "begrundelse": "fordi"}, "Den kollega kan ikke få samtalen."),
        ({"modtager": "enhed:findes-ikke", "begrundelse": "fordi"}, "Den enhed findes ikke."),
    ],
)
async def test_sending_on_to_nobody_or_without_a_reason_is_shown_with_what_was_typed(
    desk: Browser, engine: Engine, form: dict[str, str], told: str
) -> None:
    samtale_id = venter(engine, "hej")
    await tag(desk, samtale_id)
    response = await desk.post(f"/desk/samtaler/{samtale_id}/videre", form)
    page = await response.text()
    assert response.status == 422 and told in page
    assert form["begrundelse"].strip() in page
    assert stand(engine, samtale_id) == ("menneske", desk.bruger.id)


async def test_who_may_see_which_conversation(kontor: TestClient[Any, Any], desk: Browser, engine: Engine) -> None:
    hr = await colleague(kontor, engine, "hanne", rolle="konsulent", enhed="team-hr")
    samtale_id = samtale(engine, nu())
    assert (await desk.get(f"/desk/samtaler/{samtale_id}")).status == 200
    assert (await hr.get(f"/desk/samtaler/{samtale_id}")).status == 404
    assert (await hr.post(f"/desk/samtaler/{samtale_id}/tag")).status == 404
    opret(engine, team="team-hr", samtale=samtale_id)
    assert (await hr.get(f"/desk/samtaler/{samtale_id}")).status == 200  # it has led to a case of theirs
    for path in (f"/desk/samtaler/{'x' * 300}", "/desk/samtaler/findes-ikke"):
        assert (await desk.get(path)).status == 404


@pytest.mark.parametrize("rolle", ["redaktør", "analytiker", "admin"])
async def test_those_who_talk_with_no_business_see_none(kontor: TestClient[Any, Any], engine: Engine, rolle: str) -> None:
    samtale_id = venter(engine, "hej")
    other = await colleague(kontor, engine, "ida", rolle=rolle)
    assert (await other.get(f"/desk/samtaler/{samtale_id}")).status == 403
    assert (await other.post(f"/desk/samtaler/{samtale_id}/tag")).status == 403
    assert (await skriv(other, samtale_id, "hej"))[0] == 403
    assert (await other.get(f"/desk/api/live?samtale={samtale_id}")).status == 403
    assert "data-live-bjaelke" not in await other.side("/desk/konto")


async def test_a_case_and_its_company_are_linked(desk: Browser, engine: Engine) -> None:
    samtale_id = venter(engine, "hej")
    number = opret(engine, samtale=samtale_id)
    page = await desk.side(f"/desk/samtaler/{samtale_id}")
    assert f'href="/desk/sager/{number}"' in page and 'href="/desk/virksomheder/' in page
    assert f'href="/desk/registrer?samtale={samtale_id}"' in page


async def test_ended_by_the_business_it_can_neither_be_taken_nor_given_back(desk: Browser, engine: Engine) -> None:
    samtale_id, other = venter(engine, "hemmeligt"), venter(engine, "hej")
    await tag(desk, samtale_id)
    for ident in (samtale_id, other):
        erase.close_and_erase(engine, ident, "lukket", nu())
    assert (await desk.post(f"/desk/samtaler/{samtale_id}/tilbage")).headers["Location"] == KOEEN
    assert "Virksomheden har lukket samtalen" in await desk.side(KOEEN)
    assert (await desk.post(f"/desk/samtaler/{other}/tag")).headers["Location"] == KOEEN
    assert "hemmeligt" not in await desk.side(f"/desk/samtaler/{samtale_id}")
