"""What comes next: derived from the answers each time, so that a correction recomputes all that depends on it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.screening.criteria import Facts, holds
from bot.screening.forloeb import Forloeb
from bot.screening.verdict import judge, settled

KONTAKT = ("samtykke", "navn", "telefon", "email", "cvr", "virksomhed")
YDELSER, BEKRAEFT = "ydelser", "bekraeft"
SAG = ("sagsnummer", "kontaktoplysning")


@dataclass(frozen=True)
class Step:
    """The question to ask now. ``step`` of ``of`` within its part (the package's questions, or the contact data)."""

    asks: str
    step: int
    of: int


def facts_of(state: Forloeb) -> Facts:
    """What conditions are reckoned with."""
    return state.svar


def package(state: Forloeb, library: Library) -> Servicepakke | None:
    """The package being screened, if the catalogue still has it; none once a person is wanted instead."""
    return library.servicepakker.get(state.pakke or "") if state.slags == "pakke" else None


def next_step(state: Forloeb, library: Library) -> Step | None:
    """The next question, or None when all is said."""
    if state.slut is not None:
        return None
    if state.slags == "sag":
        return _first_open(state, list(SAG))
    pakke = package(state, library)
    if state.slags == "pakke" and pakke is not None:
        if not settled(pakke, facts_of(state)):
            asked = _first_open(state, package_slots(pakke, state))
            if asked is not None:
                return asked
        verdict = judge(pakke, facts_of(state), library)
        if verdict.udfald == "passer_ikke":
            return None
        if verdict.passer and not state.valg_slut:
            return Step(YDELSER, 1, 1)
    if state.slags == "kontakt":
        if _reopened(state, library):
            return Step(str(state.asks), 1, 1)
        if not state.known("behov"):
            return Step("behov", 1, 1)
    asked = _first_open(state, contact_slots(state, library))
    return asked or Step(BEKRAEFT, 1, 1)


def package_slots(pakke: Servicepakke, state: Forloeb) -> list[str]:
    """The package's questions that are to be asked, in order, given the answers so far."""
    return [step.slot for step in pakke.spoergsmaal if holds(step.naar, facts_of(state))]


def contact_slots(state: Forloeb, library: Library) -> list[str]:
    """The questions before a case: a joint meeting where several units act, consent, a separate yes to bodies outside
    the municipality, and the contact data; after a no to the case none, e-mail only where no phone was given."""
    pakke = package(state, library)
    slots = ["faellesmoede"] if pakke is not None and pakke.faellesmoede and len(state.valgte) > 1 else []
    slots.append("samtykke")
    if state.svar.get("samtykke") is False:
        return slots
    if receivers(state, library):
        slots.append("videregivelse")
    slots += ["navn", "telefon"]
    if state.svar.get("telefon") is None:
        slots.append("email")
    return [*slots, "cvr", "virksomhed"]


def receivers(state: Forloeb, library: Library) -> list[str]:
    """Names of the bodies outside the municipality that could be handed the case (report, case 2)."""
    pakke = package(state, library)
    if pakke is None:
        return []
    able = {body.navn for body in library.eksterne.values() if body.modtager_henvendelser}
    verdict = judge(pakke, facts_of(state), library)
    return [name for name, _ in verdict.henvis_til if name in able] if verdict.passer else []


def question(slot: str, library: Library, pakke: Servicepakke | None = None) -> Spoergsmaal | None:
    """The wording of a question, with the package's own words in place of the common ones."""
    base = library.spoergsmaal.get(slot)
    if base is None or pakke is None:
        return base
    if slot == "faellesmoede" and pakke.faellesmoede:
        return base.model_copy(update={"tekst": pakke.faellesmoede})
    for step in pakke.spoergsmaal:
        if step.slot == slot:
            return base.model_copy(
                update={key: getattr(step, key) for key in ("tekst", "hvorfor", "forklaring") if getattr(step, key)}
            )
    return base


def _reopened(state: Forloeb, library: Library) -> bool:
    """Whether an answer of the screening before is being corrected while contact data are asked for."""
    return state.asks in library.spoergsmaal and state.asks not in KONTAKT and not state.known(str(state.asks))


def _first_open(state: Forloeb, slots: list[str]) -> Step | None:
    for number, slot in enumerate(slots, start=1):
        if not state.known(slot):
            return Step(slot, number, len(slots))
    return None
