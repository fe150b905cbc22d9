"""The same answers give the same case, whether the business types them in the chat or staff at the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.knowledge import Library, load_library
from bot.screening.case import case_parts
from bot.screening.choosing import DONE
from bot.screening.forloeb import Forloeb
from bot.screening.skema import Indtastet
from bot.screening.steps import YDELSER, next_step
from bot.screening.turn import take
from bot.settings import settings
from connectors.crm.oprettelse import udkast_af
from connectors.desk.formular import Formular
from connectors.desk.registreringsform import Sendt
from connectors.desk.registreringssag import Sag, saml
from tests.screening.states import begun, pressed, typed

NU = dt.datetime(2026, 11, 24, 9, 12, tzinfo=dt.UTC)
CONTACT = {
    "samtykke": "ja", "videregivelse": "ja", "navn": "Karla Prøvesen", "telefon": "20 41 77 03", "cvr": "97 22 52 49",
    "virksomhed": "Prøvehuset", "faellesmoede": "ja",
}  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """What a business answers (a list: the choices it presses), which services it wants, and who gets it."""

    pakke: str
    svar: dict[str, str | list[str]]
    ydelser: list[str]
    team: str


SITUATIONS = [
    Situation(
        "opstartspakke",
        {
            "stadie": "vi startede sidste år",
            "beliggenhed": "Valby",
            "branche": "arkitekt",
            "ansatte": "kun mig selv",
            "behov": "lære at styre økonomien, regnskab og budget",
            "planer": "fusionere med en partner inden for et år, så vi er 10",
        },
        ["ivaerksaetterkurser", "raadgivning-1-1"],
        "team-opstart-vaekst",
    ),
    Situation(
        "vaekstpakke",
        {
            "stadie": "etableret",
            "beliggenhed": "København",
            "ansatte": "12",
            "vaekstprojekt": "ja",
            "projekt": "vi vil sælge til udlandet",
            "branche": "møbler",
            "behov": "eksport og flere hænder",
        },
        ["screening-vaekst"],
        "team-opstart-vaekst",
    ),
    Situation(
        "hr-pakke",
        {
            "stadie": "vi har kørt i 12 år",
            "beliggenhed": "Nørrebro",
            "ansatte": "80",
            "branche": "hotel",
            "behov": "vi mangler folk i køkkenet",
            "tidsplan": "til foråret",
            "planer": "åbne et hotel mere",
        },
        ["ordinaere-ansaettelser", "jobrotation"],
        "team-hr",
    ),
    Situation(
        "hr-pakke",
        {
            "stadie": "etableret",
            "beliggenhed": "København",
            "ansatte": "mellem 40 og 60",
            "branche": "rengøring",
            "behov": "vi mangler folk",
            "tidsplan": "ved ikke",
            "planer": "ved ikke",
        },
        [],
        "frontfunktion",
    ),
    Situation(
        "byggepakke",
        {
            "projekt": "vi bygger om til kontor",
            "beliggenhed": "Sydhavnen",
            "tilladelser": ["byggetilladelse", "stillads"],
            "byggeomfang": "stort",
            "tidsplan": "efter sommerferien",
        },
        ["stillads-container", "tilsyn"],
        "team-tmf",
    ),
    Situation(
        "cafe-restaurationspakke",
        {
            "type_sted": "café",
            "lokale": "ja",
            "beliggenhed": "Vesterbro",
            "cafe_tilladelser": ["alkohol", "udeservering"],
            "tidsplan": "1. maj",
            "behov": "hele vejen rundt",
        },
        ["alkoholbevilling", "udeservering", "brandsyn"],
        "team-tmf",
    ),
    Situation(
        "lokaliseringspakke",
        {
            "projekt": "vi flytter hovedkontoret hertil",
            "beliggenhed": "i en anden kommune, men vi flytter til Ørestad",
            "udenlandsk": "nej",
            "ansatte": "120",
            "branche": "software",
            "lokaliseringsbehov": ["byggeri", "medarbejdere"],
            "tidsplan": "næste år",
        },
        ["key-account-manager", "lokalplan"],
        "team-tmf",
    ),
    Situation(
        "international-arbejdskraftpakke",
        {
            "udland": "Vi vil ansætte folk fra udlandet",
            "beliggenhed": "Amager",
            "branche": "software",
            "ansatte": "25",
            "behov": "to udviklere fra Indien",
            "tidsplan": "hurtigst muligt",
        },
        ["international-rekruttering"],
        "international-house",
    ),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


def in_the_chat(situation: Situation, library: Library) -> Forloeb:
    """The bot's dialogue, to the summary."""
    state = begun(library, situation.pakke)
    answers: dict[str, Any] = {**CONTACT, **situation.svar}
    for _ in range(60):
        step = next_step(state, library)
        assert step is not None
        if step.asks == "bekraeft":
            return state
        if step.asks == YDELSER:
            presses = [pressed(YDELSER, ident) for ident in situation.ydelser] + [pressed(YDELSER, DONE)]
        elif isinstance(answer := answers[step.asks], list):
            presses = [pressed(step.asks, [value]) for value in answer] + [pressed(step.asks, DONE)]
        else:
            presses = [typed(answer)]
        for press in presses:
            turn = take(state, press, library)
            assert turn.handled, (step.asks, press)
            state = turn.state
    raise AssertionError(f"kom aldrig til opsummeringen: {state.asks}")


