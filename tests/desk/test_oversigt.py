"""The lists: who sees what, counts that are right, search, filters, pages, what to do where nothing is."""

import datetime as dt
import re
from typing import Any

from aiohttp.test_utils import TestClient
from sqlalchemy import Engine, select

from connectors.crm.tid import nu
from connectors.database import off_loop, reading, writing
from connectors.desk.models import Revision
from connectors.website.models import Besked, Samtale
from tests.desk.kontor import Browser, log_ind
from tests.desk.sager import opret

IGAAR, I_DAG = dt.timedelta(days=-1), dt.timedelta(seconds=1)


def antal_paa(side: str) -> dict[str, int]:
    """The counts that a page's tabs show."""
    return {name: int(count) for name, count in re.findall(r'data-antal="(\w+)">(\d+)<', side)}


def chat(engine: Engine, ident: str, state: str = "venter", **felter: Any) -> None:
    """A conversation in which the business has asked for a person."""
    values = {"created": nu(), "active": nu(), "venter_siden": nu() - dt.timedelta(minutes=7), **felter}
    with writing(engine) as session:
        session.add(Samtale(id=ident, token_hash=ident, state=state, epoch=1, last_seq=2, read_seq=0, **values))
        session.flush()
        for seq, sender, text in ((1, "bot", "Hej"), (2, "user", f"Må jeg tale med nogen? ({ident})")):
            session.add(Besked(samtale_id=ident, seq=seq, sender=sender, text=text, data={}, created=nu(), pending=False))


def revisioner(engine: Engine) -> list[tuple[str, str, str, Any]]:
    with reading(engine) as session:
        rows = session.scalars(select(Revision).order_by(Revision.id))
        return [(row.handling, row.slags, row.noegle, row.detaljer) for row in rows]


async def test_lists_hold_what_they_say_and_the_tabs_count_it(desk: Browser, engine: Engine) -> None:
    late = await off_loop(opret, engine, IGAAR, team="team-hr", virksomhed={"navn": "Sen Prøve"})
    due = await off_loop(opret, engine, dt.timedelta(days=30), team="frontfunktion", virksomhed={"navn": "Rolig Prøve"})
    body = await (await desk.get("/desk/api/antal")).json()
    assert body == {"venter": 0, "mine_chats": 0, "mine": 0, "team": 1, "frist": 1, "alle": 2}
    for name, shown, hidden in (("team", due, late), ("frist", late, due)):
        page = await desk.side(f"/desk/?liste={name}")
        assert shown in page and hidden not in page
        assert antal_paa(page) == {key: value for key, value in body.items() if key != "mine_chats"}
    everything = await desk.side("/desk/?liste=alle")
    assert late in everything and due in everything


async def test_a_deadline_is_told_in_a_word_and_a_colour(desk: Browser, engine: Engine) -> None:
    await off_loop(opret, engine, IGAAR)
    page = await desk.side("/desk/?liste=frist")
    assert '<span class="badge badge-error">overskredet 1 dag</span>' in page


async def test_the_first_list_with_something_in_it_is_shown(desk: Browser, engine: Engine) -> None:
    assert "Ingen venter lige nu" in await desk.side("/desk/")
    await off_loop(opret, engine, dt.timedelta(days=30), team="frontfunktion")
    assert "Mit teams åbne sager" in await desk.side("/desk/")
    await off_loop(chat, engine, "samtale-a")
    assert "Har ventet" in await desk.side("/desk/")


async def test_chats_that_wait_can_be_taken_and_own_ones_opened(desk: Browser, engine: Engine) -> None:
    await off_loop(chat, engine, "samtale-a")
    await off_loop(chat, engine, "samtale-b", "menneske", medarbejder_id=desk.bruger.id)
    await off_loop(chat, engine, "samtale-c", "menneske", medarbejder_id=desk.bruger.id + 1)
    page = await desk.side("/desk/?liste=venter")
    assert 'action="/desk/samtaler/samtale-a/tag"' in page and "7 minutter" in page
    assert 'href="/desk/samtaler/samtale-b"' in page and "1 ny" in page
    assert "samtale-c" not in page
    counts = await (await desk.get("/desk/api/antal")).json()
    assert (counts["venter"], counts["mine_chats"]) == (1, 1)


async def test_who_is_no_front_sees_only_their_own_units(kontor: TestClient[Any, Any], engine: Engine) -> None:
    hr = await off_loop(opret, engine, IGAAR, team="team-hr")
    other = await off_loop(opret, engine, IGAAR, team="tmf-byggeri")
    task = await off_loop(opret, engine, IGAAR, team="tmf-byggeri", delopgaver=[{"enhed": "team-hr", "frist": None}])
    konsulent = await log_ind(kontor, engine, "bo", ["konsulent"], ["team-hr"])
    page = await konsulent.side("/desk/?liste=alle")
    assert hr in page and task in page and other not in page
    assert (await (await konsulent.get("/desk/api/antal")).json())["alle"] == 2
    found = await konsulent.side(f"/desk/?q={other}")
    assert "Intet fundet" in found


