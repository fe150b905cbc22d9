"""What a business was promised of how long its data are kept."""

import datetime as dt

import pytest
from sqlalchemy import Engine, select

from connectors.api import numre
from connectors.api.models import ApiKontakt
from connectors.crm import aftaler, artikler, maerker
from connectors.crm.filtre import Filtre
from connectors.crm.fletning import flet
from connectors.crm.henvendelser import find, opret, som_json, status
from connectors.crm.korrespondance import Artikel
from connectors.crm.lister import hent
from connectors.crm.models import Aftale, Henvendelse, Kontakt
from connectors.crm.opbevaring import maaneder_foer, slet_personoplysninger
from connectors.crm.soegbar import soegetekst
from connectors.crm.udkast import HenvendelseUdkast, KontaktUdkast, VirksomhedUdkast
from connectors.crm.virksomhed import Fletning, Virksomhed
from connectors.database import reading, writing
from connectors.mail.models import Brev
from connectors.mail.udbakke import laeg
from tests.crm.medarbejdere import FRONT, library

NU = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


GAMMEL = dt.datetime(2025, 11, 1, 12, tzinfo=dt.UTC)


def _case(engine: Engine, key: str, made: dt.datetime, **virksomhed: str) -> str:
    draft = HenvendelseUdkast(
        noegle=key,
        kanal="chat",
        team="frontfunktion",
        virksomhed=VirksomhedUdkast(**virksomhed),
        kontakt=KontaktUdkast(navn="Karla Prøvesen", telefon="20417703", samtykke=made),
        svar={"behov": "min nabo hedder Ole"},
        hovedindhold="Karla vil ringes op",
        samtale="abc",
    )
    return opret(engine, draft, made + dt.timedelta(days=2), made).number


def test_personal_data_are_erased_when_the_time_is_up_and_the_case_stays(engine: Engine) -> None:
    old = _case(engine, "gammel", maaneder_foer(NU, 12) - dt.timedelta(days=1))
    new = _case(engine, "ny", maaneder_foer(NU, 12) + dt.timedelta(days=1))
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 1
    erased, kept = som_json(engine, old), som_json(engine, new)
    assert erased is not None
    assert kept is not None
    assert set(erased["kontakt"].values()) == {None}
    assert (erased["svar"], erased["hovedindhold"], erased["samtale"]) == ({}, "Slettet.", None)
    assert erased["historik"][-1]["felt"] == "personoplysninger"
    assert "Karla" not in repr(erased)
    assert kept["kontakt"]["navn"] == "Karla Prøvesen"
    assert status(engine, old, "20417703") is None
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 0


@pytest.mark.parametrize(
    ("nu", "months", "before"),
    [((2026, 11, 24), 12, (2025, 11, 24)), ((2026, 1, 31), 11, (2025, 2, 28)), ((2026, 3, 31), 1, (2026, 2, 28))],
)
def test_months_are_the_calendars(nu: tuple[int, int, int], months: int, before: tuple[int, int, int]) -> None:
    assert maaneder_foer(dt.datetime(*nu, tzinfo=dt.UTC), months) == dt.datetime(*before, tzinfo=dt.UTC)


def _old_case(engine: Engine, key: str, **company: str) -> Henvendelse:
    number = _case(engine, key, GAMMEL, **company)
    with reading(engine) as session:
        return find(session, number)


def test_what_staff_have_written_and_mails_go_too_and_tags_stay(engine: Engine) -> None:
    row = _old_case(engine, "gammel", navn="Prøvetegnestuen")
    artikler.tilfoej(engine, row.nummer, "Karla Prøvesen", "ind", "mail", "Karla skriver", til="karla@example.com", emne="Karla")
    artikler.tilfoej(engine, row.nummer, "Prøve Kollega", "intern", "note", "Karla har ringet")
    version = aftaler.tilfoej(engine, library(), row.nummer, row.version, "Prøve Kollega", "Ring til Karla", None, NU)
    maerker.tilfoej(engine, row.nummer, "Prøve Kollega", "presse")
    with writing(engine) as session:
        laeg(session, "svar", "nøgle", "karla@example.com", "Karla", "Kære Karla", row.id, NU)
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 1
    with reading(engine) as session:
        for table in (Artikel, Brev, Aftale, Virksomhed, Kontakt):
            assert session.scalars(select(table)).all() == [], table
        kept = find(session, row.nummer)
        assert kept.version > version
        assert (kept.virksomhed_id, kept.soegetekst) == (None, soegetekst([row.nummer, "Slettet."]))
        assert "Karla" not in repr([(line.felt, line.fra, line.til) for line in kept.historik])
    assert maerker.for_sag(engine, row.nummer) == ["presse"]
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Nu med andre ord.") == 0