def at_the_desk(situation: Situation, library: Library, **felter: str) -> Sag:
    """The same, typed by staff; choices are marked, and so is a yes or a no."""
    svar = {}
    for slot, answer in {**CONTACT, **situation.svar}.items():
        question = library.spoergsmaal[slot]
        titles = [option.titel for option in question.valg]
        values = [option.vaerdi for option in question.valg]
        if isinstance(answer, list):
            svar[slot] = Indtastet(valg=tuple(values.index(value) for value in answer))
        elif question.type == "ja_nej":
            svar[slot] = Indtastet(valg=(values.index(answer == "ja"),))
        elif question.type == "valg":
            svar[slot] = Indtastet(valg=(values.index(answer) if answer in values else titles.index(answer),))
        else:
            svar[slot] = Indtastet(answer)
    form = Formular("reg", {"pakke": situation.pakke, "noegle": "k", "samtykke": "ja", **felter})
    return saml(Sendt(form, tuple(situation.ydelser), svar), svar, library)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: f"{s.pakke}-{s.team}")
def test_the_same_answers_give_the_same_case(situation: Situation, library: Library) -> None:
    chat = in_the_chat(situation, library)
    desk = at_the_desk(situation, library)
    assert desk.fejl == {}
    assert desk.rute.enhed == situation.team
    told = udkast_af(chat, library, NU, samtale="s").model_dump()
    typed_in = udkast_af(desk.state, library, NU, kanal="telefon").model_dump()
    for draft in (told, typed_in):
        for name in ("kanal", "samtale", "hovedindhold"):
            draft.pop(name)
    assert told["team"] == situation.team
    assert typed_in == told
    assert tuple((unit, ident) for unit, ident in desk.delopgaver) == case_parts(chat, library).delopgaver


def test_all_seven_packages_are_among_them(library: Library) -> None:
    assert {situation.pakke for situation in SITUATIONS} == set(library.servicepakker)


def test_a_package_that_does_not_fit_becomes_a_wish_for_a_person_that_takes_the_answers_along(library: Library) -> None:
    small = replace(SITUATIONS[2], svar={**SITUATIONS[2].svar, "ansatte": "8"}, ydelser=[])
    sag = at_the_desk(small, library)
    assert sag.vurdering is not None
    assert sag.vurdering.udfald == "passer_ikke"
    assert (sag.state.slags, sag.state.pakke) == ("kontakt", "hr-pakke")
    parts = case_parts(sag.state, library)
    assert parts.team == sag.rute.enhed == "frontfunktion"
    assert parts.svar["behov"] == "vi mangler folk i køkkenet"


def test_a_single_service_goes_to_its_unit_and_several_of_several_units_to_the_front_with_parts(library: Library) -> None:
    def chosen(*ydelser: str) -> Sag:
        return saml(Sendt(Formular("reg", {"noegle": "k", "sagt": "vi vil have borde ude"}), ydelser), {}, library)

    one = chosen("udeservering")
    assert (one.rute.enhed, case_parts(one.state, library).team) == ("tmf-byliv", "tmf-byliv")
    assert case_parts(one.state, library).ydelser == ("udeservering",)
    assert one.state.svar["behov"] == "vi vil have borde ude"
    assert one.delopgaver == ()
    same = chosen("udeservering", "skilte-bannere")
    assert case_parts(same.state, library).team == same.rute.enhed == "tmf-byliv"
    several = chosen("udeservering", "alkoholbevilling")
    assert case_parts(several.state, library).team == several.rute.enhed == "frontfunktion"
    assert several.delopgaver == (("tmf-byliv", "udeservering"), ("kff-bevilling", "alkoholbevilling"))
    assert case_parts(several.state, library).ydelser == ("udeservering", "alkoholbevilling")
    unknown = chosen("findes-ikke")
    assert case_parts(unknown.state, library).team == unknown.rute.enhed == "frontfunktion"
