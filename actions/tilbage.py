"""The bot has the conversation again: from a person, or from the queue."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import SlotSet

from actions.afbrudt import GENOPTAG, broken_off, end_form, put_aside
from actions.base import ErhvervAction, Events
from actions.context import Context
from bot.dialog.overdragelse import igen
from bot.dialog.reply import Reply


class ActionTilbage(ErhvervAction):
    """Hello again. A form that was still open (the person took the chat from the bot in the middle of it) is put aside."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_tilbage"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The greeting, with the question whether to go on where something was broken off."""
        firma = put_aside(context)
        stopped = broken_off(firma)
        reply = igen(stopped, context.library, afsluttet=bool((context.knap or {}).get("afsluttet")))
        asked = [SlotSet("emne", {**context.emne(), "kind": GENOPTAG})] if stopped is not None else []
        return [reply], [*end_form(firma), *asked]
