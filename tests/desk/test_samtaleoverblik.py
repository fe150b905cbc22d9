"""What stands beside a conversation: the summary, its cases and its company."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.crm.tid import nu
from connectors.database import writing
from connectors.desk.adgang import som_bruger
from connectors.desk.samtaleoverblik import hent
from connectors.desk.samtalevisning import IngenSamtale
from connectors.website.models import Samtale
from tests.desk.kontor import medarbejder
from tests.desk.sager import opret
from tests.desk.samtaler import venter
from tests.website.personale import samtale
from tests.website.test_resume import remember

CVR = "97225249"


def test_nothing_known_is_nothing_told(engine: Engine, bibliotek: Library) -> None:
    anna = som_bruger(medarbejder(engine), "x")
    found = hent(engine, samtale(engine, nu()), anna, bibliotek)
    assert (found.sager, found.virksomhed_id, found.virksomhed, found.resume.sidste) == ([], None, None, ())


def test_cases_newest_first_and_the_company_of_the_newest(engine: Engine, bibliotek: Library) -> None:
    anna = som_bruger(medarbejder(engine), "x")
    samtale_id = venter(engine, "vi vil have et skilt op")
    first = opret(engine, samtale=samtale_id, virksomhed={"navn": "Ærø Prøvebageri"})
    second = opret(engine, samtale=samtale_id, virksomhed={"navn": "Café Prøven"})
    found = hent(engine, samtale_id, anna, bibliotek)
    assert found.sager == [second, first]
    assert found.virksomhed == "Café Prøven" and found.virksomhed_id is not None
    assert found.resume.sidste == ("vi vil have et skilt op",)


def test_a_company_known_by_its_cvr_is_found_before_there_is_a_case(engine: Engine, bibliotek: Library) -> None:
    anna = som_bruger(medarbejder(engine), "x")
    opret(engine, virksomhed={"navn": "Tegnestuen Prøve", "cvr": CVR})
    samtale_id = venter(engine, "hej")
    remember(engine, samtale_id, ("firma", {"cvr": CVR}))
    found = hent(engine, samtale_id, anna, bibliotek)
    assert (found.sager, found.virksomhed) == ([], "Tegnestuen Prøve")


def test_it_is_for_those_who_may_see_the_conversation(engine: Engine, bibliotek: Library) -> None:
    hr = som_bruger(medarbejder(engine, "hanne", ["konsulent"], ["team-hr"]), "x")
    with pytest.raises(IngenSamtale):
        hent(engine, venter(engine, "hej"), hr, bibliotek)


def test_a_cvr_that_was_only_typed_tells_of_no_company_that_is_not_theirs(engine: Engine, bibliotek: Library) -> None:
    hr = som_bruger(medarbejder(engine, "hanne", ["konsulent"], ["team-hr"]), "x")
    opret(engine, virksomhed={"navn": "Tegnestuen Prøve", "cvr": CVR}, team="tmf-byggeri")
    samtale_id = venter(engine, "hej")
    remember(engine, samtale_id, ("firma", {"cvr": CVR}))
    with writing(engine) as session:
        session.get_one(Samtale, samtale_id).koe_enhed = "team-hr"
    found = hent(engine, samtale_id, hr, bibliotek)
    assert (found.virksomhed_id, found.virksomhed) == (None, None)
