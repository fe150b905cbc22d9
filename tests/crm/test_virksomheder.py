"""A key account manager gets the company's cases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, select

from connectors.crm import sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.fejl import ForaeldetVirksomhed, UkendtVirksomhed
from connectors.crm.henvendelser import find, opret
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.crm.virksomheder import saet_kam
from connectors.database import reading, writing
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import ansat, library

SENERE = NU + dt.timedelta(hours=1)
HVEM = "Prøve Kollega"


def _case(engine: Engine, noegle: str, cvr: str = "97225249") -> Henvendelse:
    made = opret(engine, udkast(noegle=noegle, virksomhed={"cvr": cvr}, delopgaver=[]), FRIST, NU)
    return _row(engine, made.number)


def _row(engine: Engine, number: str) -> Henvendelse:
    with reading(engine) as session:
        return find(session, number)


def test_open_cases_get_the_name_and_those_without_owner_the_owner(engine: Engine) -> None:
    free, owned, closed, other = _case(engine, "a"), _case(engine, "b"), _case(engine, "c"), _case(engine, "d", "12345674")
    kaja = ansat(engine)
    sagsgang.aendr(engine, library(), owned.nummer, owned.version, HVEM, {"ejer": Ejer(99, "Ove Prøve")}, SENERE, orienter=False)
    felter = {"status": "afsluttet", "udfald": "loest"}
    sagsgang.aendr(engine, library(), closed.nummer, closed.version, HVEM, felter, SENERE, orienter=False)
    assert free.virksomhed_id is not None
    assert saet_kam(engine, library(), free.virksomhed_id, 1, kaja, HVEM, SENERE) == 2

    def manager_and_owner(row: Henvendelse) -> tuple[str | None, str | None]:
        now = _row(engine, row.nummer)
        return now.key_account_manager, now.ejer

    assert manager_and_owner(free) == ("Kaja Prøvesen", "Kaja Prøvesen")
    assert _row(engine, free.nummer).ejer_id == kaja.id
    assert manager_and_owner(owned) == ("Kaja Prøvesen", "Ove Prøve")
    assert manager_and_owner(closed) == (None, None)
    assert manager_and_owner(other) == (None, None)
    with reading(engine) as session:
        told = session.scalars(select(Brev).where(Brev.slags == "orientering")).all()
    assert [brev.henvendelse_id for brev in told] == [free.id], "who got an owner hears of it"
    assert "Kaja Prøvesen" in told[0].tekst


def test_another_manager_and_none(engine: Engine) -> None:
    row = _case(engine, "a")
    kaja, ida = ansat(engine), ansat(engine, "Ida Prøvesen")
    assert row.virksomhed_id is not None
    version = saet_kam(engine, library(), row.virksomhed_id, 1, kaja, HVEM, SENERE)
    version = saet_kam(engine, library(), row.virksomhed_id, version, ida, HVEM, SENERE)
    now = _row(engine, row.nummer)
    assert (now.key_account_manager, now.ejer) == ("Ida Prøvesen", "Kaja Prøvesen"), "the owner stays the contact"
    saet_kam(engine, library(), row.virksomhed_id, version, None, HVEM, SENERE)
    now = _row(engine, row.nummer)
    assert (now.key_account_manager, now.ejer) == (None, "Kaja Prøvesen")
    with reading(engine) as session:
        assert session.get_one(Virksomhed, row.virksomhed_id).kam_id is None


def test_stale_unknown_and_merged_are_refused(engine: Engine) -> None:
    row, other = _case(engine, "a"), _case(engine, "b", "12345674")
    kaja = ansat(engine)
    assert row.virksomhed_id is not None
    saet_kam(engine, library(), row.virksomhed_id, 1, kaja, HVEM, SENERE)
    with pytest.raises(ForaeldetVirksomhed, match="version 2"):
        saet_kam(engine, library(), row.virksomhed_id, 1, None, HVEM, SENERE)
    with pytest.raises(UkendtVirksomhed):
        saet_kam(engine, library(), 999, 1, kaja, HVEM, SENERE)
    with writing(engine) as session:
        session.get_one(Virksomhed, row.virksomhed_id).flettet_til = other.virksomhed_id
    with pytest.raises(ValueError, match="lagt sammen"):
        saet_kam(engine, library(), row.virksomhed_id, 3, None, HVEM, SENERE)
    assert _row(engine, row.nummer).key_account_manager == "Kaja Prøvesen"
