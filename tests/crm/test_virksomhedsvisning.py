"""One company, one view, of what the one who looks may see."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Engine

from connectors.crm import aftaler, sagsgang
from connectors.crm.fletning import flet
from connectors.crm.henvendelser import Kvittering, opret, version
from connectors.crm.virksomheder import saet_kam
from connectors.crm.virksomhedsvisning import VirksomhedVist, vis
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import FRONT, Seer, ansat, konsulent, library

HVEM = "Prøve Kollega"
SOL = {"cvr": "97225249", "navn": "Prøve Sol", "branche": "arkitekt", "ansatte": 1}


def _case(engine: Engine, noegle: str, hours: int = 0, **andre: Any) -> Kvittering:
    told = {"virksomhed": SOL, "delopgaver": [], "aftaler": [], **andre}
    return opret(engine, udkast(noegle=noegle, **told), FRIST, NU + dt.timedelta(hours=hours))


def _vist(engine: Engine, bruger: Seer = FRONT, virksomhed_id: int = 1) -> VirksomhedVist:
    shown = vis(engine, virksomhed_id, bruger)
    assert shown is not None
    return shown


def test_the_record_with_all_that_the_company_has_told(engine: Engine) -> None:
    ida = {"navn": "Ida Prøvesen", "telefon": "20417704", "samtykke": NU}
    first = _case(engine, "a", servicepakke="opstartspakke")
    second = _case(
        engine, "b", 1, servicepakke=None, kontakt=ida, virksomhed={"cvr": "97225249", "navn": "prøve sol", "ansatte": 5}
    )
    third = _case(engine, "c", 2, servicepakke="hr-pakke")
    shown = _vist(engine)
    assert (shown.id, shown.cvr, shown.navn, shown.andre_navne, shown.kam) == (1, "97225249", "Prøve Sol", (), None)
    assert [line.number for line in shown.henvendelser] == [third.number, second.number, first.number]
    assert shown.oplysninger == {"branche": "arkitekt", "ansatte": 1, "stadie": None, "beliggenhed": None}
    assert [(line.servicepakke, line.number) for line in shown.pakker] == [
        ("hr-pakke", third.number),
        ("opstartspakke", first.number),
    ]
    assert [(one.navn, one.senest) for one in shown.kontakter] == [
        ("Prøve Person", NU + dt.timedelta(hours=2)),
        ("Ida Prøvesen", NU + dt.timedelta(hours=1)),
    ]
    assert shown.skjulte == 0


def test_agreements_that_are_open_by_time(engine: Engine) -> None:
    frist = {"frist": FRIST, "ejer": HVEM}
    one = _case(engine, "a", aftaler=[{"tekst": "Uden frist"}, {"tekst": "Senere", **frist}])
    _case(engine, "b", aftaler=[{"tekst": "Først", "frist": FRIST - dt.timedelta(days=1)}])
    done = _case(engine, "c", aftaler=[{"tekst": "Gjort", "frist": FRIST}])
    closed = _case(engine, "d", aftaler=[{"tekst": "Lukket", "frist": FRIST}])
    shown = _vist(engine)
    gjort = next(aftale for aftale in shown.aftaler if aftale.tekst == "Gjort")
    aftaler.udfoer(engine, library(), done.number, done.version, HVEM, gjort.id, NU)
    sagsgang.aendr(engine, library(), closed.number, closed.version, HVEM, {"status": "afsluttet", "udfald": "loest"}, NU)
    kept = _vist(engine).aftaler
    assert [aftale.tekst for aftale in kept] == ["Først", "Senere", "Uden frist"]
    assert (kept[1].number, kept[1].frist, kept[1].ejer) == (one.number, FRIST, HVEM)


def test_one_who_may_not_see_all_sees_own_cases_and_how_many_there_are_beside(engine: Engine) -> None:
    own = _case(engine, "a", team="team-hr")
    _case(engine, "b", kontakt={"navn": "Skjult Prøve", "telefon": "20417704", "samtykke": NU})
    shown = _vist(engine, konsulent("team-hr"))
    assert [line.number for line in shown.henvendelser] == [own.number]
    assert shown.skjulte == 1
    assert "Skjult Prøve" not in repr(shown)


def test_one_who_may_see_none_of_its_cases_does_not_learn_that_it_exists(engine: Engine) -> None:
    _case(engine, "a", team="team-hr")
    assert vis(engine, 1, konsulent("team-tmf")) is None
    assert vis(engine, 1, Seer(3, frozenset({"analytiker", "redaktør", "admin"}), frozenset({"team-hr"}))) is None
    assert vis(engine, 999, FRONT) is None


def test_the_key_account_manager_sees_the_company_and_is_named(engine: Engine) -> None:
    _case(engine, "a", team="team-hr")
    kaja = ansat(engine)
    assert vis(engine, 1, konsulent(id=kaja.id)) is None
    saet_kam(engine, library(), 1, 1, kaja, HVEM, NU)
    shown = _vist(engine, konsulent(id=kaja.id))
    assert shown.kam == kaja
    assert len(shown.henvendelser) == 1


def test_what_was_merged_into_it_is_part_of_it_and_leads_to_it(engine: Engine) -> None:
    _case(engine, "a", virksomhed={"navn": "Prøve Luna"})
    _case(engine, "b")
    _case(engine, "c", virksomhed={"cvr": "12345674", "navn": "Prøve Mars"})
    flet(engine, library(), 2, 1, HVEM, NU)
    flet(engine, library(), 3, 1, HVEM, NU)
    shown = _vist(engine)
    assert (shown.cvr, shown.andre_cvr) == ("97225249", ("12345674",))
    assert (shown.navn, shown.andre_navne) == ("Prøve Luna", ("Prøve Sol", "Prøve Mars"))
    assert len(shown.henvendelser) == 3
    assert _vist(engine, FRONT, 3).id == 1, "an old address leads to it"


def test_the_version_is_what_a_change_needs(engine: Engine) -> None:
    made = _case(engine, "a")
    kaja = ansat(engine)
    saet_kam(engine, library(), 1, _vist(engine).version, kaja, HVEM, NU)
    saet_kam(engine, library(), 1, _vist(engine).version, None, HVEM, NU)
    assert _vist(engine).kam is None
    assert version(engine, made.number) is not None
