"""Records of one company made one, and made two again as they were."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select

from connectors.crm import fletning, sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.fejl import UkendtVirksomhed
from connectors.crm.fletning import flet, for_virksomhed, fortryd, mulige
from connectors.crm.henvendelser import find, opret
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Fletning, Virksomhed
from connectors.crm.virksomheder import saet_kam
from connectors.database import reading
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import FRONT, ansat, konsulent, library

SENERE = NU + dt.timedelta(hours=1)
HVEM = "Prøve Kollega"
SOL, LUNA, MARS = {"cvr": "97225249", "navn": "Prøve Sol"}, {"navn": "Prøve Luna"}, {"navn": "Prøve Mars"}


def _case(engine: Engine, noegle: str, virksomhed: dict[str, str], **andre: Any) -> Henvendelse:
    made = opret(engine, udkast(noegle=noegle, virksomhed=virksomhed, delopgaver=[], **andre), FRIST, NU)
    return _row(engine, made.number)


def _row(engine: Engine, number: str) -> Henvendelse:
    with reading(engine) as session:
        return find(session, number)


def _company(row: Henvendelse) -> int:
    assert row.virksomhed_id is not None
    return row.virksomhed_id


def _flet(engine: Engine, fra: Henvendelse, til: Henvendelse) -> int:
    return flet(engine, library(), _company(fra), _company(til), HVEM, SENERE)


def _fortryd(engine: Engine, fletning_id: int) -> None:
    fortryd(engine, library(), fletning_id, HVEM, SENERE)


def _where(engine: Engine, *rows: Henvendelse) -> list[int | None]:
    return [_row(engine, row.nummer).virksomhed_id for row in rows]


def _kam(engine: Engine, *rows: Henvendelse) -> list[tuple[str | None, str | None]]:
    return [(one.key_account_manager, one.ejer) for one in (_row(engine, row.nummer) for row in rows)]


def _state(engine: Engine) -> list[tuple[Any, ...]]:
    """Everything a merge may touch, but versions and history."""
    with reading(engine) as session:
        companies = session.scalars(select(Virksomhed).order_by(Virksomhed.id))
        cases = session.scalars(select(Henvendelse).order_by(Henvendelse.id))
        return [(one.id, one.cvr, one.navn, one.kam_id, one.flettet_til) for one in companies] + [
            (one.id, one.virksomhed_id, one.key_account_manager, one.ejer, one.ejer_id) for one in cases
        ]


def test_cases_move_with_a_line_each_and_later_ones_follow(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    _flet(engine, luna, sol)
    assert _where(engine, sol, luna) == [_company(sol), _company(sol)]
    line = _row(engine, luna.nummer).historik[-1]
    assert (line.hvem, line.felt) == (HVEM, "virksomhed")
    assert (line.fra, line.til) == (f"nr. {_company(luna)}", f"nr. {_company(sol)}"), "a name could not be erased"
    assert _row(engine, luna.nummer).version > luna.version
    assert _case(engine, "c", LUNA).virksomhed_id == _company(sol)


def test_a_cvr_follows_its_company_into_one_without(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    _flet(engine, sol, luna)
    assert _case(engine, "c", SOL).virksomhed_id == _company(luna)
    assert _case(engine, "d", {"navn": "prøve sol"}).virksomhed_id == _company(luna)


def test_undone_everything_is_as_it_was_and_what_came_after_stays(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    before = _state(engine)
    done = _flet(engine, luna, sol)
    assert _state(engine) != before
    _fortryd(engine, done)
    assert _state(engine) == before
    again = _flet(engine, luna, sol)
    late = _case(engine, "c", LUNA)
    _fortryd(engine, again)
    assert _where(engine, sol, luna, late) == [_company(sol), _company(luna), _company(sol)]
    assert _case(engine, "d", LUNA).virksomhed_id == _company(luna)


def test_the_one_key_account_manager_there_is_gets_both_companies_cases(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    kaja = ansat(engine)
    saet_kam(engine, library(), _company(luna), 1, kaja, HVEM, SENERE)
    before = _state(engine)
    done = _flet(engine, luna, sol)
    assert _kam(engine, sol, luna) == [("Kaja Prøvesen", "Kaja Prøvesen")] * 2
    with reading(engine) as session:
        assert session.get_one(Virksomhed, _company(sol)).kam_id == kaja.id
    _fortryd(engine, done)
    assert _state(engine) == before


def test_where_both_have_one_the_target_keeps_its_own(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    kaja, ida = ansat(engine), ansat(engine, "Ida Prøvesen")
    saet_kam(engine, library(), _company(luna), 1, kaja, HVEM, SENERE)
    saet_kam(engine, library(), _company(sol), 1, ida, HVEM, SENERE)
    before = _state(engine)
    done = _flet(engine, luna, sol)
    assert _kam(engine, sol, luna) == [("Ida Prøvesen", "Ida Prøvesen"), ("Ida Prøvesen", "Kaja Prøvesen")]
    _fortryd(engine, done)
    assert _state(engine) == before


def test_undoing_leaves_what_staff_have_changed_since(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    kaja, ida = ansat(engine), ansat(engine, "Ida Prøvesen")
    saet_kam(engine, library(), _company(luna), 1, kaja, HVEM, SENERE)
    done = _flet(engine, luna, sol)
    now = _row(engine, sol.nummer)
    sagsgang.aendr(engine, library(), sol.nummer, now.version, HVEM, {"ejer": Ejer(ida.id, ida.navn)}, SENERE)
    _fortryd(engine, done)
    assert _kam(engine, sol, luna) == [(None, "Ida Prøvesen"), ("Kaja Prøvesen", "Kaja Prøvesen")]


def test_a_chain_is_undone_in_reverse_order_only(engine: Engine) -> None:
    sol, luna, mars = _case(engine, "a", SOL), _case(engine, "b", LUNA), _case(engine, "c", MARS)
    before = _state(engine)
    first = _flet(engine, luna, sol)
    second = _flet(engine, sol, mars)
    assert _where(engine, sol, luna, mars) == [_company(mars)] * 3
    assert _case(engine, "d", LUNA).virksomhed_id == _company(mars)
    merged = _state(engine)
    with pytest.raises(ValueError, match="fortryd først den senere sammenlægning af Prøve Sol og Prøve Mars"):
        _fortryd(engine, first)
    assert _state(engine) == merged
    _fortryd(engine, second)
    _fortryd(engine, first)
    assert [line for line in _state(engine) if line in before] == before


@pytest.mark.parametrize("where", ["same", "fra", "til", "unknown"])
def test_what_cannot_be_merged_is_refused_whole(engine: Engine, where: str) -> None:
    sol, luna, mars = _case(engine, "a", SOL), _case(engine, "b", LUNA), _case(engine, "c", MARS)
    _flet(engine, luna, sol)
    ids = {
        "same": (_company(sol), _company(sol)),
        "fra": (_company(luna), _company(mars)),
        "til": (_company(mars), _company(luna)),
        "unknown": (_company(mars), 999),
    }[where]
    before = _state(engine)
    with pytest.raises((ValueError, UkendtVirksomhed)):
        flet(engine, library(), *ids, HVEM, SENERE)
    assert _state(engine) == before


def test_a_merge_is_undone_once(engine: Engine) -> None:
    done = _flet(engine, _case(engine, "a", LUNA), _case(engine, "b", SOL))
    _fortryd(engine, done)
    with pytest.raises(ValueError, match="allerede fortrudt"):
        _fortryd(engine, done)
    with pytest.raises(LookupError, match="999"):
        _fortryd(engine, 999)


def test_a_failure_on_the_way_leaves_everything_as_it_was(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    before = _state(engine)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fletning, "_under_manager", fail)
    with pytest.raises(ZeroDivisionError):
        _flet(engine, luna, sol)
    assert _state(engine) == before


def test_merges_in_both_directions_at_once_leave_one_company(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)

    def merge(pair: tuple[Henvendelse, Henvendelse]) -> bool:
        try:
            _flet(engine, *pair)
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(merge, [(sol, luna), (luna, sol)] * 2))
    assert sum(won) == 1
    assert len(set(_where(engine, sol, luna))) == 1
    with reading(engine) as session:
        assert len(session.scalars(select(Fletning)).all()) == 1


def test_cases_that_come_while_companies_are_merged_end_at_the_target(engine: Engine) -> None:
    sol, luna = _case(engine, "a", SOL), _case(engine, "b", LUNA)
    with ThreadPoolExecutor(4) as pool:
        cases = [pool.submit(_case, engine, f"n{i}", LUNA) for i in range(6)]
        merging = pool.submit(_flet, engine, luna, sol)
        merging.result()
        made = [case.result() for case in cases]
    assert set(_where(engine, sol, luna, *made)) == {_company(sol)}


def test_the_merges_of_a_company_and_which_can_be_undone(engine: Engine) -> None:
    sol, luna, mars = _case(engine, "a", SOL), _case(engine, "b", LUNA), _case(engine, "c", MARS)
    first, second = _flet(engine, luna, sol), _flet(engine, mars, sol)
    shown = for_virksomhed(engine, _company(sol))
    assert [(one.id, one.fra_navn, one.hvem, one.kan_fortrydes) for one in shown] == [
        (second, "Prøve Mars", HVEM, True),
        (first, "Prøve Luna", HVEM, False),
    ]
    _fortryd(engine, second)
    assert [(one.id, one.kan_fortrydes) for one in for_virksomhed(engine, _company(sol))] == [(first, True)]


def test_likely_duplicates_with_their_reasons_and_nothing_else(engine: Engine) -> None:
    kontakt = {"navn": "Prøve Person", "telefon": "20417703", "email": "proeve@example.com", "samtykke": NU}
    anden = {**kontakt, "telefon": "20417704", "email": "anden@example.com"}
    sol = _case(engine, "a", SOL, kontakt=kontakt)
    same_name = _case(engine, "b", {"cvr": "12345674", "navn": "PRØVE SOL ApS"}, kontakt=anden)
    same_contact = _case(engine, "c", LUNA, kontakt=kontakt)
    same_phone = _case(engine, "d", MARS, kontakt={**anden, "telefon": "20417703"})
    _case(engine, "e", {"navn": "Prøve Venus"}, kontakt={**anden, "telefon": "20417705", "email": "tredje@example.com"})
    found = mulige(engine, _company(sol), FRONT)
    assert [(one.id, one.grunde) for one in found] == [
        (_company(same_contact), ("samme telefonnummer", "samme e-mailadresse")),
        (_company(same_name), ("samme navn",)),
        (_company(same_phone), ("samme telefonnummer",)),
    ]
    assert found[1].cvr == "12345674"
    _flet(engine, same_name, sol)
    assert [one.id for one in mulige(engine, _company(sol), FRONT)] == [_company(same_contact), _company(same_phone)]
    assert mulige(engine, _company(sol), konsulent("team-hr")) == [], "none of whose cases they may see"
    assert mulige(engine, 999, FRONT) == []
