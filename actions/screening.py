"""The screening form: begin, hear an answer, ask the next question, stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rasa_sdk.events import FollowupAction, SlotSet

from actions.afbrudt import GENOPTAG, answered, company_facts, end_form, forget
from actions.base import ErhvervAction, Events
from actions.context import Context
from bot.dialog import catalogue, prompt, unsure
from bot.dialog.reply import Button, Reply
from bot.screening.forloeb import Forloeb
from bot.screening.result import Turn
from bot.screening.steps import facts_of, next_step, package, package_slots
from bot.screening.turn import prefill, take
from bot.screening.verdict import judge

DONE = "faerdig"
QUOTED = 3  # of the business's own messages before it began, the latest, in the summary
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
        library, emne = context.library, context.emne()
        offered = emne.get("id") if emne.get("kind") == "pakke" else None
        pakke = library.servicepakker.get(context.chosen_id() or str(offered))
        if pakke is None:
            return [unsure.nothing_near(library)], [SlotSet("forloeb", None), SlotSet("screening_svar", DONE)]
        texts = context.typed_texts()
        begun = Forloeb(slags="pakke", noegle=key_of(context), pakke=pakke.id, sagt=tuple(texts[-QUOTED:]))
        state = prefill(begun, texts, context.company(), library)
        told = prompt.already_told(state, library)
        events = [SlotSet("forloeb", state.as_json()), SlotSet("screening_svar", None), FollowupAction("screening_form")]
        return [Reply(library.text("screening", "start", navn=pakke.navn)), *told], events


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
        said = self._asides(turn, context)
        notes = [*said, *[Reply(context.library.text("screening", name, **values)) for name, values in turn.notes]]
        events: Events = [SlotSet("forloeb", turn.state.as_json()), SlotSet("screening_svar", None)]
        return notes, [*events, *self._end(turn.state, context)]

    def _asides(self, turn: Turn, context: Context) -> list[Reply]:
        """The question explained, or another package offered in the middle of this one."""
        replies = []
        if turn.explain and (told := prompt.explanation(turn.state, context.library)) is not None:
            replies.append(told)
        if turn.skift is not None:
            other = context.library.servicepakker[turn.skift]
            replies.append(catalogue.package(other, context.library, running=turn.state.pakke))
        return replies

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
        if pakke is not None and step is not None and step.asks not in package_slots(pakke, state) and state.vist is None:
            replies.append(prompt.recommendation(state, pakke, library))
            state = replace(state, vist=judge(pakke, facts_of(state), library).mark())
            events.append(SlotSet("forloeb", state.as_json()))
        question = prompt.prompt(state, library)
        if step is not None and step.asks == "samtykke" and not state.fortalt:
            state = replace(state, fortalt=True)
            events.append(SlotSet("forloeb", state.as_json()))
        if question is not None and context.already_answered() and not context.begun_now():
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
    """ "Lad os fortsætte": goes on with what is under way, takes up what was stopped, or begins the package told of."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_fortsaet"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """A word; the form asks again by itself."""
        library = context.library
        if context.forloeb() is not None:
            return [Reply(library.text("samtale", "fortsaet"))], []
        stopped = Forloeb.from_json(context.firma().get("stoppet"))
        if stopped is not None:
            firma = SlotSet("firma", forget(context.firma()))
            again = [SlotSet("forloeb", stopped.as_json()), SlotSet("screening_svar", None), firma]
            return [Reply(library.text("samtale", "fortsaet"))], [*again, *answered(context), FollowupAction("screening_form")]
        if context.emne().get("kind") == "pakke":
            return [], [FollowupAction("action_start_pakke")]
        return [Reply(library.text("samtale", "intet_i_gang"))], []


class ActionAfbryd(ErhvervAction):
    """Stop: nothing is made; what is known of the company is kept for the conversation."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_afbryd"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """That it has stopped, and the end of the form."""
        state = context.forloeb()
        if state is None and context.intent == "forfra" and context.emne().get("kind") == "pakke":
            return [], [FollowupAction("action_start_pakke")]
        asked = bool((context.knap or {}).get("stoppet")) or context.emne().get("kind") == GENOPTAG
        declined = state is None and asked
        key = "forfra" if context.intent == "forfra" else ("afbrudt" if state or declined else "intet_at_afbryde")
        person = Button(context.library.text("katalog", "knap_menneske"), {"intent": "menneske"})
        kept = {**company_facts(state, context), "stoppet": state.as_json()} if state else {}
        firma = forget(context.firma()) if declined else {**context.firma(), **kept}
        return [Reply(context.library.text("samtale", key), (person,) if state else ())], [*end_form(firma), *answered(context)]