def test_what_is_written_in_an_erased_case_has_its_own_time(engine: Engine) -> None:
    row = _old_case(engine, "gammel")
    slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.")
    artikler.tilfoej(engine, row.nummer, "Prøve Kollega", "intern", "note", "Karla ringede igen", nu=NU)
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 0
    assert len(artikler.for_sag(engine, row.nummer)) == 1
    later = NU + dt.timedelta(days=400)
    assert slet_personoplysninger(engine, maaneder_foer(later, 12), later, "Slettet.") == 1
    assert artikler.for_sag(engine, row.nummer) == []


def test_a_companys_record_goes_with_its_last_case_and_what_was_merged_into_it(engine: Engine) -> None:
    sol, luna = _old_case(engine, "a", navn="Prøve Sol"), _old_case(engine, "b", navn="Prøve Luna")
    mars = _old_case(engine, "c", navn="Prøve Mars")
    new = _case(engine, "d", NU, navn="Prøve Mars")
    assert sol.virksomhed_id is not None and luna.virksomhed_id is not None
    flet(engine, library(), luna.virksomhed_id, sol.virksomhed_id, "Prøve Kollega", NU)
    assert slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.") == 3
    with reading(engine) as session:
        assert [row.navn for row in session.scalars(select(Virksomhed))] == ["Prøve Mars"]
        assert session.scalars(select(Fletning)).all() == []
        assert find(session, new).virksomhed_id == mars.virksomhed_id
        assert find(session, mars.nummer).virksomhed_id is None


def test_nothing_of_the_erased_can_be_found(engine: Engine) -> None:
    row = _old_case(engine, "gammel", navn="Prøvetegnestuen", cvr="97225249")
    artikler.tilfoej(engine, row.nummer, "Prøve Kollega", "intern", "note", "Nabo hedder Ole")
    asked = ("karla", "20417703", "prøvetegnestuen", "97225249", "ole")
    for text in asked:
        assert hent(engine, FRONT, "alle", Filtre(soeg=text), NU).total == 1, text
    slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.")
    for text in asked:
        assert hent(engine, FRONT, "alle", Filtre(soeg=text), NU).total == 0, text
    assert hent(engine, FRONT, "alle", Filtre(soeg=row.nummer), NU).total == 1


def test_what_the_api_knows_of_a_contact_goes_with_its_last_case(engine: Engine) -> None:
    row = _old_case(engine, "gammel", navn="Prøve Sol")
    numre.kontakter(engine, ["tlf:20417703"])
    told = {"navn": "Luna Prøvesen", "email": "luna@example.dk", "virksomhed_id": row.virksomhed_id}
    with writing(engine) as session:
        session.add(ApiKontakt(noegle="email:luna@example.dk", oprettet=NU, **told))
        session.add(Virksomhed(navn="Prøve Ny", navn_noegle="proveny", oprettet=NU))
    slet_personoplysninger(engine, maaneder_foer(NU, 12), NU, "Slettet.")
    with reading(engine) as session:
        assert session.scalars(select(ApiKontakt.noegle)).all() == ["email:luna@example.dk"]
        assert set(session.scalars(select(Virksomhed.navn))) == {"Prøve Sol", "Prøve Ny"}
    later = NU + dt.timedelta(days=400)
    slet_personoplysninger(engine, maaneder_foer(later, 12), later, "Slettet.")
    with reading(engine) as session:
        assert session.scalars(select(ApiKontakt.noegle)).all() == []
        assert session.scalars(select(Virksomhed.navn)).all() == []
