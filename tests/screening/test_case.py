"""From a screening to a henvendelse: who gets it, what stands in it, what a colleague reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialog.case_text import main_content
from bot.knowledge import Library
from bot.screening.case import case_parts
from bot.screening.forloeb import Forloeb
from bot.screening.values import spoken
from connectors.crm.models import KANALER
from tests.screening.states import CONTACT, begun

ARCHITECT: dict[str, Any] = {
    "stadie": "nystartet",
    "beliggenhed": "københavn",
    "branche": "arkitekt",
    "ansatte": 1,
    "behov": "lære at styre forretningen, regnskab og budget",
    "planer": "fusionere med en partner inden for et år, så vi er 10",
}


def architect(library: Library) -> Forloeb:
    return replace(begun(library, "opstartspakke", **ARCHITECT, **CONTACT), valgte=("ivaerksaetterkurser",), valg_slut=True)


def cafe(library: Library, *services: str) -> Forloeb:
    state = begun(
        library, "cafe-restaurationspakke", type_sted="café", lokale=True, beliggenhed="københavn", tidsplan="maj",
        cafe_tilladelser=["alkohol"], behov="alt",
    )  # fmt: skip
    return replace(state, valgte=services, valg_slut=True)


def test_a_package_goes_to_its_team_with_the_answers_as_fields(library: Library) -> None:
    parts = case_parts(architect(library), library)
    assert parts.team == "team-opstart-vaekst"
    assert parts.virksomhed == {
        "cvr": "97225249", "navn": "Test", "branche": "arkitekt", "ansatte": 1, "stadie": "nystartet", "beliggenhed": "københavn",
    }  # fmt: skip
    assert {"behov", "planer"} <= set(parts.svar)
    assert not {"navn", "telefon", "samtykke", "stadie"} & set(parts.svar)
    assert parts.ydelser == ("ivaerksaetterkurser",)


def test_the_architects_coming_fusion_sends_to_the_vaeksthus(library: Library) -> None:
    assert library.eksterne["vaeksthus"].navn in case_parts(architect(library), library).henvist_til


def test_a_borderline_case_goes_to_the_front_function(library: Library) -> None:
    state = begun(library, "hr-pakke", stadie="etableret", beliggenhed="københavn", ansatte=45, behov="folk")
    parts = case_parts(state, library)
    assert (parts.team, parts.delopgaver) == ("frontfunktion", ())


def test_several_units_get_a_part_each_under_one_coordinator(library: Library) -> None:
    parts = case_parts(cafe(library, "alkoholbevilling", "brandsyn", "udeservering"), library)
    assert parts.team == "team-tmf"
    assert set(parts.delopgaver) == {
        ("kff-bevilling", "alkoholbevilling"), ("oekf-brand", "brandsyn"), ("tmf-byliv", "udeservering"),
    }  # fmt: skip


def test_the_coordinators_own_services_are_no_partial_tasks(library: Library) -> None:
    own = library.ydelser["brandsyn"].model_copy(update={"enhed": "team-tmf"})
    changed = replace(library, ydelser={**library.ydelser, "brandsyn": own})
    assert case_parts(cafe(library, "alkoholbevilling", "brandsyn"), changed).delopgaver == (
        ("kff-bevilling", "alkoholbevilling"),
    )


def test_a_package_that_needs_no_coordination_has_no_parts(library: Library) -> None:
    assert case_parts(architect(library), library).delopgaver == ()


def test_a_person_is_the_front_function_and_a_services_unit_only_where_that_was_pressed(library: Library) -> None:
    asked = replace(begun(library, None, behov="x", **CONTACT), emne="udeservering")
    assert case_parts(asked, library).team == "frontfunktion"
    assert case_parts(asked, library).ydelser == ("udeservering",)
    assert case_parts(replace(asked, til_enhed=True), library).team == library.ydelser["udeservering"].enhed
    assert case_parts(replace(asked, emne="findes-ikke", til_enhed=True), library).team == "frontfunktion"


def test_the_summary_holds_all_that_a_colleague_needs(library: Library) -> None:
    state = architect(library).with_skip("branche")
    text = main_content(state, library)
    pakke = library.servicepakker["opstartspakke"]
    wanted = [pakke.navn, spoken("stadie", "nystartet", library), ARCHITECT["behov"], ARCHITECT["planer"]]
    wanted += [library.ydelser["ivaerksaetterkurser"].navn, library.eksterne["vaeksthus"].navn]
    wanted += [library.spoergsmaal["branche"].opsummering.lower()]
    assert [part for part in wanted if part not in text] == []
    assert "{" not in text


def test_the_summary_gives_the_reason_of_a_borderline_case(library: Library) -> None:
    pakke = library.servicepakker["hr-pakke"]
    state = begun(library, "hr-pakke", stadie="etableret", beliggenhed="københavn", ansatte=45, behov="folk")
    reason = next(rule.hvorfor for rule in pakke.kriterier if rule.naar and "hoejst=49" in repr(rule.naar))
    assert reason in main_content(state, library)


def test_the_summary_of_a_person_wanted_quotes_the_business(library: Library) -> None:
    said = ("der larmes hele natten", "kan I ringe")
    state = replace(begun(library, None, behov="støj fra naboen", **CONTACT), emne="stoej-stoev-dispensation", sagt=said)
    text = main_content(state, library)
    assert "»der larmes hele natten« / »kan I ringe«" in text
    assert library.ydelser["stoej-stoev-dispensation"].navn in text
    assert "støj fra naboen" in text


def test_contact_data_do_not_stand_in_the_summary(library: Library) -> None:
    text = main_content(architect(library), library)
    assert "20417703" not in text.replace(" ", "")
    assert "Aske" not in text


def test_values_are_told_in_words(library: Library) -> None:
    assert spoken("ansatte", 5, library) == "5"
    assert spoken("ansatte", [5, 15], library) == "5-15"
    assert "100" in spoken("ansatte", [100, None], library)
    assert "4" in spoken("ansatte", [None, 4], library)
    assert spoken("stadie", "idé", library) == library.spoergsmaal["stadie"].valg[0].titel
    assert spoken("lokale", False, library) == library.spoergsmaal["lokale"].valg[1].titel
    assert spoken("cafe_tilladelser", ["alkohol", "nat"], library).count(",") == 1
    assert spoken("telefon", "20417703", library) == "20 41 77 03"
    assert spoken("telefon", "+4620417703", library) == "+4620417703"
    assert spoken("cvr", "97225249", library) == "97 22 52 49"


def test_the_trade_is_put_on_the_short_list_for_counting(library: Library) -> None:
    state = begun(library, "opstartspakke", branche="vi laver pizza og sandwich")
    assert case_parts(state, library).svar["branchegruppe"] == "restauration"
    assert case_parts(state, library).virksomhed["branche"] == "vi laver pizza og sandwich"


def test_the_summary_tells_how_they_came(library: Library) -> None:
    openings = {kanal: main_content(architect(library), library, kanal).splitlines()[0] for kanal in KANALER}
    assert len(set(openings.values())) == len(KANALER)
    assert "i chatten" in openings["chat"]
    assert "i telefonen" in openings["telefon"]
    wishes = {kanal: main_content(begun(library, None, behov="noget"), library, kanal).split(".")[0] for kanal in KANALER}
    assert len(set(wishes.values())) == len(KANALER)
    assert "chat" not in wishes["telefon"]


def test_the_summary_of_several_services_without_a_package_names_each(library: Library) -> None:
    state = replace(begun(library, None, behov="noget"), valgte=("udeservering", "alkoholbevilling"))
    told = main_content(state, library, "telefon")
    assert library.ydelser["udeservering"].navn in told
    assert library.ydelser["alkoholbevilling"].navn in told
