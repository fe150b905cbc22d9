"""Which services the business wants: the whole, one, several, all but one, none."""

from __future__ import annotations

import pytest

from bot.knowledge import Library
from bot.screening.choosing import ALL, DONE, NONE, choose, pick
from bot.screening.forloeb import Forloeb
from bot.screening.steps import YDELSER
from bot.screening.verdict import Verdict, judge, offered
from tests.screening.states import begun

COMPANY = {
    "stadie": "etableret",
    "beliggenhed": "københavn",
    "ansatte": 90,
    "branche": "hotel",
    "tidsplan": "nu",
    "planer": "vækst",
}


@pytest.fixture
def state(library: Library) -> Forloeb:
    state = begun(library, "hr-pakke", **COMPANY, behov="vi mangler folk og vil tage elever, og nogle er syge")
    assert state.asks == YDELSER
    return state


def verdict(state: Forloeb, library: Library) -> Verdict:
    return judge(library.servicepakker["hr-pakke"], state.svar, library)


def chosen(state: Forloeb, text: str, library: Library) -> Forloeb | None:
    pakke = library.servicepakker["hr-pakke"]
    return choose(state, text, verdict(state, library), offered(pakke, state.svar, library), library)


@pytest.mark.parametrize(
    "text", ["det hele", "Ja tak, det hele", "hele pakken", "alle sammen", "vi vil gerne have det hele", "ja"]
)
def test_the_whole(library: Library, state: Forloeb, text: str) -> None:
    found = chosen(state, text, library)
    assert found is not None
    assert (found.valgte, found.valg_slut) == (tuple(ident for ident, _ in verdict(state, library).ydelser), True)


@pytest.mark.parametrize(
    ("text", "services", "done"),
    [
        ("jobrotation", ("jobrotation",), False),
        ("jeg vil bare have jobrotation", ("jobrotation",), True),
        ("kun fleksjob", ("fleksjob",), True),
        ("jobrotation og løntilskud", ("loentilskud", "jobrotation"), True),
        ("Refusion, tak", ("refusion",), False),
    ],
)
def test_one_or_several(library: Library, state: Forloeb, text: str, services: tuple[str, ...], done: bool) -> None:
    found = chosen(state, text, library)
    assert found is not None
    assert (found.valgte, found.valg_slut) == (services, done)


def test_all_but_one(library: Library, state: Forloeb) -> None:
    everything = {ident for ident, _ in verdict(state, library).ydelser}
    assert "refusion" not in everything
    found = chosen(state, "det hele undtagen jobordre", library)
    assert found is not None
    assert set(found.valgte) == everything - {"jobordre"}
    assert "jobordre" in everything


def test_one_service_after_another_then_that_is_all(library: Library, state: Forloeb) -> None:
    first = chosen(state, "jobrotation", library)
    assert first is not None
    second = chosen(first, "og løntilskud", library)
    assert second is not None
    assert second.valgte == ("jobrotation", "loentilskud")
    done = chosen(second, "nej, det er det", library)
    assert done is not None
    assert (done.valgte, done.valg_slut, done.slut) == (("jobrotation", "loentilskud"), True, None)


@pytest.mark.parametrize("text", ["nej tak", "ingen af dem", "ikke noget af det", "nej"])
def test_none(library: Library, state: Forloeb, text: str) -> None:
    found = chosen(state, text, library)
    assert found is not None
    assert (found.slut, found.valgte) == ("ingen", ())


@pytest.mark.parametrize("text", ["hvad er klokken", "banan", ""])
def test_nothing_is_named(library: Library, state: Forloeb, text: str) -> None:
    assert chosen(state, text, library) is None


def test_a_full_name_is_not_taken_for_its_neighbours(library: Library) -> None:
    pakke = library.servicepakker["international-arbejdskraftpakke"]
    state = begun(
        library, pakke.id, udland="ansaetter", beliggenhed="københavn", ansatte=5, behov="x", tidsplan="nu", branche="it"
    )
    found = choose(state, "international house", judge(pakke, state.svar, library), offered(pakke, state.svar, library), library)
    assert found is not None
    assert found.valgte == ("international-house",)


def test_buttons(library: Library, state: Forloeb) -> None:
    told = verdict(state, library)
    assert pick(state, ALL, told).valg_slut
    assert pick(state, NONE, told).slut == "ingen"
    assert pick(pick(state, "refusion", told), DONE, told).valgte == ("refusion",)
    assert pick(pick(state, "refusion", told), "refusion", told).valgte == ("refusion",)
