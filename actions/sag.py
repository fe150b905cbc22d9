"""A question on a case that is under way."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import SlotSet

from actions.base import ErhvervAction, Events
from actions.context import Context
from actions.screening import key_of
from bot.dialog import sag
from bot.dialog.reply import Reply
from bot.language.sagsnummer import find_nummer
from bot.screening.forloeb import Forloeb
from bot.screening.turn import refresh
from bot.svar import extract


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
        rest = context.text.replace(number[-6:], " ") if number else context.text
        contact = extract("email", rest) or extract("telefon", rest) or self._known_contact(context, number)
        if contact:
            state = state.with_answer("kontaktoplysning", contact)
        replies = [] if number else [sag.uden_nummer(library, sag.enhed_for(context.text, context.understanding, library))]
        return replies, [SlotSet("forloeb", refresh(state, library).as_json()), SlotSet("screening_svar", None)]

    def _known_contact(self, context: Context, number: str | None) -> str | None:
        """In the conversation that made the case its own contact data are known; elsewhere they must be given."""
        firma = context.firma()
        found = (firma.get("email") or firma.get("telefon")) if number and firma.get("sag") == number else None
        return str(found) if found else None
