"""The screening form: begin, hear an answer, ask the next question, stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import ErhvervAction, Events
from actions.context import Context
from bot.dialog import prompt, unsure
from bot.dialog.foreign import foreign_line
from bot.dialog.reply import Button, Reply
from bot.language.sagsnummer import find_nummer
from bot.screening.forloeb import Forloeb
from bot.screening.steps import facts_of, next_step, package
from bot.screening.turn import prefill, refresh, take
from bot.screening.verdict import judge
from bot.svar import extract

DONE = "faerdig"
BREAK_HOURS = 4  # after so long a pause the business is asked whether it wants to go on


def key_of(context: Context) -> str:
    """The idempotency key of what begins with this message: one case a screening (contract, shared rasa-notes)."""
    return f"{context.conversation}:{context.metadata.get('seq') or context.message.get('message_id')}"


class ActionStartPakke(ErhvervAction):
    """Begins a package: what has been said already is not asked again."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_start_pakke"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The opening, with what is known told back."""
        pakke = context.library.servicepakker.get(context.chosen_id() or "")
        if pakke is None:
            return [unsure.nothing_near(context.library)], [SlotSet("forloeb", None), SlotSet("screening_svar", DONE)]
        begun = Forloeb(slags="pakke", noegle=key_of(context), pakke=pakke.id)
        state = prefill(begun, context.typed_texts(), context.firma(), context.library)
        replies = [Reply(context.library.text("screening", "start", navn=pakke.navn))]
        told = prompt.already_told(state, context.library)
        return [*replies, *told], [SlotSet("forloeb", state.as_json()), SlotSet("screening_svar", None)]


class ActionMenneske(ErhvervAction):
    """A person: contact data are asked for once; what a screening has found out goes along."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_menneske"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The opening; the form asks from here on."""
        library, running = context.library, context.forloeb()
        service = str((context.knap or {}).get("ydelse") or "")
        emne = context.emne()
        about = service or (str(emne.get("id")) if emne.get("kind") == "ydelse" else "")
        if running is not None and running.slags == "kontakt":
            return [], []
        known = {slot: value for slot, value in context.firma().items() if value is not None}
        svar: dict[str, Any] = {**known, **(running.svar if running else {})}
        if about in library.ydelser and not svar.get("behov"):
            svar["behov"] = library.text("screening", "emne_ydelse", navn=library.ydelser[about].navn)
        state = Forloeb(slags="kontakt", noegle=key_of(context), svar=svar, emne=about or None, til_enhed=bool(service))
        key = "start_kontakt_pakke" if running is not None and running.slags == "pakke" else "start_kontakt"
        state = refresh(state, library)
        opening = [*foreign_line(context.text, library), Reply(library.text("screening", key))]
        return opening, [SlotSet("forloeb", state.as_json()), SlotSet("screening_svar", None)]


class ActionSag(ErhvervAction):
    """A case under way: number and contact must match."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_sag"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """Begin the look-up, with what the message holds already."""
        library, running = context.library, context.forloeb()
        if running is not None and running.slags != "sag":
            return [Reply(library.text("sag", "senere"))], []
        number = find_nummer(context.text) or (context.firma().get("sag") if context.knap is None else None)
        state = Forloeb(slags="sag", noegle=key_of(context), svar={"sagsnummer": number} if number else {})
        contact = extract("email", context.text) or self._known_contact(context, number)
        if contact:
            state = state.with_answer("kontaktoplysning", contact)
        replies = [] if number else [prompt.without_number(library)]
        return replies, [SlotSet("forloeb", refresh(state, library).as_json()), SlotSet("screening_svar", None)]

    def _known_contact(self, context: Context, number: str | None) -> str | None:
        """In the conversation that made the case its own contact data are known; elsewhere they must be given."""
        firma = context.firma()
        found = (firma.get("email") or firma.get("telefon")) if number and firma.get("sag") == number else None
        return str(found) if found else None


class ValidateScreeningForm(ErhvervAction):
    """Hears an answer. Pure: it changes the state only, and makes no case (Rasa runs it on every turn)."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "validate_screening_form"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """Events that take the answer; none where the message is something else, so that Rasa's rules take it."""
        state = context.forloeb()
        if state is None:
            return [], [SlotSet("screening_svar", DONE)]
        if context.already_answered():
            return [], self._end(state, context)
        turn = take(state, context.heard(), context.library)
        if not turn.handled:
            return [], []
        notes = [Reply(context.library.text("screening", name, **values)) for name, values in turn.notes]
        events: Events = [SlotSet("forloeb", turn.state.as_json()), SlotSet("screening_svar", None)]
        return notes, [*events, *self._end(turn.state, context)]

    def _end(self, state: Forloeb, context: Context) -> Events:
        return [SlotSet("screening_svar", DONE)] if next_step(state, context.library) is None else []


class ActionAsk(ErhvervAction):
    """Asks what comes next; tells the recommendation first when there is a new one."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_ask_screening_svar"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The recommendation, if it is new, and the question."""
        state, library = context.forloeb(), context.library
        if state is None:
            return [], []
        replies: list[Reply] = []
        events: Events = []
        pakke = package(state, library)
        step = next_step(state, library)
        if pakke is not None and step is not None and step.asks in ("ydelser", "samtykke") and state.vist is None:
            replies.append(prompt.recommendation(state, pakke, library))
            state = replace(state, vist=judge(pakke, facts_of(state), library).mark())
            events.append(SlotSet("forloeb", state.as_json()))
        question = prompt.prompt(state, library)
        if question is not None and context.already_answered() and context.intent not in ("start_pakke", "menneske", "sag"):
            resumed = context.hours_since_last() > BREAK_HOURS
            question = prompt.after_interruption(question, state, library, resumed=resumed)
        return [*replies, *([question] if question else [])], events


class ActionHvorfor(ErhvervAction):
    """ "Hvorfor vil I vide det?" """

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_hvorfor"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The question's reason."""
        state = context.forloeb()
        reason = prompt.why(state, context.library) if state else None
        return [reason or Reply(context.library.text("samtale", "intet_i_gang"))], []


class ActionFortsaet(ErhvervAction):
    """ "Lad os fortsætte": the form asks again by itself."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_fortsaet"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """A word, or that there is nothing to go on with."""
        key = "fortsaet" if context.forloeb() else "intet_i_gang"
        return [Reply(context.library.text("samtale", key))], []


class ActionAfbryd(ErhvervAction):
    """Stop: nothing is made; what is known of the company is kept for the conversation."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_afbryd"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """That it has stopped, and the end of the form."""
        state = context.forloeb()
        key = "forfra" if context.intent == "forfra" else ("afbrudt" if state else "intet_at_afbryde")
        person = Button(context.library.text("katalog", "knap_menneske"), {"intent": "menneske"})
        firma = {**context.firma(), **company_facts(state, context)} if state else context.firma()
        events: Events = [
            SlotSet("forloeb", None),
            SlotSet("screening_svar", None),
            SlotSet("firma", firma),
            SlotSet("requested_slot", None),
            ActiveLoop(None),
        ]
        return [Reply(context.library.text("samtale", key), (person,) if state else ())], events


def company_facts(state: Forloeb, context: Context) -> dict[str, Any]:
    """What carries over from one screening to the next: the answers about the company itself."""
    pakke = package(state, context.library)
    own = {step.slot for step in pakke.spoergsmaal if step.altid} if pakke else set()
    return {
        slot: value
        for slot, value in state.svar.items()
        if slot not in own and (asked := context.library.spoergsmaal.get(slot)) is not None and asked.om_firmaet
    }