async def test_roles_without_cases_have_no_lists(kontor: TestClient[Any, Any], engine: Engine) -> None:
    for role in ("redaktør", "analytiker", "admin"):
        person = await log_ind(kontor, engine, f"x-{role}", [role], ["team-hr"])
        assert (await person.get("/desk/")).status == 403
        refused = await person.get("/desk/api/antal")
        assert refused.status == 403 and (await refused.json())["error"]["code"] == "ingen_adgang"


async def test_search_finds_and_a_number_opens_its_case(desk: Browser, engine: Engine) -> None:
    number = await off_loop(opret, engine, virksomhed={"navn": "Ærø Prøvebageri"})
    other = await off_loop(opret, engine, virksomhed={"navn": "Anden Prøve"})
    page = await desk.side("/desk/?liste=alle&q=%C3%A6r%C3%B8")
    assert number in page and other not in page and "»ærø«" in page
    response = await desk.get(f"/desk/?q={number.lower()}")
    assert (response.status, response.headers["Location"]) == (303, f"/desk/sager/{number}")


async def test_filters_narrow_and_are_kept_in_the_form(desk: Browser, engine: Engine) -> None:
    phone = await off_loop(opret, engine, kanal="telefon", team="team-hr")
    chat_case = await off_loop(opret, engine, kanal="chat", team="team-hr")
    page = await desk.side("/desk/?liste=alle&kanal=telefon&team=team-hr")
    assert phone in page and chat_case not in page
    assert '<option value="telefon" selected>' in page and "Fjern filtre" in page
    nothing = await desk.side("/desk/?liste=alle&kanal=mail")
    assert "Ingen sager passer til filtrene" in nothing


async def test_a_date_that_is_none_is_told_at_its_field(desk: Browser, engine: Engine) -> None:
    await off_loop(opret, engine)
    page = await desk.side("/desk/?liste=alle&fra=snart")
    assert 'id="filter-fra-fejl"' in page and 'value="snart"' in page


async def test_pages_and_order_are_links(desk: Browser, engine: Engine) -> None:
    for count in range(26):
        await off_loop(opret, engine, dt.timedelta(days=count + 1), virksomhed={"navn": f"Prøve nr. {count:02d}"})
    first = await desk.side("/desk/?liste=alle&sorter=svarfrist")
    assert "26 linjer, side 1 af 2" in first and "Prøve nr. 00" in first and "Prøve nr. 25" not in first
    assert 'aria-sort="ascending"' in first and 'href="/desk/?liste=alle&amp;sorter=svarfrist&amp;side=2"' in first
    second = await desk.side("/desk/?liste=alle&sorter=svarfrist&side=2")
    assert "Prøve nr. 25" in second and "Prøve nr. 00" not in second


async def test_what_a_business_wrote_is_never_markup(desk: Browser, engine: Engine) -> None:
    evil = "<img src=x onerror=alert(1)>"
    await off_loop(opret, engine, virksomhed={"navn": evil}, hovedindhold=evil)
    await off_loop(chat, engine, "samtale-a")
    for name in ("alle", "venter"):
        assert "<img src=x" not in await desk.side(f"/desk/?liste={name}&q=%3Cimg+src%3Dx%3E")


async def test_what_was_looked_at_is_in_the_audit_log_and_what_was_searched_for_is_not(desk: Browser, engine: Engine) -> None:
    number = await off_loop(opret, engine, virksomhed={"navn": "Hemmelig Prøve"})
    await desk.side("/desk/?liste=alle&q=hemmelig")
    await desk.side("/desk/?liste=alle")
    lines = await off_loop(revisioner, engine)
    assert ("søgt", "liste", "alle", {"sager": [number]}) in lines and ("set", "liste", "alle", {"sager": [number]}) in lines
    assert "emmelig" not in str(lines)


async def test_a_page_that_keeps_itself_fresh_is_one_look(desk: Browser, engine: Engine) -> None:
    await desk.side("/desk/?liste=alle")  # nothing on it
    number = await off_loop(opret, engine)
    for _ in range(3):
        await desk.side("/desk/?liste=alle")
    other = await off_loop(opret, engine)
    await desk.side("/desk/?liste=alle")
    shown = [details for *_, details in await off_loop(revisioner, engine)]
    assert shown == [{"sager": [number]}, {"sager": [number, other]}]
