"""One turn of a screening: what a message does to the state. Pure; makes no case and says nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.knowledge.library import Library
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.screening import choosing
from bot.screening.correction import corrected_values, corrects, plainly_corrects
from bot.screening.criteria import holds
from bot.screening.forloeb import Forloeb
from bot.screening.heard import Heard
from bot.screening.interruption import SURE, beats_answer, chats_instead_of_name, interrupts_free_text, interrupts_typed
from bot.screening.interruption import asks as plainly_asks
from bot.screening.packages import named_packages
from bot.screening.phrases import is_done, is_plain_no, leaves_it, wants_explanation, wants_only, wants_other
from bot.screening.reading import has_none, read, says_unknown, wants_skip
from bot.screening.result import Turn, failed
from bot.screening.revising import confirmation, corrected, correction_asked, label, reopen
from bot.screening.said import remembered, said
from bot.screening.steps import BEKRAEFT, KONTAKT, YDELSER, facts_of, next_step, package, package_slots, question
from bot.screening.verdict import judge, offered
from bot.svar import extract

FREE_TEXT = {"tekst", "branche", "navn"}
REQUIRED = {"samtykke", "videregivelse", "navn", "sagsnummer", "kontaktoplysning"}
SHORT_YES = 4  # words of a plain yes
SHORT_NO = 2  # words; "nej" to a free-text question is no answer to it
CATCH_ALL = {"andet", "ingen"}
CONTACT_DATA = ("telefon", "email", "cvr")


def take(state: Forloeb, heard: Heard, library: Library) -> Turn:
    """What ``heard`` does to the screening."""
    turn = _button(state, heard, library) if heard.knap is not None else _text(state, heard, library)
    return replace(turn, state=refresh(turn.state, library)) if turn.handled else turn


def refresh(state: Forloeb, library: Library) -> Forloeb:
    """Set what is asked next; a recommendation that has changed is told again and its choices start over."""
    pakke = package(state, library)
    if pakke is not None and state.vist is not None and judge(pakke, facts_of(state), library).mark() != state.vist:
        state = replace(state, vist=None, valgte=(), valg_slut=False)
    step = next_step(state, library)
    asks = step.asks if step else None
    same = asks == state.asks
    return replace(state, asks=asks, fejl=state.fejl if same else 0, samler=state.samler if same else ())


def prefill(state: Forloeb, texts: list[str], known: dict[str, Any], library: Library) -> Forloeb:
    """The state with what has been said already: ``known`` of the company, and what the messages so far answer."""
    pakke = package(state, library)
    again = {step.slot for step in pakke.spoergsmaal if step.altid} if pakke else set()
    wanted = [step.slot for step in pakke.spoergsmaal] if pakke else []
    for slot, value in known.items():
        if value is not None and slot not in again:
            state = state.with_answer(slot, value)
    filled: set[str] = set()
    for text in texts:
        for slot, value in remembered(text, (*wanted, "cvr", "email"), library):
            state = state.with_answer(slot, value, text)
            filled.add(slot)
    for step in pakke.spoergsmaal if pakke else ():
        if step.slot in filled and holds(step.naar, facts_of(state)) is False:
            state = state.without(step.slot)  # said, but no answer to what is asked here
    return refresh(state, library)


def _button(state: Forloeb, heard: Heard, library: Library) -> Turn:
    knap = heard.knap or {}
    slot = str(knap.get("slot", ""))
    if knap.get("intent") == "ret" and slot:
        return Turn(reopen(state, slot))
    if knap.get("intent") == "spring_over" and slot == state.asks:
        return _skip(state, slot)
    if knap.get("intent") == "svar" and slot == state.asks:
        return _answered(state, slot, knap.get("vaerdi"), heard.text, library)
    return Turn(state, handled=knap.get("intent") in ("ret", "spring_over", "svar"))


def _text(state: Forloeb, heard: Heard, library: Library) -> Turn:
    asks = state.asks
    if asks is None:
        return Turn(state, handled=False)
    values = corrected_values(state, heard, library)
    if values:
        return corrected(state, values, heard.text, library)
    if state.skift is not None and extract("ja_nej", heard.text) is True and len(heard.text.split()) <= SHORT_YES:
        return _switched(state, state.skift, library)
    state = replace(state, skift=None)
    other = _other_package(state, heard, library)
    if other is not None:
        return Turn(replace(state, skift=other), skift=other)
    if asks == YDELSER:
        return _choice(state, heard, library)
    if asks == BEKRAEFT:
        return confirmation(state, heard, library)
    return _question(state, asks, heard, library)


def _switched(state: Forloeb, ident: str, library: Library) -> Turn:
    """The other package begun, with what is known of the company."""
    company = {slot: value for slot, value in state.svar.items() if _of_the_company(slot, library)}
    begun = Forloeb(slags="pakke", noegle=f"{state.noegle}:{ident}", pakke=ident, sagt=state.sagt)
    name = library.servicepakker[ident].navn
    return Turn(prefill(begun, [], company, library), notes=(("start", {"navn": name}),))


def _other_package(state: Forloeb, heard: Heard, library: Library) -> str | None:
    """Another package asked for in the middle of one: "jeg vil hellere have HR-pakken"."""
    if state.slags != "pakke" or not wants_other(heard.text):
        return None
    named = [pakke.id for pakke in named_packages(heard.text, library) if pakke.id != state.pakke]
    return named[0] if len(named) == 1 else None


def _question(state: Forloeb, asks: str, heard: Heard, library: Library) -> Turn:
    asked = question(asks, library, package(state, library))
    if asked is None:
        return _skip(state, asks)
    if wants_explanation(heard.text) or (asks == "samtykke" and plainly_asks(heard.text) and not _elsewhere(heard)):
        return Turn(state, explain=True)
    only = _one_service(state, heard, library)
    if only is not None:
        name = library.ydelser[only].navn
        return Turn(replace(state, valgte=tuple(dict.fromkeys((*state.valgte, only)))), notes=(("noteret", {"hvad": name}),))
    if state.samler and (is_done(heard.text) or has_none(heard.text) or wants_skip(heard.text)):
        return Turn(replace(state.with_answer(asks, list(state.samler)), samler=()))
    value = read(asked, heard.text)
    if asks == "samtykke" and value is False and not is_plain_no(heard.text):
        value = None
    if (value is None and heard.intent == "ret" and heard.confidence >= 0.5) or (
        asked.type == "ja_nej" and plainly_corrects(heard) and state.svar
    ):
        return correction_asked(state, heard, library)
    if says_unknown(heard.text) and asked.type != "ja_nej":
        return _skip(state, asks)
    if wants_skip(heard.text):
        return _skip(state, asks)
    if has_none(heard.text) and asks in ("sagsnummer", "kontaktoplysning") and value is None:
        return Turn(replace(state, slut="uden_nummer"))
    of_button = value is not None and any(value == option.vaerdi for option in asked.valg)
    if (
        has_none(heard.text)
        and not of_button
        and (
            (asks in ("virksomhed", "behov", "planer", "projekt") and len(heard.text.split()) <= SHORT_NO)
            or asks == "virksomhed"
            or (value is None and (asks in CONTACT_DATA or asked.type == "flervalg"))
        )
    ):
        return _skip(also_said(state, asks, heard.text, library), asks)
    if asked.type in FREE_TEXT:
        chats = heard.intent == "smalltalk" and heard.confidence >= 0.8 and len(heard.text.split()) <= SHORT_NO
        if chats and (asked.type != "navn" or value is None or chats_instead_of_name(heard.text)):
            return Turn(state, handled=False)
        if heard.intent == "ret" and heard.confidence >= 0.8 and corrects(heard):
            return correction_asked(state, heard, library)
        if interrupts_free_text(heard):
            return Turn(state, handled=False)
    elif value is not None and beats_answer(heard, value):
        return Turn(state, handled=False)
    if value is not None:
        return _answered(state, asks, value, heard.text, library)
    noted = also_said(state, asks, heard.text, library)
    if noted != state and not plainly_asks(heard.text):
        labels = ", ".join(label(slot, library) for slot in noted.svar if noted.svar[slot] != state.svar.get(slot))
        return Turn(noted, notes=(("noteret", {"hvad": labels}),))
    if asked.type not in FREE_TEXT and interrupts_typed(heard):
        return Turn(state, handled=False)
    return failed(state, asks, heard.text)


def _elsewhere(heard: Heard) -> bool:
    """Whether a question at the consent is about the catalogue or a wish for a person, and not about the consent."""
    return heard.intent in ("menneske", "ydelse", "omraade", "pakke", "sag") and heard.confidence >= SURE


def _one_service(state: Forloeb, heard: Heard, library: Library) -> str | None:
    """A single service of the package named before its time has come: "jeg vil bare have jobrotation" (chapter 4)."""
    pakke = package(state, library)
    if pakke is None or heard.id is None or not wants_only(heard.text):
        return None
    return heard.id if any(ident == heard.id for ident, _ in offered(pakke, facts_of(state), library)) else None


def _answered(state: Forloeb, slot: str, value: Any, text: str, library: Library) -> Turn:
    if slot == YDELSER:
        return _chosen(state, str(value), library)
    if slot == BEKRAEFT:
        return Turn(replace(state, slut="opret")) if value is True else Turn(state, notes=(("ret_hvad", {}),))
    if value == "ved_ikke":
        if slot == "samtykke":
            return failed(state, slot, text)
        return _skip(state, slot)
    asked = question(slot, library, package(state, library))
    if asked is not None and asked.type == "flervalg" and not text:
        return _collected(state, asked, value)
    if isinstance(value, list) and asked is not None and asked.type == "flervalg":
        value = list(dict.fromkeys((*state.samler, *value)))  # what is pressed and typed, or typed twice, is one thing
    state = replace(state.with_answer(slot, value, text), samler=())
    if slot == "samtykke" and value is False:
        return Turn(replace(state, slut="afvist"))
    if text and asked is not None:
        state = also_said(state, slot, text, library)
    return Turn(state)


def _collected(state: Forloeb, asked: Spoergsmaal, value: Any) -> Turn:
    """A button of a question that takes several: kept until "det var det" is pressed; "ingen" ends it at once."""
    if value == choosing.DONE:
        return Turn(replace(state.with_answer(asked.id, list(state.samler)), samler=()))
    if CATCH_ALL & set(map(str, value)):
        return Turn(replace(state.with_answer(asked.id, list(value)), samler=()))
    gathered = tuple(dict.fromkeys((*state.samler, *value)))
    if len(gathered) + 1 >= len(asked.valg):
        return Turn(replace(state.with_answer(asked.id, list(gathered)), samler=()))
    return Turn(replace(state, samler=gathered, fejl=0))


def also_said(state: Forloeb, slot: str, text: str, library: Library) -> Forloeb:
    """The state with what an answer to ``slot`` also answers of the questions not known yet: what has been said is never
    asked."""
    pakke = package(state, library)
    asked = [*(package_slots(pakke, state) if pakke else []), *(CONTACT_DATA if slot in KONTAKT else ())]
    later = [other for other in asked if other != slot and not state.known(other) and _of_the_company(other, library)]
    for other, value in said(text, later, library).items():
        state = state.with_answer(other, value, text)
    return state


def _of_the_company(slot: str, library: Library) -> bool:
    asked = library.spoergsmaal.get(slot)
    return slot in CONTACT_DATA or (asked is not None and asked.om_firmaet)


def _skip(state: Forloeb, slot: str) -> Turn:
    if state.samler:
        return Turn(replace(state.with_answer(slot, list(state.samler)), samler=()))
    if slot == "videregivelse":
        return Turn(state.with_answer(slot, False))  # without a yes nothing is passed on
    if slot in REQUIRED:
        if state.fejl >= 1:
            return Turn(replace(state, slut="uden_nummer" if state.slags == "sag" else "afvist"))
        return Turn(replace(state, fejl=state.fejl + 1), notes=((f"{slot}_skal", {}),))
    state = state.with_skip(slot)
    if slot == "email" and state.svar.get("telefon") is None and state.slags != "sag":
        return Turn(replace(state, slut="ingen_kontakt"))
    return Turn(state)


def _choice(state: Forloeb, heard: Heard, library: Library) -> Turn:
    pakke = package(state, library)
    if pakke is None:
        return Turn(replace(state, slut="ingen"))
    facts = facts_of(state)
    if heard.intent == "menneske" and heard.confidence >= 0.6:
        return Turn(state, handled=False)
    if says_unknown(heard.text) or wants_skip(heard.text) or leaves_it(heard.text):
        return _chosen(state, choosing.DONE if state.valgte else choosing.ALL, library)
    if state.valgte and is_done(heard.text):
        return _chosen(state, choosing.DONE, library)
    picked = choosing.choose(state, heard.text, judge(pakke, facts, library), offered(pakke, facts, library), library)
    if picked is not None and not beats_answer(heard, None):
        return Turn(_closed_if_all(picked, len(offered(pakke, facts, library))))
    return Turn(state, handled=False) if interrupts_typed(heard) else failed(state, YDELSER, heard.text)


def _chosen(state: Forloeb, what: str, library: Library) -> Turn:
    pakke = package(state, library)
    if pakke is None:
        return Turn(replace(state, slut="ingen"))
    facts = facts_of(state)
    return Turn(_closed_if_all(choosing.pick(state, what, judge(pakke, facts, library)), len(offered(pakke, facts, library))))


def _closed_if_all(state: Forloeb, offers: int) -> Forloeb:
    return replace(state, valg_slut=True) if len(state.valgte) >= offers else state
