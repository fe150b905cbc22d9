"""Small talk, what is not ours, and answers to nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import FollowupAction, SlotSet

from actions.afbrudt import GENOPTAG, answered, forget
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
        lines = foreign_line(context.text, context.library)
        return [*lines, small_talk(context.text, context.library)], [CLEAR]


class ActionUdenfor(ErhvervAction):
    """Not this assistant's business."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_udenfor"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """What it is for, and where the matter belongs if the files know."""
        lines = foreign_line(context.text, context.library)
        # another language is not "not ours" by itself (contract, ``kind``)
        return (lines or [not_ours(context.text, context.library)]), [CLEAR]


class ActionIntetIGang(ErhvervAction):
    """ "Ja", with nothing to say yes to."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_intet_i_gang"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """Ask what it is about; or go on with what a handover broke off, if the yes is to that."""
        asked = context.emne().get("kind")
        if asked == GENOPTAG and context.intent == "ja":
            return [], [FollowupAction("action_fortsaet")]
        if asked == GENOPTAG and context.intent == "nej":
            return [Reply(context.library.text("samtale", "afbrudt"))], [
                SlotSet("firma", forget(context.firma())),
                *answered(context),
            ]
        if context.intent == "ja" and asked == "pakke":
            return [], [FollowupAction("action_start_pakke")]
        key = "ja_til_hvad" if context.intent == "ja" else "intet_i_gang"
        return [Reply(context.library.text("samtale", key))], []
