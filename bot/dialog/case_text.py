"""The case's ``hovedindhold``: a summary in prose that a colleague can act on without the transcript."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.library import Library
from bot.screening.forloeb import Forloeb
from bot.screening.steps import facts_of, package, receivers
from bot.screening.values import spoken
from bot.screening.verdict import UNSETTLED, judge

TELLING = 3  # words from which a message is worth quoting
COMPANY = ("virksomhed", "branche", "ansatte", "stadie", "beliggenhed")
CONTACT = ("navn", "telefon", "email", "cvr", "samtykke", "videregivelse")


def main_content(state: Forloeb, library: Library, kanal: str = "chat") -> str:
    """Who it is, what they want, what was recommended and why, what is left open. ``kanal`` is how they came (contract)."""
    parts = [_opening(state, library, kanal)]
    pakke = package(state, library)
    told = [
        f"{library.spoergsmaal[slot].opsummering}: {spoken(slot, value, library)}."
        for slot, value in state.svar.items()
        if value is not None and slot not in (*COMPANY, *CONTACT) and slot in library.spoergsmaal
    ]
    if told:
        parts.append(library.text("resume", "fortalt") + " " + " ".join(told))
    unknown = [
        _small(library.spoergsmaal[slot].opsummering)
        for slot in state.sprunget
        if slot in library.spoergsmaal and slot not in CONTACT
    ]
    if unknown:
        parts.append(library.text("resume", "ubesvaret", hvad=", ".join(unknown)))
    if pakke is not None:
        verdict = judge(pakke, facts_of(state), library)
        reason = library.text("screening", "uafklaret") if verdict.hvorfor == UNSETTLED else verdict.hvorfor
        parts.append(library.text("resume", f"vurdering_{verdict.udfald}", navn=pakke.navn, hvorfor=reason))
        if state.valgte:
            names = ", ".join(library.ydelser[ident].navn for ident in state.valgte if ident in library.ydelser)
            parts.append(library.text("resume", "oensker", hvad=names))
        if verdict.henvis_til:
            parts.append(library.text("resume", "henvist", hvem=", ".join(name for name, _ in verdict.henvis_til)))
        if receivers(state, library):
            key = "videregives" if state.svar.get("videregivelse") is True else "videregives_ikke"
            parts.append(library.text("resume", key, hvem=", ".join(receivers(state, library))))
    elif (begun := library.servicepakker.get(state.pakke or "")) is not None:
        parts.append(library.text("resume", "pakke_i_gang" if kanal == "chat" else "pakke_besvaret", navn=begun.navn))
        if state.vist is not None:
            verdict = judge(begun, state.svar, library)
            reason = library.text("screening", "uafklaret") if verdict.hvorfor == UNSETTLED else verdict.hvorfor
            parts.append(library.text("resume", f"vurdering_{verdict.udfald}", navn=begun.navn, hvorfor=reason))
        parts += _about((*state.valgte, state.emne or ""), "oensker", library)
    else:
        parts += _about((state.emne or "", *state.valgte), "ydelser", library)
    own = [text for text in state.sagt if len(text.split()) >= TELLING and text not in state.svar.values()]
    if own:
        quoted = " / ".join(f"»{text}«" for text in own)
        parts.append(library.text("resume", "sagt", citat=quoted))
    return "\n".join(parts)


def _about(idents: Sequence[str], several: str, library: Library) -> list[str]:
    """The services that it is about, in one sentence."""
    names = [library.ydelser[ident].navn for ident in dict.fromkeys(idents) if ident in library.ydelser]
    if len(names) == 1 and several == "ydelser":
        return [library.text("resume", "ydelse", navn=names[0])]
    return [library.text("resume", several, hvad=", ".join(names))] if names else []


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _opening(state: Forloeb, library: Library, kanal: str) -> str:
    known = [
        f"{library.spoergsmaal[slot].opsummering}: {spoken(slot, state.svar[slot], library)}"
        for slot in COMPANY
        if state.svar.get(slot) is not None and slot in library.spoergsmaal
    ]
    about = library.text("resume", "om_virksomheden", hvad="; ".join(known)) if known else library.text("resume", "ukendt")
    pakke = package(state, library)
    if pakke is not None:
        how = library.text("resume", f"hvor_{kanal}")
        return f"{library.text('resume', 'aabning_pakke', navn=pakke.navn, hvor=how)} {about}"
    return f"{library.text('resume', f'aabning_{kanal}')} {about}"
