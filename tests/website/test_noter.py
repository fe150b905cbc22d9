"""Private notes: staff's alone, and kept with the case where the conversation has made one."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from connectors.crm.henvendelser import opret
from connectors.crm.korrespondance import Artikel
from connectors.database import reading
from connectors.website import erase, noter, store
from connectors.website.models import SamtaleNote
from tests.crm.eksempler import FRIST, udkast
from tests.website.personale import NU, Person, ansat, efter, samtale


@pytest.fixture
def mette(engine: Engine) -> Person:
    return ansat(engine, "Mette")


def _artikler(engine: Engine) -> list[tuple[str, str, str, str]]:
    with reading(engine) as session:
        return [(row.retning, row.form, row.hvem, row.tekst) for row in session.scalars(select(Artikel).order_by(Artikel.id))]


def test_a_note_is_masked_signed_and_never_shown_to_the_business(engine: Engine, mette: Person) -> None:
    samtale_id = samtale(engine)
    noter.skriv_note(engine, samtale_id, mette, " ejeren er 010190-1234 ", efter(5))
    assert noter.noter(engine, samtale_id) == [noter.Note(efter(5), "Mette Prøvesen", "ejeren er [CPR]")]
    assert len(store.fetch(engine, samtale_id, 0).messages) == 1


@pytest.mark.parametrize(("text", "why"), [(" \n\u200b", "tom"), ("x" * 5001, "for lang")])
def test_what_is_no_note_is_refused(engine: Engine, mette: Person, text: str, why: str) -> None:
    samtale_id = samtale(engine)
    with pytest.raises(ValueError, match=why):
        noter.skriv_note(engine, samtale_id, mette, text, NU)
    assert noter.noter(engine, samtale_id) == []


def test_it_goes_with_the_conversation(engine: Engine, mette: Person) -> None:
    deleted, old = samtale(engine), samtale(engine)
    for samtale_id in (deleted, old):
        noter.skriv_note(engine, samtale_id, mette, "en note", NU)
    erase.close_and_erase(engine, deleted, "slettet", NU)
    assert noter.noter(engine, deleted) == []
    assert erase.purge(engine, efter(60)) == 2
    with reading(engine) as session:
        assert session.scalars(select(SamtaleNote)).all() == []
    assert _artikler(engine) == []


@pytest.mark.parametrize("purged", [False, True])
def test_where_there_is_a_case_it_goes_over_to_the_case_once(engine: Engine, mette: Person, purged: bool) -> None:
    samtale_id = samtale(engine)
    opret(engine, udkast(samtale=samtale_id), FRIST, NU)
    noter.skriv_note(engine, samtale_id, mette, "aftalt pr. telefon", NU)
    for _ in range(2):
        if purged:
            erase.purge(engine, efter(60))
        else:
            erase.close_and_erase(engine, samtale_id, "slettet", NU)
    assert _artikler(engine) == [("intern", "note", "Mette Prøvesen", "aftalt pr. telefon")]
    assert noter.noter(engine, samtale_id) == []


def test_a_note_that_is_written_after_the_business_has_left_goes_over_too(engine: Engine, mette: Person) -> None:
    samtale_id = samtale(engine)
    opret(engine, udkast(samtale=samtale_id), FRIST, NU)
    noter.skriv_note(engine, samtale_id, mette, "før", NU)
    erase.close_and_erase(engine, samtale_id, "slettet", NU)
    noter.skriv_note(engine, samtale_id, mette, "efter", efter(5))
    assert erase.purge(engine, efter(60)) == 1
    assert [artikel[3] for artikel in _artikler(engine)] == ["før", "efter"]
