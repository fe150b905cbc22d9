"""The questionnaire's page: a link opens it, once, without log-in or script, and it gives nobody the link."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError

from connectors.crm.tid import nu
from connectors.database import off_loop, writing
from connectors.survey import side
from connectors.survey.besvarelse import LAENGSTE_KOMMENTAR
from connectors.survey.models import PARAMETRE, Invitation
from connectors.website.tokens import new_token
from tests.survey.sager import besvarelser, breve, invitationer, lukket_sag, tilstand, token

Client = TestClient[Any, Any]


@pytest.fixture
async def link(engine: Engine, client: Client) -> str:
    await off_loop(lukket_sag, engine, nu())
    return f"/s/{token(breve(engine)[0])}"


async def _side(client: Client, link: str, status: int = 200) -> str:
    response = await client.get(link)
    assert response.status == status
    return await response.text()


async def _send(client: Client, link: str, status: int = 303, **svar: str) -> str:
    response = await client.post(link, data=svar, allow_redirects=False)
    assert response.status == status, await response.text()
    return await response.text()


async def test_the_four_parameters_and_a_comment_are_asked_and_kept(engine: Engine, client: Client, link: str) -> None:
    page = await _side(client, link)
    for parameter in PARAMETRE:
        assert len(re.findall(rf'type="radio"[^>]*name="{parameter}" value="[1-5]"', page)) == 5
    assert page.count("<fieldset") == page.count("<legend") == 4
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'for="([^"]+)"', page)) <= ids, "each label belongs to a field"
    await _send(client, link, sagsbehandlingstid="5", kompetence="4", kontaktperson="", orientering="1", kommentar="Tak <b>!</b>")
    [svar] = besvarelser(engine)
    assert (svar.sagsbehandlingstid, svar.kompetence, svar.kontaktperson, svar.orientering) == (5, 4, None, 1)
    assert svar.kommentar == "Tak <b>!</b>"
    assert "Tak for svaret" in await _side(client, link)


async def test_nothing_on_it_needs_a_script_or_another_s_server(client: Client, link: str) -> None:
    page = await _side(client, link)
    assert "<script" not in page and "style=" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="da">')


async def test_the_link_is_given_to_nobody_and_found_by_nobody(client: Client, link: str) -> None:
    response = await client.get(link)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex" and "noindex" in await response.text()
    assert response.headers["Cache-Control"] == "no-store"
    assert link not in await response.text()
    assert "frame-ancestors" in response.headers["Content-Security-Policy"]


async def test_two_at_the_same_moment_store_one(engine: Engine, client: Client, link: str) -> None:
    await asyncio.gather(*(_send(client, link, kompetence=str(mark)) for mark in (1, 2, 3, 4, 5)))
    assert len(besvarelser(engine)) == 1


async def test_a_used_link_says_so_and_keeps_nothing_more(engine: Engine, client: Client, link: str) -> None:
    await _send(client, link, kompetence="5")
    assert "kun bruges én gang" in await _send(client, link, 200, kompetence="1")
    assert [svar.kompetence for svar in besvarelser(engine)] == [5]


async def test_an_expired_link_says_so_and_keeps_nothing(engine: Engine, client: Client, link: str) -> None:
    with writing(engine) as session:
        session.execute(update(Invitation).values(udloeber=nu() - dt.timedelta(seconds=1)))
    assert "Linket er udløbet" in await _side(client, link, 410)
    await _send(client, link, 410, kompetence="5")
    assert besvarelser(engine) == []


@pytest.mark.parametrize("noegle", ["x", "%00", "a" * 300, "å", "..%2f..%2fetc"])
async def test_a_link_that_nobody_was_sent_opens_nothing(engine: Engine, client: Client, link: str, noegle: str) -> None:
    for path in (f"/s/{noegle}", f"/s/{new_token()}"):
        assert "Linket findes ikke" in await _side(client, path, 404)
        await _send(client, path, 404, kompetence="5")
    assert besvarelser(engine) == []


async def test_the_hash_that_is_stored_opens_nothing(engine: Engine, client: Client, link: str) -> None:
    await _side(client, f"/s/{invitationer(engine)[0].token_hash}", 404)


@pytest.mark.parametrize(
    ("svar", "siges"),
    [
        ({}, "Vælg mindst ét svar"),
        ({"kommentar": "  \n"}, "Vælg mindst ét svar"),
        ({"kompetence": "6"}, "kan ikke forstås"),
        ({"kompetence": "fem"}, "kan ikke forstås"),
        ({"kompetence": "4", "kommentar": "å" * (LAENGSTE_KOMMENTAR + 1)}, f"plads til {LAENGSTE_KOMMENTAR}"),
    ],
)
async def test_what_can_t_be_kept_is_said_and_what_was_typed_stays(
    engine: Engine, client: Client, link: str, svar: dict[str, str], siges: str
) -> None:
    page = await _send(client, link, 400, **svar)
    assert siges in page and 'role="alert"' in page
    if svar.get("kompetence") == "4":
        assert re.search(r'name="kompetence" value="4" checked', page) and "ååå" in page
    assert besvarelser(engine) == [] and not invitationer(engine)[0].besvaret


async def test_a_body_that_is_far_too_large_is_refused_plainly(engine: Engine, client: Client, link: str) -> None:
    page = await _send(client, link, 413, kommentar="x" * 100_000)
    assert f"plads til {LAENGSTE_KOMMENTAR}" in page and besvarelser(engine) == []


async def test_the_longest_comment_is_kept_whole(engine: Engine, client: Client, link: str) -> None:
    await _send(client, link, kommentar="😀" * LAENGSTE_KOMMENTAR)
    assert besvarelser(engine)[0].kommentar == "😀" * LAENGSTE_KOMMENTAR


async def test_what_was_typed_is_text_and_nothing_else(client: Client, link: str) -> None:
    page = await _send(client, link, 400, kompetence="9", kommentar="</textarea><script>alert(1)</script>")
    assert "<script>" not in page


async def test_a_cpr_number_is_masked(engine: Engine, client: Client, link: str) -> None:
    await _send(client, link, kommentar="Jeg hedder 010190-1234")
    assert besvarelser(engine)[0].kommentar == "Jeg hedder [CPR]"


async def test_the_state_moves_and_the_database_out_of_reach_is_said_on_a_page(
    engine: Engine, client: Client, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as broken:
        broken.setattr(side, "find", down)
        assert "Det gik ikke" in await _side(client, link, 503)
        await _send(client, link, 503, kompetence="5")
    await _send(client, link, kompetence="5")
    assert tilstand(engine, "KBH-2026-000001") == "besvaret"
