"""Every package walked through all that its criteria can tell apart, by the engine itself; wording is not asserted.

Each question gets the values that its conditions distinguish: every choice, the numbers around every bound, a text that
mentions each list of words, a text that mentions none, and no answer. A service's own words are tried one condition at
a time on answers for which the package fits, for services don't depend on each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest

from bot.dialog.prompt import prompt
from bot.knowledge import Library
from bot.knowledge.schema.betingelse import Besvaret, Flere, Interval, Naevner
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.screening.case import case_parts
from bot.screening.choosing import DONE
from bot.screening.criteria import holds
from bot.screening.forloeb import Forloeb
from bot.screening.steps import BEKRAEFT, YDELSER, next_step, package_slots
from bot.screening.turn import refresh, take
from bot.screening.verdict import judge, offered
from tests.screening.states import CONTACT, pressed, skipped

PACKAGES = (
    "opstartspakke", "vaekstpakke", "hr-pakke", "byggepakke", "cafe-restaurationspakke", "lokaliseringspakke",
    "international-arbejdskraftpakke",
)  # fmt: skip
MAX_QUESTIONS = 8
NOTHING = "noget helt tredje"
SKIP = object()


@dataclass
class Walked:
    """What all the ways through one package met."""

    outcomes: Counter[int | str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    longest: int = 0
    ends: list[Forloeb] = field(default_factory=list)


@pytest.fixture(scope="session")
def walks(library: Library) -> dict[str, Walked]:
    return {}


def walked(ident: str, library: Library, walks: dict[str, Walked]) -> Walked:
    """The package's walk, made once a session."""
    if ident not in walks:
        walks[ident] = walk(library.servicepakker[ident], library)
    return walks[ident]


def walk(pakke: Servicepakke, library: Library) -> Walked:
    found = Walked()
    options = {step.slot: values_of(step.slot, pakke, library) for step in pakke.spoergsmaal}
    shown: set[str] = set()

    def go(state: Forloeb, asked: tuple[str, ...]) -> None:
        step = next_step(state, library)
        slot = step.asks if step else None
        if slot not in options:
            found.outcomes[decided(pakke, state)] += 1
            found.longest = max(found.longest, len(asked))
            found.ends.append(state)
            return
        assert slot not in asked, f"{slot} stilles igen: {asked}"
        assert len(asked) < MAX_QUESTIONS, asked
        assert step is not None
        assert 1 <= step.step <= step.of <= MAX_QUESTIONS
        found.asked.add(slot)
        if slot not in shown:
            shown.add(slot)
            assert prompt(state, library) is not None
        for value in options[slot]:
            go(answered(state, slot, value, library), (*asked, slot))

    go(refresh(Forloeb(slags="pakke", noegle="k", pakke=pakke.id), library), ())
    return found


def answered(state: Forloeb, slot: str, value: Any, library: Library) -> Forloeb:
    """The state after a question is answered by buttons: of several choices one press each, and "det er det"."""
    if value is SKIP:
        presses = [skipped(slot)]
    elif library.spoergsmaal[slot].type == "flervalg":
        presses = [*(pressed(slot, [item]) for item in value), pressed(slot, DONE)]
    else:
        presses = [pressed(slot, value)]
    for press in presses:
        if state.asks == slot:
            turn = take(state, press, library)
            assert turn.handled
            state = turn.state
    return state


def decided(pakke: Servicepakke, state: Forloeb) -> int | str:
    """Which line of the decision table decides, or that none is settled."""
    for number, rule in enumerate(pakke.kriterier):
        result = holds(rule.naar, state.svar)
        if result is None:
            return "uafklaret"
        if result:
            return number
    raise AssertionError("intet udfald")


def values_of(slot: str, pakke: Servicepakke, library: Library) -> list[Any]:
    """What the package's criteria and questions tell apart of one slot, and that there is no answer."""
    rules = [rule.naar for rule in pakke.kriterier] + [step.naar for step in pakke.spoergsmaal]
    tests = [test for condition in rules for part in parts(condition) for key, test in part.items() if key == slot]
    question = library.spoergsmaal[slot]
    if question.type == "flervalg":
        singles = [[option.vaerdi] for option in question.valg]
        pairs = [[a.vaerdi, b.vaerdi] for a, b in pairwise(question.valg)]
        return [*singles, *pairs, SKIP]
    if question.type == "ja_nej":
        return [True, False, SKIP]
    if question.type == "ansatte":
        bounds = sorted({int(b) for t in tests if isinstance(t, Interval) for b in (t.mindst, t.hoejst) if b is not None})
        near = {number for bound in bounds for number in (bound - 1, bound, bound + 1)} | {0, 1, 500}
        around = [[bound - 2, bound + 2] for bound in bounds] + ([[bounds[-1], None], [None, bounds[0]]] if bounds else [])
        return [*sorted(near), *around, SKIP] if bounds else [12, SKIP]
    if question.valg and question.type != "tekst":
        return [*(option.vaerdi for option in question.valg), SKIP]
    stems = [test.naevner[0] for test in tests if isinstance(test, Naevner)]
    return [*dict.fromkeys(stems), NOTHING, SKIP]


def parts(condition: Any) -> list[dict[str, Any]]:
    if condition is None:
        return []
    return condition if isinstance(condition, list) else [condition]


@pytest.mark.parametrize("ident", PACKAGES)
def test_every_way_ends_in_an_outcome_within_eight_questions(ident: str, library: Library, walks: dict[str, Walked]) -> None:
    found = walked(ident, library, walks)
    assert found.outcomes.total() >= 30
    assert 1 <= found.longest <= MAX_QUESTIONS
    for state in found.ends:
        verdict = judge(library.servicepakker[ident], state.svar, library)
        assert verdict.udfald in ("passer", "passer_ikke", "person")


