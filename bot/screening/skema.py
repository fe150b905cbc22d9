"""A package's questions answered all at once on a page, as staff do who have the business on the phone.

The same steps, readers and rules as the dialogue (``turn``); only the order is not forced. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.screening.criteria import holds
from bot.screening.forloeb import Forloeb
from bot.screening.reading import has_none, read, says_unknown, wants_skip
from bot.screening.said import said, told_of_self
from bot.screening.steps import facts_of, package, question
from bot.screening.turn import CONTACT_DATA, also_said, prefill
from bot.screening.values import spoken
from bot.svar import cvr

FIRMA = ("branche", "ansatte", "stadie", "beliggenhed")  # asked about the company where no package asks
MED_VALG = ("valg", "flervalg", "ja_nej", "stadie", "beliggenhed", "aar")  # types that are answered by marking a choice
I_ORD = ("stadie", "beliggenhed", "aar")  # those of them whose answers people also give in words


@dataclass(frozen=True)
class Indtastet:
    """What stands in one question's fields: words, and the numbers of the choices that are marked."""

    tekst: str = ""
    valg: tuple[int, ...] = ()

    @property
    def tom(self) -> bool:
        """Whether nothing stands there."""
        return not self.tekst.strip() and not self.valg


@dataclass(frozen=True)
class Udfyldt:
    """``state`` with every answer that could be read. ``fejl``: slot to the sentence of ``tekster/screening.yml`` that says
    why one could not. ``stillet``: the questions to be asked, given the answers, in order. ``ogsaa``: what one answer told
    of another question."""

    state: Forloeb
    fejl: Mapping[str, str] = field(default_factory=dict)
    stillet: tuple[str, ...] = ()
    ogsaa: Mapping[str, Any] = field(default_factory=dict)


def udfyld(state: Forloeb, svar: Mapping[str, Indtastet], library: Library) -> Udfyldt:
    """The state after all answers of a page, in the order in which the package asks; a question without answer counts as
    passed over. Outside a package the questions are those about the company itself."""
    pakke = package(state, library)
    asked: list[str] = []
    fejl: dict[str, str] = {}
    ogsaa: dict[str, Any] = {}
    for slot, naar in [(step.slot, step.naar) for step in pakke.spoergsmaal] if pakke else [(slot, None) for slot in FIRMA]:
        spoergsmaal = question(slot, library, pakke)
        if spoergsmaal is None or not holds(naar, facts_of(state)):
            continue
        asked.append(slot)
        given = svar.get(slot, Indtastet())
        value, reason = laes(spoergsmaal, given)
        if reason is not None:
            fejl[slot] = reason
        elif value is not None:
            before = state.with_answer(slot, value, given.tekst)
            state = _heard_beside(before, slot, given.tekst, svar, library)
            ogsaa |= {other: told for other, told in state.svar.items() if other not in before.svar}
    for slot in asked if pakke else ():
        if slot not in state.svar:
            state = state.with_skip(slot)
    return Udfyldt(replace(state, asks=None), fejl, tuple(asked), ogsaa)


def laes(spoergsmaal: Spoergsmaal, given: Indtastet) -> tuple[Any, str | None]:
    """The value in one question's fields, and the name of the sentence that tells why there is none; both None where
    nothing is said or the business doesn't know. Words count before a mark, for they are what was said last."""
    marked = [spoergsmaal.valg[number].vaerdi for number in given.valg if 0 <= number < len(spoergsmaal.valg)]
    words = given.tekst.strip()
    if words and not says_unknown(words) and not wants_skip(words):
        value = read(spoergsmaal, words)
        if value == "ved_ikke" or (value is None and has_none(words) and spoergsmaal.id in CONTACT_DATA):
            return None, None
        if value is not None:
            return value, None
        why = cvr.refusal(words) if spoergsmaal.type == "cvr" else None
        return None, f"cvr_{why}" if why else "ikke_forstaaet"
    if not marked or words:
        return None, None
    return (marked if spoergsmaal.type == "flervalg" else marked[0]), None


def forudfyld(pakke: str | None, tekster: Iterable[str], kendt: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """What is known before anything is asked, by slot: told in ``tekster`` (also who is talking and how to reach them), or
    known of the company from before."""
    texts = list(tekster)
    begun = Forloeb("pakke" if pakke else "kontakt", "", pakke=pakke)
    found = dict(prefill(begun, texts, dict(kendt), library).svar)
    if pakke is None:
        for text in texts:
            found |= said(text, FIRMA, library)
    return {slot: value for slot, value in {**found, **told_of_self(texts, library)}.items() if value is not None}


def vist(spoergsmaal: Spoergsmaal, value: Any, library: Library) -> Indtastet:
    """A value as it stands in a question's fields, so that ``laes`` reads the same value there again."""
    if spoergsmaal.type in MED_VALG:
        values = value if isinstance(value, list | tuple) else [value]
        return Indtastet(valg=tuple(number for number, option in enumerate(spoergsmaal.valg) if option.vaerdi in values))
    return Indtastet(spoken(spoergsmaal.id, value, library))


def _heard_beside(state: Forloeb, slot: str, text: str, svar: Mapping[str, Indtastet], library: Library) -> Forloeb:
    """What the words of one answer also tell, save where another question's own field says it."""
    if not text.strip():
        return state
    heard = also_said(state, slot, text, library)
    own = {other: value for other, value in heard.svar.items() if other in state.svar or svar.get(other, Indtastet()).tom}
    return replace(heard, svar=own)
