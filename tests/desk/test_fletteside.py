"""Two records of one company: shown side by side, made one on a yes, made two again."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import Engine

from connectors.crm.tid import nu
from connectors.crm.virksomhed import Virksomhed
from connectors.database import off_loop, reading
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret
from tests.desk.test_virksomhed import virksomhed_id


@pytest.fixture
def to(engine: Engine) -> tuple[int, int]:
    """Two companies whose contact is the same: one with CVR number, one without."""
    contact = {"navn": "Prøve Person", "telefon": "20417703", "samtykke": nu()}
    first = opret(engine, virksomhed={"navn": "Café Prøven"}, kontakt=contact, hovedindhold="Vil have udeservering")
    second = opret(engine, virksomhed={"navn": "Prøvens Café ApS", "cvr": "97225249"}, kontakt=contact)
    return virksomhed_id(engine, first), virksomhed_id(engine, second)


def flettet_til(engine: Engine, ident: int) -> int | None:
    with reading(engine) as session:
        return session.get_one(Virksomhed, ident).flettet_til


async def test_a_likely_duplicate_is_offered_with_its_reason(desk: Browser, to: tuple[int, int]) -> None:
    page = await desk.side(f"/desk/virksomheder/{to[0]}")
    assert "samme telefonnummer" in page and f'href="/desk/virksomheder/{to[0]}/flet/{to[1]}"' in page


async def test_both_are_shown_and_nothing_is_done_without_a_yes(desk: Browser, engine: Engine, to: tuple[int, int]) -> None:
    page = await desk.side(f"/desk/virksomheder/{to[0]}/flet/{to[1]}")
    assert "Café Prøven" in page and "Prøvens Café ApS" in page and "Vil have udeservering" in page
    assert f'value="{to[1]}" checked' in page  # the one with a CVR number
    refused = await desk.post(f"/desk/virksomheder/{to[0]}/flet/{to[1]}", {"behold": "alle"})
    assert refused.status == 422 and 'id="flet-behold-fejl"' in await refused.text()
    assert await off_loop(flettet_til, engine, to[0]) is None


async def test_merged_once_and_undone(desk: Browser, engine: Engine, to: tuple[int, int]) -> None:
    way = f"/desk/virksomheder/{to[0]}/flet/{to[1]}"
    for _ in range(2):  # sent twice it is done once
        response = await desk.post(way, {"behold": str(to[1])})
        assert (response.status, response.headers["Location"]) == (303, f"/desk/virksomheder/{to[1]}")
    assert await off_loop(flettet_til, engine, to[0]) == to[1]
    page = await desk.side(f"/desk/virksomheder/{to[1]}")
    assert "Café Prøven" in page and "De to er lagt sammen." in page and page.count("/fortryd/") == 1
    undo = page.split('action="')[1:]
    (path,) = [part.split('"')[0] for part in undo if "/fortryd/" in part.split('"')[0]]
    for told in ("er fortrudt", "allerede fortrudt"):
        assert (await desk.post(path)).status == 303
        assert told in await desk.side(f"/desk/virksomheder/{to[1]}")
    assert await off_loop(flettet_til, engine, to[0]) is None


async def test_another_can_be_searched_for(desk: Browser, to: tuple[int, int]) -> None:
    page = await desk.side(f"/desk/virksomheder?flet={to[0]}&q=cafe")
    assert f'href="/desk/virksomheder/{to[0]}/flet/{to[1]}"' in page
    assert f'href="/desk/virksomheder/{to[0]}/flet/{to[0]}"' not in page


async def test_one_that_may_not_be_seen_cannot_be_merged(
    kontor: TestClient[Any, Any], engine: Engine, to: tuple[int, int]
) -> None:
    hidden = await off_loop(opret, engine, virksomhed={"navn": "Hemmelig Prøve"}, team="tmf-byggeri")
    other = await off_loop(virksomhed_id, engine, hidden)
    bo = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-opstart-vaekst"])
    assert (await bo.get(f"/desk/virksomheder/{to[0]}/flet/{to[1]}")).status == 200
    for path in (f"{to[0]}/flet/{other}", f"{other}/flet/{to[0]}"):
        assert (await bo.get(f"/desk/virksomheder/{path}")).status == 404
        assert (await bo.post(f"/desk/virksomheder/{path}", {"behold": str(to[0])})).status == 404
    assert await off_loop(flettet_til, engine, other) is None
