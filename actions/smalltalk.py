"""Small talk, what is not ours, and answers to nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import SlotSet

from actions.base import ErhvervAction, Events
from actions.context import Context
from bot.dialog.foreign import foreign_line
from bot.dialog.reply import Reply
from bot.dialog.smalltalk import not_ours, small_talk

CLEAR = SlotSet("uklare_i_traek", 0)


class ActionSmalltalk(ErhvervAction):
    """Hello, thanks, who are you."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_smalltalk"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """A short answer."""
        return [small_talk(context.text, context.library)], [CLEAR]


class ActionUdenfor(ErhvervAction):
    """Not this assistant's business."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_udenfor"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """What it is for, and where the matter belongs if the files know."""
        return [*foreign_line(context.text, context.library), not_ours(context.text, context.library)], [CLEAR]


class ActionIntetIGang(ErhvervAction):
    """ "Ja", with nothing to say yes to."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_intet_i_gang"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """Ask what it is about."""
        key = "ja_til_hvad" if context.intent == "ja" else "intet_i_gang"
        return [Reply(context.library.text("samtale", key))], []
