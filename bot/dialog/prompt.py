"""What a screening says: the question now asked, the recommendation, the summary before a case is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.spoergsmaal import Spoergsmaal
from bot.screening.choosing import ALL, DONE, MORE, NONE
from bot.screening.forloeb import Forloeb
from bot.screening.result import EXPLAIN_AFTER
from bot.screening.steps import BEKRAEFT, YDELSER, Step, facts_of, next_step, package, question, receivers
from bot.screening.turn import CATCH_ALL, REQUIRED
from bot.screening.values import spoken
from bot.screening.verdict import UNSETTLED, Verdict, judge, offered

FEW = 7  # buttons of services; with more in the package the recommended come first and the rest on request
CONTACT_ORDER = ("navn", "telefon", "email", "cvr", "virksomhed")


def prompt(state: Forloeb, library: Library) -> Reply | None:
    """The message that asks for what comes next; None when nothing does."""
    step = next_step(state, library)
    if step is None:
        return None
    if step.asks == YDELSER:
        return _services(state, step, library)
    if step.asks == BEKRAEFT:
        return summary(state, library)
    asked = question(step.asks, library, package(state, library))
    if asked is None:
        raise LookupError(f"knowledge/spoergsmaal/{step.asks}.yml mangler")
    return Reply(_wording(asked, state, library), _choices(asked, state, library), data(state, step))


def data(state: Forloeb, step: Step) -> dict[str, Any]:
    """The typed data of a question (contract): ``screening`` in a package, ``kontakt`` outside."""
    if step.asks == BEKRAEFT:
        return {"type": "opsummering", "asks": BEKRAEFT}
    if state.slags == "pakke":
        return {"type": "screening", "pakke": state.pakke, "asks": step.asks, "step": step.step, "of": step.of}
    return {"type": "kontakt", "asks": "email" if step.asks == "kontaktoplysning" else step.asks}


def why(state: Forloeb, library: Library) -> Reply | None:
    """The reason for the question now asked."""
    asked = question(state.asks or "", library, package(state, library))
    if asked is None:
        key = {YDELSER: "hvorfor_ydelser", BEKRAEFT: "hvorfor_bekraeft"}.get(state.asks or "")
        return Reply(library.text("screening", key)) if key else None
    return Reply(fill(asked.hvorfor, state, library))


def explanation(state: Forloeb, library: Library) -> Reply | None:
    """The explanation of the question now asked."""
    asked = question(state.asks or "", library, package(state, library))
    return Reply(fill(asked.forklaring, state, library)) if asked else None


def already_told(state: Forloeb, library: Library) -> list[Reply]:
    """What the screening need not ask, told back so that it can be corrected."""
    rows = [f"{label} - {spoken(slot, state.svar[slot], library)}" for slot, label in _labels(state, library)]
    return [Reply(library.text("screening", "allerede", hvad="; ".join(rows)))] if rows else []


def after_interruption(asked: Reply, state: Forloeb, library: Library, *, resumed: bool = False) -> Reply:
    """The question again, with a word on what it belongs to; ``resumed`` after a long break, with the choice to stop."""
    pakke = package(state, library)
    if pakke is None and state.slags != "kontakt":
        return asked
    key = "genoptag" if resumed else "tilbage"
    back = library.text("screening", key, navn=pakke.navn) if pakke else library.text("screening", f"{key}_kontakt")
    stop = (Button(library.text("screening", "knap_afbryd"), {"intent": "afbryd"}),) if resumed else ()
    return replace(asked, text=f"{back}\n\n{asked.text}", buttons=(*asked.buttons, *stop))


def fill(text: str, state: Forloeb, library: Library) -> str:
    """A question's text with the municipality's own values, and the names of receivers outside it, in it."""
    filled = text.replace("{maaneder}", str(library.kommunen.opbevaring.maaneder))
    between = f" {library.text('screening', 'og').strip()} "
    return filled.replace("{modtager}", between.join(receivers(state, library)))


def recommendation(state: Forloeb, pakke: Servicepakke, library: Library) -> Reply:
    """What the screening came to: fits or not, why, which services and what they give, where else to go."""
    verdict = judge(pakke, facts_of(state), library)
    parts = [library.text("screening", f"anbefaling_{verdict.udfald}", navn=pakke.navn), _because(verdict, library)]
    if verdict.ydelser:
        lines = [_service_line(ident, giver, library) for ident, giver in verdict.ydelser]
        key = "anbefaling_ydelser" if verdict.passer else "anbefaling_enkelte"
        parts.append("\n".join([library.text("screening", key), *lines]))
    parts += [_referral(name, text, library) for name, text in verdict.henvis_til]
    other = library.servicepakker.get(verdict.anden_pakke or "")
    content = {
        "type": "anbefaling",
        "pakke": pakke.id,
        "passer": verdict.passer,
        "hvorfor": _because(verdict, library),
        "ydelser": [ident for ident, _ in verdict.ydelser],
        "henvis_til": [name for name, _ in verdict.henvis_til],
        "anden_pakke": other.id if other else None,
    }
    buttons: list[Button] = []
    if verdict.udfald == "passer_ikke":
        if other is not None:
            buttons.append(
                Button(library.text("screening", "knap_anden", navn=other.navn), {"intent": "start_pakke", "id": other.id})
            )
        services = [library.ydelser[ident] for ident, _ in verdict.ydelser]
        buttons += [Button(ydelse.navn, {"intent": "ydelse", "id": ydelse.id}) for ydelse in services]
        buttons.append(Button(library.text("katalog", "knap_menneske"), {"intent": "menneske"}))
    return Reply("\n\n".join(parts), tuple(buttons), content)


def summary(state: Forloeb, library: Library) -> Reply:
    """ "Er det rigtigt?" with a button to change each answer."""
    rows = [(slot, label, spoken(slot, state.svar[slot], library)) for slot, label in _labels(state, library)]
    lines = [f"- {label}: {value}" for _, label, value in rows]
    if state.valgte:
        names = ", ".join(library.ydelser[ident].navn for ident in state.valgte if ident in library.ydelser)
        lines.insert(0, f"- {library.text('screening', 'label_ydelser')}: {names}")
    yes = Button(library.text("screening", "knap_bekraeft"), {"intent": "svar", "slot": BEKRAEFT, "vaerdi": True})
    change = [
        Button(library.text("screening", "knap_ret", hvad=label), {"intent": "ret", "slot": slot}) for slot, label, _ in rows
    ]
    if state.valgte:
        label = library.text("screening", "label_ydelser")
        change.insert(0, Button(library.text("screening", "knap_ret", hvad=label), {"intent": "ret", "slot": YDELSER}))
    text = "\n".join([library.text("screening", "opsummering"), "", *lines, "", library.text("screening", "er_det_rigtigt")])
    stop = Button(library.text("screening", "knap_afbryd"), {"intent": "afbryd"})
    return Reply(text, (yes, *change, stop), {"type": "opsummering", "asks": BEKRAEFT})


def _labels(state: Forloeb, library: Library) -> list[tuple[str, str]]:
    """The answered questions in the order asked, contact data last; consent is told by the text itself."""
    pakke = package(state, library)
    own = [step.slot for step in pakke.spoergsmaal] if pakke else []
    order = [*own, *(slot for slot in state.svar if slot not in own and slot not in CONTACT_ORDER), *CONTACT_ORDER]
    shown = [slot for slot in dict.fromkeys(order) if state.svar.get(slot) is not None and slot != "samtykke"]
    return [(slot, fill(library.spoergsmaal[slot].opsummering, state, library)) for slot in shown if slot in library.spoergsmaal]


def _wording(asked: Spoergsmaal, state: Forloeb, library: Library) -> str:
    for_a_person = state.slags == "kontakt" and asked.id == "behov"
    parts = [library.text("screening", "kontakt_behov") if for_a_person else fill(asked.tekst, state, library)]
    if state.samler:
        titles = ", ".join(option.titel for option in asked.valg if option.vaerdi in state.samler)
        return library.text("screening", "flere_valg", valgt=titles)
    if state.fejl >= EXPLAIN_AFTER:
        parts.insert(0, fill(asked.forklaring, state, library))
    if asked.id == "samtykke" and not state.fortalt:
        parts.insert(0, fill(asked.hvorfor, state, library))
    return "\n\n".join(parts)


def _choices(asked: Spoergsmaal, state: Forloeb, library: Library) -> tuple[Button, ...]:
    options = [option for option in asked.valg if option.vaerdi not in state.samler]
    if state.samler:
        options = [option for option in options if str(option.vaerdi) not in CATCH_ALL]
    buttons = [Button(v.titel, {"intent": "svar", "slot": asked.id, "vaerdi": _button_value(asked, v.vaerdi)}) for v in options]
    if state.samler:
        done = {"intent": "svar", "slot": asked.id, "vaerdi": DONE}
        return (Button(library.text("screening", "knap_faerdig"), done), *buttons)
    if asked.id == "sagsnummer":
        return (Button(library.text("sag", "knap_uden"), {"intent": "menneske"}),)
    if asked.id in REQUIRED and state.fejl >= 1:
        buttons.append(Button(library.text("screening", "knap_afbryd"), {"intent": "afbryd"}))
    skippable = asked.kan_springes and asked.id not in REQUIRED
    if skippable and (state.fejl >= EXPLAIN_AFTER or not asked.valg or asked.type in ("ansatte", "beliggenhed", "stadie")):
        key = "knap_har_ikke" if asked.id in ("cvr", "virksomhed") else "knap_spring"
        buttons.append(Button(library.text("screening", key), {"intent": "spring_over", "slot": asked.id}))
    return tuple(buttons)


def _button_value(asked: Spoergsmaal, value: Any) -> Any:
    return [value] if asked.type == "flervalg" else value


def _services(state: Forloeb, step: Step, library: Library) -> Reply:
    pakke = package(state, library)
    if pakke is None:
        raise LookupError("pakken findes ikke længere")
    facts = facts_of(state)
    verdict = judge(pakke, facts, library)
    recommended = [ident for ident, _ in verdict.ydelser]
    rest = [ident for ident, _ in offered(pakke, facts, library) if ident not in recommended]
    shown = [*recommended, *rest] if state.vis_alle or len(recommended) + len(rest) <= FEW else recommended
    slot = {"intent": "svar", "slot": YDELSER}
    singles = [Button(library.ydelser[ident].navn, {**slot, "vaerdi": ident}) for ident in shown if ident not in state.valgte]
    if len(shown) < len(recommended) + len(rest):
        singles.append(Button(library.text("screening", "knap_flere"), {**slot, "vaerdi": MORE}))
    if state.valgte:
        done = Button(library.text("screening", "knap_faerdig"), {**slot, "vaerdi": DONE})
        names = ", ".join(library.ydelser[ident].navn for ident in state.valgte if ident in library.ydelser)
        return Reply(library.text("screening", "mere", valgt=names), (done, *singles), data(state, step))
    whole = Button(library.text("screening", "knap_alle"), {**slot, "vaerdi": ALL})
    none = Button(library.text("screening", "knap_ingen"), {**slot, "vaerdi": NONE})
    return Reply(library.text("screening", "hvilke_ydelser"), (whole, *singles, none), data(state, step))


def _because(verdict: Verdict, library: Library) -> str:
    return library.text("screening", "uafklaret") if verdict.hvorfor == UNSETTLED else verdict.hvorfor


def _service_line(ident: str, giver: str, library: Library) -> str:
    ydelse = library.ydelser[ident]
    return f"- {ydelse.navn}: {giver or ydelse.kort}"


def _referral(name: str, text: str, library: Library) -> str:
    body = next((ekstern for ekstern in library.eksterne.values() if ekstern.navn == name), None)
    now = library.text("screening", "hedder_nu", navn=name, nu=body.afloest_af) if body and body.afloest_af else ""
    own = body.henvisning if body else None
    told = text or own or library.text("screening", "henvis", navn=name)
    return f"{told} {now}".strip()
