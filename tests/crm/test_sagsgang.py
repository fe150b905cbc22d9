"""Staff change a case: every rule of what follows, and what is refused."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from connectors.crm.ejer import Ejer
from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.crm.henvendelser import find, opret, som_json
from connectors.crm.korrespondance import Artikel
from connectors.crm.models import Henvendelse
from connectors.crm.sagsgang import AabneDelopgaver, SagErAfsluttet, aendr
from connectors.crm.svarfrist import deadline
from connectors.crm.tid import iso
from connectors.database import reading, writing
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library

SENERE = NU + dt.timedelta(hours=1)
KOLLEGA = Ejer(7, "Prøve Kollega")
LUKKET = {"status": "afsluttet", "udfald": "loest"}


def _case(engine: Engine, **andre: Any) -> tuple[str, int]:
    made = opret(engine, udkast(**{"delopgaver": [], **andre}), FRIST, NU)
    return made.number, made.version


def _change(engine: Engine, number: str, version: int, felter: dict[str, Any], nu: dt.datetime = SENERE, **andre: Any) -> int:
    return aendr(engine, library(), number, version, "Prøve Kollega", felter, nu, **andre)


def _row(engine: Engine, number: str) -> Henvendelse:
    with reading(engine) as session:
        return find(session, number)


def _lines(engine: Engine, number: str) -> list[tuple[str, str | None, str | None]]:
    return [(line.felt, line.fra, line.til) for line in _row(engine, number).historik][1:]


def _mails(engine: Engine, slags: str) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Brev).where(Brev.slags == slags)) or 0


def test_owner_and_status_are_set_together_with_their_lines_and_the_business_hears_it_once(engine: Engine) -> None:
    number, version = _case(engine)
    new = _change(engine, number, version, {"ejer": KOLLEGA, "status": "i gang"})
    row = _row(engine, number)
    assert new == row.version > version
    assert (row.ejer, row.ejer_id, row.status, row.aendret) == ("Prøve Kollega", 7, "i gang", SENERE)
    assert sorted(_lines(engine, number)) == [("ejer", None, "Prøve Kollega"), ("status", "ny", "i gang")]
    assert _mails(engine, "orientering") == 1


def test_the_business_is_not_told_where_staff_say_so(engine: Engine) -> None:
    number, version = _case(engine)
    _change(engine, number, version, {"ejer": KOLLEGA}, orienter=False)
    assert _mails(engine, "orientering") == 0
    with reading(engine) as session:
        assert session.scalars(select(Artikel)).all() == []


def test_an_owner_can_be_taken_off(engine: Engine) -> None:
    number, version = _case(engine)
    version = _change(engine, number, version, {"ejer": KOLLEGA})
    _change(engine, number, version, {"ejer": None})
    row = _row(engine, number)
    assert (row.ejer, row.ejer_id) == (None, None)


def test_another_of_the_same_name_is_another_owner_without_a_line_that_says_nothing(engine: Engine) -> None:
    number, version = _case(engine)
    version = _change(engine, number, version, {"ejer": KOLLEGA})
    assert _change(engine, number, version, {"ejer": Ejer(8, "Prøve Kollega")}) > version
    assert _row(engine, number).ejer_id == 8
    assert _lines(engine, number) == [("ejer", None, "Prøve Kollega")]


def test_a_new_team_has_its_own_deadline_and_is_warned_anew(engine: Engine) -> None:
    number, _ = _case(engine)
    with writing(engine) as session:
        row = find(session, number)
        row.varslet = row.eskaleret = NU
    version = _row(engine, number).version
    _change(engine, number, version, {"team": "tmf-byggeri"})
    row = _row(engine, number)
    assert row.svarfrist == deadline("tmf-byggeri", SENERE, library()) != FRIST
    assert (row.varslet, row.eskaleret) == (None, None)
    assert ("svarfrist", iso(FRIST), iso(row.svarfrist)) in _lines(engine, number)


def test_a_deadline_that_is_given_stands_and_is_warned_anew(engine: Engine) -> None:
    number, _ = _case(engine)
    with writing(engine) as session:
        find(session, number).varslet = NU
    version = _row(engine, number).version
    later = FRIST + dt.timedelta(days=3)
    _change(engine, number, version, {"team": "tmf-byggeri", "svarfrist": later})
    row = _row(engine, number)
    assert (row.svarfrist, row.varslet) == (later, None)


def test_closing_keeps_when_and_how_and_asks_the_business_once(engine: Engine) -> None:
    number, version = _case(engine)
    version = _change(engine, number, version, LUKKET)
    row = _row(engine, number)
    assert (row.status, row.udfald, row.afsluttet, row.version) == ("afsluttet", "loest", SENERE, version)
    assert ("udfald", None, "løst") in _lines(engine, number)
    assert _mails(engine, "survey") == 1
    version = _change(engine, number, version, {"status": "i gang"}, SENERE + dt.timedelta(hours=1))
    _change(engine, number, version, LUKKET, SENERE + dt.timedelta(hours=2))
    assert _mails(engine, "survey") == 1


def test_reopening_takes_outcome_and_time_away_and_gives_a_new_deadline_only_where_the_old_one_has_passed(engine: Engine) -> None:
    number, version = _case(engine)
    version = _change(engine, number, version, LUKKET)
    version = _change(engine, number, version, {"status": "i gang"})
    row = _row(engine, number)
    assert (row.status, row.udfald, row.afsluttet, row.svarfrist) == ("i gang", None, None, FRIST)
    version = _change(engine, number, version, LUKKET)
    after = FRIST + dt.timedelta(days=30)
    _change(engine, number, version, {"status": "ny"}, after)
    assert _row(engine, number).svarfrist == deadline("team-opstart-vaekst", after, library())


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"status": "lukket"}, "ikke en status"),
        ({"status": "afsluttet"}, "uden et udfald"),
        ({"status": "afsluttet", "udfald": "fint"}, "ikke et udfald"),
        ({"udfald": "loest"}, "sag, der afsluttes"),
        ({"team": "team-findes-ikke"}, "ikke en enhed"),
        ({"svarfrist": NU}, "efter nu"),
        ({"svarfrist": None}, "efter nu"),
        ({"svarfrist": FRIST.replace(tzinfo=None)}, "tidszone"),
        ({"nummer": "KBH-2026-000009"}, "kan ikke ændres"),
        ({"ejer": KOLLEGA, "status": "lukket"}, "ikke en status"),
    ],
)
def test_what_makes_no_sense_is_refused_whole(engine: Engine, felter: dict[str, Any], hvorfor: str) -> None:
    number, version = _case(engine)
    before = som_json(engine, number)
    with pytest.raises(ValueError, match=hvorfor):
        _change(engine, number, version, felter)
    assert som_json(engine, number) == before
    assert _row(engine, number).version == version
    assert _mails(engine, "orientering") == 0


@pytest.mark.parametrize(
    "felter", [{"ejer": KOLLEGA}, {"team": "tmf-byggeri"}, {"udfald": "henvist"}, {"key_account_manager": "X"}]
)
def test_a_closed_case_refuses_changes(engine: Engine, felter: dict[str, Any]) -> None:
    number, version = _case(engine)
    version = _change(engine, number, version, LUKKET)
    before = som_json(engine, number)
    with pytest.raises(SagErAfsluttet, match="genåbn"):
        _change(engine, number, version, felter)
    assert som_json(engine, number) == before
    assert _change(engine, number, version, LUKKET) == version, "what is so already is no change"


def test_open_delopgaver_hold_a_case_open_unless_staff_insist(engine: Engine) -> None:
    number, version = _case(engine, delopgaver=[{"enhed": "kff-bevilling", "ydelse": "alkoholbevilling"}])
    with pytest.raises(AabneDelopgaver, match="én delopgave er ikke afsluttet") as refused:
        _change(engine, number, version, LUKKET)
    assert refused.value.enheder == ["kff-bevilling"]
    assert _row(engine, number).status == "ny"
    _change(engine, number, version, LUKKET, trods_delopgaver=True)
    assert _row(engine, number).status == "afsluttet"


def test_a_stale_change_is_refused_and_tells_who_was_there_first(engine: Engine) -> None:
    number, version = _case(engine)
    aendr(engine, library(), number, version, "Første Kollega", {"status": "i gang"}, SENERE)
    before = som_json(engine, number)
    with pytest.raises(ForaeldetVersion, match=r"Første Kollega tirsdag den 24\. november 2026 kl\. 11\.12") as refused:
        _change(engine, number, version, {"ejer": KOLLEGA})
    assert (refused.value.af, refused.value.tid, refused.value.status) == ("Første Kollega", SENERE, "i gang")
    assert som_json(engine, number) == before
    with pytest.raises(UkendtHenvendelse):
        _change(engine, "KBH-2026-000999", 1, {"status": "i gang"})


def test_of_many_who_take_a_case_at_once_one_gets_it(engine: Engine) -> None:
    number, version = _case(engine)

    def take(i: int) -> bool:
        try:
            aendr(engine, library(), number, version, f"kollega {i}", {"ejer": Ejer(i, f"kollega {i}")}, SENERE)
        except ForaeldetVersion:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(take, range(6)))
    assert sum(won) == 1
    assert _row(engine, number).ejer_id == won.index(True)
    assert len(_lines(engine, number)) == 1
    assert _mails(engine, "orientering") == 1
