"""Everything that can go wrong on the way, each for itself."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from aiohttp import web
from sqlalchemy import insert

from connectors.crm import artikler
from connectors.crm.korrespondance import Artikel
from connectors.database import reading
from connectors.zammad import levering
from connectors.zammad.levering import proev_igen
from connectors.zammad.models import Levering
from connectors.zammad.oversigt import status
from tests.crm.eksempler import NU
from tests.zammad.conftest import Hus
from tests.zammad.falsk import EFTER, FOER


def _levering(hus: Hus) -> Levering:
    with reading(hus.engine) as session:
        return session.query(Levering).one()


async def _failing(hus: Hus, call: str, wrong: str) -> None:
    """Try once while every request that begins with ``call`` goes wrong."""

    def fejl(request: web.Request) -> str | None:
        return wrong if f"{request.method} {request.path.removeprefix('/api/v1/')}".startswith(call) else None

    hus.zammad.fejl = fejl
    hus.changes = {"zammad_timeout_seconds": 0.3} if wrong == "langsom" else {}
    await hus.en()
    hus.zammad.fejl, hus.changes = lambda _: None, {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("call", ["GET tickets/search", "POST tickets", "POST ticket_articles", "PUT tickets"])
@pytest.mark.parametrize("wrong", [*FOER, *EFTER])
async def test_one_failure_anywhere_is_made_good_without_a_double(hus: Hus, call: str, wrong: str) -> None:
    number = hus.sag()
    if call == "PUT tickets":
        await hus.alle()
        hus.aendr(number, status="i gang")
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "En note", nu=NU)
    await _failing(hus, call, wrong)
    row = _levering(hus)
    assert row.fejl and row.forsoeg == 1 and row.opgivet is None and row.naeste_forsoeg > hus.nu
    found = await hus.alle()
    assert (found.leveret, found.venter, found.opgivet) == (1, 0, 0)
    assert hus.zammad.ticket(number)["state"] == ("open" if call == "PUT tickets" else "new")
    assert hus.zammad.bodies(number)[1:] == ["En note"]
    assert _levering(hus).fejl is None


async def test_a_lost_answer_is_found_by_the_number_also_where_no_search_shows_it(hus: Hus) -> None:
    number = hus.sag()
    hus.zammad.indekseret = hus.zammad.kender_condition = False
    await _failing(hus, "POST tickets", "tabt")
    assert len(hus.zammad.tickets) == 1
    hus.nu += dt.timedelta(hours=1)
    await hus.en()  # the number is taken over there, so that no second ticket can be made
    assert len(hus.zammad.tickets) == 1
    hus.zammad.indekseret = True
    proev_igen(hus.engine, hus.nu)
    assert (await hus.alle()).leveret == 1
    assert len(hus.zammad.tickets) == 1 and hus.zammad.ticket(number)["number"] == number


async def test_a_zammad_that_knows_no_conditions_is_searched_by_words(hus: Hus) -> None:
    hus.sag()
    hus.zammad.kender_condition = False
    await _failing(hus, "POST tickets", "tabt")
    assert (await hus.alle()).leveret == 1
    assert len(hus.zammad.tickets) == 1


async def test_somebody_else_s_ticket_with_our_number_is_not_taken(hus: Hus) -> None:
    number = hus.sag()
    hus.zammad.tickets[7] = {"id": 7, "number": number, "title": "En helt anden sag", "group": "team-hr", "state": "new"}
    found = await hus.alle()
    assert found.opgivet == 1 and "already exists" in str(found.linjer[0].fejl)
    assert hus.zammad.tickets[7]["group"] == "team-hr" and len(hus.zammad.tickets) == 1


async def test_no_zammad_at_all_is_tried_again_and_the_others_are_left_alone(hus: Hus) -> None:
    hus.sag("n1")
    hus.sag("n2")
    await hus.zammad.stop()
    assert not await hus.en()
    found = status(hus.engine)
    assert found.venter == 2 and sum(line.forsoeg for line in found.linjer) == 1
    assert "kan ikke nås" in str([line.fejl for line in found.linjer])


async def test_waits_grow_and_are_never_in_step(hus: Hus) -> None:
    hus.sag()
    hus.zammad.fejl = lambda _: "503"
    waits = []
    for _ in range(8):
        await hus.en()
        waits.append((_levering(hus).naeste_forsoeg - hus.nu).total_seconds())
        hus.nu = _levering(hus).naeste_forsoeg
    base = hus.settings().zammad_retry_seconds
    for tries, wait in enumerate(waits):
        least = min(base * 2**tries, hus.settings().zammad_longest_wait_seconds)
        assert least <= wait <= least * 1.5
    assert len(set(waits)) == len(waits)


async def test_zammad_s_own_wait_is_kept(hus: Hus) -> None:
    hus.changes = {"zammad_retry_seconds": 0.1}
    hus.sag()
    hus.zammad.fejl = lambda _: "429"
    await hus.en()
    assert (_levering(hus).naeste_forsoeg - hus.nu).total_seconds() == 7
    assert not await hus.en()


@pytest.mark.parametrize(("wrong", "siger"), [("401", "ERHVERV_ZAMMAD_TOKEN"), ("301", "ERHVERV_ZAMMAD_URL")])
async def test_a_wrong_setting_is_told_and_gives_no_case_up(hus: Hus, wrong: str, siger: str) -> None:
    number = hus.sag()
    hus.zammad.fejl = lambda _: wrong
    await hus.en()
    (line,) = status(hus.engine).linjer
    assert siger in str(line.fejl) and not line.opgivet
    hus.zammad.fejl = lambda _: None
    await hus.alle()
    assert hus.zammad.ticket(number)


async def test_a_refusal_is_given_up_with_its_reason_until_somebody_tries_again(hus: Hus) -> None:
    number = hus.sag(team="tmf-trafik")  # no such group over there
    found = await hus.alle()
    (line,) = found.linjer
    assert found.opgivet == 1 and line.opgivet and line.nummer == number
    assert line.fejl == "Zammad afviste (422): No lookup value found for 'group': 'tmf-trafik'"
    calls = len(hus.zammad.kald)
    hus.nu += dt.timedelta(days=3)
    assert not await hus.en() and len(hus.zammad.kald) == calls
    hus.changes = {"zammad_groups": {"tmf-trafik": "frontfunktion"}}
    assert proev_igen(hus.engine, hus.nu) == 1
    assert (await hus.alle()).opgivet == 0
    assert hus.zammad.ticket(number)["group"] == "frontfunktion"


async def test_a_case_that_was_given_up_is_tried_again_when_it_changes(hus: Hus) -> None:
    number = hus.sag(team="tmf-trafik")
    await hus.alle()
    hus.aendr(number, team="team-hr")
    found = await hus.alle()
    assert (found.leveret, found.opgivet) == (1, 0)
    assert hus.zammad.ticket(number)["group"] == "team-hr"


async def test_a_refusal_of_one_case_does_not_stop_the_others(hus: Hus) -> None:
    hus.sag("n1", team="tmf-trafik")
    others = [hus.sag(f"n{index}") for index in (2, 3)]
    found = await hus.alle()
    assert (found.leveret, found.opgivet) == (2, 1)
    assert {ticket["number"] for ticket in hus.zammad.tickets.values()} == set(others)


async def test_a_ticket_deleted_over_there_is_made_anew_only_when_somebody_says_so(hus: Hus) -> None:
    number = hus.sag()
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "En note", nu=NU)
    await hus.alle()
    hus.zammad.tickets.clear()
    hus.zammad.articles.clear()
    hus.aendr(number, status="i gang")
    found = await hus.alle()
    assert found.opgivet == 1 and "findes ikke mere" in str(found.linjer[0].fejl)
    assert not hus.zammad.tickets
    proev_igen(hus.engine, hus.nu, number)
    await hus.alle()
    assert hus.zammad.ticket(number)["state"] == "open" and len(hus.zammad.bodies(number)) == 2


async def test_what_zammad_says_is_shown_without_a_cpr_number_and_never_logged(
    hus: Hus, caplog: pytest.LogCaptureFixture
) -> None:
    hus.sag()

    def refuse(request: web.Request) -> str | None:
        return "422" if request.method == "POST" and request.path.endswith("/tickets") else None

    hus.zammad.fejl = refuse
    await hus.alle()
    assert "nej 422" in str(status(hus.engine).linjer[0].fejl)
    assert "nej 422" not in caplog.text and "opgivet" in caplog.text


async def test_two_processes_never_deliver_the_same_case(hus: Hus) -> None:
    numbers = [hus.sag(f"n{index}") for index in range(6)]

    async def process() -> int:
        done = 0
        while await hus.en():
            done += 1
        return done

    done = await asyncio.gather(*(process() for _ in range(4)))
    assert sum(done) == 6
    assert sorted(ticket["number"] for ticket in hus.zammad.tickets.values()) == numbers


async def test_a_process_that_dies_in_the_middle_is_followed_by_another(hus: Hus) -> None:
    number = hus.sag()
    reached = asyncio.Event()

    def hang(request: web.Request) -> str | None:
        if request.method == "POST" and request.path.endswith("/tickets"):
            reached.set()
            return "langsom"
        return None

    hus.zammad.fejl, hus.zammad.langsom_sekunder = hang, 60
    hus.changes = {"zammad_timeout_seconds": 30}
    dying = asyncio.create_task(hus.en())
    await reached.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    hus.zammad.fejl, hus.changes = lambda _: None, {}
    assert not await hus.en()  # not at once: what was sent may still be on its way
    await hus.alle()
    assert len(hus.zammad.tickets) == 1 and hus.zammad.ticket(number)
    assert len(hus.zammad.bodies(number)) == 1


async def test_a_process_that_vanished_loses_its_case_when_the_time_is_up(hus: Hus) -> None:
    number = hus.sag()
    til = hus.nu + dt.timedelta(minutes=6)
    held = levering.tag(hus.engine, hus.nu, til)
    assert held is not None and not await hus.en()
    hus.nu = til + dt.timedelta(seconds=1)
    assert await hus.en()
    levering.fejlet(hus.engine, held, hus.nu, hus.nu, "for sent")  # it comes back to life: it has no say any more
    assert _levering(hus).fejl is None and hus.zammad.ticket(number)


async def test_an_article_committed_after_one_with_a_higher_id_is_not_forgotten(hus: Hus) -> None:
    number = hus.sag()
    first = artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "Den første", nu=NU)
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "Den anden", nu=NU)
    with hus.engine.begin() as connection:
        (row,) = connection.exec_driver_sql(f"SELECT * FROM henvendelse_artikel WHERE id = {first}").mappings().all()
        connection.exec_driver_sql(f"DELETE FROM henvendelse_artikel WHERE id = {first}")
    await hus.alle()
    with hus.engine.begin() as connection:
        connection.execute(insert(Artikel).values({**row, "tid": NU}))
    await hus.alle()
    assert sorted(hus.zammad.bodies(number)[1:]) == ["Den anden", "Den første"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_answer_that_comes_in_many_pieces_is_read_to_its_end(hus: Hus) -> None:
    number = hus.sag()
    await hus.alle()
    for _ in range(20):
        artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "æ" * 15_000, nu=NU)
    assert (await hus.alle(runder=5)).leveret == 1
    artikler.tilfoej(hus.engine, number, "Prøve Kollega", "intern", "note", "Den sidste", nu=NU)
    found = await hus.alle()
    assert (found.leveret, found.venter, found.opgivet) == (1, 0, 0)
    assert len(hus.zammad.bodies(number)) == 22
