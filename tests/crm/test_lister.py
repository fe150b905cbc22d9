"""The lists show what they promise, in order, page by page; the counts are what is shown."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.language.dato import KOEBENHAVN
from connectors.crm import aftaler, delopgaver
from connectors.crm.filtre import Filtre
from connectors.crm.henvendelser import find, opret
from connectors.crm.listelinje import Linje
from connectors.crm.lister import LISTER, PER_SIDE, Liste, Side, antal, hent
from connectors.crm.models import KANALER, STATUSSER, Henvendelse
from connectors.crm.synlighed import maa_se
from connectors.database import reading, writing
from tests.crm import tilfaeldige
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import FRONT, Seer, konsulent, library


def _all(engine: Engine, bruger: Seer, liste: Liste, filtre: Filtre = Filtre(), nu: dt.datetime = NU) -> list[Linje]:  # noqa: B008
    first = hent(engine, bruger, liste, filtre, nu)
    pages = [first, *(hent(engine, bruger, liste, filtre, nu, side) for side in range(2, first.sider + 1))]
    lines = [line for page in pages for line in page.linjer]
    assert len(lines) == first.total
    assert all(len(page.linjer) == PER_SIDE for page in pages[:-1])
    return lines


def _case(engine: Engine, noegle: str, frist: dt.datetime = FRIST, **andre: Any) -> str:
    return opret(engine, udkast(noegle=noegle, **{"delopgaver": [], "aftaler": [], **andre}), frist, NU).number


def _expected(engine: Engine, bruger: Seer, liste: Liste, filtre: Filtre, nu: dt.datetime) -> set[tuple[str, int]]:
    """What the list must hold, worked out row by row."""
    midnight = dt.datetime.combine(nu.astimezone(KOEBENHAVN).date() + dt.timedelta(days=1), dt.time(), KOEBENHAVN)
    found: set[tuple[str, int]] = set()
    with reading(engine) as session:
        rows = [row for row in tilfaeldige.alle(engine) if maa_se(session, row, bruger)]
    for row in rows:
        if not all(rule(row) for rule in _rules(bruger, liste, filtre)):
            continue
        dues: list[tuple[str, int, dt.datetime | None]] = [("sag", row.id, row.svarfrist)]
        if liste == "frist":
            dues += [("delopgave", one.id, one.frist) for one in row.delopgaver if one.status != "afsluttet"]
            dues += [("aftale", one.id, one.frist) for one in row.aftaler if one.udfoert is None]
        for slags, one_id, due in dues:
            if liste == "frist" and (due is None or due >= midnight):
                continue
            if filtre.overskredne and (due is None or due >= nu or row.status == "afsluttet"):
                continue
            found.add((slags, one_id))
    return found


def _rules(bruger: Seer, liste: Liste, filtre: Filtre) -> list[Callable[[Henvendelse], bool]]:
    rules: list[Callable[[Henvendelse], bool]] = []
    if liste != "alle":
        rules.append(lambda row: row.status != "afsluttet")
    if liste == "mine":
        rules.append(lambda row: row.ejer_id == bruger.id)
    if liste == "team":
        rules.append(
            lambda row: (
                row.team in bruger.enheder
                or any(task.enhed in bruger.enheder and task.status != "afsluttet" for task in row.delopgaver)
            )
        )
    equal = {name: getattr(filtre, name) for name in ("team", "status", "kanal", "servicepakke")} | {"ejer_id": filtre.ejer}
    rules.append(lambda row: all(value is None or getattr(row, name) == value for name, value in equal.items()))
    if filtre.uden_ejer:
        rules.append(lambda row: row.ejer_id is None)
    if (fra := filtre.fra) is not None:
        rules.append(lambda row: row.oprettet.astimezone(KOEBENHAVN).date() >= fra)
    if (til := filtre.til) is not None:
        rules.append(lambda row: row.oprettet.astimezone(KOEBENHAVN).date() <= til)
    return rules


def _random_filter(chance: random.Random) -> Filtre:
    day = NU.date() - dt.timedelta(days=chance.randrange(20))
    every: dict[str, Any] = {
        "team": chance.choice(tilfaeldige.ENHEDER),
        "status": chance.choice(STATUSSER),
        "kanal": chance.choice(KANALER),
        "servicepakke": chance.choice(tilfaeldige.PAKKER),
        "ejer": chance.choice([1, 2, 3]),
        "uden_ejer": True,
        "fra": day,
        "til": day + dt.timedelta(days=4),
        "overskredne": True,
        "sorter": chance.choice(["svarfrist", "oprettet"]),
    }
    return Filtre(**{name: every[name] for name in chance.sample(sorted(every), chance.randrange(3))})


@pytest.mark.parametrize("seed", [1, 2])
def test_every_list_with_every_filter_holds_just_what_it_should(engine: Engine, seed: int) -> None:
    tilfaeldige.byg(engine, seed)
    chance = random.Random(seed)
    sizes = set()
    for bruger in [FRONT, *tilfaeldige.medarbejdere(seed, 8)]:
        counts = antal(engine, bruger, NU)
        for liste in LISTER:
            assert counts[liste] == len(_all(engine, bruger, liste))
            for filtre in (Filtre(), *(_random_filter(chance) for _ in range(4))):
                lines = _all(engine, bruger, liste, filtre)
                got = {(line.slags, line.id) for line in lines}
                assert len(got) == len(lines), "nothing stands twice, also over pages"
                assert got == _expected(engine, bruger, liste, filtre, NU), (bruger, liste, filtre)
                sizes.add(len(got))
    assert len(sizes) > 10, "the filters tell the lists apart"


def test_the_order_is_by_deadline_or_the_newest_first(engine: Engine) -> None:
    tilfaeldige.byg(engine, 3)
    for liste in LISTER:
        by_deadline = [line.frist for line in _all(engine, FRONT, liste, Filtre(sorter="svarfrist"))]
        assert by_deadline == sorted(by_deadline)
    newest = [line.oprettet for line in _all(engine, FRONT, "alle")]
    assert newest == sorted(newest, reverse=True) != sorted(newest)
    made = [line.oprettet for line in _all(engine, FRONT, "team", Filtre(sorter="oprettet"))]
    assert made == sorted(made, reverse=True)
    due = [line.frist for line in _all(engine, FRONT, "frist", Filtre(sorter="oprettet"))]
    assert due == sorted(due), "what is due is always by deadline"


@pytest.mark.parametrize(
    ("frist", "listed"),
    [("2026-11-24T00:00", True), ("2026-11-24T23:59", True), ("2026-11-25T00:00", False), ("2026-11-01T12:00", True)],
)
@pytest.mark.parametrize("nu", ["2026-11-24T00:00:01", "2026-11-24T23:59:59"])
def test_today_is_copenhagens(engine: Engine, nu: str, frist: str, listed: bool) -> None:
    _case(engine, "a", dt.datetime.fromisoformat(frist).replace(tzinfo=KOEBENHAVN))
    moment = dt.datetime.fromisoformat(nu).replace(tzinfo=KOEBENHAVN).astimezone(dt.UTC)
    assert len(_all(engine, FRONT, "frist", nu=moment)) == listed
    assert antal(engine, FRONT, moment)["frist"] == listed


def test_what_is_due_says_what_it_is(engine: Engine) -> None:
    number = _case(engine, "a", FRIST + dt.timedelta(days=30))
    with reading(engine) as session:
        row = find(session, number)
    soon = NU + dt.timedelta(hours=2)
    version = delopgaver.tilfoej(
        engine, library(), number, row.version, "K", "kff-bevilling", NU, ydelse="alkoholbevilling", frist=soon
    )
    later = soon + dt.timedelta(hours=1)
    aftaler.tilfoej(engine, library(), number, version, "K", "Ring til dem", later, NU)
    task, agreement = _all(engine, FRONT, "frist")
    assert (task.slags, task.enhed, task.ydelse, task.aftale, task.frist) == (
        "delopgave",
        "kff-bevilling",
        "alkoholbevilling",
        None,
        soon,
    )
    assert (agreement.slags, agreement.aftale, agreement.enhed, agreement.frist) == ("aftale", "Ring til dem", None, later)
    assert task.number == agreement.number == number
    assert (task.virksomhed, task.kontakt, task.svarfrist) == ("Prøvetegnestuen", "Prøve Person", FRIST + dt.timedelta(days=30))


def test_a_row_is_the_case_and_a_company_that_told_no_name_has_its_records(engine: Engine) -> None:
    _case(engine, "a")
    number = _case(engine, "b", virksomhed={"cvr": "97225249"}, servicepakke=None)
    (line, _) = _all(engine, FRONT, "alle")
    assert (line.slags, line.number, line.virksomhed, line.kontakt) == ("sag", number, "Prøvetegnestuen", "Prøve Person")
    assert (line.kanal, line.status, line.team, line.servicepakke) == ("chat", "ny", "team-opstart-vaekst", None)
    assert (line.frist, line.svarfrist, line.oprettet, line.version) == (FRIST, FRIST, NU, 1)


def test_a_unit_finds_a_case_in_which_it_has_a_part_until_that_is_finished(engine: Engine) -> None:
    number = _case(engine, "a", delopgaver=[{"enhed": "kff-bevilling"}])
    backoffice = Seer(5, frozenset({"backoffice"}), frozenset({"kff-bevilling"}))
    assert [line.number for line in _all(engine, backoffice, "team")] == [number]
    with writing(engine) as session:
        find(session, number).delopgaver[0].status = "afsluttet"
    assert _all(engine, backoffice, "team") == []
    assert [line.number for line in _all(engine, backoffice, "alle")] == [number]


def test_an_owner_who_may_not_see_the_case_any_more_does_not_find_it(engine: Engine) -> None:
    number = _case(engine, "a")
    with writing(engine) as session:
        find(session, number).ejer_id = 5
    assert len(_all(engine, konsulent(id=5), "mine")) == 1
    assert _all(engine, Seer(5, frozenset({"backoffice"}), frozenset({"team-hr"})), "mine") == []
    assert antal(engine, Seer(5, frozenset({"analytiker"})), NU) == dict.fromkeys(LISTER, 0)


def test_tags_and_search_narrow_a_list_too(engine: Engine) -> None:
    tilfaeldige.byg(engine, 4, 30)
    tagged = _all(engine, FRONT, "alle", Filtre(maerke="presse"))
    found = _all(engine, FRONT, "alle", Filtre(soeg="ÆRØ"))
    both = _all(engine, FRONT, "alle", Filtre(soeg="ærø", maerke="presse"))
    assert {line.number for line in both} == {line.number for line in tagged} & {line.number for line in found}
    assert 0 < len(both) < len(tagged) < 30
    assert _all(engine, FRONT, "alle", Filtre(maerke="findes ikke")) == []
    due = _all(engine, FRONT, "frist", Filtre(soeg="ærø"))
    assert {line.slags for line in due} == {"sag", "delopgave", "aftale"}


@pytest.mark.parametrize(("asked", "got"), [(-1, 1), (0, 1), (1, 1), (2, 2), (3, 2), (99, 2)])
def test_a_page_that_is_none_is_the_nearest(engine: Engine, asked: int, got: int) -> None:
    for i in range(PER_SIDE + 1):
        _case(engine, f"n{i}")
    page = hent(engine, FRONT, "alle", Filtre(), NU, asked)
    assert (page.side, page.sider, page.total) == (got, 2, PER_SIDE + 1)
    assert len(page.linjer) == (PER_SIDE if got == 1 else 1)


def test_an_empty_list_is_one_empty_page(engine: Engine) -> None:
    assert hent(engine, FRONT, "mine", Filtre(), NU, 7) == Side([], 0, 1, 1)