@pytest.mark.parametrize("ident", PACKAGES)
def test_every_line_of_the_decision_table_decides_for_somebody(ident: str, library: Library, walks: dict[str, Walked]) -> None:
    reached = set(walked(ident, library, walks).outcomes)
    assert set(range(len(library.servicepakker[ident].kriterier))) <= reached


@pytest.mark.parametrize("ident", PACKAGES)
def test_every_question_is_asked_of_somebody(ident: str, library: Library, walks: dict[str, Walked]) -> None:
    assert walked(ident, library, walks).asked == {step.slot for step in library.servicepakker[ident].spoergsmaal}


@pytest.mark.parametrize("ident", PACKAGES)
def test_nobody_is_turned_away_without_a_next_step(ident: str, library: Library, walks: dict[str, Walked]) -> None:
    for state in walked(ident, library, walks).ends:
        verdict = judge(library.servicepakker[ident], state.svar, library)
        if verdict.udfald == "passer_ikke":
            assert verdict.anden_pakke or verdict.henvis_til or verdict.ydelser, state.svar
        if verdict.passer:
            assert verdict.ydelser, state.svar


@pytest.mark.parametrize("ident", PACKAGES)
def test_every_kind_of_outcome_goes_on_to_its_end(ident: str, library: Library, walks: dict[str, Walked]) -> None:
    """Where there is more to ask, the contact data follow, and a confirmed summary makes a case with a team."""
    seen: set[int | str] = set()
    pakke = library.servicepakker[ident]
    for state in walked(ident, library, walks).ends:
        kind = decided(pakke, state)
        if kind in seen:
            continue
        seen.add(kind)
        verdict = judge(pakke, state.svar, library)
        for _ in range(12):
            step = next_step(state, library)
            if step is None:
                break
            assert prompt(state, library) is not None
            value = {YDELSER: "alle", BEKRAEFT: True, **CONTACT}.get(step.asks, True)
            state = take(state, pressed(step.asks, value), library).state
        assert next_step(state, library) is None
        assert state.slut == (None if verdict.udfald == "passer_ikke" else "opret")
        team = case_parts(state, library).team
        assert team == (pakke.team if verdict.passer else "frontfunktion")


@pytest.mark.parametrize("ident", PACKAGES)
def test_every_service_is_recommended_to_somebody_whom_the_package_fits(
    ident: str, library: Library, walks: dict[str, Walked]
) -> None:
    pakke = library.servicepakker[ident]
    fitting = [state for state in walked(ident, library, walks).ends if judge(pakke, state.svar, library).passer]
    assert fitting
    for item in pakke.ydelser:
        for part in parts(item.naar) or [{}]:
            assert any(reaches(item.id, state, part, pakke, library) for state in sample(fitting)), (item.id, part)
    for version in pakke.versioner:
        for part in parts(version.naar):
            for item in version.ydelser:
                assert any(reaches(item.id, state, part, pakke, library) for state in sample(fitting)), (item.id, part)


@pytest.mark.parametrize("ident", PACKAGES)
def test_every_referral_is_made_to_somebody_whom_the_package_fits(ident: str, library: Library, walks: dict[str, Walked]) -> None:
    pakke = library.servicepakker[ident]
    fitting = [state for state in walked(ident, library, walks).ends if judge(pakke, state.svar, library).passer]
    for referral in pakke.henvisninger:
        name = library.eksterne[referral.til].navn
        for part in parts(referral.naar) or [{}]:
            assert any(name in referred(meeting(state, part, library), pakke, library) for state in sample(fitting)), (name, part)


def sample(states: list[Forloeb]) -> list[Forloeb]:
    """Enough of them to differ in every slot, few enough to be quick."""
    return states[:: max(1, len(states) // 40)]


def reaches(service: str, state: Forloeb, part: dict[str, Any], pakke: Servicepakke, library: Library) -> bool:
    """Whether a business that also meets ``part`` is recommended the service, and could have said so when asked."""
    state = meeting(state, part, library)
    verdict = judge(pakke, state.svar, library)
    asked = set(package_slots(pakke, state))
    return (
        verdict.passer
        and set(part) <= asked
        and service in {ident for ident, _ in verdict.ydelser} & {ident for ident, _ in offered(pakke, state.svar, library)}
    )


def referred(state: Forloeb, pakke: Servicepakke, library: Library) -> set[str]:
    verdict = judge(pakke, state.svar, library)
    return {name for name, _ in verdict.henvis_til} if verdict.passer else set()


def meeting(state: Forloeb, part: dict[str, Any], library: Library) -> Forloeb:
    """The state with answers for which each line of a condition holds."""
    for slot, test in part.items():
        value = next(satisfying(slot, test, state, library))
        state = state.with_skip(slot) if value is SKIP else replace(state.with_answer(slot, value))
    return state


def satisfying(slot: str, test: Any, state: Forloeb, library: Library) -> Iterator[Any]:
    if isinstance(test, Besvaret):
        yield "noget" if test.besvaret else SKIP
    elif isinstance(test, Naevner):
        yield f"vi vil gerne høre om {test.naevner[0]} og den slags"
    elif isinstance(test, Interval):
        yield int(test.mindst if test.mindst is not None else test.hoejst or 0)
    elif isinstance(test, Flere):
        yield [option.vaerdi for option in library.spoergsmaal[slot].valg][: test.mindst_valgt]
    else:
        wanted = test if isinstance(test, list) else [test]
        if library.spoergsmaal[slot].type == "flervalg":
            others = [value for value in state.svar.get(slot) or [] if value not in wanted]
            yield [*wanted[:1], *others]
        else:
            yield wanted[0]
